"""A reviewer at work on one article: what they decide becomes the settled version of a sentence.

The decisions are the annotations of a session of the reviewer's own, so that every key of the reader works on
them, and each can be undone. Like a session, this never moves the cursor.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from tui.agreement.disagreements import Majority, NoMajority, differences, majority
from tui.model.annotation import Annotation, Review
from tui.review.settled import has_moved, same_content
from tui.review.versions import Versions, Work
from tui.session.session import Outcome, Session

Standing = Literal["open", "changed", "settled", "agreed", "single", "nobody"]
"""How a sentence stands: annotators differ; they went on after it was settled; it is settled; those who decided
it agree; one of several decided it, the others did not; nobody did. Of one annotator's work everything that is
decided is open until it is settled."""

TO_SETTLE: frozenset[Standing] = frozenset({"open", "changed"})


class Left(NamedTuple):
    """One thing that is left to do."""

    sentence: int
    mark: str | None
    what: str
    """In a word or two."""


class Reviewing:
    """The versions of every sentence, and the reviewer's decisions on them."""

    def __init__(self, session: Session, said_by: Mapping[str, Work], *, blind: bool = False) -> None:
        """`session` is on the reviewer's own decisions; `said_by` has the annotators' work by name."""
        self.session = session
        self.versions = Versions(session.published, said_by)
        self.blind = blind
        """Whether names are hidden, and the columns in an order that does not tell them."""
        names = self.versions.annotators
        self._columns = sorted(names, key=self._blind_order_key) if blind else names
        session.begin = self._begin
        session.sign = self._sign
        self._left = bytearray(len(session.published))
        """1 for each sentence that is to be settled."""
        self._settled = bytearray(len(session.published))
        """1 for each that is."""
        for index in range(len(session.published)):
            self._look_at(index)

    # -- looking -----------------------------------------------------------

    @property
    def columns(self) -> list[str]:
        """The annotators in the order in which they are shown; the first is number 1. Newcomers stand last."""
        return self._columns

    def shown(self, annotator: str) -> str:
        """What an annotator is called on screen."""
        return f"annotator {self.columns.index(annotator) + 1}" if self.blind else annotator

    def standing(self, index: int) -> Standing:
        """How a sentence stands."""
        versions = self.versions.of(index)
        settled = self.session.annotation(index)
        if settled is not None and settled.is_settled:
            return "changed" if has_moved(settled, versions) else "settled"
        if not versions:
            return "nobody"
        if len(self.versions.annotators) == 1 or self.versions.differ(index):
            return "open"
        return "agreed" if len(versions) > 1 else "single"

    def next_to_settle(self, index: int, step: int = 1) -> int | None:
        """The nearest sentence after `index` that is to be settled, or before it when `step` is negative."""
        before = self._left.rfind(1, 0, max(0, index))
        nearest = before if step < 0 else self._left.find(1, max(0, index + 1))
        return None if nearest < 0 else nearest

    @property
    def progress(self) -> tuple[int, int]:
        """How many sentences are settled, and how many are or are to be."""
        settled = self._settled.count(1)
        return settled, settled + self._left.count(1)

    @property
    def is_done(self) -> bool:
        return not self._left.count(1)

    def left(self) -> Iterable[Left]:
        """What is to be settled, what nobody decided, and settled marks that lack something, in order."""
        seen: set[str] = set()
        for index in range(len(self._left)):
            standing = self.standing(index)
            if standing == "open":
                yield Left(index, None, "to be settled")
            elif standing == "changed":
                yield Left(index, None, "changed since")
            elif standing == "nobody":
                yield Left(index, None, "nobody decided")
            settled = self.session.annotation(index)
            if settled is None:
                continue
            if not settled.decided and standing not in {"open", "nobody"}:
                yield Left(index, None, "begun, not decided")
            for span in settled.spans:
                if span.category is None:
                    yield Left(index, span.id, "no category")
            for quote in settled.quotes:
                if quote.speaker is None and quote.id not in seen:
                    yield Left(index, quote.id, "no speaker")
                seen.add(quote.id)

    # -- deciding ----------------------------------------------------------
    # Each takes a sentence's index and raises IndexError where there is no such sentence.

    def take(self, index: int, annotator: str) -> Outcome:
        """Settle a sentence as an annotator has it."""
        version = self.versions.of(index).get(annotator)
        if version is None:
            return self._refused(index, f"{self.shown(annotator)} has not decided this sentence")
        review = self._review(index, how="version", whose=annotator)
        return self._settle(
            index,
            "review.take",
            f"took the version of {self.shown(annotator)}",
            lambda annotation: replace(
                _with_content_of(version, annotation), status="accepted", review=review
            ),
        )

    def take_majority(self, index: int) -> Outcome:
        """Settle a sentence by what more than half say; refused where that is nothing."""
        versions = self.versions.of(index)
        if not versions:
            return self._refused(index, "nobody has decided this sentence")
        try:
            agreed = majority(versions)
        except NoMajority as tie:
            return self._refused(index, str(tie))
        tags = self.session.scheme.in_order(agreed.tags)
        return self._settle(
            index,
            "review.majority",
            "took the majority's version",
            lambda annotation: self._by_majority(index, annotation, tags, agreed),
        )

    def reject(self, index: int, reason: str) -> Outcome:
        """Settle that no version of a sentence will do. Refused without a reason."""
        words = " ".join(reason.split())
        if not words:
            return self._refused(index, "not rejected: a rejection needs a reason")
        review = self._review(index, how="none")
        return self._settle(
            index,
            "review.reject",
            "rejected",
            lambda annotation: replace(
                annotation,
                tags=(),
                spans=(),
                quotes=(),
                note="",
                tagged_by_span=False,
                decided=True,
                status="rejected",
                review_note=words,
                review=review,
            ),
        )

    def give_reason(self, index: int, reason: str) -> Outcome:
        """Say why a sentence was settled so; an empty reason takes it back."""
        settled = self.session.annotation(index)
        if settled is None or not settled.is_settled:
            return self._refused(index, "a reason goes with a decision: settle the sentence first")
        words = " ".join(reason.split())
        if settled.status == "rejected" and not words:
            return self._refused(index, "a rejection keeps its reason: write another")
        return self.session.change(
            index,
            "review.reason",
            "wrote the reason",
            lambda annotation: replace(annotation, review_note=words),
        )

    def follow(self, outcome: Outcome) -> None:
        """Take in a step of the session: what is left to settle."""
        if outcome.step is not None:
            for change in outcome.step.changes:
                self._look_at(self.session.article.sentence_at(change.start))

    def update_work(self, annotator: str, work: Work) -> list[int]:
        """An annotator's work as it is now; returns the sentences that are said otherwise, in order."""
        was_alone = len(self._columns) == 1
        is_new = annotator not in self._columns
        if is_new:
            # Behind the others: nobody's number changes under the reviewer's fingers.
            self._columns = [*self._columns, annotator]
        changed = self.versions.update_work(annotator, work)
        # Of one annotator's work everything is to be settled, of two only what differs.
        for index in range(len(self._left)) if is_new and was_alone else changed:
            self._look_at(index)
        return changed

    # -- how it works ------------------------------------------------------

    def _settle(
        self, index: int, action: str, label: str, make: Callable[[Annotation], Annotation]
    ) -> Outcome:
        outcome = self.session.change(
            index, action, label, lambda annotation: replace(make(annotation), reviewer=self._me)
        )
        self.follow(outcome)
        return outcome

    def _review(
        self, index: int, *, how: Literal["version", "majority", "anew", "none"], whose: str | None = None
    ) -> Review:
        seen = {name: annotation.updated_at for name, annotation in self.versions.of(index).items()}
        return Review(how=how, whose=whose, seen=seen, blind=self.blind)

    @property
    def _me(self) -> str:
        return self.session.annotator

    def _begin(self, index: int, at: str) -> Annotation:
        """What the reviewer changes by hand: what all annotators of the sentence say, else nothing."""
        blank = self.session.blank(index, at)
        versions = self.versions.of(index)
        if not versions or differences(versions):
            return blank
        return replace(_with_content_of(next(iter(versions.values())), blank), decided=False)

    def _sign(self, index: int, annotation: Annotation) -> Annotation:
        """What was changed by hand is the reviewer's own, or that of whom it is the same as."""
        before = self.session.annotation(index)
        if not annotation.decided:
            return replace(
                annotation, status="unreviewed", reviewer=None, review_note="", review=msgspec.UNSET
            )
        if annotation.review != (before.review if before is not None else msgspec.UNSET):
            return annotation
        if before is not None and before.is_settled and same_content(before, annotation):
            return annotation
        whose = _whose(annotation, self.versions.of(index))
        return replace(
            annotation,
            status="accepted" if whose is not None else "amended",
            reviewer=self._me,
            review_note="" if annotation.status == "rejected" else annotation.review_note,
            review=self._review(index, how="version" if whose is not None else "anew", whose=whose),
        )

    def _look_at(self, index: int) -> None:
        standing = self.standing(index)
        self._left[index] = standing in TO_SETTLE
        self._settled[index] = standing == "settled"

    def _by_majority(
        self, index: int, annotation: Annotation, tags: tuple[str, ...], agreed: Majority
    ) -> Annotation:
        settled = replace(
            annotation,
            tags=tags,
            spans=agreed.spans,
            quotes=agreed.quotes,
            note="",
            tagged_by_span=False,
            decided=True,
            review_note="",
        )
        whose = _whose(settled, self.versions.of(index))
        return replace(
            settled,
            status="accepted" if whose is not None else "amended",
            review=self._review(index, how="majority", whose=whose),
        )

    def _refused(self, index: int, reason: str) -> Outcome:
        return Outcome(step=None, message=reason, sentence=index, accepted=False)

    def _blind_order_key(self, annotator: str) -> bytes:
        words = f"{self.session.published.id}\n{self._me}\n{annotator}"
        return hashlib.sha256(words.encode()).digest()


def _with_content_of(version: Annotation, annotation: Annotation) -> Annotation:
    """Everything that was said in `version`, and decided; times and the reviewer's flag stay."""
    return replace(
        annotation,
        tags=version.tags,
        spans=version.spans,
        quotes=version.quotes,
        note=version.note,
        tagged_by_span=version.tagged_by_span,
        decided=True,
        review_note="",
    )


def _whose(settled: Annotation, versions: Mapping[str, Annotation]) -> str | None:
    """The first annotator by name who says exactly that."""
    return next((name for name, annotation in versions.items() if same_content(annotation, settled)), None)
