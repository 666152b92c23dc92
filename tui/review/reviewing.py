"""A reviewer at work on one article: each decision becomes the settled version of a sentence.

The decisions are annotations in the reviewer's own session, so every key of the reader works on them and each can be
undone. Like a session, this never moves the cursor.
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

Standing = Literal["open", "changed", "settled", "agreed", "single", "undecided"]
"""The state of a sentence in a review.

- `open`: annotators differ; with a single annotator, every decided sentence is open until it is settled
- `changed`: an annotator has changed their version since it was settled
- `settled`: the reviewer has settled it
- `agreed`: all who decided it agree
- `single`: only one of several annotators has decided it
- `undecided`: no one has decided it
"""

TO_SETTLE: frozenset[Standing] = frozenset({"open", "changed"})


class Left(NamedTuple):
    """One thing left to do."""

    sentence: int
    mark: str | None
    what: str
    """A word or two."""


class Reviewing:
    """The versions of every sentence, and the reviewer's decisions on them."""

    def __init__(self, session: Session, by_annotator: Mapping[str, Work], *, blind: bool = False) -> None:
        """`session` has the reviewer's own decisions, `by_annotator` the annotators' work by name."""
        self.session = session
        self.versions = Versions(session.published, by_annotator)
        self.blind = blind
        """True if names are hidden, and the order of the columns does not reveal them."""
        names = self.versions.annotators
        self._columns = sorted(names, key=self._blind_order_key) if blind else names
        session.begin = self._begin
        session.sign = self._sign
        self._left = bytearray(len(session.published))
        """1 for each sentence to be settled."""
        self._settled = bytearray(len(session.published))
        """1 for each settled sentence."""
        for index in range(len(session.published)):
            self._look_at(index)

    # -- looking -----------------------------------------------------------

    @property
    def columns(self) -> list[str]:
        """The annotators in the order of their columns; the first is number 1, new ones come last."""
        return self._columns

    def shown(self, annotator: str) -> str:
        """An annotator's name on the screen."""
        return f"annotator {self.columns.index(annotator) + 1}" if self.blind else annotator

    def standing(self, index: int) -> Standing:
        """The state of a sentence."""
        versions = self.versions.of(index)
        settled = self.session.annotation(index)
        if settled is not None and settled.is_settled:
            return "changed" if has_moved(settled, versions) else "settled"
        if not versions:
            return "undecided"
        if len(self.versions.annotators) == 1 or self.versions.differ(index):
            return "open"
        return "agreed" if len(versions) > 1 else "single"

    def next_to_settle(self, index: int, step: int = 1) -> int | None:
        """The nearest sentence to be settled after `index`, or before it if `step` is negative."""
        before = self._left.rfind(1, 0, max(0, index))
        nearest = before if step < 0 else self._left.find(1, max(0, index + 1))
        return None if nearest < 0 else nearest

    @property
    def progress(self) -> tuple[int, int]:
        """The number of settled sentences, and of those that are settled or to be settled."""
        settled = self._settled.count(1)
        return settled, settled + self._left.count(1)

    @property
    def is_done(self) -> bool:
        return not self._left.count(1)

    def left(self) -> Iterable[Left]:
        """Sentences to be settled or undecided, and settled marks that lack something, in order."""
        seen: set[str] = set()
        for index in range(len(self._left)):
            standing = self.standing(index)
            if standing == "open":
                yield Left(index, None, "to be settled")
            elif standing == "changed":
                yield Left(index, None, "changed since")
            elif standing == "undecided":
                yield Left(index, None, "undecided")
            settled = self.session.annotation(index)
            if settled is None:
                continue
            if not settled.decided and standing not in {"open", "undecided"}:
                yield Left(index, None, "begun, not decided")
            for span in settled.spans:
                if span.category is None:
                    yield Left(index, span.id, "no category")
            for quote in settled.quotes:
                if quote.speaker is None and quote.id not in seen:
                    yield Left(index, quote.id, "no speaker")
                seen.add(quote.id)

    # -- deciding ----------------------------------------------------------
    # Each takes a sentence's index and raises IndexError if there is no such sentence.

    def take(self, index: int, annotator: str) -> Outcome:
        """Settle a sentence with an annotator's version."""
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
        """Settle a sentence with what more than half of the annotators say. Refused without such a majority."""
        versions = self.versions.of(index)
        if not versions:
            return self._refused(index, "no one has decided this sentence")
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
        """Reject all versions of a sentence. Refused without a reason."""
        words = " ".join(reason.split())
        if not words:
            return self._refused(index, "not rejected: write a reason")
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
        """Write the reason for a decision; an empty one removes it."""
        settled = self.session.annotation(index)
        if settled is None or not settled.is_settled:
            return self._refused(index, "no decision to give a reason for: settle the sentence first")
        words = " ".join(reason.split())
        if settled.status == "rejected" and not words:
            return self._refused(index, "a rejection needs a reason: write another one")
        return self.session.change(
            index,
            "review.reason",
            "wrote the reason",
            lambda annotation: replace(annotation, review_note=words),
        )

    def follow(self, outcome: Outcome) -> None:
        """Update what is left to settle after a step of the session."""
        if outcome.step is not None:
            for change in outcome.step.changes:
                self._look_at(self.session.article.sentence_at(change.start))

    def update_work(self, annotator: str, work: Work) -> list[int]:
        """Replace an annotator's work; returns the indexes of the sentences that changed, in order."""
        was_alone = len(self._columns) == 1
        is_new = annotator not in self._columns
        if is_new:
            # After the others, so that no annotator's number changes during the review.
            self._columns = [*self._columns, annotator]
        changed = self.versions.update_work(annotator, work)
        # With a single annotator every sentence is to be settled, with two only those that differ.
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
        """Where a reviewer's own changes start: the version that all annotators agree on, or an empty one."""
        blank = self.session.blank(index, at)
        versions = self.versions.of(index)
        if not versions or differences(versions):
            return blank
        return replace(_with_content_of(next(iter(versions.values())), blank), decided=False)

    def _sign(self, index: int, annotation: Annotation) -> Annotation:
        """The reviewer's own change, attributed to the annotator with the same version if there is one."""
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
    """The content of `version`, decided; times and the reviewer's flag stay."""
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
    """The first annotator, by name, with exactly this version."""
    return next((name for name, annotation in versions.items() if same_content(annotation, settled)), None)
