"""How much annotators mark the same errors: precision, recall and F1, and alpha for unitizing, for each pair.

Hripcsak & Rothschild 2005, "Agreement, the F-measure, and reliability in information retrieval", J. Am. Med.
Inform. Assoc. 12, 296-298: if what is not marked cannot be counted, kappa approaches F1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import accumulate, combinations
from typing import NamedTuple

import msgspec

from tui.agreement import unitizing
from tui.agreement.resampling import LEAST, Estimate, Sums, Vector, estimates
from tui.agreement.sentences import Compared
from tui.agreement.unitizing import Stretch
from tui.model.annotation import Annotation

Pair = tuple[str, str]
"""Two annotators; the first is the reference."""

_SHARED = 8
"""What a sentence adds for a pair: the number of words that both, the first, the second marked; of marks that both have
with the same bounds, with the same category too, that the first has, that the second has; and the difference for alpha."""
_NOTHING = (0,) * _SHARED
_WORD = re.compile(r"\w+|[^\w\s]")


class Scores(msgspec.Struct, frozen=True, kw_only=True):
    """The second annotator's marks compared with the first's, with intervals."""

    precision: Estimate
    """The share of the second's that the first has too."""
    recall: Estimate
    """The share of the first's that the second has too."""
    f1: Estimate
    """Their harmonic mean, which does not depend on who is the reference (Hripcsak & Rothschild 2005)."""


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """How much two annotators mark the same errors."""

    counts: tuple[int, int]
    """The number of marks of each in the sentences that both decided."""
    by_token: Scores
    """Words and punctuation marks inside a mark, completely or in part. Omissions have none."""
    exact: Scores
    """Marks with the same bounds."""
    exact_with_category: Scores
    """Marks with the same bounds and category."""
    alpha_u: Estimate
    """Krippendorff's alpha for unitizing, for the text that both decided; categories do not matter."""


class MeanF1(msgspec.Struct, frozen=True, kw_only=True):
    """The mean F1 over the pairs that marked anything."""

    by_token: Estimate
    exact: Estimate
    exact_with_category: Estimate


def mark_agreement(
    sentences: Sequence[Compared], annotators: Sequence[str]
) -> tuple[dict[Pair, Marks], MeanF1]:
    """The agreement of every pair, and the mean. All pairs share the same bootstrap samples."""
    pairs = list(combinations(annotators, 2))
    compared = [_Sentence(sentence) for sentence in sentences]
    continua = [_Continuum(compared, pair) for pair in pairs]
    groups: Counter[Vector] = Counter(
        tuple(part for pair in pairs for part in sentence.shared(pair))
        for sentence in compared
        if sentence.marked_by
    )

    def figures(sums: Sums) -> list[float | None]:
        values: list[float | None] = []
        by_token: list[float] = []
        exactly: list[float] = []
        with_category: list[float] = []
        for index, continuum in enumerate(continua):
            shared = sums[_SHARED * index : _SHARED * (index + 1)] or _NOTHING
            words, first_words, second_words, exact, alike, first, second, difference = shared
            for both, by_first, by_second, f1s in (
                (words, first_words, second_words, by_token),
                (exact, first, second, exactly),
                (alike, first, second, with_category),
            ):
                f1 = _ratio(2 * both, by_first + by_second)
                values += (_ratio(both, by_second), _ratio(both, by_first), f1)
                if f1 is not None:
                    f1s.append(f1)
            values.append(unitizing.alpha(difference, continuum.expected, continuum.length))
        return [*values, *map(_mean, (by_token, exactly, with_category))]

    estimated = iter(estimates(groups, figures, len(compared)))
    of_pairs = {pair: _marks(estimated, continuum) for pair, continuum in zip(pairs, continua, strict=True)}
    return of_pairs, MeanF1(
        by_token=next(estimated), exact=next(estimated), exact_with_category=next(estimated)
    )


class _Marked(NamedTuple):
    """The marks of one annotator in a sentence, with offsets from its start."""

    stretches: Sequence[Stretch]
    words: Set[int]
    bounds: Set[Hashable]
    kinds: Set[Hashable]
    """Bounds and category."""


_UNMARKED = _Marked((), frozenset(), frozenset(), frozenset())


class _Sentence:
    """The part of one sentence that the figures depend on."""

    def __init__(self, sentence: Compared) -> None:
        by_annotator = sentence.by_annotator
        self.length = next(annotation.end - annotation.start for annotation in by_annotator.values())
        self.decided_by = by_annotator.keys()
        self.marked_by: dict[str, _Marked] = {}
        for name, annotation in by_annotator.items():
            if annotation.spans:
                self.marked_by[name] = _marked(annotation)

    def shared(self, pair: Pair) -> Vector:
        """Zeros if one of the pair has not decided the sentence."""
        first_name, second_name = pair
        if (
            first_name not in self.marked_by and second_name not in self.marked_by
        ) or not self.decided_by >= {first_name, second_name}:
            return _NOTHING
        first, second = self.marked_by.get(first_name, _UNMARKED), self.marked_by.get(second_name, _UNMARKED)
        return (
            len(first.words & second.words),
            len(first.words),
            len(second.words),
            len(first.bounds & second.bounds),
            len(first.kinds & second.kinds),
            len(first.bounds),
            len(second.bounds),
            unitizing.observed(first.stretches, second.stretches),
        )


class _Continuum:
    """The sentences that both of a pair decided, joined into one text."""

    def __init__(self, sentences: Sequence[_Sentence], pair: Pair) -> None:
        first_name, second_name = pair
        both = [
            sentence
            for sentence in sentences
            if first_name in sentence.decided_by and second_name in sentence.decided_by
        ]
        starts = [0, *accumulate(sentence.length for sentence in both)]
        marked = [
            [
                (start, sentence.marked_by[name])
                for start, sentence in zip(starts, both, strict=False)
                if name in sentence.marked_by
            ]
            for name in pair
        ]
        marks = [
            [
                (at + start, at + end)
                for at, marks_there in of_annotator
                for start, end in marks_there.stretches
            ]
            for of_annotator in marked
        ]
        self.n = len(both)
        self.length = starts[-1]
        self.expected = unitizing.expected(marks[0], marks[1], self.length)
        self.counts = tuple(
            sum(len(marks_there.bounds) for _, marks_there in of_annotator) for of_annotator in marked
        )


def _marks(estimated: Iterator[Estimate], continuum: _Continuum) -> Marks:
    def following() -> Estimate:
        estimate = next(estimated)
        few = continuum.n < LEAST
        return Estimate(
            value=estimate.value,
            low=None if few else estimate.low,
            high=None if few else estimate.high,
            n=continuum.n,
        )

    def scores() -> Scores:
        return Scores(precision=following(), recall=following(), f1=following())

    first, second = continuum.counts
    return Marks(
        counts=(first, second),
        by_token=scores(),
        exact=scores(),
        exact_with_category=scores(),
        alpha_u=following(),
    )


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _marked(annotation: Annotation) -> _Marked:
    stretches = unitizing.merged(
        (span.start - annotation.start, span.end - annotation.start) for span in annotation.spans
    )
    words = _words(annotation.text)
    return _Marked(
        stretches=stretches,
        words={start for begin, stop in stretches for start, end in words if begin < end and start < stop},
        bounds=_numbered((span.start, span.end) for span in annotation.spans),
        kinds=_numbered((span.start, span.end, span.category) for span in annotation.spans),
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


# One entry is enough: all annotations of a sentence are handled in sequence.
@lru_cache(maxsize=1)
def _words(text: str) -> list[Stretch]:
    """The bounds of words, and of single punctuation marks."""
    return [match.span() for match in _WORD.finditer(text)]


def _numbered(keys: Iterable[Hashable]) -> set[tuple[Hashable, int]]:
    """Each key with a number, so that equal keys count separately."""
    seen: Counter[Hashable] = Counter()
    numbered: set[tuple[Hashable, int]] = set()
    for key in keys:
        numbered.add((key, seen[key]))
        seen[key] += 1
    return numbered
