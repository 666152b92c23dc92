"""The panel at the right, as a widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.geometry import Region
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from tui.painting.article.text_styles import TextStyles
from tui.painting.cells import Line
from tui.painting.mark_lines import MarkLines
from tui.painting.panel import TEXT_X, WIDTH, PanelPainter, changed_rows
from tui.painting.styles import Styles
from tui.session.session import Session


class Panel(Widget):
    """Repaints only the lines that differ from what it showed before."""

    DEFAULT_CSS = f"Panel {{ width: {WIDTH}; height: 1fr; }}"

    def __init__(
        self,
        session: Session,
        styles: Styles,
        keys: Mapping[str, str] | None = None,
        versions: Callable[[int, MarkLines], list[Line]] | None = None,
    ) -> None:
        """`keys` and `versions` as `PanelPainter` needs them."""
        super().__init__()
        self._session = session
        self._palette_styles = styles
        self._text_styles = TextStyles(styles, session.scheme)
        self._painter = PanelPainter(session, styles, self._text_styles, keys or {}, versions)
        self._lines: list[Line] = []
        self._shown: tuple[int, str | None] | None = None
        self.searched: int | None = None
        """Percentage of the article that has been searched for names; None if none are looked for."""
        self.pause = 0.0
        """Seconds without a change after which the panel follows."""
        self._follows: Timer | None = None

    def show(self, sentence: int, mark: str | None = None) -> None:
        """Show another sentence, or the same one after a change; `mark` is the id of the focused one."""
        self._shown = sentence, mark
        if self._follows is not None:
            self._follows.stop()
            self._follows = None
        if self.pause and self._lines:
            self._follows = self.set_timer(self.pause, self._follow)
        else:
            self._follow()

    def restyle(self) -> None:
        """Repaint everything, after the styles have taken other colours."""
        self._text_styles.set_palette(self._palette_styles, self._session.scheme)
        if self._shown is not None:
            self._follow()
        self.refresh()

    def _follow(self) -> None:
        assert self._shown is not None
        height = self.size.height
        before = self._lines
        self._lines = self._painter.lines(*self._shown, height, self.searched)
        for y, cells in changed_rows(before, self._lines):
            if y < height:
                # Neither the rule nor what is blank before and after.
                self.refresh(Region(TEXT_X, y, cells, 1))

    def on_resize(self) -> None:
        if self._shown is not None:
            self.show(*self._shown)

    def render_line(self, y: int) -> Strip:
        return Strip(self._painter.row(self._lines, y)).adjust_cell_length(WIDTH, self._palette_styles.ground)
