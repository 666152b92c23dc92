"""The keys that a question expects, in columns over the bottom of the page, where one row is too short for them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.painting.cells import shortened
from tui.painting.styles import Styles
from tui.text.clean import visible

_LEAD = 2
_GAP = 3
_WIDEST = 30
"""Cells of a name; a person's may be long."""


class ChoiceGrid(Widget):
    """Is shown over the page and takes no room from it, so that nothing else is repainted when it comes."""

    DEFAULT_CSS = (
        "ChoiceGrid { layer: over; dock: bottom; width: 1fr; height: 1; offset-y: -1; display: none; }"
    )

    def __init__(self, styles: Styles) -> None:
        super().__init__()
        self._palette_styles = styles
        self._choices: list[tuple[str, str]] = []
        self._columns = 1
        self._cell = 1

    def show(self, choices: Sequence[tuple[str, str]], width: int) -> None:
        """Show keys and their names in `width` cells; none hides it."""
        self._choices = [(visible(key), shortened(visible(name), _WIDEST)) for key, name in choices]
        self.display = bool(choices)
        if not choices:
            return
        self._cell = max(cell_len(key) + 1 + cell_len(name) for key, name in self._choices) + _GAP
        self._columns = max(1, (width - _LEAD) // self._cell)
        self.styles.height = -(-len(self._choices) // self._columns)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        styles = self._palette_styles
        segments = [Segment(" " * _LEAD, styles.raised)]
        for key, name in self._choices[y * self._columns : (y + 1) * self._columns]:
            room = self._cell - cell_len(key)
            segments += [
                Segment(key, styles.raised_key),
                Segment(set_cell_size(f" {name}", room), styles.raised),
            ]
        return Strip(segments).adjust_cell_length(self.size.width, styles.raised)
