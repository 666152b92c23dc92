"""A thin line across the screen: how much of the article is decided."""

from __future__ import annotations

from rich.segment import Segment

from tui.painting.styles import Styles

START = 2
"""Cells that stay free at either end."""


def filled_cells(done: int, total: int, width: int) -> int:
    """The cells of the line that are filled."""
    room = max(0, width - 2 * START)
    return room * done // total if total else 0


def progress_line(styles: Styles, filled: int, width: int) -> list[Segment]:
    return [
        Segment(" " * START, styles.ground),
        Segment("━" * filled, styles.bar),
        Segment("━" * max(0, width - 2 * START - filled), styles.faint),
    ]
