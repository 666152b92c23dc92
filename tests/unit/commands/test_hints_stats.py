"""`postil hints --stats` counts what annotators accepted and refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.cli import main
from tui.documents.document import ReadingOptions
from tui.prepare.pipeline import add_hints, read_articles
from tui.session.hint_answers import accept, open_hints, refuse
from tui.session.session import Outcome
from tui.workspace import Workspace

TEXT = b"Il a a dit non. Elle a a ri. C'est laacquisition de la ville.\n"


@pytest.fixture
def folder(tmp_path: Path, workspace_in: Callable[..., Workspace]) -> Path:
    """Ana accepts a doubled word and refuses the other; bob accepts both, and what is run together."""
    folder = tmp_path / "annotations"
    [article] = read_articles(TEXT, name="a.txt", suffix=".txt", options=ReadingOptions(language="fr"))
    article = add_hints(article)
    workspace_in(folder).library.save(article)
    answers: dict[str, list[Callable[..., Outcome]]] = {
        "ana": [accept, refuse],
        "bob": [accept, accept, accept],
    }
    for name, given in answers.items():
        opened = workspace_in(folder, annotator=name).open(article)
        assert opened.writer is not None
        for found, answer in zip(list(open_hints(opened.session)), given, strict=False):
            step = answer(opened.session, *found).step
            assert step is not None
            opened.writer.put(step)
        opened.writer.close()
    return folder


def test_a_line_a_detector_and_annotator(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hints", "--stats", "--annotations", str(folder)]) == 0
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["detector", "annotator", "accepted", "decided", "right"],
        ["doubled", "ana", "1", "2", "–"],
        ["doubled", "bob", "2", "2", "–"],
        ["doubled", "all", "3", "4", "–"],
        ["glued", "bob", "1", "1", "–"],
    ]


def test_the_same_for_scripts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["hints", "il-a-a", "--stats", "--json", "--only", "doubled", "--annotations", str(folder)]
    assert main(words) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found == [
        {"annotator": "ana", "detector": "doubled", "accepted": 1, "decided": 2, "precision": 0.5},
        {"annotator": "bob", "detector": "doubled", "accepted": 2, "decided": 2, "precision": 1.0},
    ]


def test_where_nobody_decided_anything_the_keys_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["hints", "--stats", "--annotations", str(tmp_path)]) == 0
    assert "press a or r" in capsys.readouterr().err


def test_without_an_article_there_must_be_stats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hints", "--annotations", str(tmp_path)]) == 2
    assert "--stats" in capsys.readouterr().err


def test_what_cannot_be_read_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [path] = (folder / "people" / "bob").glob("*.json")
    path.write_bytes(b"{}")
    for other in path.parent.glob("*.journal"):
        other.unlink()
    assert main(["hints", "--stats", "--annotations", str(folder)]) == 1
    captured = capsys.readouterr()
    assert "ana" in captured.out
    assert captured.err.startswith("postil: ")
