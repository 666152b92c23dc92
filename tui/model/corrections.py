"""One annotator's corrections of entities, and what an article's entities are with them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from tui.model.annotation import EntityCorrection
from tui.model.article import Article, Entity, EntityIndex, longest_part

HUMAN = "human"

_Place = TypeVar("_Place", Entity, EntityCorrection)


class Corrections:
    """Corrections to be found by place; none overlaps another."""

    def __init__(self, by_start: Mapping[int, EntityCorrection]) -> None:
        self._by_start = dict(by_start)
        self._starts = sorted(by_start)

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[EntityCorrection]:
        return (self._by_start[start] for start in self._starts)

    @property
    def by_start(self) -> Mapping[int, EntityCorrection]:
        return self._by_start

    def get(self, start: int) -> EntityCorrection | None:
        return self._by_start.get(start)

    def overlapping(self, start: int, end: int) -> list[EntityCorrection]:
        """Those that share a character with `[start, end)`, in order."""
        first = bisect_left(self._starts, start)
        if first and self._by_start[self._starts[first - 1]].end > start:
            first -= 1
        return [self._by_start[at] for at in self._starts[first : bisect_left(self._starts, end, lo=first)]]

    def put(self, correction: EntityCorrection) -> None:
        """Add one, or put it in the place of the one that starts there."""
        if correction.start not in self._by_start:
            insort(self._starts, correction.start)
        self._by_start[correction.start] = correction

    def remove(self, start: int) -> None:
        """Take away the one that starts there, if there is one."""
        if self._by_start.pop(start, None) is not None:
            del self._starts[bisect_left(self._starts, start)]


class CorrectedEntities:
    """An article's entities as one annotator corrected them; read a sentence at a time."""

    def __init__(self, article: Article, corrections: Corrections, found: EntityIndex | None = None) -> None:
        """`found` spares decoding the article's entities again; `corrections` may change later."""
        self._article = article
        self._corrections = corrections
        self._found = found or EntityIndex(article)

    def found(self, sentence: int) -> Sequence[Entity]:
        """What was found in the sentence, whatever the annotator says."""
        return self._found.of_sentence(sentence)

    def of_sentence(self, sentence: int) -> Sequence[Entity]:
        """The entities that start in the sentence, in order."""
        found = self._found.of_sentence(sentence)
        start, end = self._article.starts[sentence], self._article.ends[sentence]
        corrections = self._corrections.overlapping(start, end) if len(self._corrections) else []
        if not corrections:
            return found
        kept = [entity for entity in found if not overlapping(corrections, entity.start, entity.end)]
        for said in corrections:
            if said.label is None:
                continue
            entity = Entity(start=said.start, end=said.end, label=said.label, origin=HUMAN)
            part = longest_part(self._article, entity)
            if start <= part.start < part.end <= end:
                kept.append(replace(part, status=_status(entity, found)))
        return sorted(kept, key=lambda entity: entity.start)


def overlapping(places: Sequence[_Place], start: int, end: int) -> list[_Place]:
    """Those that share a character with `[start, end)`."""
    return [place for place in places if place.start < end and start < place.end]


def _status(entity: Entity, found: Sequence[Entity]) -> str:
    """`amended` where something else was found."""
    others = overlapping(found, entity.start, entity.end)
    same = all((one.start, one.end, one.label) == (entity.start, entity.end, entity.label) for one in others)
    return "accepted" if same else "amended"
