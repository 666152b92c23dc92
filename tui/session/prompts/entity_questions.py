"""The keys for names: the kinds of entities by key, and the questions about them."""

from __future__ import annotations

from collections.abc import Sequence

from tui.model.article import Entity, kind_name
from tui.session.prompts.prompt import Choice, Question

KINDS = {
    "p": "PER",
    "o": "ORG",
    "l": "LOC",
    "m": "MISC",
    "a": "MONEY",
    "d": "DATE",
    "t": "TIME",
    "%": "PERCENT",
    "n": "NUMBER",
}
"""The label of each kind, by key."""

NO_NAME = "x"
OTHER_WORDS = "w"
REMEMBER = "k"
"""Further keys, which are also their answers."""


def kind_question(entity: Entity | None) -> Question:
    """Asks what kind of name some words are; for an entity also whether it is a name, and which words belong to it."""
    choices: list[Choice] = [(key, kind_name(label)) for key, label in KINDS.items()]
    values = dict(KINDS)
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
    """Asks whether to apply a change wherever the words occur."""
    choices: list[Choice] = [("a", f"all {count}"), ("o", "only here"), ("l", "look at them")]
    if may_remember:
        choices.insert(1, ("k", f"all {count}, and keep in the list of names"))
    keys: Sequence[str] = [key for key, _ in choices]
    return Question(f"apply to all {count} occurrences?", choices, {key: key for key in keys})
