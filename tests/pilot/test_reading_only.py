"""A reader that is open for reading only: every change is refused in so many words, and all else works."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.pilot.reading import BOTH, PRICE, SAYS, TITLE, Reading
from tui.model.article import Article
from tui.reader.screen import ReaderScreen
from tui.settings.actions import actions
from tui.settings.scheme_file import load
from tui.widgets.bars import SavedBar
from tui.workspace import Workspace

Open = Callable[..., AbstractAsyncContextManager[Reading]]

CHANGES = [
    action.id
    for action in actions(load())
    if action.group in {"Decide", "Mark"} and action.id not in {"hint.next", "hint.previous"}
]


async def worked_on(in_town: Open) -> object:
    """What somebody did before; the sentence has a mark, a quotation and a name."""
    async with in_town(BOTH) as reading:
        await reading.press("e", *reading.letters("sont"), "enter", "m", "s", "escape", "F", "u")
        return reading.everything()


@pytest.mark.parametrize("action", CHANGES)
async def test_no_change_is_made_and_the_reason_is_told(in_town: Open, action: str) -> None:
    before = await worked_on(in_town)
    async with in_town(BOTH, read_only=True) as reading:
        assert reading.bar(SavedBar) == "read-only"
        keys = reading.app.workspace.keymap.keys.get(action)
        does = next(one.does for one in actions(reading.session.scheme) if one.id == action)
        for focus in ([], ["right"], ["right", "right"]):
            if action == "mark.edit" and not focus:
                continue  # Its key then opens the next article.
            await reading.press("escape", *focus)
            await reading.press(*([keys[0]] if keys else [":", *does, "enter"]))
            assert "opened for reading only" in reading.foot
            assert isinstance(reading.app.screen, ReaderScreen)
            assert reading.session.cursor == BOTH
            assert reading.everything() == before
            # Nothing takes the keys away.
            await reading.press("j")
            assert reading.session.cursor == BOTH + 1
            await reading.press("k")


@pytest.mark.action(
    "mark.next", "mark.previous", "search", "filter", "outline", "sentence.jump", "done.check"
)
async def test_all_that_changes_nothing_works(in_town: Open) -> None:
    before = await worked_on(in_town)
    async with in_town(BOTH, read_only=True) as reading:
        for words in ("Musk", "Altman", "sont", "Rome"):
            await reading.press("right")
            assert reading.focused == words
        await reading.press("/", *"prix", "enter")
        assert reading.session.cursor == PRICE
        await reading.press("#", "2", "enter")
        assert reading.session.cursor == SAYS
        await reading.press("H", "enter")
        assert reading.session.cursor == TITLE
        await reading.press("D", "down", "enter")
        assert reading.session.cursor == SAYS
        await reading.press("&", *"minor", "enter", "c", "v", "d")
        assert reading.session.cursor == BOTH
        assert reading.everything() == before


async def test_dragging_marks_nothing(in_town: Open) -> None:
    from tui.reader.article_view.widget import ArticleView

    async with in_town(TITLE, read_only=True) as reading:
        view = reading.reader.query_one(ArticleView)
        view.post_message(ArticleView.Dragged(PRICE, *reading.place("prix")))
        await reading.settled()
        assert "opened for reading only" in reading.foot
        await reading.press("m", "s")
        assert reading.everything() == ({}, {}, {})


async def test_whoever_comes_second_is_told_who_writes(
    in_town: Open, read: Open, tmp_path: Path, workspace_in: Callable[..., Workspace], town_article: Article
) -> None:
    workspace = workspace_in(tmp_path / "annotations")
    workspace.library.save(town_article)
    first = workspace.open(town_article)
    assert first.writer is not None
    try:
        async with in_town(PRICE) as reading:
            for key in "fewnpisxuT":
                await reading.press("escape", key)
                assert "reading only: " in reading.foot
                assert "ana" in reading.foot
            assert reading.everything() == ({}, {}, {})
    finally:
        first.writer.close()
