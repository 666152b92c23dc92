"""What one annotator says about one sentence, and the steps by which it changes.

All offsets are code points into the article's text, end-exclusive.
"""

from __future__ import annotations

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
    created_at: str
    updated_at: str
    active_ms: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said, so that nothing needs to be kept."""
        return not (self.tags or self.decided or self.unsure or self.spans or self.quotes or self.note)


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


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One keystroke's worth of work: what undo takes back at once."""

    action: str
    """The action id, e.g. `tag.quote`."""
    label: str
    """What the bar says, e.g. `tagged quote`."""
    at: str
    changes: tuple[Change, ...]
    cursor: int
    """Start offset of the sentence where it happened."""


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
