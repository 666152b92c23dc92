"""The palette, the help and the looks of the page, from the reader; and what its other keys open and close."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from tests.pilot.reading import BOTH, NEVER, PRICE, ROME, SAYS, YES, Reading
from tui.library.screen import LibraryScreen
from tui.reader.article_view.widget import ArticleView
from tui.reader.panel import Panel
from tui.reader.screen import ReaderScreen
from tui.screens.chooser import ChooserScreen
from tui.screens.help import HelpPage, HelpScreen
from tui.settings.actions import actions

Open = Callable[..., AbstractAsyncContextManager[Reading]]


def helped(reading: Reading) -> str:
    """What the help says at the moment."""
    page = reading.app.screen.query_one(HelpPage)
    return "\n".join(page.render_line(y).text for y in range(page.size.height))


# -- the palette -----------------------------------------------------------


@pytest.mark.action("palette")
@pytest.mark.parametrize("key", [":", "ctrl+p"])
async def test_a_command_is_run_by_its_name(in_town: Open, key: str) -> None:
    async with in_town(SAYS) as reading:
        await reading.press(key)
        assert "Commands" in reading.listed[0]
        await reading.press(*"unsure", "enter")
        assert isinstance(reading.app.screen, ReaderScreen)
        assert reading.said is not None
        assert reading.said.unsure


@pytest.mark.action("palette", "quit")
@pytest.mark.parametrize("words", ["q", "q!", "wq", "x", "quit", "exit"])
async def test_what_fingers_have_learnt_elsewhere_quits(in_town: Open, words: str) -> None:
    async with in_town(SAYS) as reading:
        await reading.type_ahead("f", ":", *words, "enter")
        await reading.app.workers.wait_for_complete()
        assert reading.app.return_code == 0
        assert reading.annotation(SAYS).tags == ("fact",)
        assert reading.session.cursor == SAYS + 1


@pytest.mark.action("palette")
async def test_the_command_used_last_comes_first(in_town: Open) -> None:
    async with in_town(SAYS) as reading:
        await reading.press(":", *"unsure", "enter", "down", ":", "enter")
        assert reading.annotation(SAYS).unsure
        assert reading.said is not None
        assert reading.said.unsure


@pytest.mark.action("palette")
@pytest.mark.parametrize(
    "keys", [["escape"], ["ctrl+q"], ["backspace"], ["x", "y", "backspace", "backspace", "backspace"]]
)
async def test_the_palette_closes_without_running_anything(in_town: Open, keys: list[str]) -> None:
    async with in_town(SAYS) as reading:
        await reading.press(":", *keys)
        assert isinstance(reading.app.screen, ReaderScreen)
        assert reading.everything() == ({}, {}, {})
        assert reading.session.cursor == SAYS


@pytest.mark.action("palette")
async def test_keys_that_fit_nothing_run_nothing(in_town: Open) -> None:
    async with in_town(SAYS) as reading:
        await reading.press(":", *"zzzz", "enter")
        assert isinstance(reading.app.screen, ChooserScreen)
        assert "no match" in "\n".join(reading.listed)
        await reading.press("escape", "f")
        assert reading.annotation(SAYS).tags == ("fact",)


@pytest.mark.action("palette", "span.mark", "note")
async def test_a_conversation_may_begin_in_the_palette(in_town: Open) -> None:
    async with in_town(PRICE) as reading:
        await reading.type_ahead(":", *"mark error", "enter", *reading.letters("prix"), "enter", "m", "s")
        assert [span.text for span in reading.spans()] == ["prix"]
        await reading.type_ahead(":", *"write a note", "enter", *"hm", "enter")
        assert reading.spans()[0].note == "hm"


@pytest.mark.action("palette")
async def test_every_command_can_be_run_from_it(in_town: Open) -> None:
    away = {"quit", "library", "suspend", "article.next", "palette"}
    async with in_town(BOTH) as reading:
        known = [
            action
            for action in actions(reading.session.scheme)
            if {"reader", "mark"} & set(action.scopes) and action.id not in away
        ]
        for action in known:
            await reading.type_ahead("escape", ":", *action.does.casefold()[:60], "enter")
            await reading.press("escape", "escape")
            while not isinstance(reading.app.screen, ReaderScreen):
                await reading.press("escape")
            assert reading.app.recent_commands[0] == action.id
        assert reading.app.return_code is None


# -- the help --------------------------------------------------------------


@pytest.mark.action("help")
@pytest.mark.parametrize("key", ["h", "?", "f1"])
async def test_the_help_of_the_reader(in_town: Open, key: str) -> None:
    async with in_town(SAYS) as reading:
        await reading.press("Q", key)
        assert isinstance(reading.app.screen, HelpScreen)
        assert "Move" in helped(reading)
        assert "Reports what a source says" in helped(reading)
        await reading.press("escape")
        assert isinstance(reading.app.screen, ReaderScreen)


@pytest.mark.action("help")
@pytest.mark.parametrize(
    ("keys", "told", "goes_on"),
    [
        (["e"], "Mark an error", "start word"),
        (["p"], "Mark a quotation", "start word"),
        (["p", "enter"], "Who says it", "speaker"),
        (["n"], "Write a line", "note"),
        (["/"], "Search", "search"),
        (["#"], "Search", "sentence 1-9"),
        (["i"], "Mark a name", "start word"),
        (["right", "i"], "these words are no name", "person:"),
        ([":", *"split", "enter"], "Split the sentence", "first word of the new sentence"),
    ],
)
async def test_f1_helps_in_every_conversation_which_then_goes_on(
    in_town: Open, keys: list[str], told: str, goes_on: str
) -> None:
    async with in_town(NEVER) as reading:
        await reading.press(*keys, "f1")
        assert isinstance(reading.app.screen, HelpScreen)
        assert told in helped(reading)
        await reading.press("escape")
        assert isinstance(reading.app.screen, ReaderScreen)
        assert goes_on in reading.asked
        await reading.press("escape")
        assert goes_on not in reading.asked
        assert reading.everything() == ({}, {}, {})


# -- looking ---------------------------------------------------------------


@pytest.mark.action("view.corrected")
async def test_the_corrected_reading_and_back(in_town: Open) -> None:
    async with in_town(PRICE) as reading:
        await reading.press("e", *reading.letters("laacquisition"), "enter", "M", "s", "=", "ctrl+u")
        await reading.press(*"l'acquisition", "enter", "escape", "c")
        assert "the corrected reading: c shows the text as it is" in reading.foot
        assert "l'acquisition" in reading.current_row()
        await reading.press("c")
        assert "laacquisition" in reading.current_row()
        assert "l'acquisition" not in reading.current_row()
        assert "fact" in reading.foot


@pytest.mark.action("view.corrected")
@pytest.mark.parametrize("width", [80, 120])
async def test_the_score_is_shown_where_it_is_wanted(in_town: Open, width: int) -> None:
    async with in_town(PRICE, size=(width, 24)) as reading:
        await reading.press("e", *reading.letters("prix"), "enter", "M", "s")
        assert ("MQM 5" in reading.everything_painted()) is (width > 100)
        await reading.press("c")
        assert "MQM 5" in reading.everything_painted()
        await reading.press("delete")
        assert "MQM" not in reading.everything_painted()
        await reading.press("u", "c")
        assert ("MQM 5" in reading.everything_painted()) is (width > 100)


@pytest.mark.action("view.prose")
async def test_prose_and_back(in_town: Open) -> None:
    async with in_town(PRICE) as reading:
        before = reading.rows()
        await reading.press("v")
        assert any("C'est fini. » Le prix" in row for row in reading.rows())
        await reading.press("j", "f")
        assert reading.annotation(ROME).tags == ("fact",)
        await reading.press("u", "k", "v")
        assert reading.session.cursor == PRICE
        await reading.press("escape")
        assert [row.rstrip() for row in reading.rows()] == [row.rstrip() for row in before]


@pytest.mark.action("panel.toggle")
@pytest.mark.parametrize(("width", "fits"), [(120, True), (100, False)])
async def test_the_panel_is_hidden_and_shown(in_town: Open, width: int, fits: bool) -> None:
    async with in_town(PRICE, size=(width, 30)) as reading:
        panel = reading.app.screen.query_one(Panel)
        assert panel.display is fits
        await reading.press("d")
        assert not panel.display
        await reading.press("d")
        assert panel.display is fits
        assert ("the panel needs 110 columns: this terminal has 100" in reading.foot) is not fits


@pytest.mark.action("copy", "mark.next")
async def test_the_sentence_is_copied_or_what_has_the_focus(
    in_town: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("TMUX", "STY", "TERM_PROGRAM", "VTE_VERSION"):
        monkeypatch.delenv(name, raising=False)
    async with in_town(BOTH) as reading:
        await reading.press("y")
        assert reading.app.clipboard == "Musk et Altman sont à Rome."
        assert reading.foot == "copied 27 characters"
        await reading.press("right", "y")
        assert reading.app.clipboard == "Musk"
        await reading.press("e", *reading.letters("sont"), "enter", "m", "s", "y")
        assert reading.app.clipboard == "sont"


# -- closing ---------------------------------------------------------------


@pytest.mark.action("back")
async def test_escape_in_the_bare_reader_does_nothing(in_town: Open) -> None:
    async with in_town(PRICE) as reading:
        before = reading.everything_painted()
        await reading.press("escape", "escape")
        assert reading.everything_painted() == before
        assert isinstance(reading.app.screen, ReaderScreen)


@pytest.mark.action("back")
async def test_escape_closes_what_is_open(in_town: Open) -> None:
    async with in_town(PRICE) as reading:
        bare = reading.foot
        for keys in ("h", ":", "H", "&", "D", "e", "p", "i", "n", "/", "#"):
            await reading.press(*keys, "escape")
            assert isinstance(reading.app.screen, ReaderScreen)
            assert reading.foot == bare, keys
        assert reading.everything() == ({}, {}, {})


@pytest.mark.action("suspend")
async def test_suspending_where_it_is_off_says_so(in_town: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    async with in_town(PRICE) as reading:
        suspended: list[bool] = []
        monkeypatch.setattr(reading.app, "to_shell", lambda: suspended.append(True) or "")
        await reading.press("ctrl+z")
        assert suspended == [True]
        monkeypatch.undo()
        reading.app.workspace.restricted = True
        await reading.press("ctrl+z")
        assert "suspending is off: this session is restricted" in reading.foot


@pytest.mark.action(
    "article.open", "sentence.next", "sentence.previous", "page.down", "page.up", "quit", "back"
)
async def test_from_the_library_and_back_in(in_town: Open) -> None:
    async with in_town(YES) as reading:
        await reading.press("l")
        await reading.finished()
        assert isinstance(reading.app.screen, LibraryScreen)
        await reading.finished()
        await reading.press("down", "up", "space", "b", "g", "G", "escape", "enter")
        await reading.finished()
        assert isinstance(reading.app.screen, ReaderScreen)
        assert reading.app.screen.session.cursor == YES
        assert reading.app.screen.query_one(ArticleView).cursor == YES
