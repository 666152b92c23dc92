"""How far annotators mark the same errors: precision, recall and F1, and alpha for unitizing, pair by pair."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import accumulate, combinations

import msgspec

from tui.agreement import unitizing
from tui.agreement.resampling import Estimate, Sums, Vector, estimates
from tui.agreement.sentences import Compared
from tui.agreement.unitizing import Stretch
from tui.model.annotation import Annotation, Span

Pair = tuple[str, str]
"""Two annotators; the first is taken as the reference."""

_SHARED = 8
"""What a sentence adds for a pair: words that both marked, the first, the second; marks of both with the same
bounds, of both with the same category too, of the first, of the second; and the difference for alpha."""
_NOTHING = (0,) * _SHARED
_WORD = re.compile(r"\w+|[^\w\s]")


class Scores(msgspec.Struct, frozen=True, kw_only=True):
    """What the second annotator finds of the first one's, with intervals."""

    precision: Estimate
    """The share of the second's that are the first's too."""
    recall: Estimate
    """The share of the first's that are the second's too."""
    f1: Estimate
    """Their harmonic mean, which is the same whoever is the reference (Hripcsak & Rothschild 2005)."""


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """How far two annotators mark the same errors."""

    counts: tuple[int, int]
    """How many marks each made in the sentences that both decided."""
    by_token: Scores
    """Words and punctuation marks that lie in a mark, wholly or in part. Omissions have none."""
    exact: Scores
    """Marks with the same bounds."""
    exact_with_category: Scores
    """Marks with the same bounds and category."""
    alpha_u: Estimate
    """Krippendorff's alpha for unitizing: of the text that both decided, whatever the category."""


class MeanF1(msgspec.Struct, frozen=True, kw_only=True):
    """F1 on average over the pairs that marked anything."""

    by_token: Estimate
    exact: Estimate
    exact_with_category: Estimate


def mark_agreement(
    sentences: Sequence[Compared], annotators: Sequence[str]
) -> tuple[dict[Pair, Marks], MeanF1]:
    """Of every pair, and on average. Samples are drawn for all pairs together."""
    pairs = list(combinations(annotators, 2))
    found = [_Sentence(sentence) for sentence in sentences]
    continua = [_Continuum(found, pair) for pair in pairs]
    groups: Counter[Vector] = Counter(
        tuple(part for pair in pairs for part in sentence.shared(pair))
        for sentence in found
        if sentence.marked
    )

    def figures(sums: Sums) -> list[float | None]:
        values: list[float | None] = []
        by_token: list[float] = []
        exactly: list[float] = []
        with_category: list[float] = []
        for place, continuum in enumerate(continua):
            shared = sums[_SHARED * place : _SHARED * (place + 1)] or _NOTHING
            words, first_words, second_words, exact, alike, first, second, difference = shared
            for both, one, other, f1s in (
                (words, first_words, second_words, by_token),
                (exact, first, second, exactly),
                (alike, first, second, with_category),
            ):
                f1 = _ratio(2 * both, one + other)
                values += (_ratio(both, other), _ratio(both, one), f1)
                if f1 is not None:
                    f1s.append(f1)
            values.append(unitizing.alpha(difference, continuum.expected, continuum.length))
        return [*values, *map(_mean, (by_token, exactly, with_category))]

    estimated = iter(estimates(groups, figures, len(found)))
    of_pairs = {pair: _marks(estimated, continuum) for pair, continuum in zip(pairs, continua, strict=True)}
    return of_pairs, MeanF1(
        by_token=next(estimated), exact=next(estimated), exact_with_category=next(estimated)
    )


class _Sentence:
    """What of one sentence the figures depend on."""

    def __init__(self, sentence: Compared) -> None:
        said_by = sentence.said_by
        self.length = next(said.end - said.start for said in said_by.values())
        self.decided_by = said_by.keys()
        self.marked = any(said.spans for said in said_by.values())
        if not self.marked:
            return
        self.spans = {name: said.spans for name, said in said_by.items()}
        self.stretches = {name: _stretches(said) for name, said in said_by.items()}
        words = _words(next(iter(said_by.values())).text)
        self._tokens = {name: _tokens_in(words, marks) for name, marks in self.stretches.items()}
        self._bounds = {name: _numbered(map(_bounds, spans)) for name, spans in self.spans.items()}
        self._kinds = {name: _numbered(map(_kind, spans)) for name, spans in self.spans.items()}

    def is_decided_by(self, pair: Pair) -> bool:
        return pair[0] in self.decided_by and pair[1] in self.decided_by

    def shared(self, pair: Pair) -> Vector:
        """Only of a sentence that somebody marked; nothing where one of the pair has not decided it."""
        first, second = pair
        if not self.is_decided_by(pair):
            return _NOTHING
        count, other_count = len(self.spans[first]), len(self.spans[second])
        if not count and not other_count:
            return _NOTHING
        tokens, other_tokens = self._tokens[first], self._tokens[second]
        return (
            len(tokens & other_tokens),
            len(tokens),
            len(other_tokens),
            len(self._bounds[first] & self._bounds[second]),
            len(self._kinds[first] & self._kinds[second]),
            count,
            other_count,
            unitizing.observed(self.stretches[first], self.stretches[second]),
        )


class _Continuum:
    """The sentences that a pair decided, one after another as one text."""

    def __init__(self, sentences: Sequence[_Sentence], pair: Pair) -> None:
        both = [sentence for sentence in sentences if sentence.is_decided_by(pair)]
        starts = [0, *accumulate(sentence.length for sentence in both)]
        placed = [(start, sentence) for start, sentence in zip(starts, both, strict=False) if sentence.marked]
        marks = [
            [(at + start, at + end) for at, sentence in placed for start, end in sentence.stretches[name]]
            for name in pair
        ]
        self.n = len(both)
        self.length = starts[-1]
        self.expected = unitizing.expected(marks[0], marks[1], self.length)
        self.counts = tuple(sum(len(sentence.spans[name]) for _, sentence in placed) for name in pair)


def _marks(estimated: Iterator[Estimate], continuum: _Continuum) -> Marks:
    def following() -> Estimate:
        return msgspec.structs.replace(next(estimated), n=continuum.n)

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


def _stretches(said: Annotation) -> list[Stretch]:
    """The marked stretches, counted from the sentence's start."""
    return unitizing.merged((span.start - said.start, span.end - said.start) for span in said.spans)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _words(text: str) -> list[Stretch]:
    """Words, and marks of punctuation by themselves."""
    return [found.span() for found in _WORD.finditer(text)]


def _tokens_in(words: Sequence[Stretch], marks: Sequence[Stretch]) -> set[int]:
    return {start for begin, stop in marks for start, end in words if begin < end and start < stop}


def _numbered(keys: Iterable[Hashable]) -> set[tuple[Hashable, int]]:
    """Each with a number, so that what is there twice counts twice."""
    seen: Counter[Hashable] = Counter()
    found: set[tuple[Hashable, int]] = set()
    for key in keys:
        found.add((key, seen[key]))
        seen[key] += 1
    return found


def _bounds(span: Span) -> tuple[int, int]:
    return (span.start, span.end)


def _kind(span: Span) -> tuple[int, int, str | None]:
    return (span.start, span.end, span.category)
