"""One annotator's entity corrections, and an article's entities with these corrections applied."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from tui.model.annotation import EntityCorrection
from tui.model.article import Article, Entity, EntityIndex, longest_part

HUMAN = "human"

_Ranged = TypeVar("_Ranged", Entity, EntityCorrection)


class Corrections:
    """Corrections, indexed by start; they never overlap."""

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
        """The corrections that share a character with `[start, end)`, in order."""
        first = bisect_left(self._starts, start)
        if first and self._by_start[self._starts[first - 1]].end > start:
            first -= 1
        return [self._by_start[at] for at in self._starts[first : bisect_left(self._starts, end, lo=first)]]

    def put(self, correction: EntityCorrection) -> None:
        """Add a correction; it replaces one with the same start."""
        if correction.start not in self._by_start:
            insort(self._starts, correction.start)
        self._by_start[correction.start] = correction

    def remove(self, start: int) -> None:
        """Remove the correction that starts there, if any."""
        if self._by_start.pop(start, None) is not None:
            del self._starts[bisect_left(self._starts, start)]


class CorrectedEntities:
    """An article's entities with one annotator's corrections, one sentence at a time."""

    def __init__(self, article: Article, corrections: Corrections, index: EntityIndex | None = None) -> None:
        """Pass `index` to avoid decoding the article's entities again. `corrections` may change later."""
        self._article = article
        self._corrections = corrections
        self._index = index or EntityIndex(article)

    def detected(self, sentence: int) -> Sequence[Entity]:
        """The entities detected in the sentence, without the annotator's corrections."""
        return self._index.of_sentence(sentence)

    def of_sentence(self, sentence: int) -> Sequence[Entity]:
        """The entities that start in the sentence, in order."""
        detected = self._index.of_sentence(sentence)
        start, end = self._article.starts[sentence], self._article.ends[sentence]
        corrections = self._corrections.overlapping(start, end) if len(self._corrections) else []
        if not corrections:
            return detected
        kept = [entity for entity in detected if not overlapping(corrections, entity.start, entity.end)]
        for correction in corrections:
            if correction.label is None:
                continue
            entity = Entity(start=correction.start, end=correction.end, label=correction.label, origin=HUMAN)
            part = longest_part(self._article, entity)
            if start <= part.start < part.end <= end:
                kept.append(replace(part, status=_status(entity, detected)))
        return sorted(kept, key=lambda entity: entity.start)


def overlapping(items: Sequence[_Ranged], start: int, end: int) -> list[_Ranged]:
    """The items that share a character with `[start, end)`."""
    return [item for item in items if item.start < end and start < item.end]


def _status(entity: Entity, detected: Sequence[Entity]) -> str:
    """`amended` if something else was detected there, else `accepted`."""
    others = overlapping(detected, entity.start, entity.end)
    same = all(
        (other.start, other.end, other.label) == (entity.start, entity.end, entity.label) for other in others
    )
    return "accepted" if same else "amended"
