"""What one annotator says about an article, and the steps by which it changes.

All offsets are code points into the article's text, end-exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A marked translation error inside a sentence; `start == end` marks an omission."""

    id: str
    start: int
    end: int
    text: str
    category: str | None = None
    severity: str
    correction: str | None = None
    """None when none is given, `""` when the words are to be deleted."""
    note: str = ""
    origin: str = "human"


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation; it may run over several sentences and then lies in each with its full bounds."""

    id: str
    start: int
    end: int
    text: str
    speaker: str | None = None
    """None when nobody said yet, `""` when there is none to name."""
    holder: str | None = None
    closed: bool = True
    origin: str = "human"


class HintDecision(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a hint: an error that was marked, or words that are no error."""

    id: str
    """The hint's own id: it stays the same in a new preparation, and so does the decision."""
    start: int
    end: int
    text: str
    detector: str
    decision: Literal["accepted", "refused"]
    at: str
    """When it was decided."""
    span: str | None = None
    """The id of the span that an accepted one became."""


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """How a reviewer came to what they settled a sentence as."""

    how: Literal["version", "majority", "anew", "none"]
    """One annotator's version as it is; what a strict majority says; the reviewer's own; nothing (rejected)."""
    whose: str | None = None
    """Whose version it is; None where it is nobody's."""
    seen: dict[str, str] = {}
    """Whose versions there were, and when each was last changed: whoever changes theirs later is unreviewed."""
    blind: bool = False
    """Whether the reviewer was not shown the names."""


class Annotation(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one annotator said about one sentence."""

    segmentation: int
    start: int
    end: int
    text: str
    tags: tuple[str, ...] = ()
    """Tag ids in the scheme's order."""
    decided: bool = False
    unsure: bool = False
    spans: tuple[Span, ...] = ()
    quotes: tuple[Quote, ...] = ()
    note: str = ""
    tagged_by_span: bool = False
    """Whether the error tag is there because of a marked error only, and goes when the last one does."""
    status: str = "unreviewed"
    reviewer: str | None = None
    review_note: str = ""
    review: Review | msgspec.UnsetType = msgspec.UNSET
    """Only of what a reviewer settled."""
    created_at: str
    updated_at: str
    active_ms: int = 0
    hints: tuple[HintDecision, ...] | msgspec.UnsetType = msgspec.UNSET
    """What was decided about hints, in the order of the text; unset where nothing was."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said, so that nothing needs to be kept."""
        return not (
            self.tags
            or self.decided
            or self.unsure
            or self.spans
            or self.quotes
            or self.note
            or self.hint_decisions
        )

    @property
    def hint_decisions(self) -> tuple[HintDecision, ...]:
        """What was decided about hints, in the order of the text."""
        return () if self.hints is msgspec.UNSET else self.hints

    @property
    def is_settled(self) -> bool:
        """Whether this is a reviewer's decision."""
        return self.decided and self.review is not msgspec.UNSET


class EntityCorrection(msgspec.Struct, frozen=True, kw_only=True):
    """The annotator's word on a few words of one sentence: whatever was found there does not count."""

    start: int
    end: int
    text: str
    label: str | None
    """What they are; None when they are no entity."""
    updated_at: str


class SentenceRepair(msgspec.Struct, frozen=True, kw_only=True):
    """A gap between words at which the annotator's sentences differ from the article's."""

    start: int
    """Where the words behind the gap begin."""
    end: int
    """Where those before it end; at most `start`."""
    kind: Literal["split", "merge"]
    """Whether sentences meet here only for the annotator, or only in the article."""
    updated_at: str


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence before and after a step; `None` where nothing was said."""

    before: Annotation | None
    after: Annotation | None

    @property
    def start(self) -> int:
        """Where the sentence starts."""
        said = self.after or self.before
        assert said is not None
        return said.start

    def reversed(self) -> Change:
        return Change(before=self.after, after=self.before)


class EntityChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is corrected at one place before and after a step."""

    before: EntityCorrection | None
    after: EntityCorrection | None

    @property
    def start(self) -> int:
        said = self.after or self.before
        assert said is not None
        return said.start

    def reversed(self) -> EntityChange:
        return EntityChange(before=self.after, after=self.before)


class RepairChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is repaired at one place before and after a step."""

    before: SentenceRepair | None
    after: SentenceRepair | None

    @property
    def start(self) -> int:
        said = self.after or self.before
        assert said is not None
        return said.start

    def reversed(self) -> RepairChange:
        return RepairChange(before=self.after, after=self.before)


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One keystroke's worth of work: what undo takes back at once."""

    action: str
    """The action id, e.g. `tag.quote`."""
    label: str
    """What the bar says, e.g. `tagged quote`."""
    at: str
    changes: tuple[Change, ...]
    cursor: int
    """Start offset of the sentence where it happened."""
    entities: tuple[EntityChange, ...] = ()
    sentences: tuple[RepairChange, ...] = ()
    """When there are any, the sentences themselves have changed."""
    scheme: str = ""
    """The label of the scheme that everything is said in from here on; empty where that stays as it is."""

    @property
    def changes_nothing(self) -> bool:
        return not (self.changes or self.entities or self.sentences or self.scheme)

    def backwards(self) -> Step:
        """The step that takes this one back."""
        return msgspec.structs.replace(
            self,
            changes=tuple(change.reversed() for change in reversed(self.changes)),
            entities=tuple(change.reversed() for change in reversed(self.entities)),
            sentences=tuple(change.reversed() for change in reversed(self.sentences)),
        )


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A step as it was stored: who took it, and its place among all their steps on the article."""

    seq: int
    """Counts from 1 and is never given twice."""
    annotator: str
    step: Step


class Work(msgspec.Struct, kw_only=True):
    """One annotator's stored work on one article."""

    annotations: dict[int, Annotation] = {}
    """By the sentence's start offset."""
    cursor: int = 0
    """Start offset of the sentence that was current when the annotator left."""
    entities: dict[int, EntityCorrection] = {}
    """By their start; none overlaps another."""
    repairs: dict[int, SentenceRepair] = {}
    """By their start."""

    def step_to(self, wanted: Work, *, action: str, label: str, at: str) -> Step:
        """The step that makes this work say what `wanted` says."""
        return Step(
            action=action,
            label=label,
            at=at,
            cursor=wanted.cursor,
            changes=tuple(
                Change(before=self.annotations.get(start), after=wanted.annotations.get(start))
                for start in _differing(self.annotations, wanted.annotations)
            ),
            entities=tuple(
                EntityChange(before=self.entities.get(start), after=wanted.entities.get(start))
                for start in _differing(self.entities, wanted.entities)
            ),
            sentences=tuple(
                RepairChange(before=self.repairs.get(start), after=wanted.repairs.get(start))
                for start in _differing(self.repairs, wanted.repairs)
            ),
        )


def _differing(one: Mapping[int, object], other: Mapping[int, object]) -> list[int]:
    return [start for start in sorted(one.keys() | other.keys()) if one.get(start) != other.get(start)]
