"""How annotations change when their sentences are split or merged. Pure: annotations in, annotations out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from tui.model.annotation import Annotation, Quote, Span
from tui.model.scheme import Scheme
from tui.session.hint_answers import decided_hints
from tui.session.tags import Refused

_Mark = TypeVar("_Mark", Span, Quote)


def halves(
    annotation: Annotation, first: Annotation, second: Annotation, scheme: Scheme
) -> tuple[Annotation, Annotation]:
    """`annotation` divided between the two parts of its sentence, which are given as blank annotations.

    Both get the tags, the first also the decision, the flag and the note; each mark stays with its words.
    Raises Refused if the boundary would be inside a mark.
    """
    for mark in (*annotation.spans, *annotation.quotes):
        if mark.start < second.start and mark.end > first.end:
            what = "an error mark" if isinstance(mark, Span) else "a quotation"
            raise Refused(f"{what} crosses that place: move or delete it first")
    whole = replace(
        annotation,
        segmentation=first.segmentation,
        start=first.start,
        end=first.end,
        text=first.text,
        updated_at=first.updated_at,
    )
    rest = replace(
        second,
        created_at=annotation.created_at,
        tags=annotation.tags,
        tagged_by_span=annotation.tagged_by_span,
    )
    return (
        without_stray_error_tag(
            replace(
                whole,
                spans=tuple(span for span in annotation.spans if span.start < second.start),
                quotes=tuple(quote for quote in annotation.quotes if quote.start < second.start),
                hints=decided_hints(hint for hint in annotation.hint_decisions if hint.start < second.start),
            ),
            scheme,
        ),
        without_stray_error_tag(
            replace(
                rest,
                spans=tuple(span for span in annotation.spans if span.start >= second.start),
                quotes=tuple(quote for quote in annotation.quotes if quote.start >= second.start),
                hints=decided_hints(hint for hint in annotation.hint_decisions if hint.start >= second.start),
            ),
            scheme,
        ),
    )


def merge_annotations(parts: Sequence[Annotation], blank: Annotation, scheme: Scheme) -> Annotation:
    """The annotations of the parts of a sentence as one annotation of the whole sentence `blank`.

    Decided if every part is, unsure if one is; the error tag counts as added by marks only if it was in every part.
    """
    blamed = [part for part in parts if scheme.error_tag in part.tags]
    first = parts[0]
    return replace(
        first,
        segmentation=blank.segmentation,
        start=blank.start,
        end=blank.end,
        text=blank.text,
        tags=scheme.in_order(tag for part in parts for tag in part.tags),
        decided=all(part.decided for part in parts),
        unsure=any(part.unsure for part in parts),
        spans=_unique(span for part in parts for span in part.spans),
        quotes=_unique(quote for part in parts for quote in part.quotes),
        note="; ".join(dict.fromkeys(part.note for part in parts if part.note)),
        tagged_by_span=bool(blamed) and all(part.tagged_by_span for part in blamed),
        created_at=min(part.created_at for part in parts),
        updated_at=blank.updated_at,
        active_ms=sum(part.active_ms for part in parts),
        hints=decided_hints(hint for part in parts for hint in part.hint_decisions),
    )


def without_stray_error_tag(annotation: Annotation, scheme: Scheme) -> Annotation:
    """Without the error tag if only marks had added it and they are in another sentence now."""
    if annotation.spans or not annotation.tagged_by_span:
        return annotation
    tags = tuple(tag for tag in annotation.tags if tag != scheme.error_tag)
    return replace(annotation, tags=tags, tagged_by_span=False, decided=annotation.decided and bool(tags))


def _unique(marks: Iterable[_Mark]) -> tuple[_Mark, ...]:
    """In the order of the text; a quotation that crossed both sentences only once."""
    by_id = {mark.id: mark for mark in marks}
    return tuple(sorted(by_id.values(), key=lambda mark: (mark.start, mark.end, mark.id)))
