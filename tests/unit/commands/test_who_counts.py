"""Neither a reviewer's decisions nor a second pass for agreement with oneself is one more annotator's opinion."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.model.article import Article
from tui.review.reading import read_all
from tui.review.reviewing import Reviewing
from tui.scheme import load
from tui.session.session import Session
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.workspace import Workspace

Postil = Callable[..., tuple[int, str, str]]


@pytest.fixture
def counted(postil: Postil, article: str, tmp_path: Path) -> Article:
    """Ana and ben differ on sentence 2; ana decided it once more, and otherwise; rita, who only reviews, settled it."""
    for annotator, tag in (("ana", "fact"), ("ben", "opinion"), ("ana.again", "quote")):
        assert postil("tag", article, "2", tag, annotator=annotator)[0] == 0
    folder = tmp_path / "annotations"
    reviews = FolderStore(folder, scheme="news/1", kind="review")
    published = Library(folder).load(article)
    session = Session(published, load(), reviews.load(article, "rita"), "rita")
    read = read_all(FolderStore(folder, scheme="news/1"), published, "news/1")
    outcome = Reviewing(session, read.said_by).take(1, "ben")
    assert outcome.step is not None
    writer = reviews.open(article, "rita")
    writer.put(outcome.step)
    writer.close()
    return published


def test_in_agreement(postil: Postil, counted: Article) -> None:
    found = json.loads(postil("agreement", "--json")[1])
    assert (found["annotators"], found["sentences"]) == (["ana", "ben"], 1)
    named = json.loads(postil("agreement", "--json", "--annotator", "ana", "--annotator", "ana.again")[1])
    assert named["annotators"] == ["ana", "ana.again"]
    own = json.loads(postil("agreement", "--json", "--self", "--annotator", "ana")[1])
    assert own["annotators"] == ["ana", "ana.again"]


def test_in_an_export(postil: Postil, counted: Article) -> None:
    def annotators(*words: str) -> list[str]:
        return [json.loads(line)["annotator"] for line in postil("export", *words)[1].splitlines()]

    assert annotators() == ["ana", "ben"]
    assert annotators("--untagged") == ["ana", "ben"] * 4
    assert annotators("--adjudicated") == ["ben"]
    assert annotators("--annotator", "ana.again") == ["ana.again"]
    assert annotators("--annotator", "rita") == []


def test_in_a_corrected_text(postil: Postil, counted: Article) -> None:
    error = postil("export", "--format", "corrected")[2]
    assert "ana, ben annotated" in error
    assert "again" not in error
    assert "rita" not in error


def test_in_the_library(postil: Postil, counted: Article) -> None:
    assert json.loads(postil("list", "--json")[1])["annotators"] == ["ana", "ben"]
    assert "  ana, ben  " in postil("list")[1]
    # Whoever is at the second pass sees how far that is.
    assert json.loads(postil("list", "--json", annotator="ana.again")[1])["decided"] == 1


def test_in_a_report(postil: Postil, counted: Article) -> None:
    page = postil("report", counted.id)[1]
    assert "again" not in page
    assert "rita" not in page
    assert "again" in postil("report", counted.id, "--annotator", "ana.again")[1]


def test_in_a_review(counted: Article, tmp_path: Path, workspace_in: Callable[..., Workspace]) -> None:
    opened = workspace_in(tmp_path / "annotations").open_review(counted)
    assert opened.writer is not None
    opened.writer.close()
    assert opened.reviewing is not None
    assert opened.reviewing.columns == ["ana", "ben"]
    # Rita's decision is hers: whoever else reviews settles it anew.
    assert opened.reviewing.progress == (0, 1)


def test_the_history_tells_of_everything(postil: Postil, counted: Article) -> None:
    events = [json.loads(line) for line in postil("history", counted.id, "--json")[1].splitlines()]
    assert [event["annotator"] for event in events] == ["ana", "ben", "ana.again"]
