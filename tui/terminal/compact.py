"""The same picture in fewer bytes: styles are told where they change, and runs of blanks by their number.

Textual tells the whole style of every piece and takes it back behind it. The sequences are those of ECMA-48: SGR for
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
    # Words of one style, but for long runs of blanks among them.
    r"|(?P<words> {0,11}[^\x1b \r\n]+(?: {1,11}[^\x1b \r\n]+)*)"
    r"|(?P<run> +)"
    # Where the cursor goes to a place of its own it need not go to the next line before.
    r"|(?:\r?\n)?(?P<place>\x1b\[\d+;\d+H)"
    r"|(?P<other>\x1b(?:\[[0-?]*[ -/]*[@-~]|.)?|[\r\n]+)",
    re.DOTALL,
)
_GOES_ELSEWHERE = re.compile(r"(?:\x1b\[[\d;]*m)*(?:(?:\r?\n)?\x1b\[\d+;\d+H)")

_OFF = {1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 6: 25, 7: 27, 8: 28, 9: 29, 21: 24, 51: 54, 52: 54, 53: 55}
"""By the code that turns an attribute on, the one that turns it off."""

_SEEN_ON_BLANKS = frozenset({4, 7, 9, 21, 51, 52, 53})

_ERASED = 6
"""Blanks from which on it is shorter to erase them, where the cursor goes elsewhere behind them."""

_SKIPPED = 12
"""The same where it has to go on behind them."""


class Style(NamedTuple):
    """What is in force: codes of attributes, and those of the two colours, empty for the terminal's own."""

    on: frozenset[int] = frozenset()
    ink: str = ""
    ground: str = ""

    @property
    def on_blanks(self) -> tuple[frozenset[int], str]:
        """What a blank shows of it."""
        return self.on & _SEEN_ON_BLANKS, self.ground


PLAIN = Style()


def compact(frame: str) -> str:
    """What draws the same as `frame`; both begin and end in the terminal's plain style."""
    written: list[str] = []
    now = wanted = PLAIN
    for piece in _PIECE.finditer(frame):
        text = piece[0]
        match piece.lastgroup:
            case "style":
                wanted = styled(wanted, piece["style"])
                continue
            case "words":
                written.append(change(now, wanted))
                now = wanted
            case "blanks" | "run":
                on, ground = wanted.on_blanks
                if now.on_blanks != (on, ground):
                    enough = Style(now.on - _SEEN_ON_BLANKS | on, now.ink, ground)
                    before, now = now, min(wanted, enough, key=lambda style: len(change(now, style)))
                    written.append(change(before, now))
                if not on and not ground:
                    text = _erasing(text, goes_elsewhere=bool(_GOES_ELSEWHERE.match(frame, piece.end())))
            case "place":
                text = piece["place"]
            case _:
                # What it does may depend on the style.
                written.append(change(now, wanted))
                now = wanted
        written.append(text)
    written.append(change(now, wanted))
    return "".join(written)


def _erasing(blanks: str, *, goes_elsewhere: bool) -> str:
    number = len(blanks)
    if goes_elsewhere and number >= _ERASED:
        return f"\x1b[{number}X"
    return f"\x1b[{number}X\x1b[{number}C" if number >= _SKIPPED else blanks


@lru_cache(maxsize=4096)
def styled(before: Style, codes: str) -> Style:
    """The style after an SGR sequence with these codes."""
    on, ink, ground = before
    rest = iter([int(code or 0) for code in codes.split(";")])
    for code in rest:
        if code == 0:
            on, ink, ground = PLAIN
        elif code in _OFF:
            on |= {code}
        elif code in _OFF.values():
            on = frozenset(one for one in on if _OFF[one] != code)
        elif code in {38, 48}:
            colour = _colour(code, rest)
            ink, ground = (colour, ground) if code == 38 else (ink, colour)
        elif code in {39, 49}:
            ink, ground = ("", ground) if code == 39 else (ink, "")
        elif 30 <= code <= 37 or 90 <= code <= 97:
            ink = str(code)
        elif 40 <= code <= 47 or 100 <= code <= 107:
            ground = str(code)
    return Style(on, ink, ground)


def _colour(code: int, rest: Iterator[int]) -> str:
    """The codes of one of 256 colours, or of one by its red, green and blue."""
    kind = next(rest, 5)
    return ";".join(str(part) for part in (code, kind, *islice(rest, 3 if kind == 2 else 1)))


@lru_cache(maxsize=4096)
def change(before: Style, after: Style) -> str:
    """The shortest sequence from one style to another."""
    if before == after:
        return ""
    if after == PLAIN:
        return "\x1b[m"
    anew = [*map(str, sorted(after.on)), after.ink, after.ground]
    off = {_OFF[one] for one in before.on - after.on}
    kept = {one for one in before.on & after.on if _OFF[one] not in off}
    onward = [
        *map(str, sorted(off)),
        *map(str, sorted(after.on - kept)),
        (after.ink or "39") if after.ink != before.ink else "",
        (after.ground or "49") if after.ground != before.ground else "",
    ]
    told = [";".join(filter(None, codes)) for codes in (anew, onward)]
    return min(f"\x1b[;{told[0]}m", f"\x1b[{told[1]}m", key=len)
