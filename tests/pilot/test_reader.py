"""The reader under Textual's Pilot: keys in, session and screen out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.pilot.reading import Reading
from tui.library.screen import LibraryScreen
from tui.model.article import Article
from tui.reader.article_view.widget import ArticleView
from tui.reader.panel import Panel
from tui.reader.screen import ReaderScreen
from tui.screens.help import HelpScreen
from tui.settings.theme import PALETTES
from tui.widgets.bars import CountBar, KeyBar, SavedBar
from tui.workspace import Workspace

MakeWorkspace = Callable[..., Workspace]


Read = Callable[..., AbstractAsyncContextManager[Reading]]


async def test_a_tag_key_tags_decides_and_goes_on(read: Read) -> None:
    async with read() as reading:
        await reading.press("f", "o", "q", "t", "s")
        said = [reading.annotation(i) for i in range(5)]
        assert [a.tags for a in said] == [("fact",), ("opinion",), ("quote",), ("translation_error",), ()]
        assert all(a.decided for a in said)
        assert reading.session.cursor == 5
        assert reading.bar(CountBar) == "5/41 decided"
        assert "En soutien" in reading.current_row()


async def test_the_ledger_shows_tags_none_and_unsure(read: Read) -> None:
    async with read() as reading:
        await reading.press("F", "o", "s", "w")
        rows = reading.rows()
        assert [row[: row.index("S")].strip() for row in rows if "Sous les yeux" in row] == ["FO··"]
        assert any("––––" in row and "Le patron" in row for row in rows)
        assert any("····?▌" in row for row in rows)


@pytest.mark.parametrize("palette", sorted(PALETTES))
async def test_every_theme_shows_the_ledger_and_the_bar(read: Read, palette: str) -> None:
    async with read((80, 24), palette=palette) as reading:
        await reading.press("F", "o", "h", "escape", "d")
        assert "FO··" in reading.rows()[1]
        assert "▌" in reading.current_row()


async def test_undo_goes_where_it_happened_and_says_what_it_was(read: Read) -> None:
    async with read() as reading:
        await reading.press("f", "G", "u")
        assert reading.session.cursor == 0
        assert "fact" in reading.bar(KeyBar)
        assert reading.bar(CountBar) == "0/41 decided"
        await reading.press("U")
        assert reading.annotation(0).tags == ("fact",)


async def test_moves(read: Read) -> None:
    async with read() as reading:
        for keys, sentence in [
            ("j", 1),
            ("k", 0),
            ("k", 0),
            ("}", 4),
            ("}", 7),
            ("j", 8),
            ("{", 7),
            ("{", 4),
            ("G", 40),
            ("j", 40),
            ("g", 0),
        ]:
            await reading.press(keys)
            assert reading.session.cursor == sentence, keys
            assert reading.current_row()


async def test_tab_visits_undecided_sentences_only(read: Read) -> None:
    async with read() as reading:
        await reading.press("s", "s", "j", "s", "g", "tab")
        assert reading.session.cursor == 2
        await reading.press("tab")
        assert reading.session.cursor == 4


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 10), (300, 100)])
async def test_paging_reaches_the_end_and_comes_back(read: Read, size: tuple[int, int]) -> None:
    async with read(size) as reading:
        for key, last in (("space", 40), ("b", 0)):
            while reading.session.cursor != last:
                before = reading.session.cursor, reading.rows()
                await reading.press(key)
                assert (reading.session.cursor, reading.rows()) != before
                assert reading.current_row()
        assert "Sous les yeux" in reading.rows()[1]


@pytest.mark.parametrize(("size", "shown"), [((120, 40), True), ((109, 40), False), ((80, 24), False)])
async def test_the_panel_gives_way_first(read: Read, size: tuple[int, int], shown: bool) -> None:
    async with read(size) as reading:
        panel = reading.app.screen.query_one(Panel)
        assert panel.display is shown
        if shown:
            await reading.press("d")
            assert not panel.display
            await reading.press("d")
            assert panel.display


async def test_one_may_leave_before_the_first_paint_is_done(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    later: list[Callable[[], object]] = []
    monkeypatch.setattr(ReaderScreen, "call_after_refresh", lambda _, callback: later.append(callback))
    async with read() as reading:
        [after_first_paint] = later
        reading.app.exit()
        after_first_paint()
        assert not [worker for worker in reading.app.workers if worker.node is reading.app.screen]


async def test_keys_do_nothing_where_the_terminal_has_no_room(read: Read) -> None:
    async with read() as reading:
        await reading.pilot.resize_terminal(39, 9)
        await reading.settled()
        assert "39x9 is too small" in reading.everything_painted()
        await reading.press("f", "f", "down")
        await reading.pilot.resize_terminal(160, 50)
        async with asyncio.timeout(20):
            while not isinstance(reading.app.screen, ReaderScreen):
                await reading.settled()
        assert reading.session.decided_count == reading.session.cursor == 0
        await reading.press("f")
        assert reading.session.decided_count == 1


async def test_a_resize_keeps_the_current_sentence_in_view(read: Read) -> None:
    async with read() as reading:
        await reading.press("G")
        await reading.pilot.resize_terminal(50, 12)
        await reading.pilot.pause()
        assert "Dernière mise" in reading.current_row()
        assert all(len(row) == 50 for row in reading.rows())


async def test_a_click_makes_a_sentence_current(read: Read) -> None:
    async with read() as reading:
        y = next(y for y, row in enumerate(reading.rows()) if "Le patron" in row)
        await reading.pilot.click(ArticleView, offset=(20, y))
        await reading.pilot.pause()
        assert reading.session.cursor == 1


async def test_escape_in_the_bare_reader_does_nothing(read: Read) -> None:
    async with read() as reading:
        await reading.press("f", "escape")
        assert isinstance(reading.app.screen, ReaderScreen)
        assert reading.session.cursor == 1


async def test_help_opens_and_closes_and_its_keys_tag_nothing(read: Read) -> None:
    async with read() as reading:
        await reading.press("h")
        assert isinstance(reading.app.screen, HelpScreen)
        await reading.press("j")
        assert isinstance(reading.app.screen, HelpScreen)
        await reading.press("f")
        assert isinstance(reading.app.screen, ReaderScreen)
        assert reading.session.decided_count == 0


async def test_the_library_shows_the_progress_and_opens_again(read: Read) -> None:
    async with read() as reading:
        await reading.press("f", "s", "l")
        await reading.app.workers.wait_for_complete()
        await reading.pilot.pause()
        assert isinstance(reading.app.screen, LibraryScreen)
        await reading.app.workers.wait_for_complete()
        await reading.pilot.pause()
        table = reading.app.screen.query_one("ArticleTable")
        assert "2/41" in table.render_line(2).text
        await reading.press("enter")
        await reading.app.workers.wait_for_complete()
        await reading.pilot.pause()
        assert isinstance(reading.app.screen, ReaderScreen)
        assert reading.bar(CountBar) == "2/41 decided"


async def test_reading_only_changes_nothing_and_says_so(read: Read) -> None:
    async with read(read_only=True) as reading:
        assert reading.bar(SavedBar) == "read-only"
        await reading.press("f", "u", "x")
        assert reading.session.decided_count == 0
        assert "reading only" in reading.bar(KeyBar)


async def test_a_second_session_reads_only_and_is_told_who_writes(
    read: Read, tmp_path: Path, workspace_in: MakeWorkspace, sample_article: Article
) -> None:
    async with read() as reading:
        await reading.press("f")
        second = workspace_in(tmp_path / "annotations").open(sample_article)
        assert second.writer is None
        assert "ana" in second.notice


async def test_what_is_tagged_is_stored_when_the_reader_is_left(
    read: Read, tmp_path: Path, workspace_in: MakeWorkspace, sample_article: Article
) -> None:
    async with read() as reading:
        await reading.press("f", "t")
        await reading.reader.leave()
        stored = workspace_in(tmp_path / "annotations").store.load(sample_article.id, "ana")
        assert [said.tags for _, said in sorted(stored.annotations.items())] == [
            ("fact",),
            ("translation_error",),
        ]
        assert stored.cursor == sample_article.starts[2]


HOSTILE = "Un \x1b[31m\x1b]0;titre\x07 texte \x9b2J\u202eretourné [bold]gras[/bold] 漢字👩‍👩‍👧.\nDeux [/nope] \x00 fin."


async def test_no_byte_of_an_article_reaches_the_terminal_raw(
    read: Read, workspace_in: MakeWorkspace, tmp_path: Path
) -> None:
    from tui.prepare.pipeline import read_articles

    path = tmp_path / "hostile.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    [article] = read_articles(path)
    async with read((60, 20), article) as reading:
        painted = "".join(reading.rows()) + reading.bar(KeyBar)
        assert not set("\x1b\x07\x9b\u202e\x00") & set(painted)
        assert "[bold]gras[/bold]" in painted
        assert "[/nope]" in painted
