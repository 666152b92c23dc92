"""Drawing the same frame in fewer bytes: styles are sent only if they change, and runs of blanks as counts.

Textual sends the whole style of every piece and resets it afterwards. The sequences are those of ECMA-48: SGR for
styles, ECH (erase character) and CUF (cursor forward) for blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

_PIECE = re.compile(
    r"\x1b\[(?P<style>[\d;]*)m"
    r"|(?P<blanks> +)(?=[\x1b\r\n]|\Z)"
    # Words in one style, without long runs of blanks between them.
    r"|(?P<words> {0,11}[^\x1b \r\n]+(?: {1,11}[^\x1b \r\n]+)*)"
    r"|(?P<run> +)"
    # If the cursor is positioned absolutely, a line break before that is not needed.
    r"|(?:\r?\n)?(?P<place>\x1b\[\d+;\d+H)"
    r"|(?P<other>\x1b(?:\[[0-?]*[ -/]*[@-~]|.)?|[\r\n]+)",
    re.DOTALL,
)
_MOVES_CURSOR = re.compile(r"(?:\x1b\[[\d;]*m)*(?:(?:\r?\n)?\x1b\[\d+;\d+H)")

_OFF = {1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 6: 25, 7: 27, 8: 28, 9: 29, 21: 24, 51: 54, 52: 54, 53: 55}
"""The code that turns an attribute on to the code that turns it off."""

_SEEN_ON_BLANKS = frozenset({4, 7, 9, 21, 51, 52, 53})

_ERASED = 6
"""Number of blanks from which erasing them is shorter, if the cursor moves elsewhere afterwards."""

_SKIPPED = 12
"""The same if the cursor has to continue after the blanks."""


class Style(NamedTuple):
    """The active style: attribute codes, and the codes of the two colours, empty for the terminal's default."""

    on: frozenset[int] = frozenset()
    foreground: str = ""
    background: str = ""

    @property
    def on_blanks(self) -> tuple[frozenset[int], str]:
        """The part of the style that is visible on a blank."""
        return self.on & _SEEN_ON_BLANKS, self.background


PLAIN = Style()


def compact(frame: str) -> str:
    """A shorter string that draws the same as `frame`. Both begin and end in the terminal's plain style."""
    written: list[str] = []
    current = style = PLAIN
    for piece in _PIECE.finditer(frame):
        text = piece[0]
        match piece.lastgroup:
            case "style":
                style = styled(style, piece["style"])
                continue
            case "words":
                written.append(change(current, style))
                current = style
            case "blanks" | "run":
                on, background = style.on_blanks
                if current.on_blanks != (on, background):
                    enough = Style(current.on - _SEEN_ON_BLANKS | on, current.foreground, background)
                    before, current = (
                        current,
                        min(style, enough, key=lambda option: len(change(current, option))),
                    )
                    written.append(change(before, current))
                if not on and not background:
                    text = _erasing(text, cursor_moves=bool(_MOVES_CURSOR.match(frame, piece.end())))
            case "place":
                text = piece["place"]
            case _:
                # Its effect may depend on the style.
                written.append(change(current, style))
                current = style
        written.append(text)
    written.append(change(current, style))
    return "".join(written)


def _erasing(blanks: str, *, cursor_moves: bool) -> str:
    number = len(blanks)
    if cursor_moves and number >= _ERASED:
        return f"\x1b[{number}X"
    return f"\x1b[{number}X\x1b[{number}C" if number >= _SKIPPED else blanks


@lru_cache(maxsize=4096)
def styled(before: Style, codes: str) -> Style:
    """The style after an SGR sequence with these codes."""
    on, foreground, background = before
    rest = iter([int(code or 0) for code in codes.split(";")])
    for code in rest:
        if code == 0:
            on, foreground, background = PLAIN
        elif code in _OFF:
            on |= {code}
        elif code in _OFF.values():
            on = frozenset(attribute for attribute in on if _OFF[attribute] != code)
        elif code in {38, 48}:
            colour = _colour(code, rest)
            foreground, background = (colour, background) if code == 38 else (foreground, colour)
        elif code in {39, 49}:
            foreground, background = ("", background) if code == 39 else (foreground, "")
        elif 30 <= code <= 37 or 90 <= code <= 97:
            foreground = str(code)
        elif 40 <= code <= 47 or 100 <= code <= 107:
            background = str(code)
    return Style(on, foreground, background)


def _colour(code: int, rest: Iterator[int]) -> str:
    """The codes of a colour, given by its number from 0 to 255 or by red, green and blue."""
    kind = next(rest, 5)
    return ";".join(str(part) for part in (code, kind, *islice(rest, 3 if kind == 2 else 1)))


@lru_cache(maxsize=4096)
def change(before: Style, after: Style) -> str:
    """The shortest sequence that changes one style to another."""
    if before == after:
        return ""
    if after == PLAIN:
        return "\x1b[m"
    fresh = [*map(str, sorted(after.on)), after.foreground, after.background]
    off = {_OFF[attribute] for attribute in before.on - after.on}
    kept = {attribute for attribute in before.on & after.on if _OFF[attribute] not in off}
    changes = [
        *map(str, sorted(off)),
        *map(str, sorted(after.on - kept)),
        (after.foreground or "39") if after.foreground != before.foreground else "",
        (after.background or "49") if after.background != before.background else "",
    ]
    sequences = [";".join(filter(None, codes)) for codes in (fresh, changes)]
    return min(f"\x1b[;{sequences[0]}m", f"\x1b[{sequences[1]}m", key=len)
