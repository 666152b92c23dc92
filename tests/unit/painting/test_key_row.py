"""The bottom row: what does not fit gives way in a fixed order, and nothing typed gets out of sight."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.style import Style

from tests.unit.painting.segments import words_of
from tui.painting import key_row
from tui.painting.styles import Styles
from tui.widgets.line_edit import LineEdit

KEYS = [("f", "fact"), ("o", "opinion"), ("", "has no key"), ("u", "undo"), ("h", "help")]


def test_the_last_key_stays_and_those_before_it_go_first(styles: Styles) -> None:
    assert words_of(key_row.keys(styles, KEYS, 60)) == "  f fact  o opinion  u undo  h help  "
    assert words_of(key_row.keys(styles, KEYS, 30)) == "  f fact  o opinion  h help  "
    assert words_of(key_row.keys(styles, KEYS, 5)) == "  h help  "


@pytest.mark.parametrize("width", range(20, 80))
def test_a_question_has_room_only_if_no_key_goes(styles: Styles, width: int) -> None:
    choices = [("m", "minor"), ("M", "major"), ("c", "critical")]
    if key_row.has_room_for("how bad?", choices, width):
        shown = words_of(key_row.question(styles, "how bad?", choices, width))
        assert "m minor" in shown
        assert "c critical" in shown


def test_a_message_is_cut_and_never_acts_on_the_terminal(styles: Styles) -> None:
    shown = words_of(key_row.message(styles, "\x1b[2J" + "long " * 40, 40))
    assert shown.isprintable()
    assert cell_len(shown) <= 40


@pytest.mark.parametrize("width", [20, 40, 80])
def test_what_is_typed_shows_its_cursor_however_long_it_is(styles: Styles, width: int) -> None:
    line = LineEdit("word " * 100)
    row = key_row.typed(styles, "correction " * 10, line, width)
    assert cell_len(words_of(row)) <= width
    assert [segment.text for segment in row if segment.style and segment.style.reverse] == [" "]
    assert words_of(row).rstrip().endswith("rd")


def test_a_text_that_the_next_key_replaces_is_underlined(styles: Styles) -> None:
    row = key_row.typed(styles, "search", LineEdit("mot", chosen=True), 80)
    assert row[1].text == "mot"
    assert row[1].style == styles.raised + Style(underline=True)
