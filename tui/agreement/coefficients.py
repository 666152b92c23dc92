"""Chance-corrected agreement on values: Cohen's kappa, Fleiss' kappa, Krippendorff's alpha.

References:
Cohen 1960, "A coefficient of agreement for nominal scales", Educ. Psychol. Meas. 20, 37-46.
Fleiss 1971, "Measuring nominal scale agreement among many raters", Psychol. Bull. 76, 378-382.
Krippendorff 2011, "Computing Krippendorff's alpha-reliability", https://repository.upenn.edu/asc_papers/43
Passonneau 2006, "Measuring agreement on set-valued items (MASI)", LREC, https://aclanthology.org/L06-1392
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from fractions import Fraction
from math import lcm
from operator import mul
from typing import Generic, TypeVar

from tui.agreement.resampling import Sums, Vector, totals

Value = TypeVar("Value", bound=Hashable)


def nominal(first: Hashable, second: Hashable) -> Fraction:
    """The distance of nominal values: 0 if they are the same, else 1."""
    return Fraction(first != second)


def masi(first: frozenset[str], second: frozenset[str]) -> Fraction:
    """Passonneau's (2006) distance of sets: 1 - J M, with Jaccard's J and the monotonicity M.

    M is 1 for equal sets, 2/3 if one contains the other, 1/3 if they only overlap, 0 if they share nothing; two empty
    sets are equal.
    """
    if first == second:
        return Fraction(0)
    common = len(first & second)
    if not common:
        return Fraction(1)
    monotonicity = Fraction(2, 3) if first < second or second < first else Fraction(1, 3)
    return 1 - Fraction(common, len(first | second)) * monotonicity


class Ratings(Generic[Value]):
    """The values that several annotators gave each sentence, reduced to what the coefficients depend on.

    A sentence's vector is: 1; its disagreement d = sum over ordered pairs of its m values of their distance,
    divided by m - 1; d / m; and how often it has each value. Both quotients are in whole `units`.
    """

    def __init__(
        self, sentences: Iterable[Sequence[Value]], distance: Callable[[Value, Value], Fraction] = nominal
    ) -> None:
        """`sentences` has the values of the annotators who gave one; sentences with fewer than two are skipped.

        Equal values must have equal `repr`, which orders them.
        """
        patterns: Counter[frozenset[tuple[Value, int]]] = Counter()
        for values, count in Counter(map(tuple, sentences)).items():
            if len(values) > 1:
                patterns[frozenset(Counter(values).items())] += count
        self.values: list[Value] = sorted({value for pattern in patterns for value, _ in pattern}, key=repr)
        exact = [[distance(first, second) for second in self.values] for first in self.values]
        self._per_distance = lcm(*(each.denominator for row in exact for each in row))
        self._distances = [[int(each * self._per_distance) for each in row] for row in exact]
        raters = {sum(count for _, count in pattern) for pattern in patterns}
        self._per_pair = lcm(*(m * (m - 1) for m in raters))
        self.n = patterns.total()
        """The number of sentences with two values or more."""
        self.groups: Counter[Vector] = Counter()
        for pattern, count in patterns.items():
            self.groups[self._vector(dict(pattern))] += count

    def _vector(self, pattern: dict[Value, int]) -> Vector:
        counts = [pattern.get(value, 0) for value in self.values]
        m = sum(counts)
        apart = sum(map(mul, counts, self._weighted(counts)))
        return (1, apart * (self._per_pair // (m - 1)), apart * (self._per_pair // (m * (m - 1))), *counts)

    def _weighted(self, counts: Sequence[int]) -> list[int]:
        return [sum(map(mul, row, counts)) for row in self._distances]

    def raw(self, sums: Sums) -> float | None:
        """The mean over the sentences of the share of pairs that agree (Fleiss' P with a nominal distance)."""
        if not sums:
            return None
        return 1 - sums[2] / (sums[0] * self._per_distance * self._per_pair)

    def fleiss_kappa(self, sums: Sums) -> float | None:
        """Fleiss (1971): (P - Pe) / (1 - Pe), Pe the sum of squared shares of the values.

        Every sentence must have the same number of values. None if all values are equal.
        """
        raw = self.raw(sums)
        if raw is None:
            return None
        counts = sums[3:]
        total = sum(counts)
        chance = sum(count * count for count in counts) / (total * total)
        return None if chance == 1 else (raw - chance) / (1 - chance)

    def alpha(self, sums: Sums) -> float | None:
        """Krippendorff (2011): 1 - Do / De; sentences may lack values. None if all values are equal.

        Do is the sum of all d divided by the number n of values, De the distance of all their pairs divided by
        n (n - 1).
        """
        if not sums:
            return None
        counts = sums[3:]
        expected = sum(map(mul, counts, self._weighted(counts)))
        return None if not expected else 1 - (sum(counts) - 1) * sums[1] / (expected * self._per_pair)


def krippendorff_alpha(
    sentences: Iterable[Sequence[Value]], distance: Callable[[Value, Value], Fraction] = nominal
) -> float | None:
    ratings = Ratings(sentences, distance)
    return ratings.alpha(totals(ratings.groups))


def fleiss_kappa(sentences: Iterable[Sequence[Value]]) -> float | None:
    ratings = Ratings(sentences)
    return ratings.fleiss_kappa(totals(ratings.groups))


def cohen_kappa(table: Sums) -> float | None:
    """Cohen (1960), from a square table given row by row: rows are the first's values, columns the second's.

    (Po - Pe) / (1 - Pe), Pe the sum of the products of their shares. None if both always give the same value.
    """
    size = round(len(table) ** 0.5)
    total = sum(table)
    if not total:
        return None
    rows = [sum(table[size * index : size * (index + 1)]) for index in range(size)]
    columns = [sum(table[index::size]) for index in range(size)]
    chance = sum(map(mul, rows, columns))
    square = total * total
    return None if chance == square else (total * sum(table[:: size + 1]) - chance) / (square - chance)
