"""The library's table as a widget. Only rows in view are built, so that 10,000 articles cost what 20 do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.library.article_list import ArticleList
from tui.painting import library
from tui.painting.library import Column, Columns, Order
from tui.painting.styles import Styles
from tui.workspace import Progress

_HEADER_ROWS = 2
_WHEEL_ROWS = 3


class ArticleTable(Widget):
    """Paints a list of articles. It changes nothing but what is in view: the screen does, and calls `refresh`."""

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

    def __init__(
        self, styles: Styles, shelf: ArticleList, clock: Callable[[], datetime] | None = None
    ) -> None:
        """`clock` returns the time with its zone."""
        super().__init__()
        self._palette_styles = styles
        self.shelf = shelf
        self._clock = clock or _local_time
        self.welcome: Sequence[tuple[str, str]] = ()
        """What one can do in an empty library: keys, and what they do."""
        self._measured: Sequence[Progress] | None = None
        self._widths: Mapping[Column, int] = {}
        """Cells of the columns, for the articles that were measured."""

    def on_resize(self, event: events.Resize) -> None:
        self.shelf.page = event.size.height - _HEADER_ROWS
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        row = self.shelf.top + event.y - _HEADER_ROWS
        if event.y == 1 and self.shelf.articles:
            order = self._columns().order_at(event.x)
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

    def _columns(self) -> Columns:
        articles = self.shelf.articles
        if articles is not self._measured or not self._widths:
            self._measured = articles
            self._widths = library.column_widths(articles or ())
        return library.columns(self._widths, self.size.width)

    def render_line(self, y: int) -> Strip:
        return Strip(self._line(y)).adjust_cell_length(self.size.width, self._palette_styles.ground)

    def _line(self, y: int) -> Sequence[Segment]:
        styles, shelf = self._palette_styles, self.shelf
        row = shelf.top + y - _HEADER_ROWS
        if shelf.articles is not None and not shelf.articles:
            welcome = library.welcome(styles, self.welcome, self.size.width)
            return welcome[y] if y < len(welcome) else ()
        if shelf.articles and y == 1:
            return library.heading(
                styles,
                self._columns(),
                shown=len(shelf.shown),
                total=len(shelf.articles),
                words=shelf.words,
                order=shelf.order,
            )
        if shelf.articles and y == _HEADER_ROWS and not shelf.shown:
            return library.no_match(styles)
        if y >= _HEADER_ROWS and row < len(shelf.shown):
            return library.row(
                styles,
                self._columns(),
                shelf.shown[row],
                self._clock(),
                is_current=row == shelf.cursor,
            )
        return ()


def _local_time() -> datetime:
    return datetime.now().astimezone()
