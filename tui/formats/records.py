"""The record that every export format starts from: one sentence, with one annotator's annotation."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from tui.model.annotation import Annotation, HintDecision, Quote, Span
from tui.model.article import Article, Entity
from tui.model.corrections import CorrectedEntities, Corrections
from tui.store.checkpoint import SECOND_PASS
from tui.store.checks import misplaced

SCHEMA = "postil.annotation/1"

STATUSES = ("unreviewed", "accepted", "amended", "rejected")

Status = Annotated[str, Meta(extra_json_schema={"enum": list(STATUSES)})]
Offset = Annotated[int, Meta(ge=0, description="Code points into the article's text; ends are exclusive.")]
Time = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", description="UTC.")]


class RecordError(Exception):
    """Stored data does not fit the article; `str()` is one line: what is wrong, and how to fix it."""


class RecordEntity(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An entity in a record."""

    start: Offset
    end: Offset
    text: str
    label: str
    origin: str
    status: Status = "unreviewed"


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One sentence of one article, as one annotator annotated it."""

    schema: Annotated[str, Meta(extra_json_schema={"const": SCHEMA})] = SCHEMA
    article: str
    title: str
    source: str
    language: str
    source_language: str | None
    text_sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    scheme: str
    segmentation: int
    sentence: Annotated[
        int,
        Meta(ge=1, description="Its number on the screen. Offsets identify the sentence, not this number."),
    ]
    start: Offset
    end: Offset
    text: Annotated[str, Meta(description="Exactly the article's text from start to end.")]
    tags: Annotated[tuple[str, ...], Meta(description="In the scheme's order.")]
    decided: bool
    unsure: bool
    spans: tuple[Span, ...]
    quotes: tuple[Quote, ...]
    entities: tuple[RecordEntity, ...]
    note: str
    annotator: str
    status: Status
    reviewer: str | None
    review_note: str
    created_at: Annotated[Time | None, Meta(description="Null if the sentence has no annotation.")]
    updated_at: Time | None
    active_ms: Annotated[int, Meta(ge=0)]
    hints: Annotated[
        tuple[HintDecision, ...] | msgspec.UnsetType,
        Meta(description="The hints that were accepted or refused; left out if there are none."),
    ] = msgspec.UNSET
    sitting: Annotated[
        int | msgspec.UnsetType,
        Meta(description="2 in a second pass over the annotator's own sentences; left out in a first pass."),
    ] = msgspec.field(default=msgspec.UNSET, name="pass")


def records(
    article: Article,
    annotations: Iterable[Annotation],
    *,
    annotator: str,
    scheme: str,
    entities: CorrectedEntities | None = None,
    untagged: bool = False,
    is_second_pass: bool = False,
) -> Iterator[Record]:
    """One annotator's records of one article, in order of their start offsets.

    `article` has this annotator's splits and merges, and `annotations` are in order. `scheme` is its label. `entities`
    are the article's with the annotator's corrections, by default as they were found; `untagged` adds the sentences
    without an annotation. Raises RecordError if an annotation is not the article's text at its offsets.
    """
    corrected = entities or CorrectedEntities(article, Corrections({}))
    in_order = _with_untagged(article, annotations) if untagged else annotations
    for annotation in in_order:
        if annotation.is_empty and not untagged:
            continue
        wrong = misplaced(annotation, article.text)
        if wrong is not None:
            raise RecordError(
                f"{annotator} on {article.id}: {wrong}: restore that file or the article from a backup"
            )
        sentence = article.sentence_at(annotation.start)
        yield record(
            article,
            annotation,
            sentence,
            _entities(article, corrected, sentence, annotation),
            annotator=annotator,
            scheme=scheme,
            is_second_pass=is_second_pass,
        )


def record(
    article: Article,
    annotation: Annotation,
    sentence: int,
    entities: Iterable[Entity],
    *,
    annotator: str,
    scheme: str,
    is_second_pass: bool = False,
) -> Record:
    """The record of one annotation, which may be empty, and the entities in it.

    `article` has the annotator's splits and merges, and `sentence` is the index of the annotation's first sentence in it.
    `scheme` is the label of the scheme. Nothing is checked.
    """
    return Record(
        article=article.id,
        title=article.title,
        source=article.source,
        language=article.language,
        source_language=article.source_language,
        text_sha256=article.text_sha256,
        scheme=scheme,
        segmentation=_segmentation(article, sentence, annotation),
        sentence=sentence + 1,
        start=annotation.start,
        end=annotation.end,
        text=annotation.text,
        tags=annotation.tags,
        decided=annotation.decided,
        unsure=annotation.unsure,
        spans=annotation.spans,
        quotes=tuple(map(_quote, annotation.quotes)) if annotation.quotes else (),
        entities=tuple(_entity(article.text, entity) for entity in entities),
        note=annotation.note,
        annotator=annotator,
        status=annotation.status,
        reviewer=annotation.reviewer,
        review_note=annotation.review_note,
        created_at=annotation.created_at or None,
        updated_at=annotation.updated_at or None,
        active_ms=annotation.active_ms,
        hints=annotation.hints,
        sitting=SECOND_PASS if is_second_pass else msgspec.UNSET,
    )


def in_order(streams: Iterable[Iterator[Record]]) -> Iterator[Record]:
    """The records of several annotators on one article, ordered by start and annotator, as each stream is."""
    return heapq.merge(*streams, key=lambda record: (record.start, record.annotator))


def _with_untagged(article: Article, annotations: Iterable[Annotation]) -> Iterator[Annotation]:
    left = iter(annotations)
    annotation = next(left, None)
    for start, end in zip(article.starts, article.ends, strict=True):
        untouched = True
        while annotation is not None and annotation.start <= start:
            untouched = untouched and (annotation.start, annotation.end) != (start, end)
            yield annotation
            annotation = next(left, None)
        if untouched:
            yield Annotation(
                segmentation=article.segmentation,
                start=start,
                end=end,
                text=article.text[start:end],
                created_at="",
                updated_at="",
            )
    if annotation is not None:
        yield annotation
        yield from left


def _quote(quote: Quote) -> Quote:
    """The speaker is null in a record both if the quotation names no one and if it has not been filled in yet.

    Only the database distinguishes the two. An import must assume the second, so that nothing counts as done by mistake.
    """
    return quote if quote.speaker else msgspec.structs.replace(quote, speaker=None)


def _segmentation(article: Article, sentence: int, annotation: Annotation) -> int:
    """The latest segmentation with this sentence, which a new one may have left unchanged."""
    is_there = sentence < len(article) and (article.starts[sentence], article.ends[sentence]) == (
        annotation.start,
        annotation.end,
    )
    return article.segmentation if is_there else annotation.segmentation


def _entities(
    article: Article, entities: CorrectedEntities, sentence: int, annotation: Annotation
) -> Iterator[Entity]:
    # An annotation of an earlier segmentation may cross several current sentences.
    starts, first, end = article.starts, annotation.start, annotation.end
    while sentence < len(starts) and starts[sentence] < end:
        for entity in entities.of_sentence(sentence):
            if first <= entity.start < end:
                yield entity
        sentence += 1


def _entity(text: str, entity: Entity) -> RecordEntity:
    return RecordEntity(
        start=entity.start,
        end=entity.end,
        text=text[entity.start : entity.end],
        label=entity.label,
        origin=entity.origin,
        status=entity.status,
    )
