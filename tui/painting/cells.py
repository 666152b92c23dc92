"""Text cut to cells, and lines of styled text."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.style import Style

from tui.painting.wrap import thinned
from tui.text.clean import visible

Line = list[tuple[str, Style]]
"""Pieces of text with their styles, from left to right."""


def shortened(text: str, cells: int) -> str:
    """`text` if it fits in `cells`, else its beginning and `…`."""
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, max(0, cells - 1)).rstrip() + "…" if cells > 0 else ""


def fitted(text: str, cells: int) -> str:
    """Exactly `cells` of a text from outside, safe to paint, however long it is."""
    return set_cell_size(shortened(thinned(visible(text[: 4 * cells])), cells), cells)


def line_cells(line: Line) -> int:
    """The cells that a line takes."""
    return sum(cell_len(text) for text, _ in line)
