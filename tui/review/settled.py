"""What a reviewer's decision on a sentence means for each annotator's version."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from tui.model.annotation import Annotation, Quote, Span


def same_content(first: Annotation, second: Annotation) -> bool:
    """True if both have the same tags, marks and quotations; ids, origins and notes do not matter."""
    return (
        set(first.tags) == set(second.tags)
        and sorted(map(_of_span, first.spans)) == sorted(map(_of_span, second.spans))
        and sorted(map(_of_quote, first.quotes)) == sorted(map(_of_quote, second.quotes))
    )


def has_moved(settled: Annotation, versions: Mapping[str, Annotation]) -> bool:
    """True if an annotator has changed their version since, to something other than what was settled."""
    return any(not was_seen(settled, name, annotation) for name, annotation in versions.items())


def was_seen(settled: Annotation, annotator: str, annotation: Annotation) -> bool:
    """True if the reviewer has seen this version, or settled the same content."""
    if settled.review is msgspec.UNSET:
        return False
    if settled.review.seen.get(annotator) == annotation.updated_at:
        return True
    return settled.status != "rejected" and same_content(settled, annotation)


def reviewed(annotation: Annotation, annotator: str, settled: Annotation | None) -> Annotation:
    """An annotator's version with its status after the review.

    `accepted`: it was settled so. `rejected`: another annotator's version was taken, or none. `amended`: the majority's
    or the reviewer's own version was taken. A version that the reviewer has not seen stays `unreviewed`.
    """
    if settled is None or not settled.is_settled or settled.review is msgspec.UNSET:
        return annotation
    if (settled.start, settled.end) != (annotation.start, annotation.end) or not annotation.decided:
        return annotation
    if not was_seen(settled, annotator, annotation):
        return annotation
    if settled.status != "rejected" and same_content(settled, annotation):
        status = "accepted"
    elif settled.review.how in {"majority", "anew"}:
        status = "amended"
    else:
        status = "rejected"
    return replace(annotation, status=status, reviewer=settled.reviewer, review_note=settled.review_note)


def _of_span(span: Span) -> tuple[int, int, str, str, bool, str]:
    correction = span.correction
    return span.start, span.end, span.category or "", span.severity, correction is None, correction or ""


def _of_quote(quote: Quote) -> tuple[int, int, str, str]:
    return quote.start, quote.end, quote.speaker or "", quote.holder or ""
