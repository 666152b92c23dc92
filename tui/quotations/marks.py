"""Finding the passages between quotation marks of all kinds, as machine translation leaves them.

Marks that face the wrong way, closing marks of another kind, nested marks and marks that are never closed are
handled. Only the outermost passages are returned. Takes time linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tui.quotations.open_marks import CLOSING, OpenMark, OpenMarks

_SINGLE = {"‘": "’", "'": "'"}
_EITHER_WAY = frozenset("»”")
"""These open only in the position of an opening mark."""
_MARK = re.compile("[«»“”„‟\"‹›‚‘「」『』]|(?<![^\\W_])'")
"""All marks, except straight single ones after a letter, which are apostrophes."""
_SINGLE_END = {"‘": re.compile(r"’(?!\w)|‘"), "'": re.compile(r"(?<=\S)'(?!\w)")}
_BEFORE_OPENING = frozenset("([{:'’‘—–-/¿¡")
"""A mark after one of these may open, as after a blank."""
_STOPS = frozenset(".,;:!?…)")
_LONGEST_SINGLE = 600
"""Maximum length, in code points, of a passage between single marks."""
_ELIDED = re.compile(r"['‘](?:s|t|re|ve|ll|d|m|em|n|til|tis|twas|cause|ndrangheta)\b|['‘]\d", re.IGNORECASE)

EndOfUnclosed = Callable[[int, int], int | None]
"""Gives the end of the unclosed words in `text[start:end]`, if a verb of saying after them shows it."""


class QuotedSpan(NamedTuple):
    """The words between two marks, without white space at either end; in code points."""

    start: int
    end: int
    opening: int
    """Offset of the opening mark."""
    after: int
    """Offset after the closing mark; of an unclosed span, its end."""
    closed: bool


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every non-blank line, without the white space around it."""
    for line in re.finditer(r"\S.*", text):
        yield line.start(), line.start() + len(line[0].rstrip())


def quoted_spans(text: str, end_of_unclosed: EndOfUnclosed = lambda _start, _end: None) -> list[QuotedSpan]:
    """The outermost quoted spans, in order and without overlaps."""
    spans: list[QuotedSpan] = []
    carried: OpenMark | None = None
    last = 0
    for start, end in paragraphs(text):
        paragraph = _Paragraph(text, start, end, end_of_unclosed, spans)
        begin = start
        if carried is not None:
            again = paragraph.goes_on_at(carried)
            if again is None:
                paragraph.add_unclosed(carried.offset, last)
                carried = None
            else:
                begin = again
        carried, last = paragraph.read(begin, carried), end
    if carried is not None:
        _Paragraph(text, last, last, end_of_unclosed, spans).add_unclosed(carried.offset, last)
    return spans


class _Paragraph:
    """Reads the marks of one paragraph from left to right and adds what it finds to `spans`."""

    def __init__(
        self, text: str, start: int, end: int, end_of_unclosed: EndOfUnclosed, spans: list[QuotedSpan]
    ) -> None:
        self._text, self._start, self._end = text, start, end
        self._end_of_unclosed = end_of_unclosed
        self._spans = spans
        self._offsets: dict[str, list[int]] = {}
        for match in _MARK.finditer(text, start, end):
            self._offsets.setdefault(match[0], []).append(match.start())
        self._open = OpenMarks()

    def goes_on_at(self, opened: OpenMark) -> int | None:
        """Where a quotation of the paragraph before continues, if its mark is repeated here or closed here; else None."""
        first = self._text[self._start]
        if first == opened.mark or (opened.mark, first) == ("«", "»"):
            return self._start + 1
        if opened.mark == '"':
            return None
        closing = self._next_of(CLOSING[opened.mark], self._start)
        again = self._next_of(opened.mark, self._start)
        return self._start if closing is not None and (again is None or closing < again) else None

    def read(self, begin: int, carried: OpenMark | None) -> OpenMark | None:
        """Find the quoted spans; returns the mark still open at the end, which may continue in the next paragraph."""
        self._open = OpenMarks(carried)
        skip_to = begin
        for match in _MARK.finditer(self._text, begin, self._end):
            if match.start() < skip_to:
                continue
            offset, mark = match.start(), match[0]
            if mark in _SINGLE and not (self._open and mark in CLOSING[self._open.inner.mark]):
                skip_to = self._single(offset, mark) if not self._open else skip_to
            elif self._open:
                self._inside(offset, mark)
            elif self._opens(offset, mark):
                self._open = OpenMarks(OpenMark(offset, mark))
        if not self._open:
            return None
        offset = self._open.outer.offset
        end_by_verb = self._end_by_verb(offset, self._end)
        if end_by_verb is None:
            return self._open.outer
        self._add(offset, end_by_verb, end_by_verb, closed=False)
        return None

    def add_unclosed(self, offset: int, end: int) -> None:
        """Add an unclosed span; it ends at `end`, or before a verb of saying."""
        end_by_verb = self._end_by_verb(offset, end)
        end = end if end_by_verb is None else end_by_verb
        self._add(offset, end, end, closed=False)

    def _end_by_verb(self, offset: int, end: int) -> int | None:
        """The end of an unclosed quotation as a verb of saying in this paragraph shows it; None without such a verb."""
        start = max(offset + 1, self._start)
        return self._end_of_unclosed(start, end) if start < end else None

    # -- one mark ----------------------------------------------------------

    def _opens(self, offset: int, mark: str) -> bool:
        """True if a mark opens a quotation when none is open."""
        if mark not in CLOSING:
            return False
        free_before, blank_after = self._free_before(offset), self._blank_after(offset)
        if mark in _EITHER_WAY or mark == '"':
            return free_before and (not blank_after or mark == '"')
        return free_before or not self._pause_after(offset)

    def _inside(self, offset: int, mark: str) -> None:
        """Process a mark while a quotation is open."""
        outer = self._open.outer
        level = self._open.level_closed_by(mark)
        looks_opening = self._free_before(offset) and not self._blank_after(offset)
        if level is not None and not (looks_opening and mark in '"“«' and mark in CLOSING):
            self._close(level, offset)
        elif (mark == outer.mark and len(self._open) == 1) or level is not None:
            self._again(offset, mark, looks_opening)
        elif looks_opening or self._opens_within(offset, mark):
            if mark in CLOSING:
                self._open.add(OpenMark(offset, mark))
        elif not self._is_stray(offset, mark):
            self._close(len(self._open) - 1, offset)

    def _opens_within(self, offset: int, mark: str) -> bool:
        """True if a mark is in the position of an opening mark, and is not a mistake for a closing one."""
        if mark not in CLOSING or mark in _EITHER_WAY or mark == '"':
            return False
        return self._free_before(offset) or not self._pause_after(offset)

    def _again(self, offset: int, mark: str, looks_opening: bool) -> None:
        """Process a second opening mark of the open kind: a mistake for the closing mark, a nested one, or a new start."""
        if not self._free_before(offset):
            self._close(0, offset)
        elif mark != '"' and self._count(CLOSING[mark], offset) > self._count(mark, offset):
            self._open.add(OpenMark(offset, mark))
        elif mark == '"' and self._count(mark, offset) % 2 == 1 and not looks_opening:
            self._close(0, offset)
        else:
            self.add_unclosed(self._open.outer.offset, offset)
            self._open = OpenMarks(OpenMark(offset, mark))

    def _close(self, level: int, offset: int) -> None:
        opened = self._open.close(level)
        if level == 0:
            self._add(opened.offset, offset, offset + 1, closed=True)

    def _is_stray(self, offset: int, mark: str) -> bool:
        """True if a closing mark of another kind closes nothing: the right one comes later, or it means inches."""
        outer = self._open.outer.mark
        right = self._next_of(CLOSING[outer], offset + 1)
        if right is None:
            return mark == '"' and self._text[offset - 1].isdigit()
        again = self._next_of(outer, offset + 1)
        return again is None or right < again

    def _single(self, offset: int, mark: str) -> int:
        """Process a single mark when nothing is open; returns where to continue."""
        text = self._text
        if self._blank_after(offset) or not self._free_before(offset) or _ELIDED.match(text, offset):
            return offset + 1
        first: int | None = None
        for match in _SINGLE_END[mark].finditer(text, offset + 2, min(self._end, offset + _LONGEST_SINGLE)):
            if match[0] not in _SINGLE[mark]:
                break
            end = match.start()
            first = end if first is None else first
            # After an s it may also be a possessive: `the players' union`.
            if text[end - 1] in _STOPS or text[end + 1 : end + 2] in _STOPS or text[end - 1] not in "sz":
                first = end
                break
        if first is None or (mark == "'" and not text[offset + 1].isalnum()):
            return offset + 1
        self._add(offset, first, first + 1, closed=True)
        return first + 1

    # -- characters next to a mark -----------------------------------------

    def _free_before(self, offset: int) -> bool:
        before = self._text[offset - 1 : offset] if offset > self._start else ""
        return not before or before.isspace() or before in _BEFORE_OPENING or before in CLOSING

    def _blank_after(self, offset: int) -> bool:
        return offset + 1 >= self._end or self._text[offset + 1].isspace()

    def _pause_after(self, offset: int) -> bool:
        """True if a pause or the end follows, as after a closing mark."""
        following = self._text[offset + 1 : offset + 4].lstrip()[:1] if offset + 1 < self._end else ""
        return not following or following in _STOPS

    def _next_of(self, marks: str, offset: int) -> int | None:
        """Offset of the first of these marks at or after `offset`."""
        nexts: list[int] = []
        for mark in marks:
            offsets = self._offsets.get(mark, [])
            index = bisect_left(offsets, offset)
            nexts += offsets[index : index + 1]
        return min(nexts, default=None)

    def _count(self, marks: str, offset: int) -> int:
        """Number of these marks at or after `offset`."""
        return sum(
            len(offsets) - bisect_left(offsets, offset)
            for mark in marks
            if (offsets := self._offsets.get(mark)) is not None
        )

    def _add(self, opening: int, end: int, after: int, *, closed: bool) -> None:
        text, start = self._text, opening + 1
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if any(map(str.isalnum, text[start:end])):
            self._spans.append(QuotedSpan(start, end, opening, after, closed))
