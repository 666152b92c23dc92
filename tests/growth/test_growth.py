"""Reading a stranger's text takes time linear in it, whatever the text: the worst pieces that the search has found.

`make test-all` feeds every piece to every subject, in larger texts.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.growth.subjects import LANGUAGES, SUBJECTS, feed, seconds
from tests.long import IS_LONG

UNITS: dict[str, list[str]] = json.loads((Path(__file__).parent / "units.json").read_text(encoding="utf-8"))
ANY_LANGUAGE = {"txt", "md", "html", "jsonl", "language"}
SHORT = 16_000 if IS_LONG else 4_000
"""Code points of the shortest text. Sentences of more than 20,000 are not taken apart, so that texts hold several."""
MOST = 7.0
"""Times as long for four times the text; 16 where time grows with the square."""
NOTHING = 0.02
"""Seconds that are too few to be compared."""
TRIES = 4

EVERY_UNIT = sorted({unit for units in UNITS.values() for unit in units})


def languages(subject: str, unit: str) -> tuple[str, ...]:
    """In which languages a piece is fed: every one to which it belongs, or one for the pieces of other subjects.

    `make test` takes one language for each piece, in turn.
    """
    if subject in ANY_LANGUAGE or unit not in UNITS[subject]:
        return ("fr",)
    return LANGUAGES if IS_LONG else (LANGUAGES[UNITS[subject].index(unit) % len(LANGUAGES)],)


CASES = [
    (subject, unit, language)
    for subject in SUBJECTS
    for unit in (EVERY_UNIT if IS_LONG else UNITS[subject])
    for language in languages(subject, unit)
]


def text(unit: str, size: int) -> str:
    return "Ab. " + unit * (size // len(unit)) + " z."


def growth(subject: str, unit: str, language: str) -> float:
    """How many times as long four times the text takes; the better of two pairs."""
    work = SUBJECTS[subject]
    size = SHORT
    ratio = 0.0
    for _ in range(2):
        longer = feed(text(unit, 4 * size), language)
        after = seconds(work, longer)
        if after < NOTHING:
            return 0.0
        if after < 1:
            after = min(after, seconds(work, longer))
        shorter = feed(text(unit, size), language)
        ratio = after / max(1e-6, min(seconds(work, shorter) for _ in range(3)))
        if ratio <= MOST or after > 1:
            return ratio
        size *= 2
    return ratio


def test_every_subject_has_its_pieces() -> None:
    assert UNITS.keys() == SUBJECTS.keys()


@pytest.mark.longer
@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_time_grows_as_the_text_does(subject: str) -> None:
    for name, unit, language in CASES:
        if name != subject:
            continue
        found, tries = growth(subject, unit, language), 1
        while found > MOST and tries < TRIES:
            found = min(found, growth(subject, unit, language))
            tries += 1
        assert found <= MOST, (
            f"{subject} takes {found:.1f} times as long for four times {unit!r} ({language})"
        )
