"""Taking over an annotator's work when the article has a new segmentation: one step, which one undo reverts.

An annotation whose sentence still exists stays as it is. The others go to the sentences that have their words: each
gets the tags and its own marks, the first also flag and note, and is undecided.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from tui.model.annotation import Annotation, Change, RepairChange, Span
from tui.model.article import Article
from tui.model.repaired import fitting
from tui.session.boundaries import merge_annotations, without_stray_error_tag
from tui.session.hint_answers import decided_hints
from tui.session.session import Outcome, Session

CARRY_OVER = "sentences.carry"
"""The action of the step."""


def migrate_to_segmentation(session: Session) -> Outcome:
    """Take over the annotations of earlier segmentations; without any there is no step.

    The message names the sentences that are undecided now; it is empty if there are none. What cannot be taken over
    stays in `session.orphans`.
    """
    if not len(session.article):
        return Outcome(step=None, message="", sentence=0)
    at = session.clock()
    parts = _parts(session, at)
    moved = {annotation.start: annotation for sources in parts.values() for annotation, _ in sources}
    written = {
        session.article.starts[index]: merge_annotations(
            [part for _, part in sources], session.blank(index, at), session.scheme
        )
        for index, sources in parts.items()
    }
    changes = [
        Change(before=session.stored_at(start), after=_kept(written.get(start)))
        for start in sorted(moved.keys() | written.keys())
        if session.stored_at(start) is not None or _kept(written.get(start)) is not None
    ]
    useful = {repair.start for repair in fitting(session.published, session.repairs.values())}
    given_up = [
        RepairChange(before=session.repairs[start], after=None)
        for start in sorted(session.repairs.keys() - useful)
    ]
    if not changes and not given_up:
        return Outcome(step=None, message="", sentence=session.cursor)
    label = f"taken over into segmentation {session.published.segmentation}"
    outcome = session.commit(session.cursor, CARRY_OVER, label, at, changes=changes, sentences=given_up)
    return replace(outcome, message=_notice(session, sorted(parts)))


def _parts(session: Session, at: str) -> dict[int, list[tuple[Annotation, Annotation]]]:
    """For each sentence that gets something: the old annotations, and the part of each that it gets."""
    article = session.article
    older = [annotation for annotation in session.orphans if annotation.segmentation < article.segmentation]
    while True:
        targets = {annotation.start: list(_sentences_under(article, annotation)) for annotation in older}
        starts = {annotation.start for annotation in older}
        free = [
            annotation
            for annotation in older
            if targets[annotation.start]
            and all(
                article.starts[index] in starts or not session.has_conflicting_annotation(index)
                for index in targets[annotation.start]
            )
        ]
        if len(free) == len(older):
            break
        # An annotation that stays may be in the way of others.
        older = free
    parts: dict[int, list[tuple[Annotation, Annotation]]] = {}
    for annotation in older:
        for index in targets[annotation.start]:
            part = _part(session, annotation, index, targets[annotation.start], at)
            parts.setdefault(index, []).append((annotation, part))
    for index, sources in parts.items():
        there = session.annotation(index)
        if there is not None:
            sources.append((there, replace(there, decided=False)))
    return parts


def _sentences_under(article: Article, annotation: Annotation) -> Iterator[int]:
    index = article.sentence_at(annotation.start)
    while index < len(article) and article.starts[index] < annotation.end:
        if article.ends[index] > annotation.start:
            yield index
        index += 1


def _part(session: Session, annotation: Annotation, index: int, among: Sequence[int], at: str) -> Annotation:
    """The part of an annotation that the sentence at `index` gets, if the annotation covers the sentences `among`."""
    article = session.article
    start, end = article.starts[index], article.ends[index]
    whole = (
        annotation
        if index == among[0]
        else replace(session.blank(index, at), tags=annotation.tags, created_at=annotation.created_at)
    )
    part = replace(
        whole,
        decided=False,
        spans=tuple(
            _cut(article, span, index) for span in annotation.spans if _home(article, span, among) == index
        ),
        quotes=tuple(quote for quote in annotation.quotes if quote.start < end and start < quote.end),
        hints=decided_hints(
            hint for hint in annotation.hint_decisions if article.sentence_at(hint.start) == index
        ),
        tagged_by_span=annotation.tagged_by_span,
    )
    return without_stray_error_tag(part, session.scheme)


def _home(article: Article, span: Span, among: Sequence[int]) -> int:
    """The sentence that contains most of a span, the first of equal ones; the nearest for one between sentences."""
    return max(among, key=lambda i: min(span.end, article.ends[i]) - max(span.start, article.starts[i]))


def _cut(article: Article, span: Span, index: int) -> Span:
    """The part of the span inside the sentence."""
    first, last = article.starts[index], article.ends[index]
    start, end = min(max(span.start, first), last), min(max(span.end, first), last)
    return replace(span, start=start, end=end, text=article.text[start:end])


def _kept(annotation: Annotation | None) -> Annotation | None:
    return None if annotation is None or annotation.is_empty else annotation


def _notice(session: Session, indexes: list[int]) -> str:
    if not indexes:
        return ""
    numbers = ", ".join(str(index + 1) for index in indexes[:_SHOWN])
    more = f" and {len(indexes) - _SHOWN} more" if len(indexes) > _SHOWN else ""
    which = f"sentence {numbers}" if len(indexes) == 1 else f"sentences {numbers}{more}"
    verb = "has" if len(indexes) == 1 else "have"
    return f"{which} {verb} changed since you were here: your tags are kept, decide again"


_SHOWN = 8
"""How many sentence numbers a notice names."""
