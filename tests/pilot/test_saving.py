"""What the reader says of the disk is true, whatever the disk does; and leaving loses nothing that was not given up."""

from __future__ import annotations

import asyncio
import errno
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tui.app import PostilApp
from tui.library.screen import LibraryScreen
from tui.model.annotation import Annotation
from tui.model.article import Article
from tui.reader import saving as saving_module
from tui.reader.rescue import RescuePage, RescueScreen
from tui.reader.screen import ReaderScreen
from tui.store.disk import Disk
from tui.store.folder import FolderStore
from tui.store.saver import BackgroundSaver
from tui.widgets.bars import CountBar, KeyBar, SavedBar
from tui.workspace import Workspace

MakeWorkspace = Callable[..., Workspace]


class TestDisk(Disk):
    """One that is full, or waits, as long as a test wants."""

    __test__ = False

    def __init__(self) -> None:
        self.is_full = False
        self.may_sync = threading.Event()
        self.may_sync.set()

    def write(self, number: int, data: bytes | memoryview, offset: int) -> int:
        if self.is_full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(number, data, offset)

    def sync(self, number: int) -> None:
        assert self.may_sync.wait(30)
        super().sync(number)


class Saving:
    """An open reader over a disk of the test's own."""

    def __init__(self, app: PostilApp, pilot: Pilot[int], disk: TestDisk, article: Article) -> None:
        self.app = app
        self.pilot = pilot
        self.disk = disk
        self.article = article

    @property
    def reader(self) -> ReaderScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, ReaderScreen))

    @property
    def page(self) -> list[str]:
        """The rows of the dialog."""
        page = self.app.screen.query_one(RescuePage)
        return [page.render_line(y).text.rstrip() for y in range(page.size.height)]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    def bar(self, kind: type[CountBar | KeyBar | SavedBar]) -> str:
        return self.reader.query_one(kind).render_line(0).text.strip()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Let the app and its threads go on until something holds."""
        async with asyncio.timeout(20):
            while not holds():
                await self.pilot.pause(0.01)

    async def until_page(self, words: str) -> None:
        await self.until(lambda: isinstance(self.app.screen, RescueScreen) and words in "\n".join(self.page))

    async def fill_the_disk(self) -> None:
        """One tag is on disk, the next two are not."""
        await self.press("f")
        await self.until(lambda: self.bar(SavedBar) == "saved ✓")
        self.disk.is_full = True
        await self.press("o", "q")
        await self.until(lambda: self.bar(SavedBar) == "NOT SAVED")


Save = Callable[..., AbstractAsyncContextManager[Saving]]


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(RescueScreen, "seen_after", 0)
    monkeypatch.setattr(saving_module, "BackgroundSaver", partial(BackgroundSaver, retry_every=3600))


@pytest.fixture
def save(tmp_path: Path, workspace_in: MakeWorkspace, sample_article: Article) -> Save:
    @asynccontextmanager
    async def saving(size: tuple[int, int] = (80, 24), *, restricted: bool = False) -> AsyncIterator[Saving]:
        workspace = workspace_in(tmp_path / "annotations")
        workspace.restricted = restricted
        disk = TestDisk()
        workspace.store = FolderStore(workspace.folder, scheme=workspace.scheme.label, disk=disk)
        workspace.library.save(sample_article)
        app = PostilApp(workspace, workspace.open(sample_article))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            saving = Saving(app, pilot, disk, sample_article)
            yield saving
            disk.is_full = False
            disk.may_sync.set()
            for screen in app.screen_stack:
                if isinstance(screen, ReaderScreen):
                    await screen.leave(force=True)

    return saving


@pytest.fixture
def stored(
    tmp_path: Path, workspace_in: MakeWorkspace, sample_article: Article
) -> Callable[..., list[tuple[str, ...]]]:
    """The tags that lie in a folder, in the order of the sentences."""

    def tags(folder: str = "annotations") -> list[tuple[str, ...]]:
        found: dict[int, Annotation] = (
            workspace_in(tmp_path / folder).store.load(sample_article.id, "ana").annotations
        )
        return [found[start].tags for start in sorted(found)]

    return tags


# -- while working -----------------------------------------------------------


async def test_a_tag_that_is_not_on_disk_yet_is_painted_with_saving(
    save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with save() as saving:
        await saving.press("f")
        await saving.until(lambda: saving.bar(SavedBar) == "saved ✓")
        painted: list[tuple[str, str]] = []
        show = CountBar.show

        def noted(bar: CountBar, decided: int) -> None:
            show(bar, decided)
            painted.append((saving.bar(CountBar), saving.bar(SavedBar)))

        monkeypatch.setattr(CountBar, "show", noted)
        saving.disk.may_sync.clear()
        await saving.press("o", "q")
        assert painted == [("2/41 decided", "saving"), ("3/41 decided", "saving")]
        saving.disk.may_sync.set()
        await saving.until(lambda: saving.bar(SavedBar) == "saved ✓")
        assert saving.reader.unsaved == 0


async def test_a_quick_save_changes_no_word(save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(saving_module, "SETTLE_WITHIN", 20)
    async with save() as saving:
        monkeypatch.setattr(SavedBar, "refresh", lambda bar, *_, **__: shown.append(bar.state))
        await saving.press("f", "o", "U", "u")
        assert saving.bar(CountBar) == "1/41 decided"
        assert shown == []


async def test_what_was_told_before_the_last_key_says_nothing_of_it(save: Save) -> None:
    async with save() as saving:
        saving.disk.may_sync.clear()
        await saving.press("f")
        assert saving.bar(SavedBar) == "saving"
        saving.reader._saving._on_saved()
        assert saving.bar(SavedBar) == "saving"
        saving.disk.may_sync.set()
        await saving.until(lambda: saving.bar(SavedBar) == "saved ✓")


async def test_a_full_disk_is_said_until_any_key_saves(save: Save, stored: Callable[..., object]) -> None:
    async with save() as saving:
        await saving.fill_the_disk()
        assert "free some space" in saving.bar(KeyBar)
        await saving.press("j", "k")
        assert saving.bar(SavedBar) == "NOT SAVED"
        assert "free some space" in saving.bar(KeyBar)
        assert stored() == [("fact",)]
        saving.disk.is_full = False
        await saving.press("j")
        await saving.until(lambda: saving.bar(SavedBar) == "saved ✓")
        assert saving.bar(KeyBar) == "everything is saved again"
        assert stored() == [("fact",), ("opinion",), ("quote",)]
        await saving.press("j")
        assert "saved again" not in saving.bar(KeyBar)


async def test_saving_is_tried_again_without_a_key(
    save: Save, stored: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving_module, "BackgroundSaver", partial(BackgroundSaver, retry_every=0.01))
    async with save() as saving:
        await saving.fill_the_disk()
        saving.disk.is_full = False
        await saving.until(lambda: saving.bar(SavedBar) == "saved ✓")
        assert stored() == [("fact",), ("opinion",), ("quote",)]


# -- leaving -----------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (40, 10), (120, 40)])
async def test_quitting_with_unsaved_work_says_what_it_is_and_what_can_be_done(
    save: Save, size: tuple[int, int]
) -> None:
    async with save(size) as saving:
        await saving.fill_the_disk()
        await saving.press("ctrl+q")
        await saving.until_page("NOT SAVED")
        said = " ".join(" ".join(saving.page).split())
        for words in (
            "NOT SAVED 2 steps in memory only",
            "not saved, No space",
            "enter save a copy here",
            "esc go back: nothing is lost yet",
            "ctrl+q leave, and lose 2 steps",
        ):
            assert words in said
        assert saving.page[-1] == "" or size == (40, 10)


async def test_escape_goes_back_to_work_that_is_all_there(save: Save, stored: Callable[..., object]) -> None:
    async with save() as saving:
        await saving.fill_the_disk()
        await saving.press("ctrl+q")
        await saving.until_page("NOT SAVED")
        await saving.press("escape")
        assert saving.app.screen is saving.reader
        assert saving.bar(SavedBar) == "NOT SAVED"
        await saving.press("t")
        assert saving.bar(CountBar) == "4/41 decided"
        saving.disk.is_full = False
        await saving.press("s")
        await saving.until(lambda: saving.bar(SavedBar) == "saved ✓")
        assert stored() == [("fact",), ("opinion",), ("quote",), ("translation_error",), ()]


async def test_enter_keeps_a_copy_in_the_folder_that_is_typed_and_leaves(
    save: Save, stored: Callable[..., object], tmp_path: Path
) -> None:
    async with save((120, 24)) as saving:
        await saving.fill_the_disk()
        await saving.press("ctrl+q")
        await saving.until_page("home/postil/rescued")
        await saving.press("ctrl+u", *str(tmp_path), "slash", "x", "backspace", "e", "l", "space", "s", "e")
        await saving.until_page("/el se")
        await saving.press("enter")
        await saving.until(lambda: not saving.app.is_running)
    assert stored("el se") == [("fact",), ("opinion",), ("quote",)]
    assert saving.app.return_value == 0
    [farewell] = saving.app.exit_messages
    assert f"postil open {saving.article.id} --annotations '{tmp_path}/el se'" in farewell
    assert not saving.app.has_lost_work


async def test_a_copy_that_fails_is_told_and_another_folder_can_be_tried(
    save: Save, stored: Callable[..., object], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    async with save() as saving:
        await saving.fill_the_disk()
        await saving.press("l")
        await saving.until_page("NOT SAVED")
        page = saving.app.screen.query_one(RescuePage)
        for name, said in ((str(tmp_path / "file"), "is not a folder"), ("", "no folder is named")):
            await saving.press("ctrl+u")
            page.folder.insert(name)
            await saving.press("enter")
            await saving.until_page(said)
        page.folder.insert(str(tmp_path / "elsewhere"))
        await saving.press("enter")
        await saving.until(lambda: isinstance(saving.app.screen, LibraryScreen))
        assert stored("elsewhere") == [("fact",), ("opinion",), ("quote",)]
        assert len(saving.app.exit_messages) == 1


async def test_a_bug_in_copying_ends_nothing(save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    def odd(*_: object) -> None:
        raise ZeroDivisionError("odd")

    monkeypatch.setattr(Workspace, "rescue", odd)
    async with save() as saving:
        await saving.fill_the_disk()
        await saving.press("ctrl+q")
        await saving.until_page("NOT SAVED")
        await saving.press("enter")
        await saving.until_page("ZeroDivisionError in Postil")


async def test_ctrl_q_again_leaves_without_and_says_what_is_lost(
    save: Save, stored: Callable[..., object]
) -> None:
    async with save() as saving:
        await saving.fill_the_disk()
        await saving.press("ctrl+q")
        await saving.until_page("NOT SAVED")
        await saving.press("ctrl+q")
        await saving.until(lambda: not saving.app.is_running)
    assert stored() == [("fact",)]
    assert saving.app.has_lost_work
    [farewell] = saving.app.exit_messages
    assert farewell.startswith("2 steps are lost: not saved, No space left")


async def test_a_key_that_was_pressed_before_the_question_was_seen_loses_nothing(
    save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RescueScreen, "seen_after", 3600)
    async with save() as saving:
        await saving.fill_the_disk()
        await saving.press("ctrl+q")
        await saving.until_page("NOT SAVED")
        await saving.press("ctrl+q", "ctrl+q")
        assert isinstance(saving.app.screen, RescueScreen)


async def test_when_saving_works_meanwhile_the_question_says_so(
    save: Save, stored: Callable[..., object]
) -> None:
    async with save() as saving:
        await saving.fill_the_disk()
        await saving.press("ctrl+q")
        await saving.until_page("NOT SAVED")
        saving.disk.is_full = False
        saving.reader._saving.retry()
        await saving.until_page("everything is on disk again")
        assert "NOT SAVED" not in "\n".join(saving.page)
        await saving.press("enter")
        await saving.until(lambda: not saving.app.is_running)
    assert stored() == [("fact",), ("opinion",), ("quote",)]
    assert saving.app.exit_messages == ["saved; 38 of 41 sentences undecided"]


async def test_a_restricted_session_has_no_choice_of_folder(
    save: Save, stored: Callable[..., object], tmp_path: Path
) -> None:
    async with save(restricted=True) as saving:
        await saving.fill_the_disk()
        await saving.press("ctrl+q")
        await saving.until_page("NOT SAVED")
        before = saving.page
        await saving.press("ctrl+u", "x", "slash", "backspace")
        assert saving.page == before
        await saving.press("enter")
        await saving.until(lambda: not saving.app.is_running)
    assert stored("home/postil/rescued") == [("fact",), ("opinion",), ("quote",)]


async def test_what_is_pasted_does_not_act_on_the_terminal(save: Save) -> None:
    from textual.events import Paste

    async with save() as saving:
        await saving.fill_the_disk()
        await saving.press("ctrl+q")
        await saving.until_page("NOT SAVED")
        saving.app.screen.post_message(Paste("/tmp/\x1b]0;title\x07\u202e[bold]"))
        await saving.until_page("/tmp/]0;title[bold]")
        assert not set("\x1b\x07\u202e") & set("".join(saving.page))


async def test_suspending_is_off_in_a_restricted_session(save: Save) -> None:
    async with save(restricted=True) as saving:
        await saving.press("ctrl+z")
        assert "suspending is off" in saving.bar(KeyBar)
