"""Greedy word wrap that keeps offsets: which slice of a text goes on which row.

Lines break at plain spaces only, never inside a grapheme, and never so that a row begins with
the mark that French sets off with a space (`:` `;` `!` `?` `»`) or ends with `«`.
"""

from __future__ import annotations

import re
from functools import cache

from rich.cells import split_graphemes

Row = tuple[int, int]
"""`[start, end)` in code points; the space at which a row was broken belongs to none."""

_ONE_CELL = (
    "\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u05d0-\u05ea\u0621-\u063a\u0641-\u064a"
    "\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20ac"
)
_TWO_CELLS = (
    "\u3000-\u3029\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
)
"""Of the characters that take so many, those that are many: letters of Europe and the Near East, and of China, Japan and Korea."""

_MAYBE_NOT_ONE_CELL = re.compile(f"[^{_ONE_CELL}]")
_NEVER_FIRST = frozenset(":;!?»%")
_NEVER_LAST = frozenset("«")


def is_one_cell_a_character(text: str) -> bool:
    """True if every code point takes exactly one cell, so that lengths are widths. May be False too often."""
    return _MAYBE_NOT_ONE_CELL.search(text) is None


MOST_IN_A_GRAPHEME = 12
"""Code points of one grapheme that are painted: enough for every script and emoji, too few to stall a terminal."""

_UNSUSPECTED = 300


def thinned(text: str) -> str:
    """The text for painting: of graphemes with absurdly many marks, the first few. Widths do not change."""
    if len(text) <= _UNSUSPECTED or is_one_cell_a_character(text):
        return text
    graphemes, _ = split_graphemes(text)
    return "".join(text[start : min(end, start + MOST_IN_A_GRAPHEME)] for start, end, _ in graphemes)


def wrap(text: str, start: int, end: int, width: int) -> list[Row]:
    """Break `text[start:end]` into rows of at most `width` cells; at least one row.

    Offsets are into `text`. A word wider than a row is cut between graphemes.
    """
    width = max(2, width)
    if end - start <= width and is_one_cell_a_character(text[start:end]):
        return [(start, end)]
    if _MAYBE_NOT_ONE_CELL.search(text, start, end) is None:
        return _wrap_narrow(text, start, end, width)
    if end - start <= _STRETCH:
        return _wrap_graphemes(text, start, end, width)
    rows: list[Row] = []
    stretch = _STRETCH
    while True:
        start = _wrap_known(text, start, end, width, rows)
        if start < 0:
            return rows
        stop = min(end, start + stretch)
        more = _wrap_graphemes(text, start, stop, width)
        if stop == end:
            return rows + more
        # What follows may belong to the last grapheme, and so change the row before it too.
        whole = more[:-2]
        stretch = _STRETCH if whole else end - start
        rows += whole
        start = more[len(whole)][0]


_STRETCH = 8192
"""Code points that are divided into graphemes at once: that is slow, and what follows may need no dividing."""


def _wrap_narrow(text: str, start: int, end: int, width: int) -> list[Row]:
    rows: list[Row] = []
    position = start
    while end - position > width:
        cut = _good_break(text, position, text.rfind(" ", position, position + width + 1))
        if cut <= position:
            rows.append((position, position + width))
            position += width
        else:
            rows.append((position, cut))
            position = cut + 1
    rows.append((position, end))
    return rows


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may be of no known width, and what is of two cells.

    Compiled when they are needed: that takes 10 ms, and hardly an article needs them.
    """
    return re.compile(f"[^{_ONE_CELL}{_TWO_CELLS}]"), re.compile(f"[{_TWO_CELLS}]")


def _wrap_known(text: str, start: int, end: int, width: int, rows: list[Row]) -> int:
    """Add rows as long as every character's width is known without looking at its neighbours.

    Returns where the first row begins that is still to be made, or -1 once all are.
    """
    unknown, wide = _patterns()
    while unknown.search(text, start, min(end, start + width + 2)) is None:
        fits = _fitting(text, start, end, width, wide)
        if fits == end:
            rows.append((start, end))
            return -1
        cut = _good_break(text, start, text.rfind(" ", start, fits + 1))
        if cut <= start:
            rows.append((start, fits))
            start = fits
        else:
            rows.append((start, cut))
            start = cut + 1
    return start


def _fitting(text: str, start: int, end: int, width: int, wide: re.Pattern[str]) -> int:
    """Where the characters from `start` on, each of one cell or two, no longer fit in `width` cells."""
    stop, room = start, width
    while room >= 2 and stop < end:
        more = text[stop : min(end, stop + room // 2)]
        stop += len(more)
        room -= len(more) + len(wide.findall(more))
    if room == 1 and stop < end and not wide.match(text, stop):
        stop += 1
    return stop


def _good_break(text: str, row_start: int, cut: int) -> int:
    """The last break at or before `cut` that French typography allows, else `cut`."""
    allowed = cut
    while allowed > row_start:
        if _may_break(text, allowed):
            return allowed
        allowed = text.rfind(" ", row_start, allowed)
    return cut


def _wrap_graphemes(text: str, start: int, end: int, width: int) -> list[Row]:
    rows: list[Row] = []
    row_start = start
    cells = 0
    breaks: list[tuple[int, int]] = []
    """Of the row so far: where it may break, and how many cells there are up to and with that space."""
    for first, last, wide in split_graphemes(text[start:end])[0]:
        at = start + first
        is_space = last - first == 1 and text[at] == " "
        if cells + wide > width:
            if is_space:
                rows.append((row_start, at))
                row_start, cells, breaks = at + 1, 0, []
                continue
            if breaks:
                cut, before = next((b for b in reversed(breaks) if _may_break(text, b[0])), breaks[-1])
                rows.append((row_start, cut))
                row_start, cells = cut + 1, cells - before
                breaks = [(offset, upto - before) for offset, upto in breaks if offset > cut]
            if cells + wide > width:
                rows.append((row_start, at))
                row_start, cells, breaks = at, 0, []
        cells += wide
        if is_space and at > row_start:
            breaks.append((at, cells))
    rows.append((row_start, end))
    return rows


def _may_break(text: str, space: int) -> bool:
    """True if French typography lets a row end before the space at `space`."""
    return text[space + 1 : space + 2] not in _NEVER_FIRST and text[space - 1] not in _NEVER_LAST
