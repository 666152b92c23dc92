"""Each limit and each clever search is needed: without it, time grows with the square, and the measure shows that."""

from __future__ import annotations

import time
from collections.abc import Callable
from unittest import mock

import pytest

from tests.growth.mutants import MUTANTS, Mutant
from tests.growth.subjects import SUBJECTS, feed
from tests.growth.test_growth import MOST, TRIES
from tui.hints.detectors import names


def seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def growth(mutant: Mutant) -> float:
    """How many times as long four times the text takes."""
    shorter, longer = mutant.work(mutant.size), mutant.work(4 * mutant.size)
    return seconds(longer) / max(1e-4, min(seconds(shorter) for _ in range(3)))


@pytest.mark.long
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_growth_of_time_shows_what_is_missing(mutant: Mutant) -> None:
    assert min(growth(mutant) for _ in range(TRIES)) <= MOST
    with mutant.broken():
        assert growth(mutant) > MOST


# -- what is counted, not timed ------------------------------------------------


LETTERS = [chr(code) for code in (*range(0x250, 0x2B0), *range(0x430, 0x450), *range(0x561, 0x587))]


def looked_at(count: int) -> int:
    """How many names are held against others, where there are so many of which each is one slip apart from all."""
    text = "Il dit que " + " et ".join(f"Zork{letter}wim" for letter in LETTERS[:count]) + " sont là."
    near = names._Names.near
    found: list[int] = []

    def watched(self: names._Names, name: str) -> list[str]:
        others = near(self, name)
        found.append(len(others))
        return others

    with mock.patch.object(names._Names, "near", watched):
        SUBJECTS["hint:names"](feed(text, "fr"))
    return sum(found)


def test_a_name_is_compared_with_few_of_those_alike() -> None:
    with mock.patch.object(names, "_MOST_ALIKE", 8):
        assert 0 < looked_at(160) <= 5 * looked_at(40)
    with mock.patch.object(names, "_MOST_ALIKE", 10**9):
        assert looked_at(160) > 12 * looked_at(40)


def test_names_are_looked_for_once_in_all_parts_of_an_article() -> None:
    given = feed("".join(f"Le soir vient, dit Zork{number}.\n\n" for number in range(6_500)), "fr")
    with mock.patch.object(names, "_Names", wraps=names._Names) as made:
        SUBJECTS["hint:names"](given)
    assert made.call_count == 1
