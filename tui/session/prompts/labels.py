"""Which letters stand for which target: one for the nearest, two where one is not enough."""

from __future__ import annotations

ALPHABET = "fjdksaghruewtyvncmbpqxz"
"""Under the strongest fingers first; without i, l and o, which look like others."""

MOST = len(ALPHABET) ** 2
"""How many targets pairs of letters tell apart."""


def labels(count: int) -> list[str]:
    """`count` labels, none the beginning of another: single letters first, then as few pairs as possible.

    Raises ValueError for more than pairs can tell apart.
    """
    size = len(ALPHABET)
    if count > MOST:
        raise ValueError(f"{count} targets are more than {MOST} pairs of letters can tell apart")
    prefixes = max(0, -(-(count - size) // (size - 1)))
    singles = list(ALPHABET[: size - prefixes])
    pairs = [first + second for first in ALPHABET[size - prefixes :] for second in ALPHABET]
    return (singles + pairs)[:count]


def nearest_first(count: int, near: int) -> list[int]:
    """The places 0 to count-1, those nearest to `near` first; of two as near the later one."""
    return sorted(range(count), key=lambda index: (abs(index - near), index < near))
