"""How large a terminal has to be."""

from __future__ import annotations

SMALLEST = (40, 10)
"""Columns and rows that an article needs."""


def has_room(size: tuple[int, int]) -> bool:
    """Whether a terminal of so many columns and rows is large enough."""
    return size[0] >= SMALLEST[0] and size[1] >= SMALLEST[1]
