"""The library's table: what gives way on a narrow terminal, and what each row shows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from rich.cells import cell_len

from tests.unit.painting.segments import words_of
from tui.painting.library import COUNT, WHEN, WHO, Order, column_widths, columns, heading, row, welcome
from tui.painting.styles import Styles
from tui.store.index import Entry
from tui.workspace import Progress

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def progress(title: str = "Un titre", decided: int = 3, annotators: tuple[str, ...] = ("ana",)) -> Progress:
    entry = Entry(
        id="a",
        title=title,
        language="fr",
        source_language="it",
        source="a.txt",
        sentences=10,
        added_at="2026-11-01T00:00:00.000Z",
        has_entities=True,
        text_sha256="0" * 64,
    )
    return Progress(
        entry=entry, decided=decided, annotators=list(annotators), touched="2026-11-20T11:58:00.000Z"
    )


ARTICLES = [progress("\x1b[2J" + "Long " * 40, decided=0), progress()]
WIDTHS = column_widths(ARTICLES)


@pytest.mark.parametrize("width", range(20, 130, 5))
def test_every_row_fits(styles: Styles, width: int) -> None:
    fitting = columns(WIDTHS, width)
    for article in ARTICLES:
        for is_current in (False, True):
            shown = words_of(row(styles, fitting, article, NOW, is_current=is_current))
            assert cell_len(shown) <= width
            assert shown.isprintable()
            assert ("▌" in shown) == is_current


def test_columns_appear_in_the_order_of_their_worth() -> None:
    at = {
        column: next(w for w in range(200) if column in dict(columns(WIDTHS, w).others)) for column in WIDTHS
    }
    assert at[COUNT] < at[WHEN] < at[WHO]
    assert max(at.values()) == at[WHO]


def test_a_row_shows_progress_annotators_and_time(styles: Styles) -> None:
    shown = words_of(row(styles, columns(WIDTHS, 120), progress(), NOW, is_current=False))
    assert "Un titre" in shown
    assert "it → fr" in shown
    assert "━━━─────────" in shown
    assert "3/10" in shown
    assert "ana" in shown
    assert shown.rstrip().endswith("2 min ago")


@pytest.mark.parametrize(("decided", "filled"), [(0, 0), (1, 1), (9, 10), (10, 12)])
def test_the_line_is_full_only_when_all_is_decided(styles: Styles, decided: int, filled: int) -> None:
    shown = words_of(row(styles, columns(WIDTHS, 120), progress(decided=decided), NOW, is_current=False))
    assert shown.count("━") == filled


@pytest.mark.parametrize(
    ("order", "marked"),
    [("touched", "touched ▾"), ("title", "2 articles ▴"), ("progress", "done ▴"), ("language", "lang ▴")],
)
def test_the_heading_marks_what_the_rows_are_sorted_by(styles: Styles, order: Order, marked: str) -> None:
    fitting = columns(WIDTHS, 120)
    shown = words_of(heading(styles, fitting, shown=2, total=2, words="", order=order))
    assert marked in shown
    assert shown.count("▴") + shown.count("▾") == 1
    assert fitting.order_at(shown.index(marked)) == order


def test_the_heading_says_what_a_filter_leaves(styles: Styles) -> None:
    shown = words_of(heading(styles, columns(WIDTHS, 80), shown=1, total=2, words="ti", order="title"))
    assert "1 of 2: ti" in shown


def test_an_empty_library_says_what_to_do_on_as_many_rows_as_it_needs(styles: Styles) -> None:
    ways_on = [("enter", "opens the sample, which is long enough to need two rows")]
    rows = [words_of(segments) for segments in welcome(styles, ways_on, 40)]
    assert rows[1].strip() == "Nothing here yet."
    assert rows[3].startswith("    enter  opens the sample")
    assert rows[4].startswith(" " * 11)
    assert all(cell_len(shown) <= 40 for shown in rows)
