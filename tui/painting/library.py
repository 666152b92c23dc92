"""The library as a quiet table: title, languages, a thin progress line, who, when; and what an empty one says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style

from tui.painting.cells import fitted, shortened
from tui.painting.relative_time import ago
from tui.painting.styles import Styles
from tui.painting.wrap import wrap
from tui.text.clean import visible
from tui.text.plurals import counted
from tui.workspace import Progress

Order = Literal["touched", "title", "progress", "language"]

_LEFT = 3
"""Cells of the margin and the bar."""
_GAP = 2
_WIDEST_TITLE = 72


class Column(NamedTuple):
    """One that follows the title if there is room."""

    name: str
    least: int
    most: int
    """Cells. It is as wide as its contents, between these."""
    leaves: int
    """Cells that must be left for the title."""
    order: Order | None
    """What a click on its name sorts by."""
    words: Callable[[Progress], str] | None = None
    """Its contents, if its width depends on them."""


def pair(progress: Progress) -> str:
    """The languages: `it → fr`, or `fr` if no source language is known."""
    entry = progress.entry
    return f"{entry.source_language} → {entry.language}" if entry.source_language else entry.language


def _count(progress: Progress) -> str:
    return f"{progress.decided}/{progress.entry.sentences}"


def _who(progress: Progress) -> str:
    return ", ".join(progress.annotators)


LANGUAGE = Column("lang", 6, 9, 24, "language", pair)
LINE = Column("", 12, 12, 24, "progress")
COUNT = Column("done", 6, 13, 12, "progress", _count)
WHO = Column("who", 5, 18, 34, None, _who)
WHEN = Column("touched", 11, 11, 20, "touched")

_FROM_LEFT = (LANGUAGE, LINE, COUNT, WHO, WHEN)
_BY_WORTH = (COUNT, WHEN, LINE, LANGUAGE, WHO)
"""As they appear on a terminal that grows wider."""


# -- geometry --------------------------------------------------------------


class Columns(NamedTuple):
    """What fits in a row, with the cells of each."""

    title: int
    others: Sequence[tuple[Column, int]]

    def order_at(self, x: int) -> Order | None:
        """What a click on the heading in cell `x` sorts by."""
        edge = _LEFT + 1 + self.title + _GAP
        if x < edge:
            return "title"
        for column, cells in self.others:
            edge += cells + _GAP
            if x < edge:
                return column.order
        return None


def column_widths(articles: Sequence[Progress]) -> Mapping[Column, int]:
    """The cells that each column needs for these articles."""
    return {column: _width(column, articles) for column in _FROM_LEFT}


def columns(widths: Mapping[Column, int], width: int) -> Columns:
    """The columns that fit in `width` cells and leave enough for the title."""
    room = width - _LEFT - 2
    fitting: list[Column] = []
    for column in _BY_WORTH:
        if room - widths[column] - _GAP < column.leaves:
            break
        room -= widths[column] + _GAP
        fitting.append(column)
    title = max(1, min(room, _WIDEST_TITLE))
    return Columns(title, [(column, widths[column]) for column in _FROM_LEFT if column in fitting])


def _width(column: Column, articles: Sequence[Progress]) -> int:
    """Cells: as few as its name and its contents need."""
    if column.words is None:
        return column.most
    widest = max((cell_len(column.words(article)[: column.most]) for article in articles), default=0)
    return max(column.least, min(widest, column.most))


# -- rows ------------------------------------------------------------------


def heading(
    styles: Styles, columns: Columns, *, shown: int, total: int, words: str, order: Order
) -> list[Segment]:
    """The names of the columns; the first says how many articles are shown, of how many."""
    title = f"{shown:,} of {total:,}: {visible(words)}" if words else counted(total, "article")
    sorted_here = order == "title" or all(column.order != order for column, _ in columns.others)
    if sorted_here and order != "title":
        title += f", by {order}"
    rises = order != "touched"
    line = [Segment(" " * (_LEFT + 1), styles.ground)]
    line += _column_name(styles, title, columns.title, is_sorted=sorted_here, rises=rises)
    for column, cells in columns.others:
        # The line and the count are one thing to sort by: the mark is at the count.
        is_sorted = column.order == order and column is not LINE
        line.append(Segment(" " * _GAP, styles.ground))
        line += _column_name(styles, column.name, cells, is_sorted=is_sorted, rises=rises)
    return line


def _column_name(styles: Styles, name: str, cells: int, *, is_sorted: bool, rises: bool) -> list[Segment]:
    if not is_sorted:
        return [Segment(set_cell_size(shortened(name, cells), cells), styles.dim)]
    mark = " ▴" if rises else " ▾"
    name = shortened(name, cells - len(mark))
    return [Segment(set_cell_size(name + mark, cells), styles.accent)]


def row(
    styles: Styles, columns: Columns, progress: Progress, now: datetime, *, is_current: bool
) -> list[Segment]:
    """One article, as seen from `now` (with its zone)."""

    def paint(text: str, style: Style) -> Segment:
        return Segment(text, styles.current(style) if is_current else style)

    title = f" {fitted(progress.entry.title, columns.title)}"
    line = [
        Segment("  ", styles.ground),
        Segment("▌" if is_current else " ", styles.bar),
        paint(title, styles.heading if is_current else styles.ground),
    ]
    for column, cells in columns.others:
        line.append(paint(" " * _GAP, styles.ground))
        line += [paint(text, style) for text, style in _cell(styles, column, cells, progress, now)]
    line.append(paint(" ", styles.ground))
    return line


def _cell(
    styles: Styles, column: Column, cells: int, progress: Progress, now: datetime
) -> list[tuple[str, Style]]:
    if column is LINE:
        filled = _filled(progress, cells)
        return [("━" * filled, styles.bar), ("─" * (cells - filled), styles.faint)]
    words = column.words(progress) if column.words else ago(progress.touched, now)
    is_begun = column is COUNT and progress.decided > 0
    return [(fitted(words, cells), styles.ground if is_begun else styles.dim)]


def _filled(progress: Progress, cells: int) -> int:
    """Cells of the line: all only when all is decided, none only when nothing is."""
    decided, sentences = progress.decided, progress.entry.sentences
    if not decided or not sentences:
        return 0
    return min(cells, max(1, cells * decided // sentences))


def no_match(styles: Styles) -> list[Segment]:
    """The row below the heading if no article fits the filter."""
    return [Segment("    no match: escape shows all again", styles.dim)]


def welcome(styles: Styles, ways_on: Sequence[tuple[str, str]], width: int) -> list[list[Segment]]:
    """The rows of an empty library: `ways_on` are keys, and what they do."""
    key_cells = max((cell_len(key) for key, _ in ways_on), default=0)
    rows = [[], [Segment("    Nothing here yet.", styles.heading)], []]
    for key, does in ways_on:
        for start, end in wrap(does, 0, len(does), max(10, width - key_cells - 8)):
            lead = f"    {key if start == 0 else '':{key_cells}}  "
            rows.append([Segment(lead, styles.accent), Segment(does[start:end], styles.ground)])
    return rows
