"""What screens do when it turns out that the line to the terminal is slow."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from tui.settings.theme import Palette

SLOW_LINE = "the connection is slow: Postil paints less from now on (lean = false in the settings, or --no-lean, prevents this)"


@runtime_checkable
class Restyled(Protocol):
    """A screen that can change its colours while it is shown."""

    def restyle(self, palette: Palette) -> None:
        """Paint less from now on, in these colours, and say so."""
        ...
