"""What is left out of a frame is on the screen already."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tests.long import long_or_short
from tui.terminal.row_cache import RowCache

COLUMNS, ROWS = 24, 3

STYLES = st.sampled_from(["", "bold", "red", "on blue", "underline #d3d7de on #12151b", "reverse"])
WORDS = st.sampled_from(["mot", " ", "   ", "a b", "é", "你好", "x", "e\u0301", "38", "0m", "[0m", "1;1H"])
ROW = st.lists(st.tuples(WORDS, STYLES), max_size=6)


def strip(parts: list[tuple[str, str]]) -> Strip:
    """As wide as the screen."""
    segments = [Segment(words, Style.parse(style)) for words, style in parts]
    return Strip(segments).adjust_cell_length(COLUMNS)


@st.composite
def frames(draw: st.DrawFn) -> list[str]:
    """As Textual makes them: whole rows, or parts of rows from a place on, of a page that changes now and then."""
    rows = [strip(draw(ROW)) for _ in range(ROWS)]
    made: list[str] = []
    for _ in range(draw(st.integers(1, 8))):
        for number in range(ROWS):
            if draw(st.integers(0, 3)) == 0:
                rows[number] = strip(draw(ROW))
        pieces: list[str] = []
        for number in draw(st.lists(st.integers(0, ROWS - 1), max_size=5)):
            start, end = sorted(draw(st.lists(st.integers(0, COLUMNS), min_size=2, max_size=2)))
            part = rows[number] if draw(st.booleans()) else rows[number].crop(start, max(start + 1, end))
            place = 0 if part is rows[number] else start
            ends_line = draw(st.booleans()) and number < ROWS - 1
            pieces.append(f"\x1b[{number + 1};{place + 1}H{rendered(part)}{chr(10) * ends_line}")
        other = draw(st.sampled_from(["", "", "", "", "\x1b[?2026h", "\x1b[2J", "\x1b[2;2H"]))
        made.append(other + "".join(pieces) + draw(st.sampled_from(["", "\x1b[?2026l"])))
    return made


def rendered(part: Strip) -> str:
    return "".join(
        segment.style.render(segment.text, color_system=ColorSystem.TRUECOLOR)
        if segment.style
        else segment.text
        for segment in part
    )


def screen() -> tuple[pyte.Screen, pyte.Stream]:
    made = pyte.Screen(COLUMNS, ROWS)
    # It goes to the next line only where it is told to.
    made.reset_mode(7 << 5)
    return made, pyte.Stream(made)


def cells(of: pyte.Screen) -> list[object]:
    return [of.buffer[row][column] for row in range(ROWS) for column in range(COLUMNS)]


@pytest.mark.longer
@settings(max_examples=long_or_short(300, 80), deadline=None)
@given(frames())
def test_the_screen_is_the_same(drawn: list[str]) -> None:
    unchanged = RowCache()
    whole, every_piece = screen()
    spared, fewer_pieces = screen()
    for frame in drawn:
        every_piece.feed(frame)
        fewer_pieces.feed(unchanged.skip_unchanged(frame))
        assert cells(whole) == cells(spared)


def row(number: int, text: str, column: int = 1) -> str:
    return f"\x1b[{number};{column}H\x1b[1m{text}\x1b[0m"


def test_what_stands_there_is_not_sent_again() -> None:
    unchanged = RowCache()
    page = row(1, "one") + "\n" + row(2, "two")
    assert unchanged.skip_unchanged(page) == page
    assert unchanged.skip_unchanged(f"\x1b[?2026h{page}\x1b[?2026l") == "\x1b[?2026h\x1b[?2026l"
    assert unchanged.skip_unchanged(row(1, "one") + row(2, "TWO")) == row(2, "TWO")
    unchanged.forget()
    assert unchanged.skip_unchanged(page) == page


def test_a_part_of_a_row_stands_there_too_if_it_is_at_that_place() -> None:
    unchanged = RowCache()
    unchanged.skip_unchanged(row(1, "one") + "\x1b[31m two\x1b[0m")
    assert unchanged.skip_unchanged("\x1b[1;4H\x1b[31m two\x1b[0m") == ""
    elsewhere = "\x1b[1;5H\x1b[31m two\x1b[0m"
    assert unchanged.skip_unchanged(elsewhere) == elsewhere
    # What was drawn before is there no longer.
    assert unchanged.skip_unchanged(row(1, "one")) == row(1, "one")


@pytest.mark.parametrize(
    "other", ["\x1b[2J", "\x1b[?1049h", "\x1bc", "\x1b[L", "\x1b]0;t\x07", "\x07", "x", "\n"]
)
def test_whatever_else_is_written_may_have_changed_anything(other: str) -> None:
    unchanged = RowCache()
    unchanged.skip_unchanged(row(1, "one"))
    assert unchanged.skip_unchanged(other) == other
    assert unchanged.skip_unchanged(row(1, "one")) == row(1, "one")


def test_the_cursor_goes_where_it_is_told() -> None:
    unchanged = RowCache()
    unchanged.skip_unchanged(row(1, "one"))
    assert unchanged.skip_unchanged(row(1, "one") + "\x1b[2;2H") == "\x1b[2;2H"


def test_a_few_blanks_are_not_looked_for_everywhere() -> None:
    """It would take minutes where each blank were tried as the place."""
    unchanged = RowCache()
    unchanged.skip_unchanged(f"\x1b[1;1H{' ' * 100_000}")
    assert unchanged.skip_unchanged("\x1b[1;2H ") == ""
    assert unchanged.skip_unchanged("\x1b[1;99999H ") == "\x1b[1;99999H "
