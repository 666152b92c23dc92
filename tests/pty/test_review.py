"""A whole review on a real pty: settle, reject, amend, undo, come back, and see new work come in."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "Un titre\nParis est une ville. Elle est belle.\nMusk a dit non. Il part demain.\n"
ANSWERS = {
    "bob": ("none", "fact", "opinion", "quote", "fact"),
    "eve": ("none", "opinion", "opinion", "fact", "opinion"),
}


def postil(annotations: Path, *arguments: str, annotator: str | None = None) -> str:
    who = ["--annotator", annotator] if annotator else []
    command = [sys.executable, "-m", "tui", *arguments, "--annotations", str(annotations), *who]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


@pytest.fixture
def article(tmp_path: Path) -> str:
    """Five sentences, of which bob and eve differ on 2, 4 and 5."""
    annotations = tmp_path / "annotations"
    path = tmp_path / "small.txt"
    path.write_text(TEXT, encoding="utf-8")
    article = postil(annotations, "add", str(path)).strip()
    for name, answers in ANSWERS.items():
        for number, tag in enumerate(answers, start=1):
            postil(annotations, "tag", article, str(number), tag, annotator=name)
    return article


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (80, 24)])
def test_a_whole_review(start, article: str, tmp_path: Path, columns: int, rows: int) -> None:
    annotations = tmp_path / "annotations"
    terminal = start("review", article, columns=columns, rows=rows)
    terminal.wait_for("0/3 settled")
    terminal.wait_for("1 bob")
    terminal.send("\t")
    terminal.wait_for(lambda _: "Paris" in terminal.row_with("▌"))
    terminal.send("1")
    terminal.wait_for("1/3 settled")
    terminal.wait_for(lambda _: "Musk" in terminal.row_with("▌"))
    terminal.send("m")
    terminal.wait_for("choose one version")
    terminal.send("R")
    terminal.wait_for("reject because")
    terminal.send("no verb\r")
    terminal.wait_for("2/3 settled")
    terminal.wait_for(lambda _: "demain" in terminal.row_with("▌"))
    terminal.send("C\r")
    terminal.wait_for("3/3 settled")
    terminal.wait_for("everything is settled")
    terminal.send("u")
    terminal.wait_for("2/3 settled")
    terminal.send("t")
    terminal.wait_for("3/3 settled")

    # An annotator goes on meanwhile: the sentence is open again, and the reviewer stays where they are.
    terminal.send("g")
    terminal.wait_for(lambda _: "Un titre" in terminal.row_with("▌"))
    postil(annotations, "tag", article, "2", "quote", annotator="bob")
    terminal.wait_for(lambda screen: "2/3 settled" in screen and "Un titre" in terminal.row_with("▌"))
    terminal.send("\t2")
    terminal.wait_for("3/3 settled")
    terminal.send("\x11")
    assert terminal.wait_for_end() == 0

    again = start("review", article, "--blind", columns=columns, rows=rows)
    again.wait_for("3/3 settled")
    again.wait_for("annotator 1")
    assert "bob" not in again.screen
    again.send("\x11")
    assert again.wait_for_end() == 0

    lines = postil(annotations, "export", "--adjudicated").splitlines()
    found = [json.loads(line) for line in lines]
    assert [(one["tags"], one["status"], one["annotator"], one["review_note"]) for one in found] == [
        ([], "unreviewed", "bob", ""),
        (["opinion"], "accepted", "eve", ""),
        (["opinion"], "unreviewed", "bob", ""),
        ([], "rejected", "ana", "no verb"),
        (["translation_error"], "amended", "ana", ""),
    ]
