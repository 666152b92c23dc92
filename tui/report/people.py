"""Who said what, laid out by sentence: what the page is made of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import msgspec

from tui.model.annotation import Annotation, EntityCorrection, Quote, SentenceRepair, Span
from tui.model.article import Article
from tui.model.repaired import repaired


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """One annotator's work on the article."""

    name: str
    scheme: str
    """The label of the scheme that it is said in."""
    annotations: Mapping[int, Annotation]
    """By the sentence's start."""
    entities: Mapping[int, EntityCorrection] = {}
    """By their start."""
    repairs: Sequence[SentenceRepair] = ()


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """An error or a quotation, once for all who marked it just so."""

    mark: Span | Quote
    by: tuple[int, ...]
    """The places of these people, ascending."""
    number: int
    """Counts the remarks of the sentence in which it begins, from 1."""


class Said(msgspec.Struct, kw_only=True):
    """All that is said about one sentence."""

    annotations: list[tuple[int, Annotation]] = []
    """Of each person by place; of one who cut the sentences otherwise there can be several, or none."""
    remarks: list[Remark] = []
    """Those that begin here, by their start and end."""
    continued: list[Remark] = []
    """Those that began earlier and reach into this sentence."""
    entities: list[tuple[int, EntityCorrection]] = []
    """What people corrected here."""


def as_shown(article: Article, people: Sequence[Person]) -> Article:
    """With the sentences as its one annotator repaired them; as they are published for several."""
    return repaired(article, people[0].repairs) if len(people) == 1 else article


def said_by_sentence(article: Article, people: Sequence[Person]) -> dict[int, Said]:
    """By the sentence's index; sentences that nobody spoke of are left out. Nothing that anybody said is."""
    found: dict[int, Said] = {}
    alike: dict[tuple[object, ...], tuple[Span | Quote, list[int]]] = {}
    for place, person in enumerate(people):
        for start in sorted(person.annotations):
            said = person.annotations[start]
            _at(found, article.sentence_at(start)).annotations.append((place, said))
            for mark in (*said.spans, *said.quotes):
                by = alike.setdefault(_key(mark), (mark, []))[1]
                # A quotation lies in each of its sentences.
                if not by or by[-1] != place:
                    by.append(place)
        for start in sorted(person.entities):
            _at(found, article.sentence_at(start)).entities.append((place, person.entities[start]))
    in_order = sorted(alike.values(), key=lambda one: (one[0].start, one[0].end, one[1]))
    for mark, by in in_order:
        first = _at(found, sentence_of(article, mark)).remarks
        remark = Remark(mark=mark, by=tuple(by), number=len(first) + 1)
        first.append(remark)
        for index in _later_sentences(article, mark):
            _at(found, index).continued.append(remark)
    return found


def sentence_of(article: Article, mark: Span | Quote) -> int:
    """Where it is told. An omission right behind a sentence belongs to that one."""
    index = article.sentence_at(mark.start)
    begins_here = article.starts[index] == mark.start == mark.end
    return index - 1 if begins_here and index and article.ends[index - 1] == mark.start else index


def _later_sentences(article: Article, mark: Span | Quote) -> range:
    first = sentence_of(article, mark) + 1
    return range(first, max(first, bisect_left(article.starts, mark.end)))


def _at(found: dict[int, Said], index: int) -> Said:
    return found.setdefault(index, Said())


def _key(mark: Span | Quote) -> tuple[object, ...]:
    if isinstance(mark, Span):
        return (mark.start, mark.end, mark.category, mark.severity, mark.correction, mark.note)
    return (mark.start, mark.end, mark.speaker or None, mark.holder, mark.closed)
