from __future__ import annotations

import pytest

from tui.text.language.letter_groups import groups, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the new bridge", ["the", "new", "bridge"]),
        ("l’été d'un an", ["l", "été", "d", "un", "an"]),
        (
            "yesterday Anna Nowak spoke again to the readers",
            ["yesterday", "spoke", "again", "to", "the", "readers"],
        ),
        ("NEW BRIDGE", ["new", "bridge"]),
        ("Anna Nowak and Jan Kowalski", ["anna", "nowak", "and", "jan", "kowalski"]),
        ("see https://example.com/a or www.example.org", ["see", "or"]),
        ("mail to ana@example.com", ["mail", "to"]),
        ("read example.com now", ["read", "now"]),
        ("of x86 and 120km in 1986", ["of", "and", "in"]),
        ("call self.read() or snake_case here", ["call", "or", "here"]),
        ("und în oraș", ["und", "în", "oraş"]),
        ("re\u0301gion", ["région"]),
        ("है और नहीं", ["है", "और", "नहीं"]),
        ("a" * 41 + " b", ["b"]),
        ("1 2 3", []),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_groups_know_where_a_word_begins_and_ends() -> None:
    assert list(groups("an")) == ["a", "n", " a", "an", "n ", " an", "an ", " an "]
    assert list(groups("an", longest=2)) == ["a", "n", " a", "an", "n "]
