"""Fewer bytes draw the same picture."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.terminal.compact import compact

COLUMNS, ROWS = 90, 3

Cell = tuple[str, str, str, tuple[bool, ...]]


def drawn(frame: str) -> list[Cell]:
    """What is seen of each cell, on a screen that was full of something else."""
    screen = pyte.Screen(COLUMNS, ROWS)
    screen.reset_mode(7 << 5)
    stream = pyte.Stream(screen)
    for row in range(ROWS):
        stream.feed(f"\x1b[{row + 1};1H\x1b[7;31m{'#' * (COLUMNS - 1)}\x1b[0m")
    stream.feed(frame)
    cells: list[Cell] = []
    for row in range(ROWS):
        for column in range(COLUMNS):
            cell = screen.buffer[row][column]
            blank = cell.data == " "
            marks = (cell.underscore, cell.reverse, cell.strikethrough)
            ink = "" if blank else cell.fg
            cells.append((cell.data, ink, cell.bg, marks if blank else (*marks, cell.bold, cell.italics)))
    return [*cells, (str(screen.cursor.y), str(screen.cursor.x), str(screen.cursor.attrs), ())]


WORDS = st.sampled_from(
    ["mot", " ", "      ", " " * 14, "deux mots", "a" + " " * 15 + "b", "é 你", "  x  ", ""]
)
STYLES = st.sampled_from(
    [
        "",
        "bold",
        "dim",
        "bold dim",
        "italic underline",
        "reverse",
        "strike #ff0000",
        "default on default",
        "bold red",
        "bold red on default",
        "on blue",
        "#d3d7de on #12151b",
        "bold #d3d7de on #12151b",
        "underline color(200) on color(17)",
        "bright_black",
    ]
).map(Style.parse)
ROW = st.lists(st.tuples(WORDS, STYLES), max_size=4)


def rendered(pieces: list[tuple[str, Style]]) -> str:
    return "".join(Strip.render_style(style, text, ColorSystem.TRUECOLOR) for text, style in pieces if text)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(1, ROWS - 1), st.integers(1, 20), ROW), max_size=4), st.booleans())
def test_it_draws_the_same_in_no_more_bytes(
    rows: list[tuple[int, int, list[tuple[str, Style]]]], lines: bool
) -> None:
    between = "\r\n" if lines else ""
    frame = "".join(f"{between}\x1b[{row};{column}H{rendered(pieces)}" for row, column, pieces in rows)
    frame = f"\x1b[1;1H{frame}\x1b[1;1H"
    short = compact(frame)
    assert drawn(short) == drawn(frame)
    assert len(short) <= len(frame)


@pytest.mark.parametrize(
    ("frame", "short"),
    [
        ("\x1b[31ma\x1b[0m\x1b[31mb\x1b[0m", "\x1b[31mab\x1b[m"),
        ("\x1b[1;39;49ma\x1b[0m\x1b[39;49m b\x1b[0m", "\x1b[1ma\x1b[m b"),
        ("\x1b[39;49m" + " " * 20 + "\x1b[0m\r\n\x1b[2;1Hx", "\x1b[20X\x1b[2;1Hx"),
        (" " * 20 + "x", "\x1b[20X\x1b[20Cx"),
        ("\x1b[44m" + " " * 20 + "\x1b[0m", "\x1b[44m" + " " * 20 + "\x1b[m"),
        ("\x1b[?2026h", "\x1b[?2026h"),
        ("\x1b[31m \x1b[0m\x1b[1mx\x1b[0m", " \x1b[1mx\x1b[m"),
        ("\x1b[1;31mx\x1b[0m\x1b[31my\x1b[0m", "\x1b[1;31mx\x1b[22my\x1b[m"),
    ],
    ids=ascii,
)
def test_what_it_leaves_out(frame: str, short: str) -> None:
    assert compact(frame) == short


def test_a_style_that_is_left_open_stays_so() -> None:
    assert compact("\x1b[1mx") == "\x1b[1mx"
    assert compact("x\x1b[4m") == "x\x1b[4m"


def test_words_keep_their_characters() -> None:
    strip = Strip([Segment("un\u00a0mot\u2028\u0301 é"), Segment("e\u0301" * 3, Style.parse("red"))])
    frame = "".join(text for text, _, _ in strip)
    assert compact(frame) == frame
