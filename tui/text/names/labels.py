"""The labels of tokens: outside, or the beginning or the inside of a name of one of four kinds."""

from __future__ import annotations

KINDS = ("PER", "ORG", "LOC", "MISC")

COUNT = 1 + 2 * len(KINDS)
"""Label 0 is outside; 1 + 2k begins a name of kind k, and 2 + 2k continues it."""
OUTSIDE = 0


def beginning(kind: str) -> int:
    return 1 + 2 * KINDS.index(kind)


def continues(label: int) -> bool:
    """True if the label can only follow another of its kind."""
    return label > 0 and label % 2 == 0
