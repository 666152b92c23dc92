"""Letters for targets: one letter for the nearest, two if there are not enough letters."""

from __future__ import annotations

ALPHABET = "fjdksaghruewtyvncmbpqxz"
"""The easiest keys first; without i, l and o, which look like other characters."""

MOST = len(ALPHABET) ** 2
"""How many targets pairs of letters can distinguish."""


def labels(count: int) -> list[str]:
    """`count` labels, none a prefix of another: single letters first, then as few pairs as possible.

    Raises ValueError for more targets than pairs can distinguish.
    """
    size = len(ALPHABET)
    if count > MOST:
        raise ValueError(f"{count} targets are more than the {MOST} pairs of letters")
    prefixes = max(0, -(-(count - size) // (size - 1)))
    singles = list(ALPHABET[: size - prefixes])
    pairs = [first + second for first in ALPHABET[size - prefixes :] for second in ALPHABET]
    return (singles + pairs)[:count]


def nearest_first(count: int, near: int) -> list[int]:
    """The indexes 0 to count-1, nearest to `near` first; of two equally near ones, the later first."""
    return sorted(range(count), key=lambda index: (abs(index - near), index < near))
