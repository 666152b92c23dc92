"""The minimum size of a terminal."""

from __future__ import annotations

SMALLEST = (40, 10)
"""Minimum columns and rows to show an article."""


def has_room(size: tuple[int, int]) -> bool:
    """True if a terminal with this size (columns, rows) is large enough."""
    return size[0] >= SMALLEST[0] and size[1] >= SMALLEST[1]
