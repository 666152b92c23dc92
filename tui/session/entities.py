"""The commands on entities: add one, delete one, change its label or bounds, here or wherever the words occur.

A correction replaces the found entities that it overlaps; they stay hidden if the annotator changes the bounds again.
Bounds are code points, end-exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui.model.annotation import EntityChange, EntityCorrection
from tui.model.article import Entity, kind_name
from tui.model.corrections import Corrections, overlapping
from tui.session.session import Outcome, Session
from tui.text.aliases import LABELS
from tui.text.mentions import plain
from tui.text.plurals import counted
from tui.text.words import targets

EDIT, DELETE = "entity.edit", "entity.delete"
"""The actions of their steps."""

_AROUND = 30
"""Characters on each side that a preview shows."""

Bounds = tuple[int, int]


class Occurrence(NamedTuple):
    """One place where the same words occur."""

    sentence: int
    """Index of the sentence."""
    start: int
    end: int
    label: str | None
    """The label that these words have now; None if they are not an entity."""
    before: str
    """The words before them in the sentence, at most 30 characters."""
    words: str
    after: str


def occurrences(session: Session, start: int, end: int) -> list[Occurrence]:
    """Every place in the article with the words of `[start, end)` as whole words, in order.

    All forms of apostrophes count as equal, and so do all spaces. Places where the words are part of a longer
    entity are left out, except for the given one.
    """
    article = session.article
    words = plain(article.text[start:end])
    if not words.strip():
        return []
    text = plain(article.text)
    matches: list[Occurrence] = []
    sentence, starts, ends = -1, set[int](), set[int]()
    offset = text.find(words)
    while offset >= 0:
        stop = offset + len(words)
        here = article.sentence_at(offset)
        if here != sentence:
            pointed = targets(article.text, article.starts[here], article.ends[here], article.language)
            sentence, starts, ends = here, {first for first, _ in pointed}, {last for _, last in pointed}
        is_free = stop <= start or end <= offset
        is_whole = offset in starts and stop in ends and not _is_part(session, here, offset, stop)
        if offset == start or (is_free and is_whole):
            matches.append(_occurrence(session, here, offset, stop))
            offset = text.find(words, stop)
        else:
            offset = text.find(words, offset + 1)
    return matches


def set_entity(session: Session, start: int, end: int, label: str, *, everywhere: bool = False) -> Outcome:
    """Make the words one entity with that label; with `everywhere`, at each of their `occurrences`.

    Raises ValueError for an unknown label or bounds without a word.
    """
    _check_label(label)
    refusal = _refusal(session, start, end)
    if refusal is not None:
        return refusal
    spans = _spans(session, start, end) if everywhere else [(start, end)]
    new = [span for span in spans if _label_at(session, *span) != label]
    return _commit(
        session,
        start,
        EDIT,
        f"{_quoted(session, start, end)} as {kind_name(label)}{_count_of_places(spans)}",
        [(span, span, label) for span in new],
    )


def set_entity_bounds(
    session: Session, entity: Entity, start: int, end: int, *, everywhere: bool = False
) -> Outcome:
    """Change an entity's bounds and keep its label; with `everywhere`, at each of the `occurrences` of the words
    that it had or gets.
    """
    refusal = _refusal(session, start, end)
    if refusal is not None:
        return refusal
    first, last = min(start, entity.start), max(end, entity.end)
    spans = _spans(session, first, last) if everywhere else [(first, last)]
    moves: list[tuple[Bounds, Bounds, str | None]] = []
    for span, _ in spans:
        shift = span - first
        old, new = (entity.start + shift, entity.end + shift), (start + shift, end + shift)
        if _label_at(session, *new) != entity.label:
            moves.append((old, new, entity.label))
    label = f"{_quoted(session, start, end)} as {kind_name(entity.label)}{_count_of_places(spans)}"
    return _commit(session, start, EDIT, label, moves)


def delete_entity(session: Session, entity: Entity, *, everywhere: bool = False) -> Outcome:
    """Make these words no entity; with `everywhere`, at each of their `occurrences`."""
    start, end = entity.start, entity.end
    spans = _spans(session, start, end) if everywhere else [(start, end)]
    there = [span for span in spans if _label_at(session, *span) is not None]
    label = f"deleted {kind_name(entity.label)} {_quoted(session, start, end)}{_count_of_places(there)}"
    return _commit(session, start, DELETE, label, [(span, span, None) for span in there])


# -- how they work ---------------------------------------------------------


def _commit(
    session: Session,
    start: int,
    action: str,
    label: str,
    moves: Iterable[tuple[Bounds, Bounds, str | None]],
) -> Outcome:
    """One step of `moves`: the old bounds, the new bounds, and the label there, None for no entity."""
    at = session.clock()
    index = session.article.sentence_at(start)
    corrected = Corrections(session.corrections.by_start)
    for old, new, name in moves:
        _move(session, corrected, old, new, name, at)
    changes = list(_differences(session.corrections, corrected))
    if not changes:
        return Outcome(step=None, message=f"already {label}", sentence=index)
    return session.commit(index, action, label, at, entities=changes)


def _move(
    session: Session, corrections: Corrections, old: Bounds, new: Bounds, label: str | None, at: str
) -> None:
    """Make `new` an entity with that label, or none if the label is None, and `old` no entity."""
    given_up = {
        correction.start: correction for span in (old, new) for correction in corrections.overlapping(*span)
    }
    for start in given_up:
        corrections.remove(start)
    cleared = [old, new, *((correction.start, correction.end) for correction in given_up.values())]
    if label is not None:
        corrections.put(_correction(session, *new, label, at))
    for entity in _found_entities(session, cleared):
        # Otherwise the found entity would reappear where a correction is removed.
        if not corrections.overlapping(entity.start, entity.end):
            corrections.put(_correction(session, entity.start, entity.end, None, at))


def _differences(before: Corrections, after: Corrections) -> Iterator[EntityChange]:
    """The corrections that differ; a new time alone is no difference."""
    for start in sorted(before.by_start.keys() | after.by_start.keys()):
        old, new = before.get(start), after.get(start)
        if old is None or new is None or (old.end, old.label) != (new.end, new.label):
            yield EntityChange(before=old, after=new)


def _found_entities(session: Session, spans: Iterable[Bounds]) -> list[Entity]:
    """The found entities at the bounds, without corrections."""
    entities: dict[int, Entity] = {}
    article = session.article
    for start, end in spans:
        for index in range(article.sentence_at(start), article.sentence_at(end - 1) + 1):
            for entity in overlapping(session.found_entities(index), start, end):
                entities[entity.start] = entity
    return [entities[start] for start in sorted(entities)]


def _correction(session: Session, start: int, end: int, label: str | None, at: str) -> EntityCorrection:
    text = session.article.text[start:end]
    return EntityCorrection(start=start, end=end, text=text, label=label, updated_at=at)


def _spans(session: Session, start: int, end: int) -> list[Bounds]:
    return [(occurrence.start, occurrence.end) for occurrence in occurrences(session, start, end)] or [
        (start, end)
    ]


def _occurrence(session: Session, index: int, start: int, end: int) -> Occurrence:
    text, first, last = session.article.text, session.article.starts[index], session.article.ends[index]
    return Occurrence(
        index,
        start,
        end,
        _label_at(session, start, end),
        text[max(first, start - _AROUND) : start],
        text[start:end],
        text[end : min(last, end + _AROUND)],
    )


def _entities_at(session: Session, start: int, end: int) -> list[Entity]:
    return overlapping(session.entities(session.article.sentence_at(start)), start, end)


def _label_at(session: Session, start: int, end: int) -> str | None:
    """The label of the entity with exactly these bounds."""
    here = (
        entity for entity in _entities_at(session, start, end) if (entity.start, entity.end) == (start, end)
    )
    return next((entity.label for entity in here), None)


def _is_part(session: Session, index: int, start: int, end: int) -> bool:
    """True if the words cross the end of a sentence, or are part of a longer entity."""
    if end > session.article.ends[index]:
        return True
    return any(entity.start < start or entity.end > end for entity in _entities_at(session, start, end))


def _refusal(session: Session, start: int, end: int) -> Outcome | None:
    article = session.article
    if not article.text[start:end].strip():
        raise ValueError(f"{start}-{end} contains no word")
    index = article.sentence_at(start)
    if article.starts[index] <= start and end <= article.ends[index]:
        return None
    return Outcome(step=None, message="a name cannot cross sentences", sentence=index, accepted=False)


def _check_label(label: str) -> None:
    if label not in LABELS:
        raise ValueError(f"{label} is not an entity label")


def _count_of_places(spans: list[Bounds]) -> str:
    return f" ({counted(len(spans), 'place')})" if len(spans) > 1 else ""


def _quoted(session: Session, start: int, end: int) -> str:
    text = session.article.text[start:end]
    return f"“{text if len(text) <= 24 else text[:23] + '…'}”"
