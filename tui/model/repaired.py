"""An article with one annotator's sentence repairs applied. The text never changes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from msgspec.structs import replace

from tui.model.annotation import SentenceRepair
from tui.model.article import (
    ENTITIES_PER_BLOCK,
    Article,
    EntityIndex,
    Publication,
    entity_blocks,
    longest_part,
)

_start_of = attrgetter("start")


def repaired(article: Article, repairs: Iterable[SentenceRepair]) -> Article:
    """The article with every applicable repair; the same object if none applies."""
    starts, ends = list(article.starts), list(article.ends)
    made = _apply(article, repairs, starts, ends)
    if not made:
        return article
    return replace(
        article,
        starts=starts,
        ends=ends,
        paragraphs=_shifted(article.paragraphs, article.starts, made),
        headings=list(_headings(article, starts)),
        entity_block_starts=article.entity_block_starts or article.starts[::ENTITIES_PER_BLOCK],
    )


def fitting(article: Article, repairs: Iterable[SentenceRepair]) -> list[SentenceRepair]:
    """The repairs that change the article, in order."""
    return _apply(article, repairs, list(article.starts), list(article.ends))


def turned_round(repairs: Iterable[SentenceRepair]) -> list[SentenceRepair]:
    """The inverse repairs."""
    return [replace(repair, kind="merge" if repair.kind == "split" else "split") for repair in repairs]


def with_publication(
    article: Article, repairs: Iterable[SentenceRepair], annotator: str, at: str
) -> Article | None:
    """The article's next segmentation, which has the repairs for everyone; None if no repair applies."""
    made = fitting(article, repairs)
    if not made:
        return None
    view = repaired(article, made)
    number = article.segmentation + 1
    publication = Publication(segmentation=number, annotator=annotator, at=at, repairs=tuple(made))
    return replace(
        view,
        segmentation=number,
        entity_blocks=entity_blocks(view, [longest_part(view, entity) for entity in EntityIndex(article)]),
        entity_block_starts=[],
        publications=[*article.publications, publication],
    )


def _apply(
    article: Article, repairs: Iterable[SentenceRepair], starts: list[int], ends: list[int]
) -> list[SentenceRepair]:
    """Change the bounds in place; returns the repairs that applied, by start, with their actual gaps.

    Merges come first: a split may be at a boundary that exists only in a later version of the article.
    """
    made: list[SentenceRepair] = []
    ordered = sorted(repairs, key=lambda repair: (repair.kind == "split", repair.start))
    if not ordered:
        return made
    paragraphs = {article.starts[first] for first in article.paragraphs}
    for repair in ordered:
        if repair.kind == "merge":
            index = bisect_left(starts, repair.start)
            if not 0 < index < len(starts) or starts[index] != repair.start or repair.start in paragraphs:
                continue
            repair = replace(repair, end=ends[index - 1])
            del starts[index], ends[index - 1]
        else:
            index = bisect_right(starts, repair.start) - 1
            if index < 0 or not starts[index] < repair.end <= repair.start < ends[index]:
                continue
            starts.insert(index + 1, repair.start)
            ends.insert(index, repair.end)
        made.append(repair)
    return sorted(made, key=_start_of)


def _shifted(indexes: Sequence[int], starts: Sequence[int], made: Sequence[SentenceRepair]) -> list[int]:
    """The indexes, after the repairs, of the sentences that had `indexes` before."""
    moved: list[int] = []
    passed = shift = 0
    for index in indexes:
        while passed < len(made) and made[passed].start <= starts[index]:
            shift += 1 if made[passed].kind == "split" else -1
            passed += 1
        moved.append(index + shift)
    return moved


def _headings(article: Article, starts: Sequence[int]) -> Iterator[int]:
    """Indexes of the sentences that begin in a heading."""
    for heading in article.headings:
        first = bisect_left(starts, article.starts[heading])
        yield from range(first, bisect_left(starts, article.ends[heading]))
