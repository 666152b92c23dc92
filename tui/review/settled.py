"""What a reviewer's decision on a sentence means for each annotator's version of it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from tui.model.annotation import Annotation, Quote, Span


def same_content(one: Annotation, other: Annotation) -> bool:
    """Whether both say the same of the sentence; ids, origins and notes do not matter."""
    return (
        set(one.tags) == set(other.tags)
        and sorted(map(_of_span, one.spans)) == sorted(map(_of_span, other.spans))
        and sorted(map(_of_quote, one.quotes)) == sorted(map(_of_quote, other.quotes))
    )


def has_moved(settled: Annotation, versions: Mapping[str, Annotation]) -> bool:
    """Whether somebody said something else since, which is not what was settled."""
    return any(not was_seen(settled, name, said) for name, said in versions.items())


def was_seen(settled: Annotation, annotator: str, said: Annotation) -> bool:
    """Whether the decision is about this version, or says the same."""
    if settled.review is msgspec.UNSET:
        return False
    if settled.review.seen.get(annotator) == said.updated_at:
        return True
    return settled.status != "rejected" and same_content(settled, said)


def reviewed(said: Annotation, annotator: str, settled: Annotation | None) -> Annotation:
    """An annotator's version with what the reviewer's decision makes of it.

    `accepted` is what was settled; `rejected` gave way to another's version, or to none; `amended` gave way to
    what a majority or the reviewer says. A version that the reviewer has not seen stays `unreviewed`.
    """
    if settled is None or not settled.is_settled or settled.review is msgspec.UNSET:
        return said
    if (settled.start, settled.end) != (said.start, said.end) or not said.decided:
        return said
    if not was_seen(settled, annotator, said):
        return said
    if settled.status != "rejected" and same_content(settled, said):
        status = "accepted"
    elif settled.review.how in {"majority", "anew"}:
        status = "amended"
    else:
        status = "rejected"
    return replace(said, status=status, reviewer=settled.reviewer, review_note=settled.review_note)


def _of_span(span: Span) -> tuple[int, int, str, str, bool, str]:
    correction = span.correction
    return span.start, span.end, span.category or "", span.severity, correction is None, correction or ""


def _of_quote(quote: Quote) -> tuple[int, int, str, str]:
    return quote.start, quote.end, quote.speaker or "", quote.holder or ""
