"""One annotator at work on one article: what is said about each sentence, and the commands that change it.

Commands answer with the step that is to be saved. They never move the cursor: where to go next
is the screen's, or a script's, to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec
from msgspec.structs import replace

from tui.model.annotation import Annotation, Change, Step, Work
from tui.model.article import Article
from tui.model.clock import now
from tui.model.scheme import Scheme
from tui.session.deciding import (
    Refused,
    cleared,
    with_none,
    with_note,
    with_tag,
    with_unsure_turned,
    without_tag,
)
from tui.session.undo import History
from tui.store.protocol import StoreError


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a command did."""

    step: Step | None
    """To be saved; None when nothing changed."""
    message: str
    """What the bar may say: what was done, or why nothing was."""
    sentence: int
    """Index of the sentence that it happened to."""
    accepted: bool = True
    """False when the command does not apply here."""


class Session:
    """The annotations of one annotator on one article, in memory."""

    def __init__(
        self,
        article: Article,
        scheme: Scheme,
        work: Work,
        annotator: str,
        clock: Callable[[], str] = now,
        earlier: Iterable[Step] = (),
    ) -> None:
        """`earlier` are the stored steps that led to `work`, newest first: undo goes back through them."""
        self.article = article
        self.scheme = scheme
        self.annotator = annotator
        self.cursor = article.sentence_at(work.cursor)
        """Index of the current sentence."""
        self._clock = clock
        self._history = History(earlier)
        self._said: dict[int, Annotation] = {}
        """By sentence index."""
        self._decided = bytearray(len(article))
        """1 for each decided sentence: the next undecided one is a byte search away."""
        self.decided_count = 0
        orphans: list[Annotation] = []
        for start in sorted(work.annotations):
            said = work.annotations[start]
            index = article.sentence_at(start)
            if index < len(article) and (article.starts[index], article.ends[index]) == (
                said.start,
                said.end,
            ):
                self._set(index, said)
            else:
                orphans.append(said)
        self.orphans = tuple(orphans)
        """Annotations of sentences that the article does not have: they stay stored, untouched."""
        self._orphan_starts = frozenset(said.start for said in orphans)

    # -- looking -----------------------------------------------------------

    def annotation(self, index: int) -> Annotation | None:
        """What is said about a sentence; None when nothing is."""
        return self._said.get(index)

    def is_decided(self, index: int) -> bool:
        return bool(self._decided[index])

    def next_undecided(self, index: int, step: int = 1) -> int | None:
        """The nearest undecided sentence after `index`, or before it when `step` is negative."""
        if step < 0:
            found = self._decided.rfind(0, 0, max(0, index))
        else:
            found = self._decided.find(0, max(0, index + 1))
        return None if found < 0 else found

    # -- commands ----------------------------------------------------------
    # Each takes a sentence's index and raises IndexError where there is no such sentence.

    def tag(self, index: int, tag_id: str) -> Outcome:
        """Add a tag and decide. Raises KeyError for a tag that the scheme lacks."""
        name = self.scheme.tag(tag_id).name
        return self.change(
            index, f"tag.{tag_id}", f"tagged {name}", lambda said: with_tag(said, tag_id, self.scheme)
        )

    def toggle(self, index: int, tag_id: str) -> Outcome:
        """Add a tag and decide, or take it away. Raises KeyError for a tag that the scheme lacks."""
        name = self.scheme.tag(tag_id).name
        said = self._said.get(index)
        action = f"toggle.{tag_id}"
        if said is not None and tag_id in said.tags:
            return self.change(
                index, action, f"untagged {name}", lambda said: without_tag(said, tag_id, self.scheme)
            )
        return self.change(index, action, f"tagged {name}", lambda said: with_tag(said, tag_id, self.scheme))

    def none(self, index: int) -> Outcome:
        """Decide that no tag applies."""
        return self.change(index, "tag.none", "tagged none", lambda said: with_none(said, self.scheme))

    def clear(self, index: int) -> Outcome:
        """Take tags and decision away; nothing else."""
        return self.change(index, "tags.clear", "cleared tags", cleared)

    def unsure(self, index: int) -> Outcome:
        """Set or take back the flag."""
        said = self._said.get(index)
        label = "marked sure" if said is not None and said.unsure else "marked unsure"
        return self.change(index, "unsure", label, with_unsure_turned)

    def set_note(self, index: int, text: str) -> Outcome:
        """Write the sentence's note; an empty one removes it."""
        label = "wrote the note" if text.strip() else "removed the note"
        return self.change(index, "note", label, lambda said: with_note(said, text))

    def undo(self) -> Outcome:
        """Take back the last step, of this session or of one before."""
        return self._replay(self._history.undo, "nothing to undo")

    def redo(self) -> Outcome:
        """Do again what was undone last."""
        return self._replay(self._history.redo, "nothing to redo")

    # -- how they work -----------------------------------------------------

    def change(
        self, index: int, action: str, label: str, make: Callable[[Annotation], Annotation]
    ) -> Outcome:
        """Make something else of what is said about a sentence; `make` may raise Refused."""
        return self.change_all({index: make}, action, label)

    def change_all(
        self, makers: Mapping[int, Callable[[Annotation], Annotation]], action: str, label: str
    ) -> Outcome:
        """The same for several sentences, as one step that is undone at once; all of them or none.

        The first is where it happens. Raises IndexError where there is no such sentence.
        """
        at = self._clock()
        first = next(iter(makers))
        changed: dict[int, Change] = {}
        for index, make in makers.items():
            if not 0 <= index < len(self.article):
                raise IndexError(f"there is no sentence {index}")
            if self.article.starts[index] in self._orphan_starts:
                reason = (
                    "an annotation from before the sentences were cut anew starts here: it is kept as it is"
                )
                return Outcome(step=None, message=reason, sentence=index, accepted=False)
            before = self._said.get(index)
            said = before or self._blank(index, at)
            try:
                after = make(said)
            except Refused as refusal:
                return Outcome(step=None, message=str(refusal), sentence=index, accepted=False)
            if after != said:
                kept = None if after.is_empty else replace(after, updated_at=at)
                changed[index] = Change(before=before, after=kept)
        if not changed:
            return Outcome(step=None, message=f"{label} already", sentence=first)
        step = Step(
            action=action,
            label=label,
            at=at,
            changes=tuple(changed.values()),
            cursor=self.article.starts[first],
        )
        for index, change in changed.items():
            self._set(index, change.after)
        self._history.add(step)
        return Outcome(step=step, message=label, sentence=first)

    def _replay(self, take: Callable[[str], Step | None], otherwise: str) -> Outcome:
        try:
            step = take(self._clock())
        except StoreError as error:
            return self._not_replayed(str(error))
        if step is None:
            return self._not_replayed(otherwise)
        if any(self._stored(change.start) != change.before for change in step.changes):
            return self._not_replayed(f"not {step.label}: that was changed in another way since")
        for change in step.changes:
            self._set(self.article.sentence_at(change.start), change.after)
        return Outcome(step=step, message=step.label, sentence=self.article.sentence_at(step.cursor))

    def _not_replayed(self, reason: str) -> Outcome:
        return Outcome(step=None, message=reason, sentence=self.cursor, accepted=False)

    def _stored(self, start: int) -> Annotation | None:
        said = self._said.get(self.article.sentence_at(start))
        return said if said is not None and said.start == start else None

    def _blank(self, index: int, at: str) -> Annotation:
        article = self.article
        return Annotation(
            segmentation=article.segmentation,
            start=article.starts[index],
            end=article.ends[index],
            text=article.sentence_text(index),
            created_at=at,
            updated_at=at,
        )

    def _set(self, index: int, said: Annotation | None) -> None:
        if said is None:
            self._said.pop(index, None)
        else:
            self._said[index] = said
        decided = said is not None and said.decided
        self.decided_count += decided - self._decided[index]
        self._decided[index] = decided
