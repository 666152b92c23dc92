"""Making control characters harmless to a terminal, code point by code point."""

from __future__ import annotations

import re

from tui.text.plurals import counted

REPLACEMENT = "\ufffd"


def unix_newlines(text: str) -> str:
    """The text with CRLF and CR replaced by LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_REPORTED = (
    (re.compile("\x00"), "NUL character", f"replaced by {REPLACEMENT}"),
    (re.compile("[\ud800-\udfff]"), "lone surrogate", f"replaced by {REPLACEMENT}"),
    (re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]"), "control character", "made visible"),
)
_CONTROL_TABLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    **dict.fromkeys(range(0x80, 0xA0), REPLACEMENT),
    **dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT),
    0x00: REPLACEMENT,
    0x7F: "\u2421",
    **dict.fromkeys(map(ord, "\r\x85"), "\n"),
}
del _CONTROL_TABLE[ord("\n")], _CONTROL_TABLE[ord("\t")]


def without_controls(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with every control character made visible, code point by code point, and the warnings.

    Newline and tab stay; a next-line character (U+0085) and a carriage return become newlines; NUL,
    C1 controls and lone surrogates become U+FFFD; the rest become control pictures.
    """
    if _CONTROL.search(text) is None:
        return text, ()
    warnings: list[str] = []
    for pattern, noun, done in _REPORTED:
        if first := pattern.search(text):
            warnings.append(
                f"{counted(len(pattern.findall(text)), noun)} {done}, the first at {first.start()}"
            )
    return text.translate(_CONTROL_TABLE), tuple(warnings)
