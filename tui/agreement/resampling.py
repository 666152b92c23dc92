"""Bootstrap intervals of figures that depend on sums over sentences.

Sentences are drawn anew, each a Poisson(1) number of times: for figures that are ratios this is the
bootstrap with a total that is not fixed (Hanley & MacGibbon 2006, "Creating non-parametric bootstrap samples
using Poisson frequencies"). Sentences with the same vector are drawn together, Poisson(their number) times,
and a vector travels as one integer with a field for each component, so that a sample is one sum of products.
The draws are seeded: the same data give the same interval.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from operator import mul

import msgspec

Vector = tuple[int, ...]
"""What one sentence adds to the sums that a figure depends on; no component is negative."""

Sums = Sequence[int]
"""The sums of vectors, component by component."""

Figures = Callable[[Sums], Sequence[float | None]]
"""Figures of sums; None for one that is undefined there."""

SAMPLES = 1000
LEVEL = 0.95
_SEED = 1960
_LEAST_DEFINED = 0.5
"""Share of the samples in which a figure must be defined for its interval to mean anything."""

_ONCE = bytes(94 * [0] + 94 * [1] + 47 * [2] + 16 * [3] + 4 * [4] + [5])
"""From a random byte to a Poisson(1) number: its probabilities in 256ths, mean and variance 1.004."""


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """A figure with its 95 % interval."""

    value: float | None
    """None where it is undefined, such as a kappa of answers that never vary."""
    low: float | None
    high: float | None
    n: int
    """How many sentences it rests on."""


def estimates(groups: Mapping[Vector, int], figures: Figures, n: int) -> list[Estimate]:
    """Each figure of the sums, with the percentile interval of its bootstrap samples.

    `groups` tells how many sentences have each vector. Samples in which a figure is undefined do not count
    for it; where they are more than half, it has no interval.
    """
    values = figures(totals(groups))
    found: list[list[float]] = [[] for _ in values]
    if groups:
        for sample in _samples(groups):
            for place, value in enumerate(figures(sample)):
                if value is not None:
                    found[place].append(value)
    return [_estimate(value, sampled, n) for value, sampled in zip(values, found, strict=True)]


def totals(groups: Mapping[Vector, int]) -> Vector:
    """The sums over all sentences; empty without any."""
    return tuple(sum(map(mul, column, groups.values())) for column in zip(*groups, strict=True))


def _estimate(value: float | None, sampled: list[float], n: int) -> Estimate:
    low = high = None
    if value is not None and len(sampled) >= _LEAST_DEFINED * SAMPLES:
        sampled.sort()
        low, high = _quantile(sampled, (1 - LEVEL) / 2), _quantile(sampled, (1 + LEVEL) / 2)
    return Estimate(value=value, low=low, high=high, n=n)


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Between the two nearest values in proportion (Hyndman & Fan 1996, definition 7)."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _samples(groups: Mapping[Vector, int]) -> Iterator[Sums]:
    # In a fixed order, so that the order of the sentences does not matter.
    repeated = sorted(vector for vector, count in groups.items() if count > 1)
    single = sorted(vector for vector, count in groups.items() if count == 1)
    tables = [_poisson(groups[vector]) for vector in repeated]
    vectors = [*repeated, *single]
    most = [len(table) for table in tables] + [max(_ONCE)] * len(single)
    width = max(sum(map(mul, column, most)) for column in zip(*vectors, strict=True)).bit_length() or 1
    shifts = range(0, width * len(vectors[0]), width)
    packed = [sum(part << shift for part, shift in zip(vector, shifts, strict=True)) for vector in vectors]
    mask = (1 << width) - 1
    draws = random.Random(_SEED)
    for _ in range(SAMPLES):
        times = [bisect_left(table, draws.random()) for table in tables]
        times += draws.randbytes(len(single)).translate(_ONCE)
        total = sum(map(mul, packed, times))
        if total:
            yield [(total >> shift) & mask for shift in shifts]


def _poisson(mean: int) -> list[float]:
    """The distribution function of a Poisson number from 0 on, as far as a random number can tell."""
    last = mean + 12 * math.isqrt(mean) + 24
    logarithm = math.log(mean)
    return list(accumulate(math.exp(k * logarithm - mean - math.lgamma(k + 1)) for k in range(last)))
