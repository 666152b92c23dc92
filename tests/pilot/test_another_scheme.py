"""The reader with a scheme of one's own: its tags, keys, marks and help, and work of another scheme read only."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from tests.pilot.reading import OVER, PRICE, Reading, reading, town
from tui.session.marks import add_span, correct_span
from tui.settings import actions, keymap, theme
from tui.settings import scheme_file as scheme
from tui.widgets.bars import SavedBar
from tui.workspace import Workspace

DEBATE = Path(__file__).parents[1] / "fixtures" / "schemes" / "debate.toml"

Open = Callable[..., AbstractAsyncContextManager[Reading]]


def debating(folder: Path, palette: str = "dark") -> Workspace:
    debate = scheme.load(DEBATE)
    return Workspace(
        folder,
        annotator="ana",
        scheme=debate,
        keymap=keymap.load("default", actions.actions(debate)),
        palette=theme.choose(palette, {}),
    )


@pytest.fixture
def in_debate(tmp_path: Path) -> Open:
    """Open the short article at one of its sentences."""

    @asynccontextmanager
    async def opened(sentence: int = 0, palette: str = "dark") -> AsyncIterator[Reading]:
        async with reading(debating(tmp_path / "annotations", palette), town()) as found:
            found.reader.go(sentence)
            await found.settled()
            yield found

    return opened


def key(action: str) -> str:
    return keymap.load("default", actions.actions(scheme.load(DEBATE))).keys[action][0]


async def test_its_tags_have_keys_and_are_saved(in_debate: Open, tmp_path: Path) -> None:
    async with in_debate(PRICE) as read:
        await read.press(key("toggle.claim"), key("tag.evidence"))
        said = read.session.annotation(PRICE)
        assert said is not None
        assert (said.tags, said.decided) == (("claim", "evidence"), True)
        await read.press("k")
        assert "CV·" in read.current_row()
        assert "claim" in read.panel
        await read.press("u", "u")
        assert read.session.annotation(PRICE) is None
        await read.press("U", "U")
    stored = debating(tmp_path / "annotations").store.read(town().id, "ana")
    assert stored is not None
    assert stored.meta.scheme == "debate/2"
    assert [said.tags for said in stored.annotations.values()] == [("claim", "evidence")]


async def test_its_severities_and_categories_are_asked_for(in_debate: Open) -> None:
    async with in_debate(PRICE) as read:
        await read.press("e", *read.letters("laacquisition"), "enter")
        assert "small" in read.asked
        assert "grave" in read.asked
        await read.press("g")
        assert "fallacy" in read.asked
        await read.press("f")
        [span] = read.spans()
        assert (span.severity, span.category) == ("grave", "fallacy")
        assert read.said is not None
        assert read.said.tags == ("flaw",)
        assert "grave" in read.panel


async def test_an_omission_is_asked_its_category_where_the_scheme_has_none_for_it(in_debate: Open) -> None:
    async with in_debate(OVER) as read:
        await read.press("e", *read.letters("fini"), "space", "s")
        assert "fallacy" in read.asked
        await read.press("f")
        [span] = read.spans()
        assert (span.text, span.severity, span.category) == ("", "small", "fallacy")


async def test_its_help_explains_its_tags_and_no_others(in_debate: Open) -> None:
    async with in_debate() as read:
        await read.press("h")
        shown = read.everything_painted()
        assert "Says what is to be believed." in shown
        assert "opinion" not in shown


@pytest.mark.parametrize("palette", ["dark", "ansi", "mono", "okabe-ito"])
async def test_work_of_another_scheme_is_read_and_not_changed(
    in_debate: Open, workspace_in: Callable[..., Workspace], tmp_path: Path, palette: str
) -> None:
    async with reading(workspace_in(tmp_path / "annotations"), town()) as read:
        read.reader.go(PRICE)
        await read.press("F", "O")
        start = read.article.text.index("laacquisition")
        read.reader.apply(add_span(read.session, PRICE, start, start + 13, "critical", "spelling"))
        read.reader.apply(correct_span(read.session, PRICE, read.spans()[0].id, "l'acquisition"))
        before = read.everything()
    async with in_debate(PRICE, palette) as read:
        assert read.everything() == before
        assert read.bar(SavedBar) == "read-only"
        assert "critical" in read.panel
        for pressed in (
            key("tag.claim"),
            "right",
            "enter",
            "c",
            "v",
            "h",
            "escape",
            "&",
            "escape",
            "D",
            "escape",
        ):
            await read.press(pressed)
        assert read.everything() == before
        await read.press(key("tag.claim"))
        assert "news/1" in read.foot
