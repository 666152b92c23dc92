"""What is missing before an article is done: the reader lists it, goes there, and says so on leaving."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.pilot.reading import NEVER, PRICE, ROME, SAYS, TITLE, YES, Reading, with_hints
from tui.library.screen import LibraryScreen
from tui.model.article import Article
from tui.reader.screen import ReaderScreen
from tui.screens.chooser import ChooserScreen
from tui.session.marks import add_quote, add_span
from tui.workspace import Workspace

Open = Callable[..., AbstractAsyncContextManager[Reading]]


@pytest.mark.action("done.check", "jump.back")
async def test_what_is_missing_is_listed_and_gone_to(in_town: Open) -> None:
    async with in_town(TITLE) as reading:
        await reading.press(*"sss", "j", "s", "k", "D")
        assert "5 things are missing" in reading.listed[0]
        numbers = [row.replace("▌", " ").split()[0] for row in reading.listed[2:7]]
        assert numbers == ["4", "6", "7", "8", "9"]
        assert all("undecided" in row for row in reading.listed[2:7])
        assert "Le prix" in reading.listed[2]
        await reading.press("down", "down", "enter")
        assert reading.session.cursor == YES
        await reading.press("-")
        assert reading.session.cursor == ROME
        await reading.press("D", "escape")
        assert reading.session.cursor == ROME


@pytest.mark.action("done.check")
async def test_the_list_begins_at_what_is_missing_here_or_next(in_town: Open) -> None:
    async with in_town(TITLE) as reading:
        await reading.press("#", "4", "enter", "s", "k", "D", "enter")
        assert reading.session.cursor == ROME
        await reading.press("D", *"Oui", "enter")
        assert reading.session.cursor == YES


@pytest.mark.action("done.check", "mark.edit")
async def test_marks_that_are_incomplete_are_listed_and_get_the_focus(
    in_town: Open, tmp_path: Path, workspace_in: Callable[..., Workspace], town_article: Article
) -> None:
    workspace = workspace_in(tmp_path / "annotations")
    workspace.library.save(town_article)
    opened = workspace.open(town_article)
    assert opened.writer is not None
    session = opened.session
    start = session.article.starts[PRICE]
    said = session.article.starts[SAYS]
    for outcome in (
        add_span(session, PRICE, start + 3, start + 7, "minor", None, "import:brat"),
        add_quote(session, SAYS, said + 16, said + 40, speaker=None, origin="hint:quote"),
        *(session.none(index) for index in range(9) if index != PRICE),
        session.tag(PRICE, "fact"),
    ):
        assert outcome.step is not None
        opened.writer.put(outcome.step)
    opened.writer.close()
    async with in_town(TITLE) as reading:
        await reading.press("D")
        listed = "\n".join(reading.listed)
        assert "2 things are missing" in listed
        assert "no speaker" in listed
        assert "no category" in listed
        await reading.press("down", "enter")
        assert reading.focused == "prix"
        await reading.press("enter", "m", "s", "D", "enter")
        assert reading.session.cursor == SAYS
        await reading.press("enter", "1", "D")
        assert "nothing is missing: every sentence is decided and every mark is complete" in reading.foot


@pytest.mark.action("done.check")
async def test_when_nothing_is_missing_that_is_said(in_town: Open) -> None:
    async with in_town(TITLE) as reading:
        await reading.press(*"sssssssss", "D")
        assert isinstance(reading.app.screen, ReaderScreen)
        assert "nothing is missing" in reading.foot


@pytest.mark.action("done.check")
async def test_what_is_worth_a_look_is_a_second_group(read: Open, town_article: Article) -> None:
    article = with_hints(town_article, ("laacquisition", "glued", "l'acquisition"))
    async with read(article=article) as reading:
        session = reading.session
        reading.reader.go(TITLE)
        await reading.press(*"fqftfffff", "D")
        assert "nothing is missing, 3 are worth a look" in reading.listed[0]
        shown = "\n".join(reading.listed)
        assert "no quotation" in shown
        assert "no error mark" in shown
        assert "unanswered hint" in shown
        await reading.press("down", "down", "enter")
        assert session.cursor == PRICE
        assert reading.focused == "laacquisition"
        await reading.press("r", "escape", "g", "w", "n", *"hm", "enter", "x", "D")
        assert "1 thing is missing, 4 are worth a look" in reading.listed[0]
        what = [row.strip() for row in reading.listed[2:8]]
        assert what[0].endswith("undecided")
        assert "worth a look" in what[1]
        assert [row.split()[0] for row in what[2:]] == ["1", "1", "2", "4"]
        await reading.press("down", "down", "down", "down", "enter")
        assert session.cursor == SAYS


@pytest.mark.action("toggle.translation_error")
@pytest.mark.parametrize(("width", "shown"), [(120, True), (80, False)])
async def test_the_score_says_what_it_cannot_count(in_town: Open, width: int, shown: bool) -> None:
    async with in_town(PRICE, size=(width, 24)) as reading:
        await reading.press("T", "j", "t", "F")
        assert ("MQM 0 · 2 unmarked" in reading.everything_painted()) is shown
        await reading.press("g", *"jjj")
        await reading.press("e", *reading.letters("prix"), "enter", "m", "s")
        assert ("MQM 1" in reading.everything_painted()) is shown
        assert ("1 unmarked" in reading.everything_painted()) is shown
        await reading.press("u", "u", "u", "u")
        assert "unmarked" not in reading.everything_painted()
        await reading.press("U", "c")
        assert "MQM 0 · 1 unmarked" in reading.everything_painted(), "the corrected reading shows the score"


WORTH = {
    "t": "no error mark",
    "T": "no error mark",
    "q": "no quotation",
    "Q": "no quotation",
    "w": "unsure",
}


@pytest.mark.action("done.check")
@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 10)])
@pytest.mark.parametrize("key", WORTH)
async def test_each_kind_is_worth_a_look_on_every_terminal(
    in_town: Open, key: str, size: tuple[int, int]
) -> None:
    async with in_town(PRICE, size=size) as reading:
        await reading.press(key)
        await reading.press("D")
        assert "things are missing" in reading.listed[0]
        if size[1] == 40:
            assert "1 is worth a look" in reading.listed[0]
            assert any(WORTH[key] in row for row in reading.listed)
        await reading.press(*"worth", "enter")
        assert reading.session.cursor == PRICE


@pytest.mark.action("quit", "library")
@pytest.mark.parametrize("key", ["ctrl+q", "l"])
async def test_whoever_has_decided_all_is_told_what_is_missing_once(in_town: Open, key: str) -> None:
    async with in_town(TITLE) as reading:
        add_quote(reading.session, PRICE, 60, 70, speaker=None)
        await reading.press(*"sssssssss", key)
        assert isinstance(reading.app.screen, ChooserScreen)
        assert "1 thing is missing" in reading.listed[0]
        await reading.press("enter")
        assert reading.session.cursor == PRICE
        await reading.press("escape", key)
        await reading.finished()
        if key == "l":
            assert isinstance(reading.app.screen, LibraryScreen), "the warning came again: it is shown once"
        else:
            assert reading.app.return_code == 0, "the warning came again: it is shown once"


@pytest.mark.action("quit")
async def test_quitting_twice_leaves_all_the_same(in_town: Open) -> None:
    async with in_town(TITLE) as reading:
        add_quote(reading.session, PRICE, 60, 70, speaker=None)
        await reading.press(*"sssssssss", "ctrl+q")
        assert isinstance(reading.app.screen, ChooserScreen)
        await reading.press("ctrl+q")
        assert isinstance(reading.app.screen, ReaderScreen)
        assert "something is missing: ctrl+q again leaves anyway" in reading.foot
        await reading.press("ctrl+q")
        await reading.app.workers.wait_for_complete()
        assert reading.app.return_code == 0


@pytest.mark.action("quit")
@pytest.mark.parametrize("keys", ["", "f", "sssssssss"])
async def test_whoever_is_half_done_or_done_or_only_read_leaves_at_once(in_town: Open, keys: str) -> None:
    async with in_town(TITLE) as reading:
        await reading.press(*keys, "ctrl+q")
        await reading.app.workers.wait_for_complete()
        assert reading.app.return_code == 0


@pytest.mark.action("library")
async def test_the_library_is_one_key_away(in_town: Open) -> None:
    async with in_town(NEVER) as reading:
        await reading.press("f", "l")
        await reading.finished()
        assert isinstance(reading.app.screen, LibraryScreen)
