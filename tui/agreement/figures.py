"""All agreement figures for sentences that several annotators decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, permutations

import msgspec

from tui.agreement.coefficients import Ratings, cohen_kappa, masi
from tui.agreement.marks import Marks, MeanF1, Pair, mark_agreement
from tui.agreement.resampling import Estimate, Vector, estimates
from tui.agreement.sentences import Compared

MOST_ANNOTATORS_IN_PAIRS = 10
"""With more annotators, the figures that compare two at a time are left out."""

TagSet = tuple[str, ...]

Answers = Mapping[str, Sequence[bool | None]]
"""For each annotator, whether they gave a tag, sentence by sentence; None for sentences they did not decide."""


class TagAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """How much annotators agree on whether one tag applies."""

    tag: str
    given: dict[str, int]
    """The number of sentences in which each annotator gave it."""
    raw: Estimate
    """The mean over the sentences of the share of pairs of annotators that agree."""
    cohen_kappa: Estimate | None
    """For two annotators; None for more, which have it for each pair."""
    fleiss_kappa: Estimate
    """For the sentences that all annotators decided."""
    alpha: Estimate
    """Krippendorff's nominal alpha, for all sentences."""


class SetAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """How much annotators agree on all tags of a sentence together."""

    raw: Estimate
    """As for one tag: a pair agrees if its tags are exactly the same."""
    alpha: Estimate
    """Krippendorff's alpha with Passonneau's MASI as the distance of two sets."""


class PairAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """How much two annotators agree."""

    annotators: Pair
    sentences: int
    """The number of sentences that both decided."""
    cohen_kappa: dict[str, Estimate]
    """By tag."""
    marks: Marks


class Confused(msgspec.Struct, frozen=True, kw_only=True):
    """How often one annotator gave this tag set where another gave that one."""

    first: TagSet = msgspec.field(name="one")
    second: TagSet = msgspec.field(name="other")
    count: int


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How much annotators agree."""

    annotators: tuple[str, ...]
    sentences: int
    """The number of sentences that at least two of them decided."""
    decided_by_all: int
    tags: tuple[TagAgreement, ...]
    tag_sets: SetAgreement
    confusion: tuple[Confused, ...]
    """Tag sets, the most frequent first. `first` is the first annotator's; with more than two, every pair counts both ways."""
    marks: MeanF1 | None
    """The mean over the pairs; None if there are too many annotators to compare pairs."""
    pairs: tuple[PairAgreement, ...]


def agreement(sentences: Sequence[Compared], tags: Sequence[str]) -> Agreement:
    """The agreement on the tags with these ids, in this order, and on the marks."""
    annotators = tuple(sorted({name for sentence in sentences for name in sentence.by_annotator}))
    sets = [_tag_sets(sentence, tags) for sentence in sentences]
    answers = {tag: _answers(sets, annotators, tag) for tag in tags}
    in_pairs = len(annotators) <= MOST_ANNOTATORS_IN_PAIRS
    marks, mean = mark_agreement(sentences, annotators) if in_pairs else ({}, None)
    pairs = tuple(_pair_agreement(answers, pair, estimated) for pair, estimated in marks.items())
    kappas = pairs[0].cohen_kappa if len(pairs) == 1 else {}
    return Agreement(
        annotators=annotators,
        sentences=len(sentences),
        decided_by_all=sum(len(by_name) == len(annotators) for by_name in sets),
        tags=tuple(_tag_agreement(tag, answers[tag], kappas.get(tag)) for tag in tags),
        tag_sets=_set_agreement([list(by_name.values()) for by_name in sets]),
        confusion=_confusion(sets, both_ways=len(annotators) > 2),
        marks=mean,
        pairs=pairs,
    )


def _tag_sets(sentence: Compared, tags: Sequence[str]) -> dict[str, TagSet]:
    return {
        name: tuple(tag for tag in tags if tag in annotation.tags)
        for name, annotation in sentence.by_annotator.items()
    }


def _answers(sets: Sequence[Mapping[str, TagSet]], annotators: Sequence[str], tag: str) -> Answers:
    return {
        name: [None if (has := by_name.get(name)) is None else tag in has for by_name in sets]
        for name in annotators
    }


def _tag_agreement(tag: str, answers: Answers, kappa: Estimate | None) -> TagAgreement:
    rows = list(zip(*answers.values(), strict=True))
    whole = [row for row in rows if None not in row]
    every = Ratings([row if None not in row else _without_gaps(row) for row in rows])
    complete = every if len(whole) == len(rows) else Ratings(whole)
    raw, alpha = estimates(every.groups, lambda sums: (every.raw(sums), every.alpha(sums)), every.n)
    [fleiss] = estimates(complete.groups, lambda sums: (complete.fleiss_kappa(sums),), complete.n)
    return TagAgreement(
        tag=tag,
        given={name: column.count(True) for name, column in answers.items()},
        raw=raw,
        cohen_kappa=kappa,
        fleiss_kappa=fleiss,
        alpha=alpha,
    )


def _without_gaps(row: Sequence[bool | None]) -> tuple[bool | None, ...]:
    return tuple(answer for answer in row if answer is not None)


def _set_agreement(sets: Sequence[Sequence[TagSet]]) -> SetAgreement:
    same, near = Ratings(map(_who_agrees, sets)), Ratings(sets, _masi)
    [raw] = estimates(same.groups, lambda sums: (same.raw(sums),), same.n)
    [alpha] = estimates(near.groups, lambda sums: (near.alpha(sums),), near.n)
    return SetAgreement(raw=raw, alpha=alpha)


def _who_agrees(sets: Sequence[TagSet]) -> list[int]:
    """A number for each set, equal for equal sets: enough for raw agreement, with far fewer distinct samples."""
    sizes = sorted(Counter(sets).values())
    return [index for index, size in enumerate(sizes) for _ in range(size)]


def _masi(first: TagSet, second: TagSet) -> Fraction:
    return masi(frozenset(first), frozenset(second))


def _pair_agreement(answers: Mapping[str, Answers], pair: Pair, marks: Marks) -> PairAgreement:
    first, second = pair
    kappas: dict[str, Estimate] = {}
    for tag, columns in answers.items():
        counts = Counter(zip(columns[first], columns[second], strict=True))
        cells = {_CELLS[cell]: count for cell, count in counts.items() if cell in _CELLS}
        [kappas[tag]] = estimates(cells, lambda table: (cohen_kappa(table),), sum(cells.values()))
    return PairAgreement(annotators=pair, sentences=marks.alpha_u.n, cohen_kappa=kappas, marks=marks)


_CELLS: dict[tuple[bool | None, bool | None], Vector] = {
    (True, True): (1, 0, 0, 0),
    (True, False): (0, 1, 0, 0),
    (False, True): (0, 0, 1, 0),
    (False, False): (0, 0, 0, 1),
}


def _confusion(sets: Iterable[Mapping[str, TagSet]], *, both_ways: bool) -> tuple[Confused, ...]:
    counts: Counter[tuple[TagSet, TagSet]] = Counter()
    for by_name in sets:
        counts.update((permutations if both_ways else combinations)(by_name.values(), 2))
    in_order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Confused(first=first, second=second, count=count) for (first, second), count in in_order)
