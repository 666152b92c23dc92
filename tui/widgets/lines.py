"""A few lines above the keys, and no row at all while there are none."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import set_cell_size
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.painting.cells import shortened
from tui.painting.styles import Styles
from tui.text.clean import visible

_WIDE_FROM = 100
"""Columns from which the progress line is longer."""


class Lines(Widget):
    """Messages, the first with a thin progress line before it where there is progress."""

    DEFAULT_CSS = "Lines { width: 1fr; height: 0; }"

    def __init__(self, styles: Styles) -> None:
        super().__init__()
        self._palette_styles = styles
        self._lines: Sequence[str] = ()
        self._share: float | None = None
        self._hint = ""

    def show(self, lines: Sequence[str], share: float | None = None, hint: str = "") -> None:
        """`share` is how much is done of what the first line is about, 0 to 1; `hint` is shown at its end."""
        self._lines, self._share, self._hint = lines, share, hint
        self.styles.height = len(lines)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        styles, width = self._palette_styles, self.size.width
        if y >= len(self._lines):
            return Strip.blank(width, styles.ground)
        line, hint = [Segment("  ", styles.ground)], self._hint if y == 0 else ""
        if y == 0 and self._share is not None:
            cells = 12 if width >= _WIDE_FROM else 8
            filled = int(cells * self._share)
            line += [Segment("━" * filled, styles.bar), Segment("─" * (cells - filled) + "  ", styles.faint)]
        room = max(0, width - sum(map(len, (segment.text for segment in line))) - len(hint) - 4)
        line.append(Segment(set_cell_size(shortened(visible(self._lines[y]), room), room), styles.ground))
        line.append(Segment(f"  {hint}", styles.dim))
        return Strip(line).adjust_cell_length(width, styles.ground)
