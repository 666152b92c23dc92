"""The answers to hints: an accepted hint becomes an error mark, a refused one is not shown to this annotator again.

Each command returns the step to save, as those of the session do.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from tui.model.annotation import Annotation, HintDecision, Span
from tui.model.hint import Hint
from tui.model.scheme import Scheme
from tui.session.mark_edits import overlapping_correction, with_span, without_mark
from tui.session.open_hints import is_marked, origin_of
from tui.session.session import Outcome, Session
from tui.text.plurals import counted

Make = Callable[[Annotation], Annotation]


class Open(NamedTuple):
    """An unanswered hint."""

    sentence: int
    """Index of its sentence."""
    hint: Hint


def accept(
    session: Session,
    index: int,
    hint: Hint,
    *,
    severity: str | None = None,
    category: str | None = None,
    correction: str | msgspec.UnsetType | None = msgspec.UNSET,
) -> Outcome:
    """Mark the error that a hint points at; the arguments replace what the hint says.

    The correction is left out if another mark has one for the same words.
    """
    amended = replace(
        hint,
        severity=severity or hint.severity,
        category=category or hint.category,
        correction=hint.correction if correction is msgspec.UNSET else correction,
    )
    at = session.clock()
    label = f"accepted {_quoted(session, hint)}"
    if amended.correction is not None:
        label += f" → {_shortened(amended.correction) if amended.correction else 'nothing'}"
    return session.change(index, "hint.accept", label, _accepting(session, amended, at))


def refuse(session: Session, index: int, hint: Hint) -> Outcome:
    """Refuse a hint: these words are not an error."""
    decision = _decision(session, hint, "refused", session.clock())
    return session.change(
        index,
        "hint.refuse",
        f"refused the hint on {_quoted(session, hint)}",
        lambda annotation: _with_decision(annotation, decision),
    )


def accept_all(session: Session, hints: Sequence[Open]) -> Outcome:
    """Accept several hints of one detector in one step. Raises ValueError if there are none."""
    if not hints:
        raise ValueError("no hints to accept")
    at = session.clock()
    makers: dict[int, Make] = {}
    for sentence, hint in hints:
        makers[sentence] = _then(makers.get(sentence), _accepting(session, hint, at))
    label = f"accepted {counted(len(hints), 'hint')} of {hints[0].hint.detector}"
    return session.change_all(makers, "hint.accept_all", label)


def open_hints(session: Session, detector: str | None = None) -> Iterator[Open]:
    """All unanswered hints, or those of one detector, in the order of the text."""
    yield from _shown(session, session.asked.onwards(0, +1), detector)


def next_open(session: Session, offset: int, step: int) -> Open | None:
    """The nearest unanswered hint that starts at or after an offset, or before it if `step` is negative."""
    return next(_shown(session, session.asked.onwards(offset, step), None), None)


def without_span(annotation: Annotation, mark_id: str, scheme: Scheme, at: str) -> Annotation:
    """Without a mark; if it was made from a hint, that hint is now refused."""
    decisions = tuple(
        replace(decision, decision="refused", at=at, span=None) if decision.span == mark_id else decision
        for decision in annotation.hint_decisions
    )
    return without_mark(
        annotation if decisions == annotation.hint_decisions else replace(annotation, hints=decisions),
        mark_id,
        scheme,
    )


class Compared(NamedTuple):
    """How many errors of a sentence the detectors found, and an annotator who did not see their hints."""

    both: int
    """Hints on words that the annotator marked."""
    hints_only: int
    marks_only: int
    """Marks without a hint."""


def compared(session: Session, index: int) -> Compared:
    """Compare the marks of a sentence with all hints there, answered or not."""
    annotation = session.annotation(index)
    spans = annotation.spans if annotation is not None else ()
    hints = session.asked.of_sentence(session.article, index)
    both = sum(1 for hint in hints if is_marked(hint, spans))
    own = sum(1 for span in spans if not any(is_marked(hint, [span]) for hint in hints))
    return Compared(both, len(hints) - both, own)


def decided_hints(decisions: Iterable[HintDecision]) -> tuple[HintDecision, ...] | msgspec.UnsetType:
    """The decisions as an annotation stores them: in the order of the text, unset if there are none."""
    in_order = sorted(decisions, key=lambda decision: (decision.start, decision.end, decision.id))
    return tuple(in_order) if in_order else msgspec.UNSET


# -- how they work ---------------------------------------------------------


def _shown(session: Session, hints: Iterable[Hint], detector: str | None) -> Iterator[Open]:
    """The unanswered ones among the hints; each sentence is looked up once."""
    at: int | None = None
    waiting: set[str] = set()
    for hint in hints:
        if detector is not None and hint.detector != detector:
            continue
        index = session.article.sentence_at(hint.start)
        if index != at:
            at, waiting = index, {waiting_hint.id for waiting_hint in session.open_hints(index)}
        if hint.id in waiting:
            yield Open(index, hint)


def _accepting(session: Session, hint: Hint, at: str) -> Make:
    scheme = session.scheme
    known = {category.id for category in scheme.categories}
    severities = [severity.id for severity in scheme.severities]
    span = Span(
        id=os.urandom(6).hex(),
        start=hint.start,
        end=hint.end,
        text=session.article.text[hint.start : hint.end],
        category=hint.category if hint.category in known else None,
        severity=hint.severity if hint.severity in severities else severities[0],
        correction=hint.correction,
        origin=origin_of(hint),
    )
    decision = replace(_decision(session, hint, "accepted", at), span=span.id)

    def make(annotation: Annotation) -> Annotation:
        alone = span if overlapping_correction(annotation, span) is None else replace(span, correction=None)
        return _with_decision(with_span(annotation, alone, scheme), decision)

    return make


def _then(first: Make | None, second: Make) -> Make:
    return second if first is None else lambda annotation: second(first(annotation))


def _with_decision(annotation: Annotation, decision: HintDecision) -> Annotation:
    others = (earlier for earlier in annotation.hint_decisions if earlier.id != decision.id)
    return replace(annotation, hints=decided_hints([*others, decision]))


def _decision(
    session: Session, hint: Hint, decision: Literal["accepted", "refused"], at: str
) -> HintDecision:
    return HintDecision(
        id=hint.id,
        start=hint.start,
        end=hint.end,
        text=session.article.text[hint.start : hint.end],
        detector=hint.detector,
        decision=decision,
        at=at,
    )


def _quoted(session: Session, hint: Hint) -> str:
    return f"“{_shortened(session.article.text[hint.start : hint.end])}”"


def _shortened(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"
