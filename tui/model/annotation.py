"""One annotator's annotations of an article, and the steps that change them.

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
    """None if there is no correction, `""` if the words are to be deleted."""
    note: str = ""
    origin: str = "human"


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation. If it covers several sentences, each of them stores it with its full bounds."""

    id: str
    start: int
    end: int
    text: str
    speaker: str | None = None
    """None if nobody has filled it in yet, `""` if the quotation names no one."""
    holder: str | None = None
    closed: bool = True
    origin: str = "human"


class HintDecision(msgspec.Struct, frozen=True, kw_only=True):
    """An annotator's answer to a hint: accepted (it became a marked error) or refused (no error)."""

    id: str
    """The hint's id. It stays the same when the article is prepared again, so the decision stays valid."""
    start: int
    end: int
    text: str
    detector: str
    decision: Literal["accepted", "refused"]
    at: str
    """Time of the decision."""
    span: str | None = None
    """The id of the span made from an accepted hint."""


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """How a reviewer settled a sentence."""

    how: Literal["version", "majority", "anew", "none"]
    """`version`: one annotator's version, unchanged; `majority`: what a strict majority agrees on; `anew`: the
    reviewer's own version; `none`: nothing (rejected)."""
    whose: str | None = None
    """The annotator whose version it is; None if it is not one annotator's version."""
    seen: dict[str, str] = {}
    """The annotators who had a version, and when each was last changed. If one changes later, it is unreviewed."""
    blind: bool = False
    """True if the annotators' names were hidden from the reviewer."""


class Annotation(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one annotator stored about one sentence."""

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
    """True if only marked errors added the error tag. It is removed with the last of them."""
    status: str = "unreviewed"
    reviewer: str | None = None
    review_note: str = ""
    review: Review | msgspec.UnsetType = msgspec.UNSET
    """Set only if a reviewer settled the sentence."""
    created_at: str
    updated_at: str
    active_ms: int = 0
    hints: tuple[HintDecision, ...] | msgspec.UnsetType = msgspec.UNSET
    """Decisions about hints, in the order of the text; unset if there are none."""

    @property
    def is_empty(self) -> bool:
        """True if there is nothing to store."""
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
        """Decisions about hints, in the order of the text."""
        return () if self.hints is msgspec.UNSET else self.hints

    @property
    def is_settled(self) -> bool:
        """True if a reviewer decided on this sentence."""
        return self.decided and self.review is not msgspec.UNSET


class EntityCorrection(msgspec.Struct, frozen=True, kw_only=True):
    """An annotator's correction of an entity in one sentence; it replaces whatever was found there."""

    start: int
    end: int
    text: str
    label: str | None
    """The corrected label; None if the words are not an entity."""
    updated_at: str


class SentenceRepair(msgspec.Struct, frozen=True, kw_only=True):
    """A gap between words at which the annotator's sentences differ from the article's."""

    start: int
    """Start of the words after the gap."""
    end: int
    """End of the words before the gap; at most `start`."""
    kind: Literal["split", "merge"]
    """`split`: only the annotator has a sentence boundary here; `merge`: only the article has one."""
    updated_at: str


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence's annotation before and after a step; None if it had none."""

    before: Annotation | None
    after: Annotation | None

    @property
    def start(self) -> int:
        """Start of the sentence."""
        annotation = self.after or self.before
        assert annotation is not None
        return annotation.start

    def reversed(self) -> Change:
        return Change(before=self.after, after=self.before)


class EntityChange(msgspec.Struct, frozen=True, kw_only=True):
    """An entity correction before and after a step."""

    before: EntityCorrection | None
    after: EntityCorrection | None

    @property
    def start(self) -> int:
        correction = self.after or self.before
        assert correction is not None
        return correction.start

    def reversed(self) -> EntityChange:
        return EntityChange(before=self.after, after=self.before)


class RepairChange(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence repair before and after a step."""

    before: SentenceRepair | None
    after: SentenceRepair | None

    @property
    def start(self) -> int:
        repair = self.after or self.before
        assert repair is not None
        return repair.start

    def reversed(self) -> RepairChange:
        return RepairChange(before=self.after, after=self.before)


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The changes of one keystroke, which undo reverts together."""

    action: str
    """The action id, e.g. `tag.quote`."""
    label: str
    """Shown in the status bar, e.g. `tagged quote`."""
    at: str
    changes: tuple[Change, ...]
    cursor: int
    """Start offset of the sentence in which it happened."""
    entities: tuple[EntityChange, ...] = ()
    sentences: tuple[RepairChange, ...] = ()
    """If there are any, the sentences themselves have changed."""
    scheme: str = ""
    """The label of the scheme in force from this step on; empty if the step does not change it."""

    @property
    def changes_nothing(self) -> bool:
        return not (self.changes or self.entities or self.sentences or self.scheme)

    def backwards(self) -> Step:
        """The step that reverts this one."""
        return msgspec.structs.replace(
            self,
            changes=tuple(change.reversed() for change in reversed(self.changes)),
            entities=tuple(change.reversed() for change in reversed(self.entities)),
            sentences=tuple(change.reversed() for change in reversed(self.sentences)),
        )


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A step as it is stored, with its annotator and its number among their steps on the article."""

    seq: int
    """Counts from 1; never reused."""
    annotator: str
    step: Step


class Work(msgspec.Struct, kw_only=True):
    """One annotator's stored work on one article."""

    annotations: dict[int, Annotation] = {}
    """By the sentence's start offset."""
    cursor: int = 0
    """Start offset of the sentence that was current when the annotator closed the article."""
    entities: dict[int, EntityCorrection] = {}
    """By start; they never overlap."""
    repairs: dict[int, SentenceRepair] = {}
    """By start."""

    def step_to(self, target: Work, *, action: str, label: str, at: str) -> Step:
        """The step that turns this work into `target`."""
        return Step(
            action=action,
            label=label,
            at=at,
            cursor=target.cursor,
            changes=tuple(
                Change(before=self.annotations.get(start), after=target.annotations.get(start))
                for start in _differing(self.annotations, target.annotations)
            ),
            entities=tuple(
                EntityChange(before=self.entities.get(start), after=target.entities.get(start))
                for start in _differing(self.entities, target.entities)
            ),
            sentences=tuple(
                RepairChange(before=self.repairs.get(start), after=target.repairs.get(start))
                for start in _differing(self.repairs, target.repairs)
            ),
        )


def _differing(before: Mapping[int, object], after: Mapping[int, object]) -> list[int]:
    return [start for start in sorted(before.keys() | after.keys()) if before.get(start) != after.get(start)]
