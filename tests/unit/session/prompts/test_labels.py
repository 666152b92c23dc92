"""Labels can be typed without an end key, and are as short as they can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.session.prompts.labels import ALPHABET, labels, nearest_first


@given(st.integers(0, len(ALPHABET) ** 2))
def test_no_label_begins_another_and_none_is_longer_than_needed(count: int) -> None:
    found = labels(count)
    assert len(found) == len(set(found)) == count
    singles = {label for label in found if len(label) == 1}
    assert all(label[0] not in singles for label in found if len(label) == 2)
    assert [len(label) for label in found] == sorted(len(label) for label in found)
    if count <= len(ALPHABET):
        assert len(singles) == count


def test_letters_that_look_alike_are_left_out() -> None:
    assert not set("ilo01") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)


def test_a_long_sentence_still_has_single_letters() -> None:
    assert sum(len(label) == 1 for label in labels(80)) >= 20


def test_too_many_are_refused() -> None:
    with pytest.raises(ValueError, match="pairs"):
        labels(len(ALPHABET) ** 2 + 1)


def test_the_nearest_come_first() -> None:
    assert nearest_first(5, 2) == [2, 3, 1, 4, 0]
    assert nearest_first(3, 0) == [0, 1, 2]
