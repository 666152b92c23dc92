"""How marks of errors and quotations change an annotation. Pure: an annotation in, an annotation out.

An error mark adds the error tag without deciding; deleting the last mark removes the tag if a mark had added it.
Spans may overlap, but only one of two overlapping spans may have a correction.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec.structs import replace

from tui.model.annotation import Annotation, Quote, Span
from tui.model.scheme import Scheme
from tui.session.tags import Refused

Mark = Span | Quote
Side = Literal["start", "end"]


def marks(annotation: Annotation | None) -> list[Mark]:
    """Spans and quotations in the order of the text; the longest first if they begin together."""
    if annotation is None:
        return []
    return sorted((*annotation.spans, *annotation.quotes), key=lambda mark: (mark.start, -mark.end, mark.id))


def with_span(annotation: Annotation, span: Span, scheme: Scheme) -> Annotation:
    """With one more span, and the error tag. Raises Refused if another span already has a correction of the same words."""
    _check_correction(annotation, span)
    tagged = scheme.error_tag in annotation.tags
    return replace(
        annotation,
        spans=_in_order((*annotation.spans, span)),
        tags=scheme.in_order((*annotation.tags, scheme.error_tag)),
        tagged_by_span=annotation.tagged_by_span if tagged else True,
    )


def with_span_changed(annotation: Annotation, span: Span) -> Annotation:
    """With the span of this id replaced. Raises Refused if another span already has a correction of the same words."""
    _check_correction(annotation, span)
    return replace(
        annotation,
        spans=_in_order(span if existing.id == span.id else existing for existing in annotation.spans),
    )


def without_mark(annotation: Annotation, mark_id: str, scheme: Scheme) -> Annotation:
    """Without the span or quotation, and without the error tag if only spans had added it and none is left."""
    spans = tuple(span for span in annotation.spans if span.id != mark_id)
    quotes = tuple(quote for quote in annotation.quotes if quote.id != mark_id)
    if spans or not annotation.spans or not annotation.tagged_by_span:
        return replace(annotation, spans=spans, quotes=quotes)
    tags = tuple(tag for tag in annotation.tags if tag != scheme.error_tag)
    return replace(
        annotation,
        spans=spans,
        quotes=quotes,
        tags=tags,
        tagged_by_span=False,
        decided=annotation.decided and bool(tags),
    )


def overlapping_correction(annotation: Annotation, span: Span) -> Span | None:
    """The other span that has a correction of the same words, if there is one."""
    for other in annotation.spans:
        if other.id != span.id and other.correction is not None and _overlap(other, span):
            return other
    return None


def with_quote(annotation: Annotation, quote: Quote) -> Annotation:
    """With the quotation added, or replaced if one has its id."""
    others = (existing for existing in annotation.quotes if existing.id != quote.id)
    quotes = sorted((*others, quote), key=lambda existing: (existing.start, existing.end, existing.id))
    return replace(annotation, quotes=tuple(quotes))


def moved(
    text: str, start: int, end: int, side: Side, steps: int, within: tuple[int, int]
) -> tuple[int, int]:
    """The bounds with one side moved by a number of visible characters, inside `within`.

    Raises Refused if the mark would leave its sentence or be empty.
    """
    from tui.text.words import grapheme_end, grapheme_start

    low, high = within
    offset = start if side == "start" else end
    for _ in range(abs(steps)):
        if offset >= high if steps > 0 else offset <= low:
            raise Refused("a mark cannot leave its sentence")
        offset = grapheme_end(text, offset, high) if steps > 0 else grapheme_start(text, offset, low)
    start, end = (offset, end) if side == "start" else (start, offset)
    if start >= end:
        raise Refused("a mark has at least one character")
    return start, end


def _check_correction(annotation: Annotation, span: Span) -> None:
    if span.correction is not None and overlapping_correction(annotation, span) is not None:
        raise Refused("another mark already corrects these words")


def _overlap(first: Span, second: Span) -> bool:
    """True if two spans share a character. An empty span overlaps another if it is inside it."""
    if first.start == first.end == second.start == second.end:
        return True
    return first.start < second.end and second.start < first.end


def _in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(spans, key=lambda span: (span.start, span.end, span.id)))
