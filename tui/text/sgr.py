"""The same screen in fewer bytes: of a terminal's graphic renditions (SGR) only what changes is sent.

What Textual writes begins and ends every run of cells with all of its colours. The sequences are those of
ECMA-48, 8.3.117 (SGR) and 8.3.21 (CUP), and the colours those of ISO 8613-6.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class Rendition(NamedTuple):
    """How cells look: the parameters of SGR that make it, over a terminal's default."""

    foreground: str = ""
    background: str = ""
    flags: frozenset[str] = frozenset()
    """`1` bold, `2` dim, `3` italic, `4` underlined, `5` blinking, `7` reverse, `8` hidden, `9` struck out."""


PLAIN = Rendition()

_PARTS = re.compile(
    r"(?P<sgr>(?:\x1b\[[0-9;]*m)+)"
    # The way to a place, and at once to another. Nothing that is written so scrolls the screen.
    r"|(?P<idle>(?:\x1b\[\d*;\d*H|[\r\n])+)(?=\x1b\[\d*;\d*H)"
    r"|(?P<neutral>\x1b\[\d*;\d*H|\x1b\[\?2026[hl])"
    r"|(?P<other>\x1b(?:\[[0-?]*[ -/]*[@-~]|[^\[]))"
)
_BEGUN = re.compile(r"\x1b(?:\[[0-?]*[ -/]*)?\Z")

_FLAGS = frozenset("12345789")
_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29"}


class Thrift:
    """What a terminal is written through. It must be told when somebody else wrote to it."""

    def __init__(self) -> None:
        self._now: Rendition | None = None
        """How the terminal writes; None when that is not known."""
        self._wanted: Rendition | None = PLAIN
        """How it should; None after something that we do not know."""
        self._begun = ""
        """A sequence that the last of the data left unfinished."""

    def forget(self) -> None:
        """Somebody else may have written."""
        self._now, self._wanted, self._begun = None, PLAIN, ""

    def through(self, data: str) -> str:
        """What does the same as `data`, and is no longer; an unfinished sequence waits for its rest."""
        data = self._begun + data
        begun = _BEGUN.search(data)
        self._begun = begun.group() if begun is not None else ""
        data = data[: len(data) - len(self._begun)]
        out: list[str] = []
        place = 0
        for part in _PARTS.finditer(data):
            if part.start() > place:
                self._settle(out)
                out.append(data[place : part.start()])
            place = part.end()
            if part["sgr"] is not None:
                self._want(part["sgr"], out)
            elif part["neutral"] is not None:
                out.append(part["neutral"])
            elif part["other"] is not None:
                self._settle(out)
                out.append(part["other"])
                if part["other"].endswith("m") and part["other"].startswith("\x1b["):
                    self._now = self._wanted = None
        if place < len(data):
            self._settle(out)
            out.append(data[place:])
        return "".join(out)

    def _want(self, sequences: str, out: list[str]) -> None:
        after = applied(self._wanted, sequences)
        if after is None:
            self._settle(out)
            out.append(sequences)
            self._now = None
        self._wanted = after

    def _settle(self, out: list[str]) -> None:
        """Before something is shown, or could be: make the terminal write as it should."""
        if self._wanted is not None and self._now != self._wanted:
            out.append(change(self._now, self._wanted))
            self._now = self._wanted


@lru_cache(4096)
def applied(before: Rendition | None, sequences: str) -> Rendition | None:
    """The rendition after some SGR sequences; None where one of them says something else than we know."""
    now = before
    for parameters in re.findall(r"\x1b\[([0-9;]*)m", sequences):
        numbers = [number or "0" for number in parameters.split(";")]
        place = 0
        while place < len(numbers):
            number = numbers[place]
            place += 1
            if number == "0":
                now = PLAIN
                continue
            if now is None:
                return None
            if number in _FLAGS:
                now = now._replace(flags=now.flags | {number})
            elif number in _OFF.values():
                gone = {flag for flag, off in _OFF.items() if off == number}
                now = now._replace(flags=now.flags - gone)
            elif number in {"38", "48"}:
                length = {"5": 2, "2": 4}.get(numbers[place] if place < len(numbers) else "", 0)
                value = numbers[place : place + length]
                if not length or len(value) != length:
                    return None
                place += length
                colour = ";".join([number, *value])
                now = now._replace(foreground=colour) if number == "38" else now._replace(background=colour)
            elif number == "39" or re.fullmatch("[39][0-7]", number):
                now = now._replace(foreground="" if number == "39" else number)
            elif number == "49" or re.fullmatch("(4|10)[0-7]", number):
                now = now._replace(background="" if number == "49" else number)
            else:
                return None
    return now


@lru_cache(4096)
def change(before: Rendition | None, after: Rendition) -> str:
    """The shortest sequence that leads from one rendition to another; from None: whatever it was."""
    anew = [*sorted(after.flags), after.foreground, after.background]
    whole = f"\x1b[{';'.join(['0', *filter(None, anew)])}m"
    if after == PLAIN:
        return "\x1b[0m"
    if before is None:
        return whole
    gone = {_OFF[flag] for flag in before.flags - after.flags}
    # Bold and dim are ended by one number.
    kept = {flag for flag in after.flags if flag not in before.flags or _OFF[flag] in gone}
    steps = [*sorted(gone), *sorted(kept)]
    if after.foreground != before.foreground:
        steps.append(after.foreground or "39")
    if after.background != before.background:
        steps.append(after.background or "49")
    return min(f"\x1b[{';'.join(steps)}m", whole, key=len)
