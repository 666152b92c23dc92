"""Narrowing a list down by what is typed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.matching import best_first, plain

NAMES = ["next mark", "mark error\nmark a translation error", "note", "Délai\nretard", "remark"]
PLAIN = [plain(name) for name in NAMES]


def fitting(typed: str) -> list[str]:
    return [NAMES[place].split("\n")[0] for place in best_first(typed, PLAIN)]


def test_the_better_match_comes_first() -> None:
    assert fitting("mark") == ["mark error", "next mark", "remark"]
    assert fitting("error ma") == ["mark error"]


def test_case_and_accents_are_all_one() -> None:
    assert fitting("DELAI") == fitting("délai") == fitting("de\u0301lai") == ["Délai"]
    assert plain("Œuvre d’Ångström") == "œuvre d'angstrom"


def test_lines_below_the_name_are_found_by_their_words() -> None:
    assert fitting("transl") == ["mark error"]
    assert fitting("etard") == []


def test_scattered_letters_begin_at_a_word_of_a_short_name() -> None:
    assert fitting("me") == ["mark error"]
    assert fitting("ne mk") == ["next mark"]
    assert best_first("mk", ["m" + "x" * 60 + "k"]) == []


def test_what_is_typed_is_no_pattern() -> None:
    assert fitting(".*") == []
    assert fitting("(") == []


@given(st.text(max_size=12), st.lists(st.text(max_size=30), max_size=8))
def test_no_row_is_lost_or_found_twice(typed: str, names: list[str]) -> None:
    places = best_first(typed, [plain(name) for name in names])
    assert len(places) == len(set(places))
    if not typed.strip():
        assert places == list(range(len(names)))


@given(st.text(min_size=1, max_size=30))
def test_a_name_is_found_by_itself(name: str) -> None:
    assert 1 in best_first(name, ["other", plain(name)])
