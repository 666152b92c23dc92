"""One annotator at work on one article: the annotation of each sentence, and the commands that change it.

Commands return the step to save. They never move the cursor: the screen or the script decides where to go next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from tui.model.annotation import (
    Annotation,
    Change,
    EntityChange,
    RepairChange,
    SentenceRepair,
    Step,
    Work,
)
from tui.model.article import Article, Entity
from tui.model.clock import now
from tui.model.corrections import CorrectedEntities, Corrections
from tui.model.hint import Hint
from tui.model.repaired import repaired
from tui.model.scheme import Scheme
from tui.session.activity import Activity
from tui.session.open_hints import OpenHints
from tui.session.tags import (
    Refused,
    cleared,
    with_none,
    with_note,
    with_tag,
    with_unsure_turned,
    without_tag,
)
from tui.session.undo import History, with_place
from tui.store.protocol import StoreError
from tui.store.work_files import Kind

KEPT_ASIDE = (
    "an annotation of an earlier segmentation starts here: it is kept, and this sentence cannot be changed"
)


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a command did."""

    step: Step | None
    """The step to save; None if nothing changed."""
    message: str
    """One line for the screen: what was done, or why nothing was."""
    sentence: int
    """Index of the sentence where it happened."""
    accepted: bool = True
    """False if the command does not apply here."""


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
        """`earlier` are the stored steps that led to `work`, newest first; undo goes back through them."""
        self.published = article
        """The article as it is in the library."""
        self.article = article
        """The article with this annotator's splits and merges; a new object after each of them."""
        self.scheme = scheme
        self.annotator = annotator
        self.clock = clock
        self.history = History(earlier)
        self._annotations = dict(work.annotations)
        """By the sentence's start offset; includes orphans."""
        self._corrections = Corrections(work.entities)
        self._repairs = dict(work.repairs)
        self.asked = OpenHints(article, self._annotations.values())
        """The article's hints, as this annotator sees them."""
        self._arrange()
        self.cursor = self.article.sentence_at(work.cursor)
        """Index of the current sentence."""
        self.activity = Activity()
        """Measures the time spent on each sentence."""
        self.kind: Kind = "work"
        """`work` for annotations, `review` for a reviewer's decisions."""
        self.begin: Callable[[int, str], Annotation] = self.blank
        """Makes the annotation that a command changes if the sentence has none yet."""
        self.sign: Callable[[int, Annotation], Annotation] = lambda _, draft: draft
        """Completes an annotation that a command has changed."""

    # -- looking -----------------------------------------------------------

    def annotation(self, index: int) -> Annotation | None:
        """The annotation of a sentence; None if it has none or does not exist."""
        article = self.article
        if not 0 <= index < len(article):
            return None
        stored = self._annotations.get(article.starts[index])
        return stored if stored is not None and stored.end == article.ends[index] else None

    def entities(self, index: int) -> Sequence[Entity]:
        """The entities of a sentence, as this annotator corrected them."""
        return self._entities.of_sentence(index)

    def found_entities(self, index: int) -> Sequence[Entity]:
        """The entities found in a sentence, without this annotator's corrections."""
        return self._entities.detected(index)

    def open_hints(self, index: int) -> Sequence[Hint]:
        """The unanswered hints of a sentence that are shown."""
        return self.asked.open(self.article, index, self.annotation(index))

    @property
    def corrections(self) -> Corrections:
        """The corrections of entities; changed by steps only."""
        return self._corrections

    @property
    def repairs(self) -> Mapping[int, SentenceRepair]:
        """The repairs of sentences, by their start."""
        return self._repairs

    @property
    def work(self) -> Work:
        """All of this annotator's work on the article, saved or not."""
        return Work(
            annotations=dict(self._annotations),
            cursor=self.article.starts[self.cursor] if len(self.article) else 0,
            entities=dict(self._corrections.by_start),
            repairs=dict(self._repairs),
        )

    def stored_at(self, start: int) -> Annotation | None:
        """The annotation that starts at this offset, also if no sentence does."""
        return self._annotations.get(start)

    def has_conflicting_annotation(self, index: int) -> bool:
        """True if an annotation with other bounds starts where the sentence does; it must not be overwritten."""
        stored = self.stored_at(self.article.starts[index])
        return stored is not None and stored.end != self.article.ends[index]

    def is_decided(self, index: int) -> bool:
        return bool(self._decided[index])

    @property
    def is_all_decided(self) -> bool:
        return self.decided_count == len(self.article)

    def next_undecided(self, index: int, step: int = 1) -> int | None:
        """The nearest undecided sentence after `index`, or before it if `step` is negative."""
        if step < 0:
            nearest = self._decided.rfind(0, 0, max(0, index))
        else:
            nearest = self._decided.find(0, max(0, index + 1))
        return None if nearest < 0 else nearest

    def entities_found(self, article: Article) -> None:
        """Take over the entities that were found while the article was open."""
        for form in (self.published, self.article):
            form.entity_blocks = article.entity_blocks
            form.entity_counts = article.entity_counts
            form.prepared_by = article.prepared_by
            form.warnings = article.warnings
        self._entities = CorrectedEntities(self.article, self._corrections)

    def hints_found(self, article: Article) -> None:
        """Take over the hints and quotations that were found while the article was open."""
        for form in (self.published, self.article):
            form.hint_blocks = article.hint_blocks
            form.quotation_blocks = article.quotation_blocks
            form.prepared_by = article.prepared_by
        self.asked.take(article)

    # -- commands ----------------------------------------------------------
    # Each takes a sentence's index and raises IndexError if there is no such sentence.

    def tag(self, index: int, tag_id: str) -> Outcome:
        """Add a tag and decide. Raises KeyError for a tag that the scheme lacks."""
        name = self.scheme.tag(tag_id).name
        return self.change(
            index, f"tag.{tag_id}", f"tagged {name}", lambda before: with_tag(before, tag_id, self.scheme)
        )

    def toggle(self, index: int, tag_id: str) -> Outcome:
        """Add a tag and decide, or remove the tag. Raises KeyError for a tag that the scheme lacks."""
        name = self.scheme.tag(tag_id).name
        annotation = self.annotation(index)
        action = f"toggle.{tag_id}"
        if annotation is not None and tag_id in annotation.tags:
            return self.change(
                index, action, f"untagged {name}", lambda before: without_tag(before, tag_id, self.scheme)
            )
        return self.change(
            index, action, f"tagged {name}", lambda before: with_tag(before, tag_id, self.scheme)
        )

    def none(self, index: int) -> Outcome:
        """Decide that no tag applies."""
        return self.change(index, "tag.none", "tagged none", lambda before: with_none(before, self.scheme))

    def clear(self, index: int) -> Outcome:
        """Remove tags and decision, and nothing else."""
        return self.change(index, "tags.clear", "cleared tags", cleared)

    def unsure(self, index: int) -> Outcome:
        """Set or remove the flag."""
        annotation = self.annotation(index)
        label = "marked sure" if annotation is not None and annotation.unsure else "marked unsure"
        return self.change(index, "unsure", label, with_unsure_turned)

    def set_note(self, index: int, text: str) -> Outcome:
        """Write the sentence's note; an empty one removes it."""
        label = "wrote the note" if text.strip() else "removed the note"
        return self.change(index, "note", label, lambda before: with_note(before, text))

    def undo(self) -> Outcome:
        """Undo the last step, of this session or of an earlier one."""
        return self._replay(self.history.undo, "nothing to undo")

    def redo(self) -> Outcome:
        """Redo the step that was undone last."""
        return self._replay(self.history.redo, "nothing to redo")

    # -- how they work -----------------------------------------------------

    def change(
        self, index: int, action: str, label: str, make: Callable[[Annotation], Annotation]
    ) -> Outcome:
        """Change the annotation of a sentence with `make`, which may raise Refused."""
        return self.change_all({index: make}, action, label)

    def change_all(
        self, makers: Mapping[int, Callable[[Annotation], Annotation]], action: str, label: str
    ) -> Outcome:
        """Change the annotations of several sentences in one step: all of them, or none.

        The step belongs to the first sentence. Raises IndexError if there is no such sentence.
        """
        at = self.clock()
        first = next(iter(makers))
        changed: dict[int, Change] = {}
        for index, make in makers.items():
            if not 0 <= index < len(self.article):
                raise IndexError(f"there is no sentence {index}")
            if self.has_conflicting_annotation(index):
                return Outcome(step=None, message=KEPT_ASIDE, sentence=index, accepted=False)
            before = self.annotation(index)
            annotation = before or self.begin(index, at)
            try:
                after = make(annotation)
            except Refused as refusal:
                return Outcome(step=None, message=str(refusal), sentence=index, accepted=False)
            if after != annotation:
                changed[index] = Change(before=before, after=self._kept(self.sign(index, after), at))
        if not changed:
            return Outcome(step=None, message=f"already {label}", sentence=first)
        return self.commit(first, action, label, at, changes=changed.values())

    def commit(
        self,
        index: int,
        action: str,
        label: str,
        at: str,
        *,
        changes: Iterable[Change] = (),
        entities: Iterable[EntityChange] = (),
        sentences: Iterable[RepairChange] = (),
    ) -> Outcome:
        """Make one step of changes to the current annotations; it belongs to the sentence at `index`."""
        step = Step(
            action=action,
            label=label,
            at=at,
            changes=tuple(changes),
            cursor=self.article.starts[index],
            entities=tuple(entities),
            sentences=tuple(sentences),
        )
        self._apply(step)
        self.history.add(step)
        return Outcome(step=step, message=label, sentence=self.article.sentence_at(step.cursor))

    def blank(self, index: int, at: str) -> Annotation:
        """An empty annotation of a sentence."""
        article = self.article
        return Annotation(
            segmentation=article.segmentation,
            start=article.starts[index],
            end=article.ends[index],
            text=article.sentence_text(index),
            created_at=at,
            updated_at=at,
        )

    def _kept(self, after: Annotation, at: str) -> Annotation | None:
        if after.is_empty:
            return None
        return replace(after, updated_at=at, active_ms=after.active_ms + self.activity.pending(after.start))

    def _replay(self, replay: Callable[[str], Step | None], otherwise: str) -> Outcome:
        try:
            step = replay(self.clock())
        except StoreError as error:
            return self._not_replayed(str(error))
        if step is None:
            return self._not_replayed(otherwise)
        if not self._fits(step):
            return self._not_replayed(f"not {step.label}, because the sentence has changed since")
        self._apply(step)
        sentence = self.article.sentence_at(step.cursor)
        return Outcome(step=step, message=with_place(step, sentence), sentence=sentence)

    def _not_replayed(self, reason: str) -> Outcome:
        return Outcome(step=None, message=reason, sentence=self.cursor, accepted=False)

    def _fits(self, step: Step) -> bool:
        """True if everything is as it was before the step."""
        return (
            all(self._annotations.get(change.start) == change.before for change in step.changes)
            and all(self._corrections.get(change.start) == change.before for change in step.entities)
            and all(self._repairs.get(change.start) == change.before for change in step.sentences)
        )

    def _apply(self, step: Step) -> None:
        for entity in step.entities:
            if entity.after is None:
                self._corrections.remove(entity.start)
            else:
                self._corrections.put(entity.after)
        for repair in step.sentences:
            _put(self._repairs, repair.start, repair.after)
        for change in step.changes:
            _put(self._annotations, change.start, change.after)
            self.asked.count(change.before, change.after)
        self.activity.reconcile(step.changes)
        if step.sentences or not all(self._is_of_sentence(change) for change in step.changes):
            current = self.article.starts[self.cursor] if len(self.article) else 0
            self._arrange()
            self.cursor = self.article.sentence_at(current)
            return
        for change in step.changes:
            index = self.article.sentence_at(change.start)
            decided = change.after is not None and change.after.decided
            self.decided_count += decided - self._decided[index]
            self._decided[index] = decided

    def _arrange(self) -> None:
        """Apply the splits and merges, and find the sentence of each annotation."""
        self.article = repaired(self.published, self._repairs.values())
        self._entities = CorrectedEntities(self.article, self._corrections)
        self._decided = bytearray(len(self.article))
        """1 for each decided sentence: the next undecided one is a byte search away."""
        orphans: list[Annotation] = []
        for start in sorted(self._annotations):
            annotation = self._annotations[start]
            index = self._sentence_of(annotation)
            if index is None:
                orphans.append(annotation)
            else:
                self._decided[index] = annotation.decided
        self.decided_count = self._decided.count(1)
        self.orphans = tuple(orphans)
        """Annotations whose sentence does not exist; they stay stored, untouched."""

    def _sentence_of(self, stored: Annotation) -> int | None:
        article = self.article
        index = article.sentence_at(stored.start)
        if index < len(article) and (article.starts[index], article.ends[index]) == (
            stored.start,
            stored.end,
        ):
            return index
        return None

    def _is_of_sentence(self, change: Change) -> bool:
        """True if a change is about an existing sentence."""
        return all(
            state is None or self._sentence_of(state) is not None for state in (change.before, change.after)
        )


_Stored = TypeVar("_Stored")


def _put(by_start: dict[int, _Stored], start: int, item: _Stored | None) -> None:
    if item is None:
        by_start.pop(start, None)
    else:
        by_start[start] = item
