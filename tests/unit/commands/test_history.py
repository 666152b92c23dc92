"""The history tells every step of everybody, in order, and nothing of it acts on a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Postil = Callable[..., tuple[int, str, str]]


@pytest.fixture
def worked(postil: Postil, article: str) -> str:
    for annotator, sentence, tags in (
        ("ana", "1", ("fact", "quote")),
        ("bob", "2", ("none",)),
        ("ana", "1", ("none",)),
    ):
        assert postil("tag", article, sentence, *tags, annotator=annotator)[0] == 0
    return article


def test_who_did_what_when(postil: Postil, worked: str) -> None:
    code, out, error = postil("history", worked)
    lines = out.splitlines()
    assert (code, error, len(lines)) == (0, "", 4)
    assert [line.split("  ")[1] for line in lines] == ["ana", "ana", "bob", "ana"]
    assert "tagged quote  1: fact → fact+quote  “" in lines[1]
    assert "tagged none  1: fact+quote → none  “" in lines[3]


def test_of_one_annotator(postil: Postil, worked: str) -> None:
    assert len(postil("history", worked, "--annotator", "bob")[1].splitlines()) == 1
    assert postil("history", worked, "--annotator", "../x")[0] == 2


def test_as_json(postil: Postil, worked: str) -> None:
    events = [json.loads(line) for line in postil("history", worked, "--json")[1].splitlines()]
    assert [(event["annotator"], event["seq"]) for event in events] == [
        ("ana", 1),
        ("ana", 2),
        ("bob", 1),
        ("ana", 3),
    ]
    assert {event["schema"] for event in events} == {"postil.event/1"}
    assert events[3]["changes"][0]["before"]["tags"] == ["fact", "quote"]
    assert events[3]["changes"][0]["after"]["tags"] == []


def test_nothing_done_is_said(postil: Postil, article: str) -> None:
    code, out, error = postil("history", article)
    assert (code, out) == (0, "")
    assert "no one has annotated" in error


def test_a_damaged_history_is_one_line_and_no_traceback(postil: Postil, worked: str, tmp_path: Path) -> None:
    [history] = (tmp_path / "annotations" / "people" / "bob").glob("*.history")
    history.write_bytes(history.read_bytes()[:-30] + b"x\n")
    code, _, error = postil("history", worked)
    assert code == 1
    assert error.count("\n") == 1
    assert "verify --repair" in error
