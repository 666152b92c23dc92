"""Stretches of a text between quotation marks, of whatever kind, with what machine translation does to them.

Marks that face the wrong way, closing marks of another kind, marks inside marks and marks that were never
closed are all understood; only the outermost stretches are told. The time is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tui.quotations.open_marks import CLOSING, Open, OpenMarks

_SINGLE = {"‘": "’", "'": "'"}
_EITHER_WAY = frozenset("»”")
"""These open only where they stand as an opening mark does."""
_MARK = re.compile("[«»“”„‟\"‹›‚‘「」『』]|(?<![^\\W_])'")
"""Every mark, but for straight single ones behind a letter, which are apostrophes."""
_SINGLE_END = {"‘": re.compile(r"’(?!\w)|‘"), "'": re.compile(r"(?<=\S)'(?!\w)")}
_BEFORE_OPENING = frozenset("([{:'’‘—–-/¿¡")
"""Behind these a mark may open as behind a blank."""
_STOPS = frozenset(".,;:!?…)")
_LONGEST_SINGLE = 600
"""Code points within which a single mark has to be closed."""
_ELIDED = re.compile(r"['‘](?:s|t|re|ve|ll|d|m|em|n|til|tis|twas|cause|ndrangheta)\b|['‘]\d", re.IGNORECASE)

EndOfUnclosed = Callable[[int, int], int | None]
"""Where the words in `text[start:end]` end that nobody closed, if a verb of saying behind them tells."""


class Stretch(NamedTuple):
    """What stands between two marks, without the white space beside them; code points."""

    start: int
    end: int
    opening: int
    """Where the opening mark is."""
    after: int
    """Just behind the closing mark, or where an unclosed stretch ends."""
    closed: bool


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every line that is not blank, without the white space around it."""
    for line in re.finditer(r"\S.*", text):
        yield line.start(), line.start() + len(line[0].rstrip())


def stretches(text: str, end_of_unclosed: EndOfUnclosed = lambda _start, _end: None) -> list[Stretch]:
    """The outermost stretches in order, none overlapping another."""
    found: list[Stretch] = []
    carried: Open | None = None
    last = 0
    for start, end in paragraphs(text):
        paragraph = _Paragraph(text, start, end, end_of_unclosed, found)
        begin = start
        if carried is not None:
            again = paragraph.goes_on_at(carried)
            if again is None:
                paragraph.add_unclosed(carried.place, last)
                carried = None
            else:
                begin = again
        carried, last = paragraph.read(begin, carried), end
    if carried is not None:
        _Paragraph(text, last, last, end_of_unclosed, found).add_unclosed(carried.place, last)
    return found


class _Paragraph:
    """Reads the marks of one paragraph from left to right; what it finds goes to `found`."""

    def __init__(
        self, text: str, start: int, end: int, end_of_unclosed: EndOfUnclosed, found: list[Stretch]
    ) -> None:
        self._text, self._start, self._end = text, start, end
        self._end_of_unclosed = end_of_unclosed
        self._found = found
        self._places: dict[str, list[int]] = {}
        for match in _MARK.finditer(text, start, end):
            self._places.setdefault(match[0], []).append(match.start())
        self._open = OpenMarks()

    def goes_on_at(self, opened: Open) -> int | None:
        """Where a quotation of the paragraph before goes on: it opens here again, or is only closed here."""
        first = self._text[self._start]
        if first == opened.mark or (opened.mark, first) == ("«", "»"):
            return self._start + 1
        if opened.mark == '"':
            return None
        closing = self._next_of(CLOSING[opened.mark], self._start)
        again = self._next_of(opened.mark, self._start)
        return self._start if closing is not None and (again is None or closing < again) else None

    def read(self, begin: int, carried: Open | None) -> Open | None:
        """Find the stretches; what is still open at the end and may go on in the next paragraph."""
        self._open = OpenMarks(carried)
        skip_to = begin
        for match in _MARK.finditer(self._text, begin, self._end):
            if match.start() < skip_to:
                continue
            place, mark = match.start(), match[0]
            if mark in _SINGLE and not (self._open and mark in CLOSING[self._open.inner.mark]):
                skip_to = self._single(place, mark) if not self._open else skip_to
            elif self._open:
                self._inside(place, mark)
            elif self._opens(place, mark):
                self._open = OpenMarks(Open(place, mark))
        if not self._open:
            return None
        place = self._open.outer.place
        told = self._told_end(place, self._end)
        if told is None:
            return self._open.outer
        self._add(place, told, told, closed=False)
        return None

    def add_unclosed(self, place: int, end: int) -> None:
        """A stretch that ends where the words before `end` do, or where a verb of saying tells."""
        told = self._told_end(place, end)
        end = end if told is None else told
        self._add(place, end, end, closed=False)

    def _told_end(self, place: int, end: int) -> int | None:
        """Where a verb of saying in this paragraph ends what was opened; those before it had none."""
        start = max(place + 1, self._start)
        return self._end_of_unclosed(start, end) if start < end else None

    # -- one mark ----------------------------------------------------------

    def _opens(self, place: int, mark: str) -> bool:
        """Whether a mark opens something where nothing is open."""
        if mark not in CLOSING:
            return False
        free_before, blank_behind = self._free_before(place), self._blank_behind(place)
        if mark in _EITHER_WAY or mark == '"':
            return free_before and (not blank_behind or mark == '"')
        return free_before or not self._closed_behind(place)

    def _inside(self, place: int, mark: str) -> None:
        """Take a mark where something is open."""
        outer = self._open.outer
        level = self._open.level_closed_by(mark)
        looks_opening = self._free_before(place) and not self._blank_behind(place)
        if level is not None and not (looks_opening and mark in '"“«' and mark in CLOSING):
            self._close(level, place)
        elif (mark == outer.mark and len(self._open) == 1) or level is not None:
            self._again(place, mark, looks_opening)
        elif looks_opening or self._opens_within(place, mark):
            if mark in CLOSING:
                self._open.add(Open(place, mark))
        elif not self._is_stray(place, mark):
            self._close(len(self._open) - 1, place)

    def _opens_within(self, place: int, mark: str) -> bool:
        """Whether a mark faces to the right, and nothing says that this is a slip for a closing one."""
        if mark not in CLOSING or mark in _EITHER_WAY or mark == '"':
            return False
        return self._free_before(place) or not self._closed_behind(place)

    def _again(self, place: int, mark: str, looks_opening: bool) -> None:
        """An opening mark as the one that is open: a slip for the closing one, one within, or a new beginning."""
        if not self._free_before(place):
            self._close(0, place)
        elif mark != '"' and self._count(CLOSING[mark], place) > self._count(mark, place):
            self._open.add(Open(place, mark))
        elif mark == '"' and self._count(mark, place) % 2 == 1 and not looks_opening:
            self._close(0, place)
        else:
            self.add_unclosed(self._open.outer.place, place)
            self._open = OpenMarks(Open(place, mark))

    def _close(self, level: int, place: int) -> None:
        opened = self._open.close(level)
        if level == 0:
            self._add(opened.place, place, place + 1, closed=True)

    def _is_stray(self, place: int, mark: str) -> bool:
        """Whether a closing mark of another kind closes nothing: the right one is still to come, or it says inches."""
        outer = self._open.outer.mark
        right = self._next_of(CLOSING[outer], place + 1)
        if right is None:
            return mark == '"' and self._text[place - 1].isdigit()
        again = self._next_of(outer, place + 1)
        return again is None or right < again

    def _single(self, place: int, mark: str) -> int:
        """Take a single mark where nothing is open; from where to read on."""
        text = self._text
        if self._blank_behind(place) or not self._free_before(place) or _ELIDED.match(text, place):
            return place + 1
        first: int | None = None
        for match in _SINGLE_END[mark].finditer(text, place + 2, min(self._end, place + _LONGEST_SINGLE)):
            if match[0] not in _SINGLE[mark]:
                break
            end = match.start()
            first = end if first is None else first
            # Behind an s it may as well be a possessive: `the players' union`.
            if text[end - 1] in _STOPS or text[end + 1 : end + 2] in _STOPS or text[end - 1] not in "sz":
                first = end
                break
        if first is None or (mark == "'" and not text[place + 1].isalnum()):
            return place + 1
        self._add(place, first, first + 1, closed=True)
        return first + 1

    # -- what stands beside a mark -----------------------------------------

    def _free_before(self, place: int) -> bool:
        before = self._text[place - 1 : place] if place > self._start else ""
        return not before or before.isspace() or before in _BEFORE_OPENING or before in CLOSING

    def _blank_behind(self, place: int) -> bool:
        return place + 1 >= self._end or self._text[place + 1].isspace()

    def _closed_behind(self, place: int) -> bool:
        """Whether a pause or the end follows, as behind a closing mark."""
        behind = self._text[place + 1 : place + 4].lstrip()[:1] if place + 1 < self._end else ""
        return not behind or behind in _STOPS

    def _next_of(self, marks: str, place: int) -> int | None:
        """The first of these marks from `place` on."""
        nexts: list[int] = []
        for mark in marks:
            places = self._places.get(mark, [])
            index = bisect_left(places, place)
            nexts += places[index : index + 1]
        return min(nexts, default=None)

    def _count(self, marks: str, place: int) -> int:
        """How many of these marks there are from `place` on."""
        return sum(
            len(places) - bisect_left(places, place)
            for mark in marks
            if (places := self._places.get(mark)) is not None
        )

    def _add(self, opening: int, end: int, after: int, *, closed: bool) -> None:
        text, start = self._text, opening + 1
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if any(map(str.isalnum, text[start:end])):
            self._found.append(Stretch(start, end, opening, after, closed))
