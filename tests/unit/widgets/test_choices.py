"""The state of a list to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from tui.widgets.choices import Choices, Row

HEADINGS = [Row(index, text, str(index + 1)) for index, text in enumerate(["Début", "Les faits", "La fin 2"])]


def test_typing_narrows_down_and_deleting_widens_again() -> None:
    choices = Choices(HEADINGS)
    choices.insert("fi")
    assert list(choices.fitting) == [2]
    assert choices.chosen == 2
    choices.insert("x")
    assert choices.chosen is None
    choices.press("ctrl+u")
    assert list(choices.fitting) == [0, 1, 2]
    assert choices.chosen == 0


def test_a_key_that_changes_no_text_keeps_the_bar() -> None:
    choices = Choices(HEADINGS)
    choices.insert("e")
    choices.move(+1)
    before = choices.chosen
    choices.press("left")
    assert choices.chosen == before


def test_the_bar_stays_in_the_list_and_in_view() -> None:
    choices = Choices([Row(n, str(n)) for n in range(100)], at=50)
    choices.page = 10
    assert (choices.cursor, choices.top) == (50, 41)
    choices.move(+1000)
    assert (choices.cursor, choices.top) == (99, 90)
    choices.move(-1000)
    assert (choices.cursor, choices.top) == (0, 0)
    choices.page = 0
    assert choices.page == 1


def test_an_empty_list_has_nothing_to_take() -> None:
    choices = Choices([], at=3)
    choices.insert("x")
    choices.move(+1)
    assert choices.chosen is None


def test_digits_go_to_the_row_of_that_number() -> None:
    choices = Choices(HEADINGS, numbered=True)
    choices.insert("2")
    assert choices.chosen == 1
    assert len(choices.fitting) == 3
    choices.insert("99999999999999999999")
    assert choices.chosen == 2
    choices.press("ctrl+u")
    choices.insert("fin 2")
    assert list(choices.fitting) == [2]


def test_digits_are_words_where_rows_have_no_numbers() -> None:
    choices = Choices(HEADINGS)
    choices.insert("2")
    assert 1 in choices.fitting


class MadeWhenLookedAt(Sequence[Row[int]]):
    """200,000 rows of which none is kept."""

    looked_at = 0

    def __len__(self) -> int:
        return 200_000

    @overload
    def __getitem__(self, place: int) -> Row[int]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row[int]]: ...
    def __getitem__(self, place: int | slice) -> Row[int] | Sequence[Row[int]]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        self.looked_at += 1
        return Row(place, f"sentence {place}")


def test_going_to_a_number_looks_at_no_other_row() -> None:
    rows = MadeWhenLookedAt()
    choices = Choices(rows, numbered=True)
    choices.insert("150000")
    assert choices.chosen == 149_999
    assert rows.looked_at == 0
