"""Neither a reviewer's decisions nor a second pass for agreement with oneself is one more annotator's opinion."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.model.annotation import Change, Step
from tui.model.article import Article
from tui.review.reading import read_all
from tui.review.reviewing import Reviewing
from tui.session.session import Session
from tui.settings.scheme_file import load
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.second_pass import SecondPassStore
from tui.workspace import Workspace

Postil = Callable[..., tuple[int, str, str]]


@pytest.fixture(params=["as it is stored now", "as earlier versions stored it"])
def counted(
    postil: Postil,
    article: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Article:
    """Ana and ben differ on sentence 2; ana decided it once more, and otherwise; rita, who only reviews, settled it."""
    for annotator, tag in (("ana", "fact"), ("ben", "opinion")):
        assert postil("tag", article, "2", tag, annotator=annotator)[0] == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("quote\n"))
    assert postil("agreement", "--redo", "--annotator", "ana")[0] == 0
    folder = tmp_path / "annotations"
    if request.param.startswith("as earlier"):
        as_earlier(folder, article)
    reviews = FolderStore(folder, scheme="news/1", kind="review")
    published = Library(folder).load(article)
    session = Session(published, load(), reviews.load(article, "rita"), "rita")
    read = read_all(FolderStore(folder, scheme="news/1"), published, "news/1")
    outcome = Reviewing(session, read.by_annotator).take(1, "ben")
    assert outcome.step is not None
    writer = reviews.open(article, "rita")
    writer.put(outcome.step)
    writer.close()
    return published


def as_earlier(folder: Path, article: str) -> None:
    """Store ana's second pass as the work of `ana.again`, which earlier versions did."""
    [again] = SecondPassStore(folder, scheme="news/1").load(article, "ana").annotations.values()
    writer = FolderStore(folder, scheme="news/1").open(article, "ana.again")
    change = Change(before=None, after=again)
    writer.put(Step(action="tag.quote", label="", at=again.updated_at, changes=(change,), cursor=0))
    writer.close()
    for path in (folder / "people" / "ana").glob("*.second.*"):
        path.unlink()


def test_in_agreement(postil: Postil, counted: Article) -> None:
    found = json.loads(postil("agreement", "--json")[1])
    assert (found["annotators"], found["sentences"]) == (["ana", "ben"], 1)
    own = json.loads(postil("agreement", "--json", "--self", "--annotator", "ana")[1])
    assert own["annotators"] == ["ana", "ana (second pass)"]


def test_in_an_export(postil: Postil, counted: Article) -> None:
    def annotators(*words: str) -> list[str]:
        return [json.loads(line)["annotator"] for line in postil("export", *words)[1].splitlines()]

    assert annotators() == ["ana", "ben"]
    assert annotators("--untagged") == ["ana", "ben"] * 4
    assert annotators("--adjudicated") == ["ben"]
    assert annotators("--annotator", "ana.again") == []
    assert annotators("--annotator", "rita") == []
    [again] = map(json.loads, postil("export", "--second-pass")[1].splitlines())
    assert (again["annotator"], again["tags"], again["pass"]) == ("ana", ["quote"], 2)


def test_an_export_says_what_it_leaves_out(postil: Postil, counted: Article, tmp_path: Path) -> None:
    told = "postil: second passes are left out: --second-pass exports them, postil agreement --self compares them\n"
    for words in ((), (counted.id,), ("--annotator", "ana"), ("--untagged",)):
        assert postil("export", *words)[2] == told
    for words in (("--annotator", "ben"), ("--second-pass",), ("--second-pass", "--annotator", "ana")):
        assert postil("export", *words)[2] == ""
    assert postil("export", "--second-pass", "--adjudicated")[0] == 2


def test_in_a_corrected_text(postil: Postil, counted: Article) -> None:
    error = postil("export", "--format", "corrected")[2]
    assert "ana, ben annotated" in error
    assert "again" not in error
    assert "rita" not in error


def test_in_the_library(postil: Postil, counted: Article) -> None:
    assert json.loads(postil("list", "--json")[1])["annotators"] == ["ana", "ben"]
    assert "  ana, ben\n" in postil("list")[1]


def test_in_a_report(postil: Postil, counted: Article) -> None:
    page = postil("report", counted.id)[1]
    assert "again" not in page
    assert "rita" not in page
    assert postil("report", counted.id, "--annotator", "ana.again")[0] == 2


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
    assert [event.get("pass") for event in events] == [None, None, 2]
    lines = postil("history", counted.id)[1].splitlines()
    assert [line.split()[2] for line in lines] == ["ana", "ben", "ana"]
    assert "  ana (second pass)  " in lines[2]
