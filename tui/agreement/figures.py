"""Every figure of how far annotators agree on sentences that several of them decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, permutations

import msgspec

from tui.agreement.coefficients import Ratings, cohen_kappa, masi
from tui.agreement.marks import Marks, MeanF1, Pair, mark_agreement
from tui.agreement.resampling import Estimate, Vector, estimates
from tui.agreement.sentences import Compared
from tui.model.annotation import Annotation

MOST_ANNOTATORS_IN_PAIRS = 10
"""With more of them the figures that compare two at a time are left out."""

TagSet = tuple[str, ...]


class TagAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far annotators agree on whether one tag applies."""

    tag: str
    given: dict[str, int]
    """In how many of the sentences each annotator gave it."""
    raw: Estimate
    """The mean over the sentences of the share of pairs of annotators that agree."""
    cohen_kappa: Estimate | None
    """Of two annotators; None for more, who have it pair by pair."""
    fleiss_kappa: Estimate
    """Of the sentences that all annotators decided."""
    alpha: Estimate
    """Krippendorff's, nominal, of all sentences."""


class SetAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far annotators agree on all tags of a sentence at once."""

    raw: Estimate
    """As of a tag: pairs agree that have the very same tags."""
    alpha: Estimate
    """Krippendorff's, with Passonneau's MASI as the distance of two sets."""


class PairAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far two annotators agree."""

    annotators: Pair
    sentences: int
    """How many both decided."""
    cohen_kappa: dict[str, Estimate]
    """By tag."""
    marks: Marks


class Confused(msgspec.Struct, frozen=True, kw_only=True):
    """How often one annotator says this where another says that."""

    one: TagSet
    other: TagSet
    count: int


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far annotators agree."""

    annotators: tuple[str, ...]
    sentences: int
    """How many at least two of them decided."""
    decided_by_all: int
    tags: tuple[TagAgreement, ...]
    tag_sets: SetAgreement
    confusion: tuple[Confused, ...]
    """Tag sets, the most frequent first. Of two annotators `one` is the first's; of more, every pair counts both ways."""
    marks: MeanF1 | None
    """On average over the pairs; None with more annotators than are compared in pairs."""
    pairs: tuple[PairAgreement, ...]


def agreement(sentences: Sequence[Compared], tags: Sequence[str]) -> Agreement:
    """Of the tags with these ids, in this order, and of the marks."""
    annotators = tuple(sorted({name for sentence in sentences for name in sentence.said_by}))
    whole = [sentence for sentence in sentences if len(sentence.said_by) == len(annotators)]
    in_pairs = len(annotators) <= MOST_ANNOTATORS_IN_PAIRS
    marks, mean = mark_agreement(sentences, annotators) if in_pairs else ({}, None)
    pairs = tuple(_pair_agreement(sentences, pair, tags, found) for pair, found in marks.items())
    kappas = pairs[0].cohen_kappa if len(pairs) == 1 else {}
    return Agreement(
        annotators=annotators,
        sentences=len(sentences),
        decided_by_all=len(whole),
        tags=tuple(_tag_agreement(sentences, whole, annotators, tag, kappas.get(tag)) for tag in tags),
        tag_sets=_set_agreement(sentences, tags),
        confusion=_confusion(sentences, annotators, tags),
        marks=mean,
        pairs=pairs,
    )


def _tag_agreement(
    sentences: Sequence[Compared],
    whole: Sequence[Compared],
    annotators: Sequence[str],
    tag: str,
    kappa: Estimate | None,
) -> TagAgreement:
    every = Ratings(_answers(sentences, tag))
    complete = every if len(whole) == len(sentences) else Ratings(_answers(whole, tag))
    raw, alpha = estimates(every.groups, lambda sums: (every.raw(sums), every.alpha(sums)), every.n)
    [fleiss] = estimates(complete.groups, lambda sums: (complete.fleiss_kappa(sums),), complete.n)
    given = Counter(
        name for sentence in sentences for name, said in sentence.said_by.items() if tag in said.tags
    )
    return TagAgreement(
        tag=tag,
        given={name: given[name] for name in annotators},
        raw=raw,
        cohen_kappa=kappa,
        fleiss_kappa=fleiss,
        alpha=alpha,
    )


def _answers(sentences: Sequence[Compared], tag: str) -> list[list[bool]]:
    return [[tag in said.tags for said in sentence.said_by.values()] for sentence in sentences]


def _set_agreement(sentences: Sequence[Compared], tags: Sequence[str]) -> SetAgreement:
    sets = [[_tag_set(said, tags) for said in sentence.said_by.values()] for sentence in sentences]
    same, near = Ratings(map(_who_agrees, sets)), Ratings(sets, _masi)
    [raw] = estimates(same.groups, lambda sums: (same.raw(sums),), same.n)
    [alpha] = estimates(near.groups, lambda sums: (near.alpha(sums),), near.n)
    return SetAgreement(raw=raw, alpha=alpha)


def _pair_agreement(
    sentences: Sequence[Compared], pair: Pair, tags: Sequence[str], marks: Marks
) -> PairAgreement:
    both = _both(sentences, pair)
    kappas: dict[str, Estimate] = {}
    for tag in tags:
        cells = Counter(_CELLS[tag in one.tags, tag in other.tags] for one, other in both)
        [kappas[tag]] = estimates(cells, lambda table: (cohen_kappa(table),), len(both))
    return PairAgreement(annotators=pair, sentences=len(both), cohen_kappa=kappas, marks=marks)


_CELLS: dict[tuple[bool, bool], Vector] = {
    (True, True): (1, 0, 0, 0),
    (True, False): (0, 1, 0, 0),
    (False, True): (0, 0, 1, 0),
    (False, False): (0, 0, 0, 1),
}


def _both(sentences: Sequence[Compared], pair: Pair) -> list[tuple[Annotation, Annotation]]:
    one, other = pair
    return [
        (said[one], said[other])
        for said in (sentence.said_by for sentence in sentences)
        if one in said and other in said
    ]


def _confusion(
    sentences: Sequence[Compared], annotators: Sequence[str], tags: Sequence[str]
) -> tuple[Confused, ...]:
    counts: Counter[tuple[TagSet, TagSet]] = Counter()
    for sentence in sentences:
        sets = [_tag_set(said, tags) for said in sentence.said_by.values()]
        counts.update(combinations(sets, 2) if len(annotators) == 2 else permutations(sets, 2))
    in_order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Confused(one=one, other=other, count=count) for (one, other), count in in_order)


def _tag_set(said: Annotation, tags: Sequence[str]) -> TagSet:
    return tuple(tag for tag in tags if tag in said.tags)


def _who_agrees(sets: Sequence[TagSet]) -> list[int]:
    """Which of them are the same, whatever they are: raw agreement needs no more, and far fewer samples differ."""
    sizes = sorted(Counter(sets).values())
    return [place for place, size in enumerate(sizes) for _ in range(size)]


def _masi(one: TagSet, other: TagSet) -> Fraction:
    return masi(frozenset(one), frozenset(other))
