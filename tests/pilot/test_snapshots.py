"""What the screens look like, cell by cell. After a change that is meant: pytest --snapshot-update, and look."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from tui.app import PostilApp
from tui.model.article import Article
from tui.reader import rescue
from tui.reader.rescue import RescueScreen
from tui.session.session import Session
from tui.settings.theme import PALETTES
from tui.store.protocol import NotSaved, Writer
from tui.workspace import Workspace

MakeWorkspace = Callable[..., Workspace]

SIZES = [(120, 40), (80, 24)]


@pytest.fixture
def at_work(
    tmp_path: Path, workspace_in: MakeWorkspace, sample_article: Article
) -> Callable[[str], Workspace]:
    """A workspace in which ten sentences of the sample are decided."""

    def make(palette: str) -> Workspace:
        workspace = workspace_in(tmp_path / "annotations", palette=palette)
        workspace.library.save(sample_article)
        writer = workspace.store.open(sample_article.id, "ana")
        session = Session(
            sample_article, workspace.scheme, workspace.store.load(sample_article.id, "ana"), "ana"
        )
        outcomes = [session.tag(index, "fact") for index in range(8)]
        outcomes += [session.tag(2, "opinion"), session.tag(3, "quote"), session.tag(8, "opinion")]
        outcomes += [
            session.tag(8, "quote"),
            session.tag(8, "translation_error"),
            session.none(9),
            session.unsure(8),
        ]
        writer.put(*(outcome.step for outcome in outcomes if outcome.step))
        writer.put_cursor(sample_article.starts[8])
        writer.close()
        return workspace

    return make


@pytest.mark.parametrize("size", SIZES, ids=["120x40", "80x24"])
@pytest.mark.parametrize("palette", list(PALETTES))
def test_reader(snap_compare, at_work, sample_article: Article, palette: str, size: tuple[int, int]) -> None:
    workspace = at_work(palette)
    app = PostilApp(workspace, workspace.open(sample_article))
    assert snap_compare(app, terminal_size=size)


@pytest.mark.parametrize("size", SIZES, ids=["120x40", "80x24"])
def test_help(snap_compare, at_work, sample_article: Article, size: tuple[int, int]) -> None:
    workspace = at_work("dark")
    assert snap_compare(PostilApp(workspace, workspace.open(sample_article)), press=["h"], terminal_size=size)


class FullDisk:
    """A writer that can keep nothing."""

    def put(self, *_: object) -> int:
        raise NotSaved("not saved, No space left on device: free some space (/srv/news/people/ana/x.journal)")

    def put_cursor(self, _: int) -> None: ...

    def close(self) -> None: ...


@pytest.mark.parametrize("palette", ["dark", "mono"])
@pytest.mark.parametrize("size", [(80, 24), (40, 10)], ids=["80x24", "40x10"])
def test_leaving_with_unsaved_work(
    snap_compare,
    tmp_path: Path,
    workspace_in: MakeWorkspace,
    sample_article: Article,
    monkeypatch: pytest.MonkeyPatch,
    palette: str,
    size: tuple[int, int],
) -> None:
    async def quit_in_vain(pilot) -> None:
        await pilot.press("f", "o", "ctrl+q")
        async with asyncio.timeout(20):
            while not isinstance(pilot.app.screen, RescueScreen):
                await pilot.pause(0.01)

    monkeypatch.setattr(rescue, "proposed_folder", lambda: Path("/home/ana/.local/share/postil/rescued"))
    workspace = workspace_in(tmp_path / "annotations", palette=palette, read_only=True)
    opened = workspace.open(sample_article)
    opened.writer, opened.notice = cast(Writer, FullDisk()), ""
    assert snap_compare(PostilApp(workspace, opened), run_before=quit_in_vain, terminal_size=size)


def test_reader_on_a_small_terminal(snap_compare, at_work, sample_article: Article) -> None:
    workspace = at_work("dark")
    assert snap_compare(PostilApp(workspace, workspace.open(sample_article)), terminal_size=(40, 12))


def test_empty_library(snap_compare, tmp_path: Path, workspace_in: MakeWorkspace) -> None:
    async def read(pilot) -> None:
        await pilot.app.workers.wait_for_complete()

    assert snap_compare(
        PostilApp(workspace_in(tmp_path / "none"), None), run_before=read, terminal_size=(80, 24)
    )
