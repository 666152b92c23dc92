"""Fewer bytes, and the same screen."""

from __future__ import annotations

from itertools import pairwise

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.sgr import PLAIN, Rendition, Thrift, applied, change

WIDTH, HEIGHT = 12, 4

PARAMETERS = st.sampled_from(
    [
        *"0123479",
        "",
        "22",
        "23",
        "24",
        "27",
        "29",
        "31",
        "39",
        "44",
        "49",
        "92",
        "103",
        "38;5;7",
        "48;2;9;8;7",
    ]
)
SGR = st.lists(PARAMETERS, min_size=1, max_size=4).map(lambda numbers: f"\x1b[{';'.join(numbers)}m")
PLACE = st.builds("\x1b[{};{}H".format, st.integers(1, HEIGHT - 1), st.integers(1, WIDTH))
WRITTEN = st.lists(
    st.one_of(
        SGR,
        SGR,
        PLACE,
        PLACE.map(lambda place: f"{place}\r\n"),
        st.sampled_from(["a", "bc", "x y", "\x1b[K", "\x1b[?2026h", "\x1b[?25l"]),
    ),
    max_size=30,
)


def screen(data: str) -> list[list[object]]:
    """Every cell as it looks, and where the cursor is."""
    shown = pyte.Screen(WIDTH, HEIGHT)
    pyte.Stream(shown).feed(data)
    cells: list[list[object]] = [[shown.buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT)]
    return [*cells, [shown.cursor.x, shown.cursor.y]]


@given(st.lists(WRITTEN.map("".join), max_size=4))
def test_the_screen_is_the_same_and_no_byte_is_added(writes: list[str]) -> None:
    thrift = Thrift()
    thrift.through("\x1b[0m")
    sent = "".join(map(thrift.through, writes))
    assert screen(sent) == screen("".join(writes))
    # At the most a reset that stood after the last cell comes before the first of the next.
    assert len(sent) <= len("".join(writes)) + len("\x1b[0m")


@given(WRITTEN.map("".join), st.lists(st.integers(0, 80)))
def test_it_may_be_written_in_any_pieces(data: str, cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(data)]
    thrift = Thrift()
    sent = "".join(thrift.through(data[a:b]) for a, b in pairwise(places))
    assert screen(sent) == screen(data)


def test_what_textual_writes_gets_shorter() -> None:
    colours = "38;2;211;215;222;48;2;18;21;27m"
    written = f"\x1b[3;1H\x1b[{colours}one \x1b[0m\x1b[1;{colours}two\x1b[0m\x1b[{colours} three\x1b[0m"
    thrift = Thrift()
    thrift.through(written)
    assert thrift.through(written) == "\x1b[3;1Hone \x1b[1mtwo\x1b[22m three"


def test_a_position_that_another_follows_is_left_out() -> None:
    assert Thrift().through("\x1b[3;1H\r\n\x1b[4;1Hx") == "\x1b[4;1H\x1b[0mx"


def test_what_others_wrote_is_not_relied_on() -> None:
    thrift = Thrift()
    thrift.through("\x1b[31mx")
    assert thrift.through("\x1b[31my") == "y"
    thrift.forget()
    assert thrift.through("\x1b[31mz") == "\x1b[0;31mz"


@pytest.mark.parametrize("unknown", ["\x1b[4:3m", "\x1b[58;5;1m", "\x1b[38;7m", "\x1b[38m"])
def test_what_is_not_known_goes_through_until_all_is_reset(unknown: str) -> None:
    thrift = Thrift()
    thrift.through("\x1b[0mx")
    assert thrift.through(f"{unknown}a\x1b[1mb") == f"{unknown}a\x1b[1mb"
    assert thrift.through("\x1b[0;32mc\x1b[32md") == "\x1b[0;32mcd"


@pytest.mark.parametrize(
    ("before", "after", "sent"),
    [
        (PLAIN, Rendition("31"), "\x1b[31m"),
        (Rendition("31"), PLAIN, "\x1b[0m"),
        (Rendition("38;2;1;2;3", "44", frozenset("1")), Rendition("38;2;1;2;3", "44"), "\x1b[22m"),
        (
            Rendition("38;2;1;2;3", "48;2;1;1;1", frozenset("12")),
            Rendition("38;2;1;2;3", "48;2;1;1;1", frozenset("2")),
            "\x1b[22;2m",
        ),
        (None, Rendition("31", "", frozenset("1")), "\x1b[0;1;31m"),
        (Rendition("31", "41"), Rendition("31"), "\x1b[49m"),
    ],
)
def test_the_shortest_change(before: Rendition | None, after: Rendition, sent: str) -> None:
    assert change(before, after) == sent
    if before is not None:
        assert applied(before, sent) == after
