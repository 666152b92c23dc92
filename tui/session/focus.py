"""The focus in the current sentence: marks by their ids, entities (which have none) and hints."""

from __future__ import annotations

from tui.model.article import Entity
from tui.model.hint import Hint
from tui.session.mark_edits import marks
from tui.session.session import Session

_ENTITY = "entity:"
_HINT = "hint:"


def focus_of(entity: Entity) -> str:
    """The focus id of an entity: entities have no ids, but no two start at the same place."""
    return f"{_ENTITY}{entity.start}"


def focused_entity(session: Session, index: int, focus: str | None) -> Entity | None:
    """The entity of a sentence that has the focus, if one has."""
    if focus is None or not focus.startswith(_ENTITY):
        return None
    return next((item for item in session.entities(index) if focus_of(item) == focus), None)


def focus_of_hint(hint: Hint) -> str:
    """The focus id of a hint, which is never the id of a mark."""
    return _HINT + hint.id


def focused_hint(session: Session, index: int, focus: str | None) -> Hint | None:
    """The unanswered hint of a sentence that has the focus, if one has."""
    if focus is None or not focus.startswith(_HINT):
        return None
    return next((hint for hint in session.open_hints(index) if focus_of_hint(hint) == focus), None)


def hints_in_order(session: Session, index: int) -> list[Hint]:
    """The unanswered hints of a sentence in the order in which they get the focus: of two, the longer one first."""
    return sorted(session.open_hints(index), key=lambda hint: (hint.start, -hint.end))


def next_hint_here(session: Session, focus: str | None, step: int) -> Hint | None:
    """The next hint of the current sentence after what has the focus, or before it if `step` is negative.

    Without a focus it is the first of the sentence, and none before.
    """
    hints = {focus_of_hint(hint): hint for hint in hints_in_order(session, session.cursor)}
    here = focusable(session)
    if focus not in here:
        return next(iter(hints.values()), None) if step > 0 else None
    index = here.index(focus)
    others = here[index + 1 :] if step > 0 else here[:index][::-1]
    return next((hints[other] for other in others if other in hints), None)


def is_mark(focus: str) -> bool:
    """True if the focus is on a mark, not on a name or a hint: those keep it in the current sentence only."""
    return not focus.startswith((_ENTITY, _HINT))


def focusable(session: Session) -> list[str]:
    """The focus ids of everything in the current sentence that can have the focus, in the order of the text."""
    here = [(item.start, -item.end, item.id) for item in marks(session.annotation(session.cursor))]
    here += [(item.start, -item.end, focus_of(item)) for item in session.entities(session.cursor)]
    here += [(hint.start, -hint.end, focus_of_hint(hint)) for hint in session.open_hints(session.cursor)]
    return [item for _, _, item in sorted(here)]
