"""Whether an annotator's work still fits the article's text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TypeVar

from tui.model.annotation import (
    Annotation,
    EntityCorrection,
    HintDecision,
    Quote,
    SentenceRepair,
    Span,
    Step,
    Work,
)

Stored = Annotation | EntityCorrection | SentenceRepair
_Quoting = Annotation | EntityCorrection | Span | Quote | HintDecision

_NAMES = {
    Annotation: "annotation",
    EntityCorrection: "entity",
    HintDecision: "hint",
    Quote: "quote",
    Span: "span",
}
_Kept = TypeVar("_Kept", Annotation, EntityCorrection, SentenceRepair)


def misplaced(kept: Stored, text: str) -> str | None:
    """What is not the slice of the article's `text` that it claims to be; None if everything is."""
    if isinstance(kept, SentenceRepair):
        if 0 <= kept.end <= kept.start <= len(text):
            return None
        return f"the {kept.kind} of sentences at {kept.end}-{kept.start} is outside the article's text"
    if _is_elsewhere(kept, text):
        return _not_there(kept)
    if isinstance(kept, Annotation):
        for part in chain(kept.spans, kept.quotes, kept.hint_decisions):
            if _is_elsewhere(part, text):
                return _not_there(part)
    return None


def _is_elsewhere(part: _Quoting, text: str) -> bool:
    return not 0 <= part.start <= part.end or text[part.start : part.end] != part.text


def _not_there(part: _Quoting) -> str:
    return f"the {_NAMES[type(part)]} at {part.start}-{part.end} is not the article's text there"


def misplaced_in_step(step: Step, text: str) -> str | None:
    """The first thing of what a step leads to that is misplaced."""
    changes = (*step.changes, *step.entities, *step.sentences)
    problems = (change.after and misplaced(change.after, text) for change in changes)
    return next((wrong for wrong in problems if wrong), None)


def misplaced_in_work(work: Work, text: str) -> Iterator[str]:
    """Everything that is misplaced."""
    for kept in (work.annotations, work.entities, work.repairs):
        yield from _misplaced_of(kept, text)


def without_misplaced(kept: dict[int, _Kept], text: str) -> list[str]:
    """Take away what is misplaced; returns what that was."""
    wrong = {start: reason for start, value in kept.items() if (reason := misplaced(value, text))}
    for start in wrong:
        del kept[start]
    return [wrong[start] for start in sorted(wrong)]


def _misplaced_of(kept: Mapping[int, Stored], text: str) -> Iterator[str]:
    for start in sorted(kept):
        wrong = misplaced(kept[start], text)
        if wrong is not None:
            yield wrong
