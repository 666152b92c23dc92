"""What marking errors and quotations makes of a sentence's annotation. Pure: an annotation in, an annotation out.

A mark of an error adds the error tag without deciding; deleting the last mark takes the tag away again if a
mark had added it. Spans may overlap, but of two that do only one may hold a correction.
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


def marks(said: Annotation | None) -> list[Mark]:
    """Spans and quotations in the order of the text; of those that begin together the longest first."""
    if said is None:
        return []
    return sorted((*said.spans, *said.quotes), key=lambda mark: (mark.start, -mark.end, mark.id))


def with_span(said: Annotation, span: Span, scheme: Scheme) -> Annotation:
    """The span beside the others, and the error tag. Raises Refused where its correction overlaps another's."""
    _check_correction(said, span)
    tagged = scheme.error_tag in said.tags
    return replace(
        said,
        spans=_in_order((*said.spans, span)),
        tags=scheme.in_order((*said.tags, scheme.error_tag)),
        tagged_by_span=said.tagged_by_span if tagged else True,
    )


def with_span_changed(said: Annotation, span: Span) -> Annotation:
    """The span in the place of the one with its id. Raises Refused where its correction overlaps another's."""
    _check_correction(said, span)
    return replace(said, spans=_in_order(span if one.id == span.id else one for one in said.spans))


def without_mark(said: Annotation, mark_id: str, scheme: Scheme) -> Annotation:
    """Without the span or quotation; without the error tag too if only spans had added it and none is left."""
    spans = tuple(span for span in said.spans if span.id != mark_id)
    quotes = tuple(quote for quote in said.quotes if quote.id != mark_id)
    if spans or not said.spans or not said.tagged_by_span:
        return replace(said, spans=spans, quotes=quotes)
    tags = tuple(tag for tag in said.tags if tag != scheme.error_tag)
    return replace(
        said, spans=spans, quotes=quotes, tags=tags, tagged_by_span=False, decided=said.decided and bool(tags)
    )


def overlapping_correction(said: Annotation, span: Span) -> Span | None:
    """The other span that holds a correction of the same words, if there is one."""
    for other in said.spans:
        if other.id != span.id and other.correction is not None and _overlap(other, span):
            return other
    return None


def with_quote(said: Annotation, quote: Quote) -> Annotation:
    """The quotation beside the others, or in the place of the one with its id."""
    others = (one for one in said.quotes if one.id != quote.id)
    quotes = sorted((*others, quote), key=lambda one: (one.start, one.end, one.id))
    return replace(said, quotes=tuple(quotes))


def moved(
    text: str, start: int, end: int, side: Side, steps: int, within: tuple[int, int]
) -> tuple[int, int]:
    """The stretch with one side moved by so many characters as they are seen, inside `within`.

    Raises Refused where it would leave the sentence or be empty.
    """
    from tui.text.words import grapheme_end, grapheme_start

    low, high = within
    place = start if side == "start" else end
    for _ in range(abs(steps)):
        if place >= high if steps > 0 else place <= low:
            raise Refused("the mark cannot leave its sentence")
        place = grapheme_end(text, place, high) if steps > 0 else grapheme_start(text, place, low)
    start, end = (place, end) if side == "start" else (start, place)
    if start >= end:
        raise Refused("a mark holds at least one character")
    return start, end


def _check_correction(said: Annotation, span: Span) -> None:
    if span.correction is not None and overlapping_correction(said, span) is not None:
        raise Refused("another mark on these words holds a correction already")


def _overlap(one: Span, other: Span) -> bool:
    """Whether two stretches share a character; a gap shares those around it when it lies inside a stretch."""
    if one.start == one.end == other.start == other.end:
        return True
    return one.start < other.end and other.start < one.end


def _in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(spans, key=lambda span: (span.start, span.end, span.id)))
