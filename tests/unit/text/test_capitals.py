from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.long import long_or_short
from tui.text import capitals


def found(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.label) for m in capitals.recognise(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yesterday he met Trilux people.", [("Trilux", "MISC")]),
        ("The people met. They talked with the others.", []),
        ("We saw Bank of Trilux there.", [("Bank of Trilux", "ORG")]),
        ("We saw Trilux Widgets Inc there.", [("Trilux Widgets Inc", "ORG")]),
        ("We saw Mr. Costa there.", [("Costa", "PER")]),
        ("We saw Anna Costa there.", [("Anna Costa", "PER")]),
        ("We saw Zzyx Costa there.", [("Zzyx Costa", "MISC")]),
        ("Trilux grew. We like Trilux.", [("Trilux", "MISC"), ("Trilux", "MISC")]),
        ("NATO met.", [("NATO", "MISC")]),
    ],
)
def test_capitalised_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_elisions_are_no_part_of_a_name() -> None:
    assert found("On parle d'Endeavor et de l’Italie.", "fr") == [("Endeavor", "MISC"), ("Italie", "MISC")]
    assert found("On va chez L'Oréal.", "fr") == [("L'Oréal", "MISC")]
    assert found("On parle. L’Italie répond.", "fr") == [("Italie", "MISC")]


def test_german_nouns_are_left_alone() -> None:
    assert found("Der Hund sah Anna Costa.", "de") == []
    assert "values only" in capitals.recogniser("de")


@pytest.mark.longer
@pytest.mark.parametrize("unit", ["A", "A-", "Aa ", "d'A", "Aa de ", "'", "A "])
def test_much_of_one_thing_is_read_once(unit: str) -> None:
    # Anything worse than linear would take hours here, and minutes in short.
    assert capitals.recognise(unit * (long_or_short(1_000_000, 100_000) // len(unit)), "fr") is not None


@given(st.text(alphabet="AaÉé 1'’-.\n«»"))
def test_names_are_sorted_apart_and_inside_lines(text: str) -> None:
    end = 0
    for mention in capitals.recognise(text, "fr"):
        assert end <= mention.start < mention.end <= len(text)
        assert "\n" not in text[mention.start : mention.end]
        end = mention.end
