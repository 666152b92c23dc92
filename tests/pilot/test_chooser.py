"""Choosing from a list, and the palette, over a page: keys in, a value out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui.app import PostilApp
from tui.painting.styles import Styles
from tui.screens.chooser import ChooserScreen
from tui.screens.palette import palette, used
from tui.screens.typeahead import key_of, passed_on
from tui.widgets.choices import Row
from tui.widgets.sheet import Sheet
from tui.workspace import Workspace

SIZES = [(120, 40), (80, 24), (40, 10)]
SIZE_NAMES = ["120x40", "80x24", "40x10"]
THEMES = ["dark", "ansi", "mono"]

HEADINGS = [
    Row(0, "Sous les yeux de Trump", "1"),
    Row(12, "Musk contre Altman : de l’amitié à la rivalité", "13", "3 undecided"),
    Row(30, "L'évolution \x1b[31mhostile\u202e et sans fin " + "très longue " * 500, "31"),
]


class Page(Widget):
    """Numbered rows, so that a picture shows what is covered."""

    DEFAULT_CSS = "Page { width: 1fr; height: 1fr; }"

    def __init__(self, ink: Styles) -> None:
        super().__init__()
        self._ink = ink

    def render_line(self, y: int) -> Strip:
        words = f"  row {y} of the page below"
        return Strip([Segment(words, self._ink.ground)]).adjust_cell_length(self.size.width, self._ink.ground)


class Below(Screen[None]):
    """Opens the palette on `:` and a list of headings on `H`, and keeps what came of it and all other keys."""

    app: PostilApp

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.came: list[object] = []
        self.recent: list[str] = []

    def compose(self) -> ComposeResult:
        yield Page(Styles(self._workspace.palette, self._workspace.scheme))

    def on_key(self, event: events.Key) -> None:
        if passed_on(self.app, self, event):
            return
        match key_of(event):
            case ":":
                self.app.push_screen(palette(self._workspace, ("reader", "mark"), self.recent), self._chosen)
            case "H":
                self.app.push_screen(ChooserScreen(self._workspace, "Headings", HEADINGS), self._chosen)
            case "#":
                numbered = [Row(n, f"sentence {n}", str(n + 1)) for n in range(41)]
                chooser = ChooserScreen(self._workspace, "Sentences", numbered, numbered=True, at=8)
                self.app.push_screen(chooser, self._chosen)
            case key:
                self.came.append(key)

    def _chosen(self, value: object) -> None:
        self.came.append(value)
        if isinstance(value, str):
            self.recent = used(self.recent, value)


class Stage(PostilApp):
    """The app with nothing but a page to cover."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, None)
        self.below = Below(workspace)

    def get_default_screen(self) -> Screen[None]:
        return self.below


@pytest.fixture
def stage(tmp_path: Path, workspace_in: Callable[..., Workspace]) -> Callable[..., Stage]:
    return lambda palette="dark": Stage(workspace_in(tmp_path / "annotations", palette=palette))


async def pressed(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


def rows(app: Stage) -> list[str]:
    sheet = app.screen.query_one(Sheet)
    return [sheet.render_line(y).text for y in range(sheet.size.height)]


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
async def test_a_command_is_run_by_its_name(stage: Callable[..., Stage], size: tuple[int, int]) -> None:
    app = stage()
    async with app.run_test(size=size) as pilot:
        await pressed(pilot, "colon", *"outli", "enter")
        assert app.below.came == ["outline"]
        assert app.screen is app.below
        await pressed(pilot, "colon", "down", "enter")
        assert app.below.came == ["outline", "sentence.next"]
        await pressed(pilot, "colon", "enter")
        assert app.below.came[-1] == "sentence.next"


async def test_it_closes_without_a_choice(stage: Callable[..., Stage]) -> None:
    app = stage()
    async with app.run_test(size=(80, 24)) as pilot:
        for keys in (
            ["escape"],
            ["n", "o", "escape"],
            ["backspace"],
            ["n", "backspace", "backspace"],
            ["ctrl+q"],
        ):
            await pressed(pilot, "colon", *keys)
            assert app.below.came.pop() is None
            assert app.screen is app.below


async def test_what_fits_nothing_cannot_be_taken(stage: Callable[..., Stage]) -> None:
    app = stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "H", *"zzz", "enter")
        assert any("no match" in row for row in rows(app))
        await pressed(pilot, "ctrl+u", "enter")
        assert app.below.came == [0]


async def test_keys_that_arrive_at_once_reach_the_screen_they_are_meant_for(
    stage: Callable[..., Stage],
) -> None:
    app = stage()
    async with app.run_test(size=(80, 24)) as pilot:
        for key, character in ((":", ":"), ("q", "q"), ("enter", "\r"), ("f", "f"), ("o", "o")):
            app.post_message(events.Key(key, character))
        await pilot.pause()
        await pilot.pause()
        assert sorted(map(str, app.below.came)) == ["f", "o", "quit"]
        assert app.screen is app.below


async def test_a_number_goes_to_its_row_and_words_find_others(stage: Callable[..., Stage]) -> None:
    app = stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "number_sign", "enter")
        await pressed(pilot, "number_sign", "3", "9", "enter")
        await pressed(pilot, "number_sign", *"tence", "space", "4", "0", "enter")
        await pressed(pilot, "number_sign", "1", "down", "pagedown", "pageup", "down", "up", "enter")
        assert app.below.came == [8, 38, 40, 1]


async def test_a_row_can_be_clicked_and_the_wheel_moves(stage: Callable[..., Stage]) -> None:
    app = stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "H")
        await pilot.click(Sheet, offset=(10, 0))
        await pilot.click(Sheet, offset=(10, 3))
        await pilot.pause()
        assert app.below.came == [12]


async def test_what_is_pasted_narrows_the_list(stage: Callable[..., Stage]) -> None:
    app = stage()
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "H")
        app.screen.post_message(events.Paste("RIVALITE\x1b"))
        await pressed(pilot, "enter")
        assert app.below.came == [12]


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_hostile_is_painted_and_every_row_fits(
    stage: Callable[..., Stage], size: tuple[int, int]
) -> None:
    app = stage()
    async with app.run_test(size=size) as pilot:
        await pressed(pilot, "H")
        painted = rows(app)
        assert not set("\x1b\u202e") & set("".join(painted))
        assert {len(row) for row in painted} == {size[0]}
        assert len(painted) <= size[1]


async def test_the_list_follows_the_size_of_the_terminal(stage: Callable[..., Stage]) -> None:
    app = stage()
    async with app.run_test(size=(120, 40)) as pilot:
        await pressed(pilot, "colon", *["down"] * 15)
        await pilot.resize_terminal(50, 12)
        await pilot.pause()
        assert len(rows(app)) == 8
        assert any("▌" in row for row in rows(app))


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
@pytest.mark.parametrize("theme", THEMES)
def test_palette(snap_compare, stage: Callable[..., Stage], theme: str, size: tuple[int, int]) -> None:
    assert snap_compare(stage(theme), press=["colon", "m", "a"], terminal_size=size)


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
@pytest.mark.parametrize("theme", THEMES)
def test_chooser(snap_compare, stage: Callable[..., Stage], theme: str, size: tuple[int, int]) -> None:
    assert snap_compare(stage(theme), press=["H", "down"], terminal_size=size)
