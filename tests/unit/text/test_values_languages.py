"""How well values are found in news sentences of each language, which are marked by hand in `values/LANGUAGE.txt`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tui.text import values

FOLDER = Path(__file__).parent / "values"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.txt"))
LEAST_F = 95.0
LEAST_EXAMPLES = 50

_MARKED = re.compile(r"\{([A-Z]+) ([^{}]+)\}")


class Example(NamedTuple):
    text: str
    values: set[tuple[int, int, str]]


def example(line: str) -> Example:
    """A line such as `Il vaut {MONEY 5 €}.` as a text and its values."""
    text = ""
    marked: set[tuple[int, int, str]] = set()
    after = 0
    for match in _MARKED.finditer(line):
        text += line[after : match.start()]
        marked.add((len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        after = match.end()
    return Example(text + line[after:], marked)


def examples(language: str) -> list[Example]:
    lines = (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [example(line) for line in lines]


def score(language: str) -> tuple[float, list[str]]:
    """F of exact spans with their labels, in per cent, and a line about each error."""
    right = missed = wrong = 0
    errors: list[str] = []
    for text, marked in examples(language):
        found = {(value.start, value.end, value.label) for value in values.find(text, language)}
        right, missed, wrong = (
            right + len(marked & found),
            missed + len(marked - found),
            wrong + len(found - marked),
        )
        if marked != found:
            lost = [f"{label} {text[start:end]!r}" for start, end, label in sorted(marked - found)]
            more = [f"{label} {text[start:end]!r}" for start, end, label in sorted(found - marked)]
            errors.append(f"{text} missed: {', '.join(lost) or '-'}; wrong: {', '.join(more) or '-'}")
    return 200 * right / (2 * right + missed + wrong), errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_are_found_in_news_of_every_language(language: str) -> None:
    f, errors = score(language)
    assert f >= LEAST_F, f"{language}: {f:.1f}\n" + "\n".join(errors)


def test_there_are_enough_examples_in_enough_languages() -> None:
    enough = [language for language in LANGUAGES if len(examples(language)) >= LEAST_EXAMPLES]
    assert len(enough) >= 10


def test_a_marked_line_is_a_text_with_its_values() -> None:
    assert example("Il vaut {MONEY 5 €} {DATE lundi}.") == Example(
        "Il vaut 5 € lundi.", {(8, 11, "MONEY"), (12, 17, "DATE")}
    )
