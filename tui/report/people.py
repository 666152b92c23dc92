"""All annotators' work, by sentence: the data of the page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import msgspec

from tui.model.annotation import Annotation, EntityCorrection, Quote, SentenceRepair, Span
from tui.model.article import Article
from tui.model.repaired import repaired

_Bounds = tuple[int, int, bool]
"""Start, end, and whether it is a quotation."""
_Meaning = tuple[object, ...]


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """One annotator's work on the article."""

    name: str
    scheme: str
    """The label of the scheme in use."""
    annotations: Mapping[int, Annotation]
    """By the sentence's start."""
    entities: Mapping[int, EntityCorrection] = {}
    """By their start."""
    repairs: Sequence[SentenceRepair] = ()


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A mark, with all who made the same one."""

    mark: Span | Quote
    by: tuple[int, ...]
    """The numbers of these people, ascending."""


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """Words that are marked as an error or as a quotation, with all their marks of that kind."""

    start: int
    end: int
    """Equal to `start` if something is missing between two words."""
    text: str
    is_quotation: bool
    views: tuple[View, ...]
    """The most frequent first."""
    number: int
    """Counts the remarks of the sentence in which it begins, from 1."""

    @property
    def by(self) -> list[int]:
        """The numbers of all who marked it, ascending."""
        return sorted({person for view in self.views for person in view.by})


class SentenceWork(msgspec.Struct, kw_only=True):
    """The work of all annotators on one sentence."""

    annotations: list[tuple[int, Annotation]] = []
    """Each with the person's number. Someone who split or merged sentences may have several, or none."""
    remarks: list[Remark] = []
    """Those that begin here, by their start and end."""
    continued: list[Remark] = []
    """Those that began earlier and reach into this sentence."""
    entities: list[tuple[int, EntityCorrection]] = []
    """Each with the person's number."""


def as_shown(article: Article, people: Sequence[Person]) -> Article:
    """The article with its annotator's splits and merges; with several annotators, as published."""
    return repaired(article, people[0].repairs) if len(people) == 1 else article


def work_by_sentence(article: Article, people: Sequence[Person]) -> dict[int, SentenceWork]:
    """The work by sentence index; sentences without any are left out."""
    by_sentence: dict[int, SentenceWork] = {}
    marked: dict[_Bounds, dict[_Meaning, tuple[Span | Quote, list[int]]]] = {}
    for number, person in enumerate(people):
        for start in sorted(person.annotations):
            annotation = person.annotations[start]
            _at(by_sentence, article.sentence_at(start)).annotations.append((number, annotation))
            for mark in (*annotation.spans, *annotation.quotes):
                meanings = marked.setdefault((mark.start, mark.end, isinstance(mark, Quote)), {})
                by = meanings.setdefault(_meaning(mark), (mark, []))[1]
                # A quotation is in each of its sentences.
                if not by or by[-1] != number:
                    by.append(number)
        for start in sorted(person.entities):
            _at(by_sentence, article.sentence_at(start)).entities.append((number, person.entities[start]))
    for start, end, is_quotation in sorted(marked):
        index = sentence_of(article, start, end)
        here = _at(by_sentence, index).remarks
        meanings = marked[start, end, is_quotation].values()
        views = (View(mark=mark, by=tuple(by)) for mark, by in meanings)
        remark = Remark(
            start=start,
            end=end,
            text=article.text[start:end],
            is_quotation=is_quotation,
            views=tuple(sorted(views, key=lambda view: (-len(view.by), view.by))),
            number=len(here) + 1,
        )
        here.append(remark)
        for later in range(index + 1, max(index + 1, bisect_left(article.starts, end))):
            _at(by_sentence, later).continued.append(remark)
    return by_sentence


def sentence_of(article: Article, start: int, end: int) -> int:
    """The sentence that shows a mark from `start` to `end`. An omission right after a sentence belongs to that one."""
    index = article.sentence_at(start)
    begins_here = article.starts[index] == start == end
    return index - 1 if begins_here and index and article.ends[index - 1] == start else index


def _at(by_sentence: dict[int, SentenceWork], index: int) -> SentenceWork:
    return by_sentence.setdefault(index, SentenceWork())


def _meaning(mark: Span | Quote) -> _Meaning:
    if isinstance(mark, Span):
        return (mark.category, mark.severity, mark.correction, mark.note)
    return (mark.speaker or None, mark.holder, mark.closed)
