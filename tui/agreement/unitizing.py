"""Krippendorff's alpha for unitizing: how much two annotators mark the same stretches of a text.

References:
Krippendorff 1995, "On the reliability of unitizing continuous data", Sociol. Methodol. 25, 47-76.
Krippendorff 2004, "Measuring the reliability of qualitative text analysis data", Qual. Quant. 38, 787-800.
Krippendorff, Mathet, Bouvry & Widlöcher 2016 (Qual. Quant. 50, 2347-2364) show that the definition misbehaves for more than
two annotators, so it is given for two.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate

Stretch = tuple[int, int]
"""Start and end on the continuum, end-exclusive; those of one annotator are not empty, do not overlap and are in order."""


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The stretches with overlapping ones joined and empty ones left out."""
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if start == end:
            continue
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def observed(first: Sequence[Stretch], second: Sequence[Stretch]) -> int:
    """The sum of the squared differences: Do is this divided by the squared length of the continuum.

    Two overlapping stretches differ by the squared distance of their starts plus that of their ends; a stretch that the
    other annotator did not mark at all counts with its squared length.
    """
    return (
        _alone(first, second)
        + _alone(second, first)
        + sum(
            (start - begin) ** 2 + (end - stop) ** 2
            for start, end in first
            for begin, stop in second
            if start < stop and begin < end
        )
    )


def expected(first: Sequence[Stretch], second: Sequence[Stretch], length: int) -> float:
    """De: the mean of the same difference over all ways of placing the stretches on a continuum of that length.

    0 if nothing is marked.
    """
    sizes = Counter(end - start for start, end in (*first, *second))
    gaps = sorted((*_gaps(first, length), *_gaps(second, length)))
    gaps_from = [0, *accumulate(reversed(gaps))]
    others = sizes.total() - 1
    total = 0.0
    for size, count in sizes.items():
        wide = len(gaps) - bisect_left(gaps, size)
        places = gaps_from[wide] - wide * (size - 1)
        total += count * (others * (2 * size**3 - 3 * size**2 + size) / 3 + size**2 * places)
    pairs = 2 * length * (2 * length - 1) - sum(count * size * (size - 1) for size, count in sizes.items())
    return 2 * total / length / pairs if total else 0.0


def alpha(differences: int, expected: float, length: int) -> float | None:
    """1 - Do / De, from `observed` and `expected`; None if nothing is marked."""
    return None if not expected else 1 - differences / length**2 / expected


def _alone(first: Sequence[Stretch], second: Sequence[Stretch]) -> int:
    return sum(
        (end - start) ** 2
        for start, end in first
        if not any(start < stop and begin < end for begin, stop in second)
    )


def _gaps(stretches: Sequence[Stretch], length: int) -> list[int]:
    starts = [*(start for start, _ in stretches), length]
    ends = [0, *(end for _, end in stretches)]
    return [start - end for start, end in zip(starts, ends, strict=True) if start > end]
