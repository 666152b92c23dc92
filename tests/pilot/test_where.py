"""Expressions in the filters: `/` in the library, `:filter` in the reader."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.pilot.reading import OVER, ROME, TITLE, Reading
from tests.pilot.test_library import annotate, article
from tui.app import PostilApp
from tui.library.screen import LibraryScreen
from tui.screens.chooser import ChooserScreen
from tui.widgets.bars import KeyBar
from tui.workspace import Workspace

Open = Callable[..., AbstractAsyncContextManager[Reading]]


@pytest.fixture
def stocked(tmp_path: Path, workspace_in: Callable[..., Workspace]) -> Workspace:
    """A library of three articles; ana tagged a sentence of the second."""
    workspace = workspace_in(tmp_path / "annotations")
    for title in ("Avenir", "Évasion", "Zone"):
        made = workspace.library.save(article(title, language="fr" if title == "Zone" else "en"))
        if title == "Évasion":
            annotate(workspace, made, "ana")
    return workspace


@pytest.mark.action("library.filter")
@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("language = fr", ["Zone"]),
        ("decided > 0%", ["Évasion"]),
        ("tag = fact and annotator = ana", ["Évasion"]),
        ("not tag", ["Avenir", "Zone"]),
        ("decided", ["Évasion"]),
        # What is no expression is words, as ever.
        ("evas", ["Évasion"]),
        ("source", []),
        ("tag = fac", []),
    ],
)
async def test_the_library_takes_an_expression_or_words(
    stocked: Workspace, typed: str, titles: list[str]
) -> None:
    app = PostilApp(stocked, None)
    async with app.run_test(size=(120, 30)) as pilot:
        await app.workers.wait_for_complete()
        screen = app.screen
        assert isinstance(screen, LibraryScreen)
        await pilot.press("/")
        for character in typed:
            await pilot.press("space" if character == " " else character)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert sorted(one.entry.title for one in screen.shelf.shown) == sorted(titles)
        foot = "".join(segment.text for segment in screen.query_one(KeyBar).segments(120))
        assert ("did you mean fact?" in foot) is (typed == "tag = fac")
        await pilot.press("enter")
        assert len(screen.shelf.shown) == len(titles)
        await pilot.press("escape")
        await app.workers.wait_for_complete()
        assert len(screen.shelf.shown) == 3


async def typed(reading: Reading, expression: str) -> None:
    await reading.press("&")
    assert isinstance(reading.app.screen, ChooserScreen)
    await reading.paste("where")
    await reading.press("enter")
    await reading.paste(expression)


@pytest.mark.action("filter", "search.next", "search.previous")
async def test_the_reader_goes_through_the_sentences_that_an_expression_is_true_of(in_town: Open) -> None:
    async with in_town(OVER) as reading:
        await reading.press("f")
        reading.reader.go(ROME)
        await reading.press("f")
        reading.reader.go(TITLE)
        await typed(reading, "tag = fact and text ~ rome")
        await reading.press("enter")
        await reading.settled()
        assert reading.session.cursor == ROME
        assert "next" in reading.foot
        await typed(reading, "tag = fact")
        await reading.press("enter")
        await reading.settled()
        assert reading.session.cursor == OVER
        await reading.press("<")
        await reading.settled()
        assert reading.session.cursor == ROME


@pytest.mark.action("filter")
async def test_the_reader_says_what_is_wrong_with_an_expression(in_town: Open) -> None:
    async with in_town(TITLE) as reading:
        await typed(reading, "tag = opinio")
        assert "column 7: “opinio” is not a tag: did you mean opinion?" in reading.foot
        await reading.press("enter")
        assert "column 7" in reading.foot
        assert reading.session.cursor == TITLE
        await typed(reading, "unsure")
        await reading.press("enter")
        await reading.settled()
        assert "no sentence matches: unsure" in reading.foot
