"""An article as it is prepared once and then only read.

All offsets are code points into `Article.text`, end-exclusive.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from tui.model.annotation import SentenceRepair
from tui.model.hint import HintBlock
from tui.model.quotation import QuotationBlock

ENTITIES_PER_BLOCK = 1000
"""Sentences whose entities are stored, and decoded, together."""


class Entity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A name or value in the text: `label` is PER, ORG, LOC, MISC, MONEY, DATE, TIME, PERCENT or NUMBER."""

    start: int
    end: int
    label: str
    origin: str
    """`model`, `rule` or `alias`: what found it; `human` where an annotator said so."""
    status: str = "unreviewed"
    """`amended` where an annotator said otherwise than what was found, `accepted` where they named it themselves."""


class EntityCount(msgspec.Struct, frozen=True, kw_only=True):
    """How often one name occurs in the whole article, for the panel."""

    text: str
    label: str
    count: int


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """One annotator's repairs of sentences that became everybody's.

    The repairs turned round, made on the article as it is after them, give the sentences before.
    """

    segmentation: int
    """The number of the segmentation that they led to."""
    annotator: str
    at: str
    repairs: tuple[SentenceRepair, ...]


class Article(msgspec.Struct, kw_only=True):
    """A prepared article.

    Sentences are two parallel lists, and entities lie in undecoded blocks of
    `ENTITIES_PER_BLOCK` sentences, so that 200,000 sentences open as fast as 40.
    """

    id: str
    title: str
    source: str
    """The file name it came from, without its folder; `-` for standard input."""
    language: str
    """ISO 639-1, or `und` when it could not be told."""
    source_language: str | None = None
    text_sha256: str
    """Hex SHA-256 of the text in UTF-8."""
    added_at: str
    segmentation: int = 1
    prepared_by: dict[str, str] = {}
    """Step name to version, e.g. `sentences: punkt 2.2.1 + rules 1`. Holds `entities`, and `hints`, only once they are there."""
    warnings: list[str] = []
    """What had to be replaced in the file while it was read, one line each."""
    text: str
    starts: list[int]
    """Start of each sentence, ascending."""
    ends: list[int]
    """End of each sentence; never beyond the next start."""
    paragraphs: list[int]
    """Index of the first sentence of each paragraph, ascending."""
    headings: list[int] = []
    """Indexes of the sentences that are headings."""
    entity_counts: list[EntityCount] = []
    """Most frequent names first, at most 40."""
    entity_blocks: list[msgspec.Raw] = []
    """Block k is the JSON list of the entities that start in sentences [1000 k, 1000 k + 1000)."""
    hint_blocks: list[HintBlock] = []
    """What machines point at, by offset and not by sentence: they stay whatever becomes of the sentences."""
    quotation_blocks: list[QuotationBlock] = []
    """Who says what, by offset as the hints, and found with them."""
    publications: list[Publication] = []
    """How the sentences came to differ from those that were prepared, in order."""
    entity_block_starts: list[int] = []
    """Offsets from which each block's entities start, in an article as one annotator repaired it: its
    blocks still follow the sentences before. Never stored."""
    version: str = ""
    """Which version of the stored file it was read from; empty for an article that was not stored yet. Never
    stored: the library sets it. Must be the last field."""

    @property
    def has_entities(self) -> bool:
        return "entities" in self.prepared_by

    def __len__(self) -> int:
        """The number of sentences."""
        return len(self.starts)

    def sentence_text(self, index: int) -> str:
        return self.text[self.starts[index] : self.ends[index]]

    def sentence_at(self, offset: int) -> int:
        """The index of the sentence that holds `offset`, or of the one before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def paragraph_of(self, sentence: int) -> int:
        return bisect_right(self.paragraphs, sentence) - 1

    def paragraph_sentences(self, paragraph: int) -> range:
        """The indexes of the sentences of a paragraph."""
        first = self.paragraphs[paragraph]
        following = paragraph + 1
        last = self.paragraphs[following] if following < len(self.paragraphs) else len(self)
        return range(first, last)


class EntityIndex:
    """Reads an article's entities a block at a time, and keeps the last few blocks decoded."""

    _KEPT = 8

    def __init__(self, article: Article) -> None:
        self._article = article
        self._block_starts = article.entity_block_starts or article.starts[::ENTITIES_PER_BLOCK]
        self._decoded: dict[int, _Block] = {}

    def of_sentence(self, sentence: int) -> Sequence[Entity]:
        """The entities that start in the sentence, in order.

        Of one that the end of a repaired sentence cuts, the longest part is where it is.
        """
        start, end = self._article.starts[sentence], self._article.ends[sentence]
        number = max(0, bisect_right(self._block_starts, start) - 1)
        entities, starts = self._block(number)
        first = bisect_left(starts, start)
        if first and entities[first - 1].end > start:
            first -= 1
        found = entities[first : bisect_left(starts, end, lo=first)]
        while number + 1 < len(self._block_starts) and self._block_starts[number + 1] < end:
            number += 1
            entities, starts = self._block(number)
            found += entities[: bisect_left(starts, end)]
        if found and (found[0].start < start or found[-1].end > end):
            parts = (longest_part(self._article, entity) for entity in found)
            found = [part for part in parts if start <= part.start < part.end <= end]
        return found

    def __iter__(self) -> Iterator[Entity]:
        """All of them, as they were found."""
        for block in self._article.entity_blocks:
            yield from _decode_block(block)

    def _block(self, number: int) -> _Block:
        found = self._decoded.get(number)
        if found is None:
            blocks = self._article.entity_blocks
            entities = _decode_block(blocks[number]) if number < len(blocks) else []
            found = _Block(entities, [entity.start for entity in entities])
            if len(self._decoded) >= self._KEPT:
                del self._decoded[next(iter(self._decoded))]
            self._decoded[number] = found
        return found


class _Block(NamedTuple):
    """A block's entities, and where each starts: to look among numbers is several times as fast."""

    entities: list[Entity]
    starts: list[int]


_block_decoder = msgspec.json.Decoder(list[Entity])


def _decode_block(raw: msgspec.Raw) -> list[Entity]:
    return _block_decoder.decode(raw)


def longest_part(article: Article, entity: Entity) -> Entity:
    """The entity, or where a sentence's end cuts it, its longest part in one sentence, the first of equal ones."""
    first, last = article.sentence_at(entity.start), article.sentence_at(entity.end - 1)
    if article.starts[first] <= entity.start and entity.end <= article.ends[first]:
        return entity
    start, end = max(
        (
            (max(entity.start, article.starts[i]), min(entity.end, article.ends[i]))
            for i in range(first, last + 1)
        ),
        key=lambda part: part[1] - part[0],
    )
    return replace(entity, start=start, end=end)


def entity_blocks(article: Article, entities: Sequence[Entity]) -> list[msgspec.Raw]:
    """Pack entities, sorted by start, into the blocks that `Article` stores."""
    blocks: list[list[Entity]] = [[] for _ in range(0, len(article), ENTITIES_PER_BLOCK)]
    for entity in entities:
        blocks[article.sentence_at(entity.start) // ENTITIES_PER_BLOCK].append(entity)
    return [msgspec.Raw(msgspec.json.encode(block)) for block in blocks]
