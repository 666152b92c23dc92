"""The library as a quiet table: title, languages, a thin progress line, who, when.

Only rows in view are built, so that 10,000 articles cost what 20 do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.library.article_list import ArticleList, Order, pair
from tui.painting.cells import shortened
from tui.painting.relative_time import ago
from tui.painting.styles import Styles
from tui.painting.wrap import thinned, wrap
from tui.text.clean import visible
from tui.workspace import Progress

_HEADER_ROWS = 2
_LEFT = 3
"""Cells of the margin and the bar."""
_GAP = 2
_WIDEST_TITLE = 72
_WHEEL_ROWS = 3


class Column(NamedTuple):
    """One that stands right of the title, where there is room."""

    name: str
    least: int
    most: int
    """Cells. It is as wide as what stands in it, between these."""
    leaves: int
    """Cells that the title must keep beside it."""
    order: Order | None
    """What a click on its name sorts by."""
    words: Callable[[Progress], str] | None = None
    """What stands in it, where its width depends on that."""


def _count(one: Progress) -> str:
    return f"{one.decided}/{one.entry.sentences}"


def _who(one: Progress) -> str:
    return ", ".join(one.annotators)


LANGUAGE = Column("lang", 6, 9, 24, "language", pair)
LINE = Column("", 12, 12, 24, "progress")
COUNT = Column("done", 6, 13, 12, "progress", _count)
WHO = Column("who", 5, 18, 34, None, _who)
WHEN = Column("touched", 11, 11, 20, "touched")

_AS_THEY_STAND = (LANGUAGE, LINE, COUNT, WHO, WHEN)
_BY_WORTH = (COUNT, WHEN, LINE, LANGUAGE, WHO)
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

    def __init__(self, ink: Styles, shelf: ArticleList, clock: Callable[[], datetime] | None = None) -> None:
        """`clock` tells the time with its zone."""
        super().__init__()
        self._ink = ink
        self.shelf = shelf
        self._clock = clock or _local_time
        self.welcome: Sequence[tuple[str, str]] = ()
        """What one can do in an empty library: keys, and what they do."""
        self._measured: Sequence[Progress] | None = None
        self._widths: dict[Column, int] = {}
        """Cells of the columns, for the articles that were measured."""

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

    def _columns(self, width: int) -> tuple[int, Sequence[tuple[Column, int]]]:
        """Cells of the title, and the columns for which that leaves room, with theirs."""
        widths = self._fitting_widths()
        room = width - _LEFT - 2
        taken: list[Column] = []
        for column in _BY_WORTH:
            if room - widths[column] - _GAP < column.leaves:
                break
            room -= widths[column] + _GAP
            taken.append(column)
        title = max(1, min(room, _WIDEST_TITLE))
        return title, [(column, widths[column]) for column in _AS_THEY_STAND if column in taken]

    def _fitting_widths(self) -> Mapping[Column, int]:
        articles = self.shelf.articles
        if articles is not self._measured:
            self._measured = articles
            self._widths = {column: _width(column, articles or ()) for column in _AS_THEY_STAND}
        return self._widths

    def _column_at(self, x: int) -> Order | None:
        title, columns = self._columns(self.size.width)
        edge = _LEFT + 1 + title + _GAP
        if x < edge:
            return "title"
        for column, cells in columns:
            edge += cells + _GAP
            if x < edge:
                return column.order
        return None

    # -- painting ----------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        width, shelf = self.size.width, self.shelf
        line: Sequence[Segment] = ()
        if shelf.articles is not None and not shelf.articles:
            line = self._welcome_line(y)
        elif shelf.articles and y == 1:
            line = self._header(width)
        elif shelf.articles and y == _HEADER_ROWS and not shelf.shown:
            line = [Segment("    nothing fits: escape shows all again", self._ink.dim)]
        elif y >= _HEADER_ROWS and shelf.top + y - _HEADER_ROWS < len(shelf.shown):
            line = self._row(shelf.top + y - _HEADER_ROWS, width)
        return Strip(line).adjust_cell_length(width, self._ink.ground)

    def _welcome_line(self, y: int) -> Sequence[Segment]:
        ink = self._ink
        beside = max((cell_len(key) for key, _ in self.welcome), default=0)
        lines = [[], [Segment("    Nothing here yet.", ink.heading)], []]
        for key, does in self.welcome:
            for start, end in wrap(does, 0, len(does), max(10, self.size.width - beside - 8)):
                led = f"    {key if start == 0 else '':{beside}}  "
                lines.append([Segment(led, ink.accent), Segment(does[start:end], ink.ground)])
        return lines[y] if y < len(lines) else ()

    def _header(self, width: int) -> list[Segment]:
        ink, shelf = self._ink, self.shelf
        title, columns = self._columns(width)
        total = len(shelf.articles or ())
        counted = f"{total:,} article{'s' if total != 1 else ''}"
        if shelf.words:
            counted = f"{len(shelf.shown):,} of {total:,}: {visible(shelf.words)}"
        sorted_here = shelf.order == "title" or all(column.order != shelf.order for column, _ in columns)
        if sorted_here and shelf.order != "title":
            counted += f", by {shelf.order}"
        rises = shelf.order != "touched"
        line = [Segment(" " * (_LEFT + 1), ink.ground)]
        line += self._column_name(counted, title, is_sorted=sorted_here, rises=rises)
        for column, cells in columns:
            # The line and the count are one thing to sort by: the mark stands at the count.
            is_sorted = column.order == shelf.order and column is not LINE
            line.append(Segment(" " * _GAP, ink.ground))
            line += self._column_name(column.name, cells, is_sorted=is_sorted, rises=rises)
        return line

    def _column_name(self, name: str, cells: int, *, is_sorted: bool, rises: bool) -> list[Segment]:
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
        for column, cells in columns:
            line.append(paint(" " * _GAP, ink.ground))
            line += [paint(text, style) for text, style in self._cell(column, cells, progress)]
        line.append(paint(" ", ink.ground))
        return line

    def _cell(self, column: Column, cells: int, progress: Progress) -> list[tuple[str, Style]]:
        ink = self._ink
        if column is LINE:
            filled = _filled(progress, cells)
            return [("━" * filled, ink.bar), ("─" * (cells - filled), ink.faint)]
        words = column.words(progress) if column.words else ago(progress.touched, self._clock())
        is_begun = column is COUNT and progress.decided > 0
        return [(_fitted(words, cells), ink.ground if is_begun else ink.dim)]


def _width(column: Column, articles: Sequence[Progress]) -> int:
    """Cells: as few as its name and what stands in it need."""
    if column.words is None:
        return column.most
    widest = max((cell_len(column.words(one)[: column.most]) for one in articles), default=0)
    return max(column.least, min(widest, column.most))


def _filled(progress: Progress, cells: int) -> int:
    """Cells of the line: all only when all is decided, none only when nothing is."""
    decided, sentences = progress.decided, progress.entry.sentences
    if not decided or not sentences:
        return 0
    return min(cells, max(1, cells * decided // sentences))


def _fitted(words: str, cells: int) -> str:
    """Exactly `cells` of it, safe to paint, however long it is."""
    return set_cell_size(shortened(thinned(visible(words[: 4 * cells])), cells), cells)


def _local_time() -> datetime:
    return datetime.now().astimezone()
