"""A line that is typed: keys do what they do everywhere, and nothing gets in that would act on the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.text.clean import is_safe
from tui.widgets.line_edit import LONGEST, MOST_HELD, LineEdit

KEYS = ["left", "right", "home", "end", "backspace", "delete", "ctrl+u", "ctrl+k", "f5"]


@pytest.mark.parametrize(
    ("keys", "text", "cursor"),
    [
        ("", "/home/ana", 9),
        ("backspace backspace", "/home/a", 7),
        ("left left delete", "/home/aa", 7),
        ("home delete", "home/ana", 0),
        ("home backspace", "/home/ana", 0),
        ("delete right", "/home/ana", 9),
        ("left left left ctrl+u", "ana", 0),
        ("left left left ctrl+k", "/home/", 6),
        ("home ctrl+e left", "/home/ana", 8),
        ("up f5 escape", "/home/ana", 9),
    ],
)
def test_keys(keys: str, text: str, cursor: int) -> None:
    line = LineEdit("/home/ana")
    for key in keys.split():
        line.press(key)
    assert (line.text, line.cursor) == (text, cursor)


def test_text_goes_in_at_the_cursor() -> None:
    line = LineEdit("ab")
    line.press("left")
    line.insert("é漢 ")
    assert (line.text, line.cursor) == ("aé漢 b", 4)


def test_nothing_hostile_and_nothing_endless_gets_in() -> None:
    line = LineEdit("")
    line.insert("\x1b]0;a\x07\u202e\n\r\t\x00\x9b\ud800b")
    assert line.text == "]0;ab"
    line.insert("x" * 10_000_000)
    assert line.text == "]0;ab"
    assert line.problem == "10,000,000 characters do not fit, at most 4,096 do: nothing was taken"
    line.press("left")
    assert line.problem == ""


@pytest.mark.parametrize("more", [0, 1, 1000])
def test_what_is_pasted_is_taken_whole_or_not_at_all(more: int) -> None:
    line = LineEdit("ab")
    line.insert("x" * (LONGEST - 2 + more))
    assert line.text == ("ab" if more else "ab" + "x" * (LONGEST - 2))
    assert bool(line.problem) == bool(more)
    # What replaces the text needs no room beside it.
    line = LineEdit("ab" * 100, chosen=True)
    line.insert("y" * LONGEST)
    assert line.text == "y" * LONGEST


def test_what_is_held_may_be_shortened_until_it_fits() -> None:
    line = LineEdit("", longest=10, held=MOST_HELD)
    line.insert("x" * 1_000_000)
    assert line.text == "x" * 1_000_000
    assert line.problem == "1,000,000 characters, at most 10 fit: shorten it"
    assert line.shown(20) == ("x" * 19, " ", "")
    line.insert("y")
    assert len(line.text) == 1_000_000
    line.press("home")
    for _ in range(10):
        line.press("right")
    line.press("ctrl+k")
    assert (line.text, line.problem) == ("x" * 10, "")


def test_a_long_text_that_is_there_already_may_be_kept() -> None:
    line = LineEdit("x" * 5000)
    assert line.problem == ""
    line.insert("y")
    assert (len(line.text), bool(line.problem)) == (5000, True)
    line.press("backspace")
    line.insert("y")
    assert (line.text[-2:], line.problem) == ("xy", "")


def test_what_is_there_from_the_start_is_kept_but_painted_safely() -> None:
    line = LineEdit("/home/\x1b\udcff")
    assert line.text == "/home/\x1b\udcff"
    assert is_safe("".join(line.shown(40)))


@given(
    st.text(max_size=30),
    st.lists(st.sampled_from(KEYS) | st.text(max_size=3), max_size=20),
    st.integers(4, 40),
)
def test_the_cursor_is_always_in_view(text: str, pressed: list[str], cells: int) -> None:
    line = LineEdit(text)
    for key in pressed:
        if key in KEYS:
            line.press(key)
        else:
            line.insert(key)
        assert 0 <= line.cursor <= len(line.text)
    before, under, after = line.shown(cells)
    assert sum(map(cell_len, before + under + after)) <= cells
    assert len(under) == 1
    assert len(before) <= line.cursor
