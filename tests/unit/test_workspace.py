"""A workspace: what could not be saved can be taken elsewhere, whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.model.annotation import Annotation, Work
from tui.model.article import Article
from tui.session.session import Session
from tui.store.protocol import NotPermitted, NotSaved, StoreError
from tui.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, workspace_in: Callable[..., Workspace]) -> Workspace:
    return workspace_in(tmp_path / "annotations")


@pytest.fixture
def session(workspace: Workspace, sample_article: Article) -> Session:
    """Three sentences said something about, none of it saved, and an annotation of a sentence that is none."""
    orphan = Annotation(
        segmentation=1,
        start=3,
        end=9,
        text=sample_article.text[3:9],
        tags=("fact",),
        decided=True,
        created_at="2026-11-22T22:00:00.000Z",
        updated_at="2026-11-22T22:00:00.000Z",
    )
    session = Session(sample_article, workspace.scheme, Work(annotations={3: orphan}), "ana")
    session.tag(1, "fact")
    session.tag(2, "quote")
    session.unsure(40)
    session.cursor = 2
    return session


def everything(session: Session) -> dict[int, Annotation]:
    said = [*map(session.annotation, range(len(session.article))), *session.orphans]
    return {one.start: one for one in said if one is not None}


def test_a_rescued_copy_holds_the_article_and_all_that_was_said(
    workspace: Workspace, session: Session, tmp_path: Path, workspace_in: Callable[..., Workspace]
) -> None:
    folder = workspace.rescue(session, tmp_path / "deep" / "down")
    assert folder == tmp_path / "deep" / "down"
    copy = workspace_in(folder)
    work = copy.store.load(session.article.id, "ana")
    assert work.annotations == everything(session)
    assert len(work.annotations) == 4
    assert work.cursor == session.article.starts[2]
    assert copy.library.load(session.article.id).text == session.article.text
    [event] = copy.store.history(session.article.id, "ana")
    assert (event.step.action, event.step.label) == ("rescue", f"rescued from {workspace.folder}")
    opened = copy.open(session.article)
    assert opened.writer is not None
    opened.writer.close()


def test_a_second_rescue_makes_the_copy_what_is_said_now(
    workspace: Workspace, session: Session, tmp_path: Path
) -> None:
    workspace.rescue(session, tmp_path / "copy")
    session.tag(1, "opinion")
    session.clear(2)
    session.tag(5, "fact")
    workspace.rescue(session, tmp_path / "copy")
    workspace.rescue(session, tmp_path / "copy")
    store = Workspace(
        tmp_path / "copy",
        annotator="ana",
        scheme=workspace.scheme,
        keymap=workspace.keymap,
        palette=workspace.palette,
    ).store
    assert store.load(session.article.id, "ana").annotations == everything(session)
    assert [len(event.step.changes) for event in store.history(session.article.id, "ana")] == [4, 3]


def test_a_tilde_is_the_home_folder(
    workspace: Workspace, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert workspace.rescue(session, Path("~/rescued")) == tmp_path / "home" / "rescued"


@pytest.mark.parametrize(
    "where", ["annotations", "annotations/../annotations", "file", "a\0b", "~nobody-here/x"]
)
def test_a_folder_that_cannot_take_it_is_refused_in_one_line(
    workspace: Workspace, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "annotations").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotSaved, match="another"):
        workspace.rescue(session, Path(where))
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_somebody_at_work_there_is_not_disturbed(
    workspace: Workspace, session: Session, tmp_path: Path, workspace_in: Callable[..., Workspace]
) -> None:
    other = workspace_in(tmp_path / "copy")
    other.library.save(session.article)
    writer = other.store.open(session.article.id, "ana")
    with pytest.raises(StoreError, match="open"):
        workspace.rescue(session, tmp_path / "copy")
    writer.close()
    workspace.rescue(session, tmp_path / "copy")


def test_a_folder_in_the_way_of_a_file_is_told(
    workspace: Workspace, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises((NotSaved, NotPermitted)) as refused:
        workspace.rescue(session, tmp_path / "file" / "below")
    assert "\n" not in str(refused.value)


def test_a_network_file_system_is_told_on_opening(
    workspace_in: Callable[..., Workspace],
    sample_article: Article,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tui.workspace.network_file_system", lambda _: "nfs4")
    place = workspace_in(tmp_path)
    place.library.save(sample_article)
    opened = place.open(sample_article)
    assert opened.writer is not None
    opened.writer.close()
    assert "network file system (nfs4)" in opened.notice
