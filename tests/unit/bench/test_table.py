from __future__ import annotations

import pytest

from bench.table import Row, Section, at_least, at_most, at_most_times, figure, markdown, plain, tally

ROWS = [
    at_most("bytes a move", 1_854, "bytes", 1_300),
    at_most_times("first paint", 198.1, "ms", 1.25, 168.9, "the floor"),
    at_least("exact F1", 98.5, "%", 98.5),
    figure("python -c pass", 11.04, "ms"),
    figure("peak memory", None, "MB"),
]


def shown(row: Row) -> tuple[str, str, str, str]:
    _, value, goal, ratio, verdict = row.cells()
    return value, goal, ratio, verdict


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (ROWS[0], ("1,854 bytes", "<= 1,300 bytes", "1.43", "missed")),
        (ROWS[1], ("198.1 ms", "<= 1.25 x the floor", "1.17", "met")),
        (ROWS[2], ("98.50 %", ">= 98.5 %", "1.00", "met")),
        (ROWS[3], ("11.0 ms", "", "", "")),
        (ROWS[4], ("", "", "", "not measured")),
        (at_least("exact F1", 98.4, "%", 98.5), ("98.40 %", ">= 98.5 %", "1.00", "missed")),
        (at_most("keys that drew nothing", 0, "", 0), ("0", "<= 0", "", "met")),
        (at_most("keys that drew nothing", 1, "", 0), ("1", "<= 0", "", "missed")),
        (at_most("p99", None, "ms", 33), ("", "<= 33 ms", "", "not measured")),
        (at_least("exact F1", None, "%", 98.5), ("", ">= 98.5 %", "", "not measured")),
    ],
)
def test_cells(row: Row, cells: tuple[str, str, str, str]) -> None:
    assert shown(row) == cells


@pytest.mark.parametrize(("value", "met"), [(12.5, True), (12.6, False)])
def test_a_goal_that_another_program_sets(value: float, met: bool) -> None:
    row = at_most_times("start", value, "ms", 1.25, 10.0, "the floor")
    assert row.met is met
    assert row.ratio == pytest.approx(value / 10)


def test_what_lacks_its_anchor_is_not_measured() -> None:
    row = at_most_times("start", 10.0, "ms", 1.0, None, "SLATE")
    assert shown(row) == ("10.0 ms", "<= 1 x SLATE", "", "not measured")


def test_plain_is_aligned_and_holds_every_row() -> None:
    text = plain([Section("Terminal", ROWS), Section("Entities", [], ["as printed"])])
    lines = text.splitlines()
    assert [line for line in lines if line and not line.startswith(" ")][:2] == ["Terminal", "Entities"]
    rows = [next(line for line in lines if row.what in line) for row in ROWS]
    assert len({line.index("<=") for line in rows[:2]} | {rows[2].index(">=")}) == 1
    assert rows[0].endswith("1.43  missed")
    assert "  as printed" in lines
    assert lines[-1] == "2 met, 1 missed, 1 not measured"
    assert not any(line != line.rstrip() for line in lines)


def test_markdown_is_a_table_a_section_and_escapes() -> None:
    lines = markdown([Section("Terminal", [at_most("a|b", 1, "ms", 2)]), Section("Entities", [], ["x"])])
    assert lines.splitlines() == [
        "## Terminal",
        "",
        "| what | value | goal | ratio |  |",
        "| --- | ---: | --- | ---: | --- |",
        "| a\\|b | 1.0 ms | &lt;= 2 ms | 0.50 | met |",
        "",
        "## Entities",
        "",
        "```",
        "x",
        "```",
        "",
        "Ratio: the value divided by the number or the program that its goal names. 1 met, 0 missed",
    ]


def test_the_tally_counts_what_was_not_measured_only_where_there_is_some() -> None:
    assert tally([Section("a", ROWS[:4])]) == "2 met, 1 missed"
    assert tally([]) == "0 met, 0 missed"


def test_the_tally_counts_lines_that_end_in_a_verdict() -> None:
    assert tally([Section("a", ROWS[1:2], ["x  met", "y  MISSED", "never met it", ""])]) == "2 met, 1 missed"
