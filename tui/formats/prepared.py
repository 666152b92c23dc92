"""A prepared article as one JSON object, for scripts (`postil.article/1`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Annotated, BinaryIO

import msgspec
from msgspec import Meta

from tui.formats.records import Offset
from tui.model.article import Article, EntityIndex
from tui.model.hint import Hint, HintIndex
from tui.model.quotation import all_quotations

SCHEMA = "postil.article/1"

_A_WRITE = 1000
"""Entities, hints or quotations at a time."""


class PreparedEntity(msgspec.Struct, frozen=True, kw_only=True):
    """A name or value, and how it was found."""

    start: Offset
    end: Offset
    text: str
    label: str
    origin: str


class PreparedHint(msgspec.Struct, frozen=True, kw_only=True):
    """A hint: a question about a passage."""

    id: str
    start: Offset
    end: Offset
    text: str
    detector: str
    category: str
    severity: str
    reason: str
    confidence: float
    correction: str | None


class PreparedQuote(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation found in the text, without its quotation marks."""

    start: Offset
    end: Offset
    text: str
    speaker: str | None
    closed: bool


class PreparedArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article with everything that preparation found in it."""

    schema: Annotated[str, Meta(extra_json_schema={"const": SCHEMA})] = SCHEMA
    id: str
    title: str
    source: str
    language: str
    source_language: str | None
    text_sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    text: str
    segmentation: int
    paragraphs: Annotated[list[tuple[Offset, Offset]], Meta(description="Start and end of each.")]
    sentences: Annotated[list[tuple[Offset, Offset]], Meta(description="Start and end of each.")]
    entities: list[PreparedEntity]
    hints: list[PreparedHint]
    quotes: list[PreparedQuote]
    prepared_by: Annotated[dict[str, str], Meta(description="Step of the preparation to what did it.")]
    layout: Annotated[
        str, Meta(description="What a line of the text is: paragraphs, wrapped (part of one) or lines.")
    ]
    encoding: Annotated[str, Meta(description="Of the file; empty if it was not recorded.")]
    encoding_guess: Annotated[bool, Meta(description="True if nothing stated or proved the encoding.")]


def write(article: Article, out: BinaryIO) -> None:
    """Write the object and a line feed, in bounded memory. Raises OSError from `out`."""
    for piece in _pieces(article):
        out.write(piece)


def _pieces(article: Article) -> Iterator[bytes]:
    encode = msgspec.json.encode
    before = {
        "schema": SCHEMA,
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "language": article.language,
        "source_language": article.source_language,
        "text_sha256": article.text_sha256,
        "text": article.text,
        "segmentation": article.segmentation,
        "paragraphs": _paragraphs(article),
        "sentences": list(zip(article.starts, article.ends, strict=True)),
    }
    yield encode(before)[:-1]
    yield b',"entities":['
    yield from _entities(article)
    yield b'],"hints":['
    yield from _hints(article)
    yield b'],"quotes":['
    yield from _quotes(article)
    after = {
        "prepared_by": article.prepared_by,
        "layout": article.layout,
        "encoding": article.encoding,
        "encoding_guess": article.encoding_guess,
    }
    yield b"]," + encode(after)[1:] + b"\n"


def _paragraphs(article: Article) -> list[tuple[int, int]]:
    ranges = (article.paragraph_sentences(number) for number in range(len(article.paragraphs)))
    return [(article.starts[r[0]], article.ends[r[-1]]) for r in ranges if r]


def prepared_hint(article: Article, hint: Hint) -> PreparedHint:
    """The hint, with its words."""
    return PreparedHint(
        id=hint.id,
        start=hint.start,
        end=hint.end,
        text=article.text[hint.start : hint.end],
        detector=hint.detector,
        category=hint.category,
        severity=hint.severity,
        reason=hint.reason,
        confidence=hint.confidence,
        correction=hint.correction,
    )


def _entities(article: Article) -> Iterator[bytes]:
    return _joined(
        PreparedEntity(
            start=entity.start,
            end=entity.end,
            text=article.text[entity.start : entity.end],
            label=entity.label,
            origin=entity.origin,
        )
        for entity in EntityIndex(article)
    )


def _hints(article: Article) -> Iterator[bytes]:
    return _joined(prepared_hint(article, hint) for hint in HintIndex(article.hint_blocks))


def _quotes(article: Article) -> Iterator[bytes]:
    return _joined(
        PreparedQuote(
            start=quotation.start,
            end=quotation.end,
            text=article.text[quotation.start : quotation.end],
            speaker=quotation.speaker,
            closed=quotation.closed,
        )
        for quotation in all_quotations(article.quotation_blocks)
    )


def _joined(
    items: Iterable[PreparedEntity] | Iterable[PreparedHint] | Iterable[PreparedQuote],
) -> Iterator[bytes]:
    """The items of a JSON list, without its brackets."""
    separator = b""
    for batch in _batched(items, _A_WRITE):
        yield separator + msgspec.json.encode(batch)[1:-1]
        separator = b","


def _batched(items: Iterable[object], most: int) -> Iterator[list[object]]:
    """`itertools.batched`, which Python 3.11 lacks."""
    left = iter(items)
    while batch := list(islice(left, most)):
        yield batch
