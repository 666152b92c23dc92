"""What the keys for names mean: the kinds of entities by key, and the questions about them."""

from __future__ import annotations

from collections.abc import Sequence

from tui.model.article import Entity
from tui.session.marking import marks
from tui.session.prompts import Choice, Question
from tui.session.session import Session

KINDS: dict[str, tuple[str, str]] = {
    "p": ("PER", "person"),
    "o": ("ORG", "organisation"),
    "l": ("LOC", "place"),
    "m": ("MISC", "other"),
    "a": ("MONEY", "amount"),
    "d": ("DATE", "date"),
    "t": ("TIME", "time"),
    "%": ("PERCENT", "percent"),
    "n": ("NUMBER", "number"),
}
"""Label and name of each kind, by its key."""

NO_NAME = "x"
OTHER_WORDS = "w"
REMEMBER = "k"
"""Keys beside those of the kinds, and their answers."""

_FOCUS = "entity:"


def kind_name(label: str) -> str:
    """What a label is called where people read it."""
    return next((name for found, name in KINDS.values() if found == label), label.lower())


def focus_of(entity: Entity) -> str:
    """What stands for an entity where the id of a mark would: it has none, and starts where no other does."""
    return f"{_FOCUS}{entity.start}"


def focused_entity(session: Session, focus: str | None) -> Entity | None:
    """The entity of the current sentence that a focus stands for."""
    if focus is None or not focus.startswith(_FOCUS):
        return None
    return next((found for found in session.entities(session.cursor) if focus_of(found) == focus), None)


def focusable(session: Session) -> list[str]:
    """Ids of everything in the current sentence that can have the focus, in the order of the text."""
    here = [(found.start, -found.end, found.id) for found in marks(session.annotation(session.cursor))]
    here += [(found.start, -found.end, focus_of(found)) for found in session.entities(session.cursor)]
    return [found for _, _, found in sorted(here)]


def kind_question(entity: Entity | None) -> Question:
    """What some words are; of an entity also whether it is one at all, and of which words."""
    choices: list[Choice] = [(key, name) for key, (_, name) in KINDS.items()]
    values = {key: label for key, (label, _) in KINDS.items()}
    if entity is not None:
        choices = [
            (NO_NAME, "no name"),
            (OTHER_WORDS, "other words"),
            (REMEMBER, "keep in the list of names"),
            *choices,
        ]
        values |= {key: key for key in (NO_NAME, OTHER_WORDS, REMEMBER)}
    return Question("what is it?" if entity is None else f"{kind_name(entity.label)}:", choices, values)


def everywhere_question(count: int, *, may_remember: bool) -> Question:
    """Whether what was said of some words holds wherever they occur."""
    choices: list[Choice] = [("a", f"all {count}"), ("o", "only here"), ("l", "look at them")]
    if may_remember:
        choices.insert(1, ("k", f"all {count}, and keep in the list of names"))
    keys: Sequence[str] = [key for key, _ in choices]
    return Question(f"apply to all {count} occurrences?", choices, {key: key for key in keys})
