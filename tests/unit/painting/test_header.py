"""The top row: a title that gives way, a count that keeps its width, and the one word that must be true."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tests.unit.painting.segments import words_of
from tui.painting import header
from tui.painting.styles import Styles


@pytest.mark.parametrize("width", [30, 40, 80, 120])
def test_a_long_title_leaves_room_for_the_languages(styles: Styles, width: int) -> None:
    shown = words_of(header.title(styles, "Un titre " * 30, "it → fr", width))
    assert cell_len(shown) <= width
    assert shown.startswith("  postil  Un titre")
    assert "…" in shown
    assert shown.endswith("  it → fr ") == (width >= 32)


def test_a_title_never_acts_on_the_terminal(styles: Styles) -> None:
    shown = words_of(header.title(styles, "\x1b]0;gone\x07", "\u202efr", 80))
    assert shown.isprintable()


@pytest.mark.parametrize("done", [0, 9, 1000])
def test_a_count_has_room_for_every_number(styles: Styles, done: int) -> None:
    width = header.count_cells(1000)
    shown = words_of(header.count(styles, done, 1000, "decided", width))
    assert shown.endswith(f"{done}/1000 decided")
    assert cell_len(shown) == width - 2


def test_a_score_shows_its_rate_once_the_words_are_counted() -> None:
    assert header.score_words(0, 400) == ""
    assert header.score_words(6, 0) == "MQM 6"
    assert header.score_words(6, 400) == "MQM 6 · 15.0/1000"


def test_a_score_says_how_many_tagged_sentences_it_cannot_count() -> None:
    assert header.score_words(0, 400, 2) == "MQM 0 · 2 unmarked"
    assert header.score_words(6, 400, 1) == "MQM 6 · 15.0/1000 · 1 unmarked"


def test_only_a_failure_raises_the_alarm(styles: Styles) -> None:
    shown = {state: header.saved(styles, state)[-1] for state in ("saved", "saving", "failed", "read-only")}
    assert shown["failed"].text == "NOT SAVED"
    assert [state for state, segment in shown.items() if segment.style == styles.alarm] == ["failed"]
    assert all(cell_len(segment.text) < header.SAVED_CELLS for segment in shown.values())


@pytest.mark.parametrize(
    ("modes", "name", "cells", "shown"),
    [
        ([], "", 20, ""),
        (["blind"], "", 20, "blind"),
        (["blind review"], "", 8, "blind r…"),
        ([], "unsure", 20, "filter: unsure"),
        (["blind"], "unsure", 40, "blind · filter: unsure"),
        ([], "mistranslation error", 16, "filter: mistran…"),
        ([], "mistranslation error", 10, "filter"),
        (["blind"], "mistranslation error", 14, "blind · filter"),
        (["hints off"], "unsure", 5, "hint…"),
        ([], "tag = \x1b[31mquote", 40, "filter: tag = ␛[31mquote"),
        (["review"], "unsure", 0, ""),
        (["review"], "unsure", -3, ""),
        ([], "漢字漢字漢字漢字", 15, "filter: 漢字漢…"),
    ],
)
def test_modes_take_no_more_than_their_room(modes: list[str], name: str, cells: int, shown: str) -> None:
    found = header.modes_words(modes, name, cells)
    assert cell_len(found) <= max(0, cells)
    if "\x1b" not in name:
        assert found == shown
    assert found.isprintable()
