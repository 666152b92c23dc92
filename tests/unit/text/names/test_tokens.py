from __future__ import annotations

import pytest

from tui.text.names.tokens import shape, simplified, tokens


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("d’Altman arrive", ["d'", "Altman", "arrive"]),
        ("dell'Enel", ["dell'", "Enel"]),
        ("the U.S. said", ["the", "U.S.", "said"]),
        ("J. Smith's car", ["J.", "Smith", "'s", "car"]),
        ("Jean-Marie & Co. x", ["Jean-Marie", "&", "Co.", "x"]),
        ("AT&T, O'Neill", ["AT&T", ",", "O'Neill"]),
        ("cafe\u0301 noir", ["caf\u00e9", "noir"]),
        ("", []),
    ],
)
def test_words_and_marks(line: str, expected: list[str]) -> None:
    cut = tokens(simplified(line))
    assert [token.text for token in cut] == expected
    assert all(0 <= token.start < token.end <= len(line) for token in cut)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Paris", "Xx"),
        ("NATO", "XX"),
        ("IBMXYZ", "XXX"),
        ("A", "X1"),
        ("iPhone", "xX"),
        ("2015", "d4"),
        ("McX", "XxX"),
        ("a", "x"),
        ("東京", "c"),
        (",", ","),
    ],
)
def test_shapes(word: str, expected: str) -> None:
    assert shape(word) == expected
