"""The commands that split a sentence and merge two. The text never changes, and undo restores everything.

Each replaces `session.article`: indexes of sentences from before are no longer valid.
"""

from __future__ import annotations

from bisect import bisect_left
from contextlib import closing

from msgspec.structs import replace

from tui.model.annotation import Annotation, Change, RepairChange, SentenceRepair
from tui.session.boundaries import halves, merge_annotations
from tui.session.session import KEPT_ASIDE, Outcome, Session
from tui.session.tags import Refused
from tui.store.protocol import StoreError
from tui.text.words import Target, targets

SPLIT, MERGE = "sentence.split", "sentence.merge"
"""The actions of their steps."""


def places_to_split(session: Session, index: int) -> list[Target]:
    """The words of a sentence before which it can be split: all but the first."""
    article = session.article
    return targets(article.text, article.starts[index], article.ends[index], article.language)[1:]


def split(session: Session, index: int, offset: int) -> Outcome:
    """Begin a new sentence at the word that starts at `offset`.

    Refused inside a mark or a corrected entity, and if no word or only the first one starts there. Raises
    IndexError if there is no such sentence.
    """
    article = session.article
    _check_there(session, index)
    if offset not in {start for start, _ in places_to_split(session, index)}:
        return _refused(index, "choose a word after the first one: the new sentence begins there")
    start, first_end = article.starts[index], _end_before(session, index, offset)
    for entity in session.corrections.overlapping(first_end, offset + 1):
        if entity.label is not None and entity.start < offset and entity.end > first_end:
            return _refused(index, "a name that you corrected crosses that place: move or delete it first")
    at = session.clock()
    annotation = session.annotation(index)
    changes: list[Change] = []
    if annotation is not None:
        first = _blank(session, start, first_end, at)
        second = _blank(session, offset, article.ends[index], at)
        try:
            first, second = halves(annotation, first, second, session.scheme)
        except Refused as refusal:
            return _refused(index, str(refusal))
        changes.append(Change(before=annotation, after=_kept(first)))
        if not second.is_empty:
            if session.stored_at(offset) is not None:
                return _refused(index, KEPT_ASIDE)
            changes.append(Change(before=None, after=second))
    gap = SentenceRepair(start=offset, end=first_end, kind="split", updated_at=at)
    return session.commit(
        index, SPLIT, "split the sentence", at, changes=changes, sentences=[_repair(session, gap)]
    )


def merge(session: Session, index: int) -> Outcome:
    """Make one sentence of this one and the next one of the same paragraph.

    Raises IndexError if there is no such sentence.
    """
    article = session.article
    _check_there(session, index)
    following = index + 1
    if following == len(article):
        return _refused(index, "this is the last sentence: there is no next one to merge with")
    if article.paragraph_of(index) != article.paragraph_of(following):
        return _refused(
            index, "the next sentence is in another paragraph: only sentences of one can be merged"
        )
    at = session.clock()
    start, end = article.starts[index], article.ends[following]
    first, second = session.annotation(index), session.annotation(following)
    changes: list[Change] = []
    if first is not None or second is not None:
        if session.has_conflicting_annotation(index):
            return _refused(index, KEPT_ASIDE)
        parts = [first or session.blank(index, at), second or session.blank(following, at)]
        merged = merge_annotations(parts, _blank(session, start, end, at), session.scheme)
        if parts[0].decided and not parts[1].decided:
            merged = replace(merged, decided=_was_decided_as_one(session, following))
        whole = _kept(merged)
        if first is not None or whole is not None:
            changes.append(Change(before=first, after=whole))
        if second is not None:
            changes.append(Change(before=second, after=None))
    gap = SentenceRepair(
        start=article.starts[following], end=article.ends[index], kind="merge", updated_at=at
    )
    return session.commit(
        index, MERGE, "merged two sentences", at, changes=changes, sentences=[_repair(session, gap)]
    )


def _was_decided_as_one(session: Session, index: int) -> bool:
    """True if the whole sentence was split off a decided one and lost no decision of its own since.

    Steps of earlier sessions are read only if the boundary is a split of this annotator's.
    """
    start, end = session.article.starts[index], session.article.ends[index]
    gap = session.repairs.get(start)
    try:
        with closing(session.history.done(earlier=gap is not None and gap.kind == "split")) as steps:
            for step in steps:
                for before, after in ((change.before, change.after) for change in step.changes):
                    if before is None:
                        continue
                    if before.start < start < before.end and (after is None or after.end <= start):
                        if before.decided or before.end < end:
                            return before.end >= end
                        # It was the second half of an earlier split itself.
                        start = before.start
                        break
                    if before.start == start and before.decided and (after is None or not after.decided):
                        return False
    except StoreError:
        # The decision only has to be made again.
        return False
    return False


def _repair(session: Session, gap: SentenceRepair) -> RepairChange:
    """The repair to store for a boundary that was added or removed; none if the article already has it so."""
    as_published = _sentence_starting(session, gap.start) is not None
    differs = as_published == (gap.kind == "merge")
    return RepairChange(before=session.repairs.get(gap.start), after=gap if differs else None)


def _end_before(session: Session, index: int, offset: int) -> int:
    """Where the first half ends: as in the article if it has a sentence that starts at `offset`."""
    published = _sentence_starting(session, offset)
    if published:
        return session.published.ends[published - 1]
    start = session.article.starts[index]
    return start + len(session.article.text[start:offset].rstrip())


def _sentence_starting(session: Session, offset: int) -> int | None:
    """The index of the published sentence that starts there, if one does."""
    starts = session.published.starts
    index = bisect_left(starts, offset)
    return index if index < len(starts) and starts[index] == offset else None


def _blank(session: Session, start: int, end: int, at: str) -> Annotation:
    return Annotation(
        segmentation=session.article.segmentation,
        start=start,
        end=end,
        text=session.article.text[start:end],
        created_at=at,
        updated_at=at,
    )


def _kept(annotation: Annotation) -> Annotation | None:
    return None if annotation.is_empty else annotation


def _check_there(session: Session, index: int) -> None:
    if not 0 <= index < len(session.article):
        raise IndexError(f"there is no sentence {index}")


def _refused(index: int, reason: str) -> Outcome:
    return Outcome(step=None, message=reason, sentence=index, accepted=False)
