"""The commands on entities: another label or other bounds, away with one, one more; here or wherever the words occur.

What the annotator says of some words counts instead of whatever was found there; what it hides of that
stays hidden when they change their mind about the bounds. Places are starts and ends in code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui.model.annotation import EntityChange, EntityCorrection
from tui.model.article import Entity
from tui.model.corrections import Corrections, overlapping
from tui.session.session import Outcome, Session
from tui.text.aliases import LABELS
from tui.text.mentions import plain
from tui.text.words import targets

EDIT, DELETE = "entity.edit", "entity.delete"
"""The actions of their steps."""

_AROUND = 30
"""Characters on either side that a preview shows."""

Bounds = tuple[int, int]


class Occurrence(NamedTuple):
    """One place where the same words stand."""

    sentence: int
    """Index of the sentence."""
    start: int
    end: int
    label: str | None
    """What these words are now; None when they are no entity."""
    before: str
    """The words before them in the sentence, at most 30 characters."""
    words: str
    after: str


def occurrences(session: Session, start: int, end: int) -> list[Occurrence]:
    """Every place in the article where the words of `[start, end)` stand as whole words, in order.

    Apostrophes and spaces count as equal whatever their form. Left out are places where the words are
    part of a longer entity, but for the given one.
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
    """Make one entity of the words, with that label; with `everywhere` at each of their `occurrences`.

    Raises ValueError for an unknown label or an empty place.
    """
    _check_label(label)
    refusal = _refusal(session, start, end)
    if refusal is not None:
        return refusal
    spans = _spans(session, start, end) if everywhere else [(start, end)]
    new = [span for span in spans if _label_at(session, *span) != label]
    return _take(
        session,
        start,
        EDIT,
        f"made {_quoted(session, start, end)} {label}{_count_of_places(spans)}",
        [(span, span, label) for span in new],
    )


def set_entity_bounds(
    session: Session, entity: Entity, start: int, end: int, *, everywhere: bool = False
) -> Outcome:
    """Give an entity other bounds and keep its label.

    With `everywhere`, at each of the `occurrences` of all the words that it had or gets.
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
    label = f"made {_quoted(session, start, end)} {entity.label}{_count_of_places(spans)}"
    return _take(session, start, EDIT, label, moves)


def delete_entity(session: Session, entity: Entity, *, everywhere: bool = False) -> Outcome:
    """Say that these words are no entity; with `everywhere` at each of their `occurrences`."""
    start, end = entity.start, entity.end
    spans = _spans(session, start, end) if everywhere else [(start, end)]
    there = [span for span in spans if _label_at(session, *span) is not None]
    label = f"deleted {entity.label} {_quoted(session, start, end)}{_count_of_places(there)}"
    return _take(session, start, DELETE, label, [(span, span, None) for span in there])


# -- how they work ---------------------------------------------------------


def _take(
    session: Session,
    start: int,
    action: str,
    label: str,
    moves: Iterable[tuple[Bounds, Bounds, str | None]],
) -> Outcome:
    """One step of `moves`: what was there, what takes its place, and its label, None for nothing."""
    at = session.clock()
    index = session.article.sentence_at(start)
    corrected = Corrections(session.corrections.by_start)
    for old, new, name in moves:
        _move(session, corrected, old, new, name, at)
    changes = list(_differences(session.corrections, corrected))
    if not changes:
        return Outcome(step=None, message=f"{label} already", sentence=index)
    return session.commit(index, action, label, at, entities=changes)


def _move(
    session: Session, corrections: Corrections, old: Bounds, new: Bounds, label: str | None, at: str
) -> None:
    """Let `new` be an entity with that label, or nothing be one, and `old` none."""
    given_up = {
        correction.start: correction for span in (old, new) for correction in corrections.overlapping(*span)
    }
    for start in given_up:
        corrections.remove(start)
    cleared = [old, new, *((correction.start, correction.end) for correction in given_up.values())]
    if label is not None:
        corrections.put(_correction(session, *new, label, at))
    for entity in _found_entities(session, cleared):
        # Else what was found would come back where the annotator's word is given up.
        if not corrections.overlapping(entity.start, entity.end):
            corrections.put(_correction(session, entity.start, entity.end, None, at))


def _differences(before: Corrections, after: Corrections) -> Iterator[EntityChange]:
    """What has changed; not what was only said again."""
    for start in sorted(before.by_start.keys() | after.by_start.keys()):
        old, new = before.get(start), after.get(start)
        if old is None or new is None or (old.end, old.label) != (new.end, new.label):
            yield EntityChange(before=old, after=new)


def _found_entities(session: Session, spans: Iterable[Bounds]) -> list[Entity]:
    """What was found at the places, whatever the annotator says."""
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
    """The label of the entity that these very words are."""
    here = (
        entity for entity in _entities_at(session, start, end) if (entity.start, entity.end) == (start, end)
    )
    return next((entity.label for entity in here), None)


def _is_part(session: Session, index: int, start: int, end: int) -> bool:
    """Whether the words reach over a sentence's end, or belong to an entity with others."""
    if end > session.article.ends[index]:
        return True
    return any(entity.start < start or entity.end > end for entity in _entities_at(session, start, end))


def _refusal(session: Session, start: int, end: int) -> Outcome | None:
    article = session.article
    if not article.text[start:end].strip():
        raise ValueError(f"{start}-{end} holds no word")
    index = article.sentence_at(start)
    if article.starts[index] <= start and end <= article.ends[index]:
        return None
    return Outcome(step=None, message="an entity lies in one sentence", sentence=index, accepted=False)


def _check_label(label: str) -> None:
    if label not in LABELS:
        raise ValueError(f"{label} is no label of entities")


def _count_of_places(spans: list[Bounds]) -> str:
    return f" at {len(spans)} places" if len(spans) > 1 else ""


def _quoted(session: Session, start: int, end: int) -> str:
    text = session.article.text[start:end]
    return f"“{text if len(text) <= 24 else text[:23] + '…'}”"
