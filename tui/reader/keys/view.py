"""The reader's keys for how the article is shown: readings, layouts, pages and the panel."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.reader.article_view.widget import ArticleView
from tui.reader.header import Header
from tui.reader.panel import Panel
from tui.settings.config import Settings

if TYPE_CHECKING:
    from tui.reader.desk import Desk

PANEL_FROM = 110
"""Columns from which there is room for the panel."""


class LookKeys:
    """What the reader does with its keys for looking at an article."""

    def __init__(
        self, desk: Desk, view: ArticleView, panel: Panel, header: Header, settings: Settings
    ) -> None:
        self._desk = desk
        self._view = view
        self._panel = panel
        self._header = header
        self._panel_wanted = settings.panel
        if settings.prose:
            view.layout_as = "prose"
        self.handlers: dict[str, Callable[[], None]] = {
            "page.down": lambda: self._page(+1),
            "page.up": lambda: self._page(-1),
            "view.corrected": self._turn_reading,
            "view.prose": self._turn_layout,
            "panel.toggle": self._toggle_panel,
        }
        """What an action does, by its id."""

    def fit(self, width: int) -> None:
        """Show the panel where `width` cells have room for it."""
        self._panel.display = self._panel_wanted and width >= PANEL_FROM

    def _page(self, direction: int) -> None:
        """Read on; a sentence longer than the page stays current, and is not scrolled back to."""
        self._desk.go(self._view.page(direction), scroll=False)

    def _turn_reading(self) -> None:
        corrected = self._view.reading == "plain"
        self._view.reading = "corrected" if corrected else "plain"
        self._header.always_show_score(corrected)
        key = self._desk.key("view.corrected")
        self._desk.say(f"the corrected reading: {key} shows the text as it is" if corrected else "")

    def _turn_layout(self) -> None:
        self._view.layout_as = "prose" if self._view.layout_as == "sentences" else "sentences"

    def _toggle_panel(self) -> None:
        self._panel_wanted = not self._panel_wanted
        width = self._view.screen.size.width
        self.fit(width)
        if self._panel_wanted and not self._panel.display:
            self._desk.say(f"the panel needs {PANEL_FROM} columns: this terminal has {width}")
