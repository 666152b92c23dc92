"""Words are counted as a reader would, whatever the pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.counting import word_count, word_counts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Un  été.\nIci", 3),
        ("Il a dit : « non » !", 4),
        ("l'acquisition — 22 millions", 3),
        ("_ * … 😀", 0),
        ("état.\u00a0Puis\u202fquoi", 3),
        ("吾輩は猫である。", 7),
        ("日本 Tokyo 2025", 4),
        ("서울은 수도이다", 2),
        ("." * 1000, 0),
    ],
)
def test_a_word_holds_a_letter_or_a_digit(text: str, words: int) -> None:
    assert word_count(text) == words


@given(st.text("ab1 .\n«東\u00a0", max_size=200), st.integers(1, 50))
def test_pieces_hold_as_many_words_as_the_whole(text: str, size: int) -> None:
    assert sum(word_counts(text, size)) == word_count(text)
