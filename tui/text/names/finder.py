"""The names of a text without an installed model: by the recogniser, by lists, or by capitals if its file is unusable."""

from __future__ import annotations

from typing import NamedTuple

from tui.text import capitals, repair
from tui.text.mentions import Mention, without_overlaps
from tui.text.names import listed, recogniser
from tui.text.names.model_file import ModelFileError


class Found(NamedTuple):
    names: list[Mention]
    """Sorted, without overlaps."""
    recogniser: str
    """What found them, for `Article.prepared_by`: `names` knows the language, `shapes` does not, `lists` looks names
    up in a script without capitals."""
    origin: str
    """As `Entity.origin` has it."""
    problem: str | None = None
    """Why the recogniser was not used."""


def find(text: str, language: str) -> Found:
    """Raises ProcessKilled."""
    try:
        own = recogniser.shipped()
        by_list = listed.find(text, language, listed.shipped()) if language in listed.LANGUAGES else []
    except ModelFileError as error:
        names = repair.repair(text, capitals.recognise(text, language), language)
        return Found(names, f"capitalisation rules {capitals.VERSION}", "rule", str(error))
    names = repair.repair_scored(text, own.find(text, language), language)
    if by_list:
        names = without_overlaps(by_list, names)
    return Found(names, f"{way(language)} {own.version}", "model")


def way(language: str) -> str:
    """`lists`, `names` or `shapes`: how names are found in a language."""
    if language in listed.LANGUAGES:
        return "lists"
    return "names" if recogniser.knows_kinds(language) else "shapes"
