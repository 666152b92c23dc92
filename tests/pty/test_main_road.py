"""The main road on a real pty: open the sample, tag, leave, come back, export."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from tui.resources import sample

FIRST_FIVE = [["fact"], ["opinion"], ["quote"], ["translation_error"], []]


def export(annotations: Path, *arguments: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tui", "export", "--annotations", str(annotations), *arguments]
    printed = subprocess.run(command, capture_output=True, check=True).stdout
    return [json.loads(line) for line in printed.split(b"\n") if line]


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (80, 24)])
def test_five_keys_five_decisions_that_survive(start, tmp_path: Path, columns: int, rows: int) -> None:
    annotations = tmp_path / "annotations"
    terminal = start("open", str(sample()), columns=columns, rows=rows)
    terminal.wait_for("0/41 decided")
    terminal.send("foqts")
    terminal.wait_for("5/41 decided")
    terminal.send("F")
    terminal.wait_for("6/41 decided")
    terminal.send("u")
    terminal.wait_for("5/41 decided")
    terminal.send("\x11")
    assert terminal.wait_for_end() == 0

    again = start("open", str(sample()), columns=columns, rows=rows)
    again.wait_for("5/41 decided")
    again.wait_for(lambda _: "En soutien" in again.row_with("▌"))
    again.wait_for(lambda screen: any("F···" in row and "Sous les yeux" in row for row in screen.split("\n")))
    again.send("\x11")
    assert again.wait_for_end() == 0

    records = export(annotations)
    text = sample().read_text(encoding="utf-8")
    assert [record["tags"] for record in records] == FIRST_FIVE
    assert all(
        record["decided"] and record["text"] == text[record["start"] : record["end"]] for record in records
    )

    [database] = (annotations / "people" / "ana").glob("*.json")
    with TinyDB(database, access_mode="r") as stock:
        assert [document["tags"] for document in stock.table("annotations").all()] == FIRST_FIVE


def test_q_tags_and_says_how_to_quit_the_first_time(start) -> None:
    terminal = start("open", str(sample()))
    terminal.wait_for("0/41 decided")
    terminal.send("q")
    terminal.wait_for("tagged quote: u undoes, ctrl+q quits")
    terminal.send("q")
    terminal.wait_for("2/41 decided")
    terminal.wait_for(lambda screen: "undoes" not in screen)


def test_highlights_come_later_and_no_key_waits_for_them(start) -> None:
    terminal = start("open", str(sample()))
    terminal.wait_for("0/41 decided")
    terminal.send("jjjf")
    terminal.wait_for("1/41 decided")
    terminal.wait_for("organisation")
    terminal.wait_for("1/41 decided")


def test_the_terminal_tells_its_size_not_the_environment(start) -> None:
    terminal = start("open", str(sample()), environment={"COLUMNS": "60", "LINES": "20"})
    terminal.wait_for("People, organisations, places")


def test_an_article_from_a_pipe_is_read_and_keys_come_from_the_terminal(start) -> None:
    terminal = start("-", piped=b"Un titre\nUne phrase. Une autre.\n")
    terminal.wait_for("0/3 decided")
    terminal.send("fo")
    terminal.wait_for("2/3 decided")
    terminal.send("\x11")
    assert terminal.wait_for_end() == 0


def test_a_dumb_terminal_is_refused_with_a_way_on(start) -> None:
    terminal = start("open", str(sample()), environment={"TERM": "dumb"})
    assert terminal.wait_for_end() == 2
    assert b"postil show" in terminal.raw


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_signal_saves_first_and_gives_its_code(start, tmp_path: Path, number: signal.Signals) -> None:
    terminal = start("open", str(sample()))
    terminal.wait_for("0/41 decided")
    terminal.send("fo")
    terminal.wait_for("2/41 decided")
    terminal.signal(number)
    assert terminal.wait_for_end() == 128 + number
    assert len(export(tmp_path / "annotations")) == 2


def test_a_split_key_sequence_is_still_that_key(start) -> None:
    terminal = start("open", str(sample()))
    terminal.wait_for("Sentence 1 of 41")
    for byte in "\x1b[B":
        terminal.send(byte)
    terminal.wait_for("Sentence 2 of 41")


def test_the_first_run_offers_the_sample(start) -> None:
    terminal = start()
    terminal.wait_for("opens the sample")
    terminal.send("\r")
    terminal.wait_for("0/41 decided")
    terminal.send("fl")
    terminal.wait_for("1/41")


def test_a_terminal_that_vanishes_at_the_first_paint_leaves_no_process(start) -> None:
    # Many at once: whether the way out hangs depends on which thread meets the closed terminal first.
    terminals = [start("open", str(sample())) for _ in range(8)]
    for terminal in terminals:
        terminal.wait_for("41 decided")
    assert [terminal.hang_up() for terminal in terminals] == [128 + signal.SIGHUP] * len(terminals)
