"""What a terminal shows that has no room for an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual import events
from textual.screen import Screen
from textual.strip import Strip

from tui.terminal.size import SMALLEST, has_room

if TYPE_CHECKING:
    from tui.app_base import AppBase


class TooSmallScreen(Screen[None]):
    """Covers everything until the terminal is large enough; of the keys only those that quit do anything."""

    app: AppBase

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        columns, rows = SMALLEST
        lines = [f"{width}x{height} is too small:", f"make it {columns}x{rows} or", "larger"]
        line = lines[y] if y < len(lines) else ""
        return Strip([Segment(line)]).adjust_cell_length(width)

    def on_resize(self, event: events.Resize) -> None:
        # Another resize arrives while it closes.
        if has_room(event.size) and self.is_current:
            self.dismiss()
        else:
            self.refresh()

    def on_key(self, event: events.Key) -> None:
        event.stop()
        if event.key in self.app.workspace.keymap.keys.get("quit", ()):
            below = self.app.screen_stack[-2]
            self.dismiss()
            below.post_message(event)
