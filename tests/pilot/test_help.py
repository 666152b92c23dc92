"""Help: only the keys for where one is, beside what the sentence's tags mean; all of it can be reached."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tui.app import PostilApp
from tui.screens.guide import Page
from tui.screens.help import HelpPage, HelpScreen
from tui.settings import keymap
from tui.settings.actions import actions
from tui.widgets.bars import KeyBar
from tui.workspace import Workspace

SIZES = [(120, 40), (80, 24), (40, 10)]
SIZE_NAMES = ["120x40", "80x24", "40x10"]
THEMES = ["dark", "ansi", "mono"]


class Stage(PostilApp):
    """The app with a bare screen and the help over it."""

    def __init__(self, workspace: Workspace, page: Page, tags: tuple[str, ...]) -> None:
        super().__init__(workspace, None)
        self.help = HelpScreen(workspace, page, "the tests", tags)

    def get_default_screen(self) -> Screen[None]:
        return Screen()

    def on_ready(self) -> None:
        self.push_screen(self.help)


@pytest.fixture
def stage(tmp_path: Path, workspace_in: Callable[..., Workspace]) -> Callable[..., Stage]:
    def make(
        page: Page = "reader", tags: tuple[str, ...] = (), palette: str = "dark", keys: str = "default"
    ) -> Stage:
        workspace = workspace_in(tmp_path / "annotations", palette=palette)
        workspace.keymap = keymap.load(keys, actions(workspace.scheme))
        return Stage(workspace, page, tags)

    return make


def rows(app: Stage) -> list[str]:
    page = app.screen.query_one(HelpPage)
    return [page.render_line(y).text for y in range(page.size.height)]


async def everything(app: Stage, pilot: Pilot[int]) -> str:
    """All rows, read by going down to the end."""
    read = rows(app)
    while True:
        before = rows(app)
        await pilot.press("j")
        if rows(app) == before:
            return "\n".join(read)
        read.append(rows(app)[-1])


async def test_a_tagged_sentence_has_its_tags_explained_beside_the_keys(stage: Callable[..., Stage]) -> None:
    app = stage(tags=("quote", "opinion"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        page = "\n".join(rows(app))
        assert "Does someone other than the author" in page
        assert "rhetorical question" in page
        assert "no source: not a quote" in page
        assert "careful editor" not in page
        assert "search; next, previous match" in page


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
async def test_everything_can_be_read_on_every_terminal(
    stage: Callable[..., Stage], size: tuple[int, int]
) -> None:
    app = stage()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert {len(row) for row in rows(app)} == {size[0]}
        read = " ".join((await everything(app, pilot)).split())
        for words in ("ctrl+q", "Which tags?", "Scare quotes", "stop as punctuation", "Names were found by"):
            assert words in read
        assert "…" not in read


async def test_keys_scroll_by_rows_pages_and_parts(stage: Callable[..., Stage]) -> None:
    app = stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        top = rows(app)
        assert "Move" in top[1]
        await pilot.press("j")
        assert rows(app)[:-1] == top[1:]
        await pilot.press("k")
        assert rows(app) == top
        await pilot.press("space", "b")
        assert rows(app) == top
        await pilot.press("tab")
        assert any("Which tags?" in row for row in rows(app)[:3])
        await pilot.press("tab")
        assert any("What it looks like" in row for row in rows(app)[:3])
        await pilot.press("tab")
        assert rows(app) == top
        await pilot.press("G")
        assert "Names were found by" in rows(app)[-1]
        await pilot.press("g")
        assert rows(app) == top


async def test_only_keys_that_do_something_are_offered(stage: Callable[..., Stage]) -> None:
    app = stage("library")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        bar = app.screen.query_one(KeyBar)
        assert bar.render_line(0).text.split() == ["esc", "close"]
        await pilot.resize_terminal(80, 8)
        await pilot.pause()
        assert bar.render_line(0).text.split() == ["j", "further", "down", "esc", "close"]


@pytest.mark.parametrize("key", ["escape", "h", "f", "ctrl+q"])
async def test_any_other_key_closes_it(stage: Callable[..., Stage], key: str) -> None:
    app = stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        assert not isinstance(app.screen, HelpScreen)


@pytest.mark.parametrize("keys", keymap.names())
@pytest.mark.parametrize("page", get_args(Page))
async def test_each_page_fits_one_screen_of_two_columns(
    stage: Callable[..., Stage], page: Page, keys: str
) -> None:
    app = stage(page, ("fact",), keys=keys)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        before = rows(app)
        assert "…" not in "".join(before)
        app.screen.query_one(HelpPage).scroll_rows(1)
        assert rows(app) == before


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
@pytest.mark.parametrize("theme", THEMES)
def test_help_looks(snap_compare, stage: Callable[..., Stage], theme: str, size: tuple[int, int]) -> None:
    assert snap_compare(stage(palette=theme), terminal_size=size)


@pytest.mark.parametrize("page", get_args(Page))
def test_a_page_looks(snap_compare, stage: Callable[..., Stage], page: Page) -> None:
    assert snap_compare(stage(page, ("opinion", "quote")), terminal_size=(120, 40))
