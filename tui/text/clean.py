"""Making text safe to paint: no character may move the cursor, change the terminal or reorder text.

`visible` replaces code point by code point, so offsets into the text are valid in the painted text too.
"""

from __future__ import annotations

import re

_BIDI_MARKS = {
    "\u061c": "⇜",  # Arabic letter mark
    "\u200e": "⇢",  # left-to-right mark
    "\u200f": "⇠",  # right-to-left mark
    "\u202a": "⇾",  # left-to-right embedding
    "\u202b": "⇽",  # right-to-left embedding
    "\u202c": "⇿",  # pop directional formatting
    "\u202d": "⇨",  # left-to-right override
    "\u202e": "⇦",  # right-to-left override
    "\u2066": "↦",  # left-to-right isolate
    "\u2067": "↤",  # right-to-left isolate
    "\u2068": "↭",  # first strong isolate
    "\u2069": "⇹",  # pop directional isolate
}
"""One cell each, without a text direction."""

_HIDDEN_MARKS = {
    "\ufeff": "⍽",  # byte order mark inside the text
    "\ufff9": "⁅",  # interlinear annotation: begins,
    "\ufffa": "⁏",  # separates,
    "\ufffb": "⁆",  # ends
}

_ACTS_IN_JSON = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e00ff"
)
_UNSAFE = re.compile(f"[\t\n\r{_ACTS_IN_JSON}]")


class _Marks(dict[int, str | int]):
    """Replacement of each code point: itself if it is safe, else its mark, or U+FFFD if it has none."""

    def __missing__(self, code: int) -> str | int:
        mark = "\ufffd" if _UNSAFE.match(chr(code)) else code
        self[code] = mark
        return mark


_MARKS = _Marks(
    {
        **{code: chr(0x2400 + code) for code in range(0x20)},
        **dict.fromkeys(map(ord, "\n\t\x85\u2028\u2029"), " "),
        0x7F: "\u2421",
        **dict.fromkeys(range(0xE0000, 0xE0080), "⚑"),
        **{ord(char): mark for char, mark in (_BIDI_MARKS | _HIDDEN_MARKS).items()},
    }
)


def is_safe(text: str) -> bool:
    """True if the text can be painted on one line unchanged."""
    return _is_plain(text) or _UNSAFE.search(text) is None


def visible(text: str) -> str:
    """The text made safe to paint; it has the same length in code points.

    Newlines, tabs and line separators become spaces; controls, direction marks, hidden characters and
    noncharacters become one-cell marks, or U+FFFD.
    """
    return text if is_safe(text) else text.translate(_MARKS)


def escape_json(text: str) -> str:
    """Equivalent JSON text that a terminal displays without acting on it."""
    return re.sub(f"[{_ACTS_IN_JSON}]", _json_escape, text)


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _json_escape(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))
