from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.language.passages import passages

SENTENCE = "The mayor said on Monday that the town would build a new bridge over the river. "


def test_short_paragraphs_are_joined() -> None:
    text = f"Title\n\n– Yes.\n– No.\n\n{SENTENCE * 2}\n\nMore.\n\n{SENTENCE * 2}\nEnd."
    first, second = passages(text)
    assert first == f"Title\n\n– Yes.\n– No.\n\n{SENTENCE * 2}"
    assert second == f"\nMore.\n\n{SENTENCE * 2}\nEnd."


def test_long_paragraphs_are_cut_at_a_space() -> None:
    parts = passages(SENTENCE * 20)
    assert max(map(len, parts)) < 700
    assert [word for part in parts for word in part.split()] == SENTENCE.split() * 20


@pytest.mark.parametrize("text", [SENTENCE, "字" * 90, f"{SENTENCE}\n", "\n" * 80])
def test_no_more_is_read_of_a_text_that_is_a_thousand_times_longer(text: str) -> None:
    assert sum(map(len, passages(text * 1000))) <= 12_000


def test_a_long_text_is_sampled_from_its_beginning_to_its_end() -> None:
    text = "".join(f"{number:05} " for number in range(100_000))
    numbers = [int(word) for part in passages(text) for word in part.split()]
    assert numbers[0] == 0
    assert numbers[-1] > 99_990
    assert max(later - sooner for sooner, later in pairwise(numbers)) < 5_000


@given(st.text(max_size=3000))
def test_a_text_that_is_short_enough_is_read_whole(text: str) -> None:
    assert "".join("".join(passages(text)).split()) == "".join(text.split())
