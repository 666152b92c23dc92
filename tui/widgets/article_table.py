"""The library as a quiet table: title, languages, a thin progress line, who, when.

Only rows in view are built, so that 10,000 articles cost what 20 do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.text.clean import visible
from tui.widgets.ago import ago
from tui.widgets.bars import shortened
from tui.widgets.ink import Ink
from tui.widgets.shelf import Order, Shelf, pair
from tui.widgets.wrap import thinned
from tui.workspace import Progress

_HEADER_ROWS = 2
_LEFT = 3
"""Cells of the margin and the bar."""
_GAP = 2
_LEAST_TITLE = 22
_WIDEST_TITLE = 72
_LINE = 12
"""Cells of a progress line."""
_WHEEL_ROWS = 3


class Column(NamedTuple):
    """One that stands right of the title, where there is room."""

    name: str
    cells: int
    order: Order | None
    """What a click on its name sorts by."""


LANGUAGES = Column("languages", 9, "language")
LINE = Column("", _LINE, "progress")
COUNT = Column("decided", 9, "progress")
WHO = Column("who", 18, None)
WHEN = Column("touched", 11, "touched")

_AS_THEY_STAND = (LANGUAGES, LINE, COUNT, WHO, WHEN)
_BY_WORTH = (COUNT, WHEN, LINE, LANGUAGES, WHO)
"""What is there first on a terminal that grows wider."""


class ArticleTable(Widget):
    """Paints a shelf. It changes nothing but what is in view: the screen does, and calls `refresh`."""

    DEFAULT_CSS = "ArticleTable { width: 1fr; height: 1fr; }"

    class Chosen(Message):
        """A row was clicked; it counts in what is shown."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    class SortWanted(Message):
        """The name of a column was clicked."""

        def __init__(self, order: Order) -> None:
            super().__init__()
            self.order: Order = order

    def __init__(self, ink: Ink, shelf: Shelf, clock: Callable[[], datetime] | None = None) -> None:
        """`clock` tells the time with its zone."""
        super().__init__()
        self._ink = ink
        self.shelf = shelf
        self._clock = clock or _local_time
        self.welcome: Sequence[Sequence[Segment]] = ()
        """What an empty library says, a line each."""

    def on_resize(self, event: events.Resize) -> None:
        self.shelf.page = event.size.height - _HEADER_ROWS
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        row = self.shelf.top + event.y - _HEADER_ROWS
        if event.y == 1 and self.shelf.articles:
            order = self._column_at(event.x)
            if order is not None:
                self.post_message(self.SortWanted(order))
        elif event.y >= _HEADER_ROWS and row < len(self.shelf.shown):
            self.post_message(self.Chosen(row))

    def on_mouse_scroll_down(self) -> None:
        self.shelf.scroll(+_WHEEL_ROWS)
        self.refresh()

    def on_mouse_scroll_up(self) -> None:
        self.shelf.scroll(-_WHEEL_ROWS)
        self.refresh()

    # -- geometry ----------------------------------------------------------

    def _columns(self, width: int) -> tuple[int, Sequence[Column]]:
        """Cells of the title, and the columns for which that leaves room."""
        room = width - _LEFT - 2
        taken: list[Column] = []
        for column in _BY_WORTH:
            if room - column.cells - _GAP < _LEAST_TITLE:
                break
            room -= column.cells + _GAP
            taken.append(column)
        return max(1, min(room, _WIDEST_TITLE)), [column for column in _AS_THEY_STAND if column in taken]

    def _column_at(self, x: int) -> Order | None:
        title, columns = self._columns(self.size.width)
        edge = _LEFT + 1 + title + _GAP
        if x < edge:
            return "title"
        for column in columns:
            edge += column.cells + _GAP
            if x < edge:
                return column.order
        return None

    # -- painting ----------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        width, shelf = self.size.width, self.shelf
        line: Sequence[Segment] = ()
        if shelf.articles is not None and not shelf.articles:
            line = self.welcome[y] if y < len(self.welcome) else ()
        elif shelf.articles and y == 1:
            line = self._header(width)
        elif shelf.articles and y == _HEADER_ROWS and not shelf.shown:
            line = [Segment("    nothing fits: escape shows all again", self._ink.dim)]
        elif y >= _HEADER_ROWS and shelf.top + y - _HEADER_ROWS < len(shelf.shown):
            line = self._row(shelf.top + y - _HEADER_ROWS, width)
        return Strip(line).adjust_cell_length(width, self._ink.ground)

    def _header(self, width: int) -> list[Segment]:
        ink, shelf = self._ink, self.shelf
        title, columns = self._columns(width)
        total = len(shelf.articles or ())
        counted = f"{total} article{'s' if total != 1 else ''}"
        if shelf.words:
            counted = f"{len(shelf.shown)} of {counted} with {visible(shelf.words)}"
        line = [Segment(" " * (_LEFT + 1), ink.ground)]
        line += self._name(counted, title, is_sorted=shelf.order == "title", rises=True)
        for column in columns:
            # The line and the count are one thing to sort by: the mark stands at the count.
            is_sorted = column.order == shelf.order and column is not LINE
            line.append(Segment(" " * _GAP, ink.ground))
            line += self._name(column.name, column.cells, is_sorted=is_sorted, rises=shelf.order != "touched")
        return line

    def _name(self, name: str, cells: int, *, is_sorted: bool, rises: bool) -> list[Segment]:
        if not is_sorted:
            return [Segment(set_cell_size(shortened(name, cells), cells), self._ink.dim)]
        mark = " ▴" if rises else " ▾"
        name = shortened(name, cells - len(mark))
        return [Segment(set_cell_size(name + mark, cells), self._ink.accent)]

    def _row(self, row: int, width: int) -> list[Segment]:
        ink, progress = self._ink, self.shelf.shown[row]
        current = row == self.shelf.cursor
        title, columns = self._columns(width)

        def paint(text: str, style: Style) -> Segment:
            return Segment(text, ink.current(style) if current else style)

        line = [
            Segment("  ", ink.ground),
            Segment("▌" if current else " ", ink.bar),
            paint(f" {_fitted(progress.entry.title, title)}", ink.heading if current else ink.ground),
        ]
        for column in columns:
            line.append(paint(" " * _GAP, ink.ground))
            line += [paint(text, style) for text, style in self._cell(column, progress)]
        line.append(paint(" ", ink.ground))
        return line

    def _cell(self, column: Column, progress: Progress) -> list[tuple[str, Style]]:
        ink = self._ink
        if column is LINE:
            filled = _filled(progress)
            return [("━" * filled, ink.bar), ("─" * (_LINE - filled), ink.faint)]
        if column is COUNT:
            count = f"{progress.decided}/{progress.entry.sentences}"
            return [(_fitted(count, column.cells), ink.ground if progress.decided else ink.dim)]
        if column is LANGUAGES:
            words = pair(progress)
        elif column is WHO:
            words = ", ".join(progress.annotators)
        else:
            words = ago(progress.touched, self._clock())
        return [(_fitted(words, column.cells), ink.dim)]


def _filled(progress: Progress) -> int:
    """Cells: full only when all is decided, empty only when nothing is."""
    decided, sentences = progress.decided, progress.entry.sentences
    if not decided or not sentences:
        return 0
    return min(_LINE, max(1, _LINE * decided // sentences))


def _fitted(words: str, cells: int) -> str:
    """Exactly `cells` of it, safe to paint, however long it is."""
    return set_cell_size(shortened(thinned(visible(words[: 4 * cells])), cells), cells)


def _local_time() -> datetime:
    return datetime.now().astimezone()
