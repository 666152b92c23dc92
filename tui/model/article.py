"""A prepared article. It is prepared once and only read after that.

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
"""Number of sentences whose entities are stored and decoded together."""

KIND_NAMES = {
    "PER": "person",
    "ORG": "organisation",
    "LOC": "place",
    "MISC": "other",
    "MONEY": "amount",
    "DATE": "date",
    "TIME": "time",
    "PERCENT": "percentage",
    "NUMBER": "number",
}
"""What each kind of entity is called, by its label."""


def kind_name(label: str) -> str:
    """The name of a label for people: `person`, not `PER`."""
    return KIND_NAMES.get(label, label.lower())


class Entity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A name or value in the text: `label` is one of `KIND_NAMES`."""

    start: int
    end: int
    label: str
    origin: str
    """What found it: `model`, `rule` or `alias`; `human` for an annotator's correction."""
    status: str = "unreviewed"
    """`amended` if an annotator changed what was found, `accepted` if an annotator added it."""


class EntityCount(msgspec.Struct, frozen=True, kw_only=True):
    """How often a name occurs in the whole article; shown in the panel."""

    text: str
    label: str
    count: int


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """One annotator's sentence repairs that were published to everyone.

    Applying the inverse repairs to the article after publication gives the sentences before it.
    """

    segmentation: int
    """The number of the resulting segmentation."""
    annotator: str
    at: str
    repairs: tuple[SentenceRepair, ...]


class Article(msgspec.Struct, kw_only=True):
    """A prepared article.

    Sentences are two parallel lists, and entities are kept undecoded in blocks of
    `ENTITIES_PER_BLOCK` sentences, so that 200,000 sentences open as fast as 40.
    """

    id: str
    title: str
    source: str
    """Name of the file it was read from, without the folder; `-` for standard input."""
    language: str
    """ISO 639-1, or `und` if it could not be detected."""
    source_language: str | None = None
    text_sha256: str
    """Hex SHA-256 of the text in UTF-8."""
    added_at: str
    segmentation: int = 1
    prepared_by: dict[str, str] = {}
    """Step name to version, e.g. `sentences: punkt 2.2.1 + rules 1`. Has the keys `entities` and `hints` only after
    these steps have run."""
    layout: str = "paragraphs"
    """What a line of the text is: `paragraphs`, `wrapped` (part of a paragraph) or `lines` (one sentence)."""
    encoding: str = ""
    """Python's name of the file's encoding; empty for an article that was added before it was recorded."""
    encoding_guess: bool = False
    """True if nothing stated or proved the encoding."""
    warnings: list[str] = []
    """What had to be replaced when the file was read, one line each."""
    text: str
    starts: list[int]
    """Start of each sentence, ascending."""
    ends: list[int]
    """End of each sentence; never after the next start."""
    paragraphs: list[int]
    """Index of the first sentence of each paragraph, ascending."""
    headings: list[int] = []
    """Indexes of the sentences that are headings."""
    entity_counts: list[EntityCount] = []
    """Most frequent names first, at most 40."""
    entity_blocks: list[msgspec.Raw] = []
    """Block k is the JSON list of the entities that start in sentences 1000 k to 1000 k + 999."""
    hint_blocks: list[HintBlock] = []
    """Hints by offset, not by sentence, so that they survive changes of the sentences."""
    quotation_blocks: list[QuotationBlock] = []
    """Quotations and their speakers, by offset like the hints, and found together with them."""
    publications: list[Publication] = []
    """The published sentence repairs since the article was prepared, in order."""
    entity_block_starts: list[int] = []
    """The offset at which each block's entities begin, for an article with one annotator's repairs: its blocks
    still follow the sentences before the repairs. Never stored."""
    version: str = ""
    """Version of the stored file that it was read from; empty if the article is not stored yet. Never stored:
    the library sets it. Must be the last field."""

    @property
    def has_entities(self) -> bool:
        return "entities" in self.prepared_by

    def __len__(self) -> int:
        """The number of sentences."""
        return len(self.starts)

    def sentence_text(self, index: int) -> str:
        return self.text[self.starts[index] : self.ends[index]]

    def sentence_at(self, offset: int) -> int:
        """The index of the sentence that contains `offset`, or of the one before it."""
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

        An entity cut by the end of a repaired sentence counts as its longest part.
        """
        start, end = self._article.starts[sentence], self._article.ends[sentence]
        number = max(0, bisect_right(self._block_starts, start) - 1)
        entities, starts = self._block(number)
        first = bisect_left(starts, start)
        if first and entities[first - 1].end > start:
            first -= 1
        selected = entities[first : bisect_left(starts, end, lo=first)]
        while number + 1 < len(self._block_starts) and self._block_starts[number + 1] < end:
            number += 1
            entities, starts = self._block(number)
            selected += entities[: bisect_left(starts, end)]
        if selected and (selected[0].start < start or selected[-1].end > end):
            parts = (longest_part(self._article, entity) for entity in selected)
            selected = [part for part in parts if start <= part.start < part.end <= end]
        return selected

    def __iter__(self) -> Iterator[Entity]:
        """All entities, without corrections."""
        for block in self._article.entity_blocks:
            yield from _decode_block(block)

    def _block(self, number: int) -> _Block:
        block = self._decoded.get(number)
        if block is None:
            blocks = self._article.entity_blocks
            entities = _decode_block(blocks[number]) if number < len(blocks) else []
            block = _Block(entities, [entity.start for entity in entities])
            if len(self._decoded) >= self._KEPT:
                del self._decoded[next(iter(self._decoded))]
            self._decoded[number] = block
        return block


class _Block(NamedTuple):
    """A block's entities and their starts; searching a list of numbers is several times faster."""

    entities: list[Entity]
    starts: list[int]


_block_decoder = msgspec.json.Decoder(list[Entity])


def _decode_block(raw: msgspec.Raw) -> list[Entity]:
    return _block_decoder.decode(raw)


def longest_part(article: Article, entity: Entity) -> Entity:
    """The entity, or if a sentence end cuts it, its longest part within one sentence (the first of equal parts)."""
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
    """The blocks of entities that `Article` stores; `entities` must be sorted by start."""
    blocks: list[list[Entity]] = [[] for _ in range(0, len(article), ENTITIES_PER_BLOCK)]
    for entity in entities:
        blocks[article.sentence_at(entity.start) // ENTITIES_PER_BLOCK].append(entity)
    return [msgspec.Raw(msgspec.json.encode(block)) for block in blocks]
