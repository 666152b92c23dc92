"""What is not as usual is in the header: blind, hints off, a filter, a review, reading only; on every terminal."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.pilot.reading import PRICE, TITLE, Reading, with_hints
from tui.app import PostilApp
from tui.model.article import Article
from tui.reader.keys.review import ReviewKeys
from tui.reader.screen import ReaderScreen
from tui.widgets.bars import CountBar, ModesBar, SavedBar
from tui.workspace import Workspace

Open = Callable[..., AbstractAsyncContextManager[Reading]]

SIZES = [(120, 40), (80, 24), (40, 10)]


def modes(reading: Reading) -> str:
    bar = reading.app.screen.query_one(ModesBar)
    return bar.words if bar.display else ""


@pytest.mark.action("hints.blind", "hints.show")
@pytest.mark.parametrize("size", SIZES)
async def test_hints_that_are_not_shown_are_in_the_header(in_town: Open, size: tuple[int, int]) -> None:
    async with in_town(TITLE, size=size) as reading:
        assert modes(reading) == ""
        await reading.press(":", *"blind", "enter")
        assert modes(reading) == "blind"
        assert "blind" in reading.painted()[0].text
        assert "saved" in reading.painted()[0].text
        await reading.press(":", *"blind", "enter")
        assert modes(reading) == ""
        await reading.press("M")
        assert modes(reading) == "hints off"
        await reading.press("M")
        assert modes(reading) == ""


@pytest.mark.action("filter")
@pytest.mark.parametrize("size", SIZES)
async def test_a_filter_is_in_the_header_until_it_ends(in_town: Open, size: tuple[int, int]) -> None:
    async with in_town(PRICE, size=size) as reading:
        await reading.press("w", "&", *"unsure", "enter")
        shown = "filter: unsure" if size[0] > 40 else "filter"
        assert modes(reading) == shown
        assert shown in reading.painted()[0].text
        assert reading.bar(CountBar).endswith("decided")
        await reading.press("&", *"no filter", "enter")
        assert modes(reading) == ""
        await reading.press(">")
        assert "nothing searched yet" in reading.foot
        await reading.press("&")
        assert not any("no filter" in row for row in reading.listed)


@pytest.mark.action("filter", "search")
async def test_an_expression_is_a_filter_and_a_search_ends_it(in_town: Open) -> None:
    async with in_town(PRICE) as reading:
        await reading.press("w", "&", *"where", "enter", *"unsure", "enter")
        await reading.finished()
        assert modes(reading) == "filter: unsure"
        await reading.press("/", *"rome", "enter")
        assert modes(reading) == ""


@pytest.mark.parametrize("size", SIZES)
async def test_reading_only_is_in_the_header(
    read: Open, town_article: Article, size: tuple[int, int]
) -> None:
    async with read(size, town_article, read_only=True) as reading:
        assert reading.bar(SavedBar) == "read-only"
        assert "read-only" in reading.painted()[0].text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("blind", [False, True])
async def test_a_review_is_in_the_header(
    tmp_path: Path,
    workspace_in: Callable[..., Workspace],
    town_article: Article,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    blind: bool,
) -> None:
    async def nothing(*_: object) -> None: ...

    monkeypatch.setattr(ReviewKeys, "watch", nothing)
    workspace = workspace_in(tmp_path / "annotations", annotator="rita")
    workspace.library.save(town_article)
    app = PostilApp(workspace, workspace.open_review(town_article, blind=blind))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        reader = app.screen
        assert isinstance(reader, ReaderScreen)
        row = reader._compositor.render_strips()[0].text
        assert ("blind re" if blind else "review") in row
        assert "saved" in row
        await reader.leave()


LOOKS = [(120, 40), (80, 24)]


@pytest.fixture
def staged(
    tmp_path: Path, workspace_in: Callable[..., Workspace], sample_article: Article
) -> Callable[[str], PostilApp]:
    """Tags without a decision, hints, an unsure sentence and a note, each in a theme."""

    def make(palette: str) -> PostilApp:
        workspace = workspace_in(tmp_path / "annotations", palette=palette)
        article = with_hints(
            sample_article, ("laacquisition", "glued", "l'acquisition"), ("le gestion", "determiners", None)
        )
        workspace.library.save(article)
        opened = workspace.open(article)
        session = opened.session
        for index in range(8):
            session.tag(index, "fact")
        session.tag(1, "translation_error")
        session.tag(3, "quote")
        session.unsure(5)
        session.set_note(5, "hm")
        session.cursor = 8
        return PostilApp(workspace, opened)

    return make


KEYS = {
    "undecided": ["a"],
    "blind-filter": [":", *"blind", "enter", "&", *"unsure", "enter"],
    "done-check": ["D"],
    "legend": ["h", "tab"],
}


@pytest.mark.parametrize("size", LOOKS, ids=["120x40", "80x24"])
@pytest.mark.parametrize("palette", ["dark", "ansi", "mono"])
@pytest.mark.parametrize("state", KEYS)
def test_looks(
    snap_compare, staged: Callable[[str], PostilApp], state: str, palette: str, size: tuple[int, int]
) -> None:
    further = ["tab"] if state == "legend" and size[0] < 100 else []
    assert snap_compare(staged(palette), press=[*KEYS[state], *further], terminal_size=size)
