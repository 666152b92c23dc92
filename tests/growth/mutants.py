"""What keeps reading linear, taken away one at a time: the growth of time must show it.

Each is what the code once was, or its limit gone.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from tests.growth.subjects import SUBJECTS, feed
from tui.documents.html import simplification
from tui.hints import participles
from tui.hints.detectors import elision, glued
from tui.quotations import clause, finder, open_marks, saying_verbs, speakers
from tui.text import aliases, bounded_toml, repair

ENDLESS = 10**9


Work = Callable[[int], Callable[[], object]]
"""What is to be done with a text of about so many code points."""


class Mutant(NamedTuple):
    """What is taken away, and work whose time then grows with the square of the text."""

    name: str
    broken: Callable[[], AbstractContextManager[object]]
    work: Work
    size: int
    """Code points of the shorter text."""


def reading(subject: str, text: Callable[[int], str], language: str = "fr") -> Work:
    """A subject at work on a text in a language."""

    def prepare(size: int) -> Callable[[], object]:
        given = feed(text(size), language)
        return lambda: SUBJECTS[subject](given)

    return prepare


def repeated(unit: str, before: str = "Ab. ", after: str = " z.") -> Callable[[int], str]:
    return lambda size: before + unit * (size // len(unit)) + after


def without(owner: object, name: str) -> Callable[[], AbstractContextManager[object]]:
    """Without a limit."""
    return lambda: mock.patch.object(owner, name, ENDLESS)


def instead(owner: object, name: str, new: object) -> Callable[[], AbstractContextManager[object]]:
    return lambda: mock.patch.object(owner, name, new)


# -- as it was ---------------------------------------------------------------


def _every_open_mark(self: open_marks.OpenMarks, mark: str) -> int | None:
    marks: list[open_marks.OpenMark] = self._marks
    for level in range(len(marks) - 1, -1, -1):
        if mark in open_marks.CLOSING[marks[level].mark]:
            return level
    return None


_unelided = elision._unelided


def _look_for_the_word(*given: Any) -> Iterator[Any]:
    _, _, sentence, _, place = given
    sentence.index(sentence[place])
    yield from _unelided(*given)


class _Forgetful(dict[Any, Any]):
    def update(self, *_: Any, **__: Any) -> None:
        pass


_clause = clause.Clause.__init__


def _without_name_ends(self: Any, *given: Any, **named: Any) -> None:
    _clause(self, *given, **named)
    self._name_ends = _Forgetful()


def _from_the_beginning(text: str, start: int, end: int) -> bool:
    last = text[end - 1]
    if last == ".":
        return bool(repair._INITIALS.search(text[start : end - 1]))
    return last.isalnum() or (last == ")" and "(" in text[start:end])


# -- the texts ---------------------------------------------------------------


def attributes(size: int) -> str:
    """An element with many of them."""
    given = " ".join(f"a{number}=x" for number in range(size // 8))
    return f"<b {given}>oui</b>"


def mention(size: int) -> Callable[[], object]:
    """A name, as a model may find one, that ends with many marks."""
    text = "Ab" + "." * size
    return lambda: repair.repair(text, [repair.Mention(0, len(text), "PER")], "fr")


def dotted_key(size: int) -> Callable[[], object]:
    """One key of many names with dots between them."""
    source = ".".join("a" * (size // 2)) + " = 1"
    return lambda: swallowed(lambda: bounded_toml.loads(source))


def names_with_marks(size: int) -> Callable[[], object]:
    """An alias file and a text, both with the same name between ever more marks."""
    folder = Path(tempfile.mkdtemp())
    listed = folder / "aliases.toml"
    listed.write_text(
        "".join(
            f'[[entity]]\nname = "Musk{"!" * (1 + number % 90)}{"?" * (number // 90)}"\nlabel = "PER"\n'
            for number in range(size // 10)
        )
    )
    text = "Musk, " * (size // 6)

    def work() -> object:
        return swallowed(lambda: aliases.apply(text, (), aliases.load([listed])))

    return work


def swallowed(work: Callable[[], object]) -> object:
    """What the work gives, or the error with which it is refused."""
    try:
        return work()
    except (aliases.AliasFileError, bounded_toml.BeyondLimitError) as error:
        return error


MUTANTS = (
    Mutant(
        "open marks looked through",
        instead(open_marks.OpenMarks, "level_closed_by", _every_open_mark),
        reading("quotations", repeated("«“")),
        2_000,
    ),
    Mutant(
        "pauses looked for from each space",
        instead(finder, "_PAUSE", re.compile(r"\.?\s*,\s+|(?<=[!?…])\s+")),
        reading("quotations", repeated(" ", "Ab « a", "b ».")),
        8_000,
    ),
    Mutant(
        "phrases without end",
        without(clause, "FARTHEST"),
        reading("quotations", repeated("affirment ")),
        2_500,
    ),
    Mutant(
        "subjects without end",
        without(speakers, "FARTHEST"),
        reading("quotations", repeated("affirment ")),
        2_500,
    ),
    Mutant(
        "ends of names forgotten",
        instead(clause.Clause, "__init__", _without_name_ends),
        reading("quotations", repeated("Dit ")),
        250,
    ),
    Mutant(
        "nouns of any length",
        lambda: mock.patch.object(saying_verbs.speech_verbs("de"), "_longest_noun", ENDLESS),
        reading("quotations", repeated("a", "„Ab“, sagt der ", "."), "de"),
        8_000,
    ),
    Mutant(
        "a word looked for again",
        instead(elision, "_unelided", _look_for_the_word),
        reading("hint:elision", repeated("le a ")),
        4_000,
    ),
    Mutant(
        "words of any length", without(glued, "_LONGEST_WORD"), reading("hint:glued", repeated("a")), 4_000
    ),
    Mutant(
        "clauses without end",
        without(participles, "_FARTHEST"),
        reading("hint:verbs", repeated("ai mangées ")),
        4_000,
    ),
    Mutant(
        "initials looked for from the start", instead(repair, "_may_end", _from_the_beginning), mention, 1_200
    ),
    Mutant(
        "any number of attributes",
        without(simplification, "MOST_ATTRIBUTES"),
        reading("html", attributes),
        20_000,
    ),
    Mutant(
        "any number of tags",
        without(simplification, "_MOST_INLINE"),
        reading("html", repeated("<b>a</b> ")),
        28_000,
    ),
    Mutant("any number of names alike", without(aliases, "_MOST_ALIKE"), names_with_marks, 4_000),
    Mutant("keys of any depth", instead(bounded_toml, "_DOTTED", re.compile(r"(?!)")), dotted_key, 4_000),
)
