"""The Textual app: which screen is shown, what signals do, and the one preparation worker."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from textual import events
from textual._styles_cache import StylesCache
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES, Theme

from tui.library.desk import LibraryApp
from tui.model.article import Article
from tui.reader.screen import ReaderScreen
from tui.settings.theme import Palette
from tui.terminal.job_control import has_shell_above, watch_stops
from tui.terminal.size import has_room
from tui.workspace import Opened, Workspace

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.worker import Worker

    from tui.library.article_list import ArticleList
    from tui.prepare.client import PreparationWorker


_WORTH_A_MODEL = 8
"""Files that are to be added from which on it pays to load another model."""

_PATIENCE = 2
"""Seconds that leaving on a signal may take once everything is saved, or cannot be."""


_COLLECT_AFTER = 0.5
"""Seconds after the start until garbage is collected, which is off until then."""


class PostilApp(LibraryApp, inherit_bindings=False):
    """Starts with the reader when it is given an article, else with the library.

    `return_value` is the exit code.
    """

    TITLE = "postil"
    ENABLE_COMMAND_PALETTE = False
    CSS = "Screen { background: $background; }"

    def __init__(self, workspace: Workspace, opened: Opened | None) -> None:
        # Before Textual makes the styles: another theme later would make them all again, before the first paint.
        self._colours = _theme(workspace.palette)
        # OpenHints for now, the terminal's own colours are let through by what Textual sets up for NO_COLOR too.
        super().__init__(driver_class=_driver(), ansi_color=True if workspace.palette.native else None)
        self.workspace = workspace
        self._first = opened
        self._preparation: PreparationWorker | None = None
        self._shown = 0
        self.exit_messages: list[str] = []
        """What the user must still know once the screen has gone: what became of work that could not be saved."""
        self.has_lost_work = False
        self.recent_commands = []
        self.shelf: ArticleList | None = None
        """The library as it was left."""
        self.adding = None
        self._adding_worker: Worker[None] | None = None
        self.is_lean = workspace.settings.lean
        self.forget_terminal = lambda: None
        self._was_sized = False

    @property
    def current_theme(self) -> Theme:
        """The palette's, whatever name is chosen."""
        return self._colours

    def get_default_screen(self) -> Screen[None]:
        if self._first is not None:
            return ReaderScreen(self.workspace, self._first)
        return self._library()

    def on_mount(self) -> None:
        self.set_timer(_COLLECT_AFTER, _collect_garbage)
        if sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._leave_on_signal, int(number))
        watch_stops(loop, self._reinitialise_terminal)

    # -- the terminal ------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        # The first one only reports the size at the start.
        if self._was_sized or not self.screen_stack or event.size != self.screen.size:
            self.forget_terminal()
        self._was_sized = True
        if not has_room(event.size) and self.screen_stack:
            from tui.screens.too_small import TooSmallScreen

            if not isinstance(self.screen, TooSmallScreen):
                self.push_screen(TooSmallScreen())

    # -- a slow line -------------------------------------------------------

    def on_slow_line(self) -> None:
        """Paint less, with the terminal's own colours unless others were asked for."""
        from tui.screens.restyling import Restyled
        from tui.settings.theme import choose

        workspace = self.workspace
        self.is_lean = True
        workspace.palette = choose(workspace.settings.theme, os.environ, lean=True)
        if workspace.palette.native:
            self._colours = _theme(workspace.palette)
            # Another name than before, so that the styles are made again.
            self.theme = self._colours.name
        for screen in self.screen_stack:
            if isinstance(screen, Restyled):
                screen.restyle(workspace.palette)

    # -- preparation -------------------------------------------------------

    @property
    def preparation(self) -> PreparationWorker:
        """The process that prepares articles, started when it is first needed."""
        if self._preparation is None:
            from tui.prepare.client import PreparationWorker

            self._preparation = PreparationWorker(log=self.workspace.log)
        return self._preparation

    async def add_sample(self) -> Article:
        """Prepare the article that ships with Postil, and keep it. Its entities follow in the reader."""
        from tui.resources import sample

        [article] = [article async for article in self.preparation.prepare_file(sample())]
        return await asyncio.to_thread(self.workspace.ingest, article)

    def add_to_library(self, name: str) -> None:
        """Add a file, a folder's texts or what fits a pattern, after what is being added already."""
        from tui.library.import_job import Adding, Lane
        from tui.prepare.client import PreparationWorker
        from tui.text.cores import cores

        if self.adding is None or self.adding.is_over:
            log = self.workspace.log
            lanes = [Lane(PreparationWorker(log), self.preparation, is_shared=True)]
            # Each further one loads a model of its own.
            others = [(PreparationWorker(log), PreparationWorker(log)) for _ in range(cores() - 1)]
            lanes += [Lane(*pair, begins_at=_WORTH_A_MODEL) for pair in others]
            self.adding = Adding(self.workspace.library, lanes, who=self.workspace.annotator)
            self.adding.want(name)
            self._adding_worker = self.run_worker(self.adding.run(), group="adding", exit_on_error=True)
        else:
            self.adding.want(name)

    def stop_adding(self) -> None:
        if self._adding_worker is not None:
            self._adding_worker.cancel()

    # -- going from screen to screen ---------------------------------------

    async def show(self, screen: Screen[None]) -> None:
        """Replace the screen that is shown.

        Each is the base of a mode of its own, since Textual cannot switch away from a base screen.
        """
        before = self.current_mode
        if self._shown:
            # Of the screen before the one that goes now: here, where no key waits. Textual's cache of colours
            # would keep what a thousand widgets painted.
            StylesCache.get_inner_outer.cache_clear()
            gc.collect()
        self._shown += 1
        mode = f"screen {self._shown}"
        self.add_mode(mode, lambda: screen)  # pyright: ignore[reportUnknownMemberType]
        await self.switch_mode(mode)
        # The first screen's mode is Textual's own and stays. Not awaited, since what runs this may
        # be a worker of the screen that goes.
        if before != self.DEFAULT_MODE:
            self.remove_mode(before)

    async def open_article(self, article: Article, source: Path | None = None) -> None:
        """Replace what is shown by the reader on `article`, which was just read from `source`."""
        await self.show(ReaderScreen(self.workspace, self.workspace.open(article, source)))

    def _library(self, at: str | None = None) -> Screen[None]:
        """The library as it was left, or with the bar on an article."""
        from tui.library.article_list import ArticleList
        from tui.library.screen import LibraryScreen

        self.shelf = self.shelf or ArticleList()
        if at is not None:
            self.shelf.choose(at)
        return LibraryScreen(self.workspace, self.shelf)

    def leave_reader(self, reader: Screen[None], *, to_library: bool) -> None:
        """Save and close the reader; then show the library, or end the program."""
        assert isinstance(reader, ReaderScreen)
        self.run_worker(self._leave(reader, to_library), exclusive=True, group="leaving")

    async def _leave(self, reader: ReaderScreen, to_library: bool) -> None:
        if not await self._close_reader(reader):
            return
        if not to_library:
            self._say_what_is_missing(reader)
            self.exit(0)
            return
        await self.show(self._library(at=reader.session.article.id))

    def _say_what_is_missing(self, reader: ReaderScreen) -> None:
        left = reader.left_to_do if reader.has_changed else ""
        if left and not reader.unsaved:
            self.exit_messages.append(f"saved; {left}")

    def open_next_article(self, reader: Screen[None]) -> None:
        """Open the next article with an undecided sentence, or say that there is no other."""
        assert isinstance(reader, ReaderScreen)
        self.run_worker(self._open_next(reader), exclusive=True, group="leaving")

    async def _open_next(self, reader: ReaderScreen) -> None:
        following = await asyncio.to_thread(self.workspace.next_unfinished, reader.session.article.id)
        if following is None:
            reader.say("no other article is unfinished: l shows the library")
        elif await self._close_reader(reader):
            await self.open_article(following)

    async def _close_reader(self, reader: ReaderScreen) -> bool:
        """Save and close the reader, and ask what to do if that fails; True if it may be left."""
        while not await reader.leave():
            from tui.reader.rescue import RescueScreen

            answer = await self.push_screen_wait(RescueScreen(self.workspace, reader))
            if answer == "back":
                return False
            if answer == "saved":
                continue
            await reader.leave(force=True)
            self._say_what_became_of(reader, answer if isinstance(answer, Path) else None)
            return True
        return True

    def _say_what_became_of(self, reader: ReaderScreen, copy: Path | None) -> None:
        """Keep for the end where the copy of a reader's work is, or that the work is lost."""
        if copy is not None:
            import shlex

            article, annotator = reader.session.article.id, reader.session.annotator
            where = f"--annotations {shlex.quote(str(copy))} --annotator {annotator}"
            self.exit_messages.append(f"a copy is in {copy}: postil open {article} {where}")
        elif reader.unsaved:
            self.has_lost_work = True
            from tui.text.plurals import counted

            steps = counted(reader.unsaved, "step is", "steps are")
            self.exit_messages.append(f"{steps} lost: {reader.failure}")

    def show_help(self, page: str, recogniser: str | None, tags: Sequence[str] = ()) -> None:
        """Help for a place, and for the tags of the sentence that one is at."""
        from tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.workspace, page, recogniser, tags))

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Nothing: Textual would start the program that the environment names as a browser."""

    def to_shell(self) -> str:
        """Stop until the shell brings Postil back; returns why that is not possible, or nothing."""
        if self.workspace.restricted:
            return "suspending is off: this session is restricted"
        if sys.platform == "win32" or not has_shell_above():
            return "no shell is waiting to go back to: nothing is suspended"
        self.action_suspend_process()
        return ""

    def _reinitialise_terminal(self) -> None:
        with self.suspend():
            pass

    def on_driver_signal_resume(self) -> None:
        self.refresh(layout=True)

    # -- the end -----------------------------------------------------------

    @property
    def broken_by(self) -> Exception | None:
        """An unexpected error that ended the app."""
        from textual.worker import WorkerFailed

        error = self._exception
        if isinstance(error, WorkerFailed) and isinstance(error.error, Exception):
            return error.error
        return error

    def _print_error_renderables(self) -> None:
        """Leave it to who runs the app: Textual would print what variables hold, an article's text among them."""
        self._exit_renderables.clear()

    async def on_unmount(self) -> None:
        if self._preparation is not None:
            await self._preparation.aclose()

    def _leave_on_signal(self, number: int) -> None:
        """Finish the save and go, with the code that a shell gives for the signal."""
        self.run_worker(self._save_and_end(128 + number), exclusive=True, group="leaving")

    async def _save_and_end(self, code: int) -> None:
        readers = [screen for screen in self.screen_stack if isinstance(screen, ReaderScreen)]
        unsaved = [reader for reader in readers if not await reader.leave()]
        _end_in_any_case(code)
        for reader in unsaved:
            copy = await self._rescue_unasked(reader)
            await reader.leave(force=True)
            self._say_what_became_of(reader, copy)
        self.exit(code)

    async def _rescue_unasked(self, reader: ReaderScreen) -> Path | None:
        """Where a copy of its work is; None if that cannot be stored either."""
        from tui.reader.rescue import proposed_folder

        try:
            return await asyncio.to_thread(self.workspace.rescue, reader.session, proposed_folder())
        except Exception:  # noqa: BLE001 - whatever it is, the way out goes on
            return None


def _collect_garbage() -> None:
    """From now on. What was made before the app is frozen."""
    gc.enable()


def _end_in_any_case(code: int) -> None:
    """End the process soon, even if leaving hangs. What could be saved is saved by now.

    If the terminal has gone, Textual's writer thread dies, and its shutdown waits for it for ever.
    """
    if sys.platform == "win32":
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        os._exit(code)

    signal.signal(signal.SIGALRM, end)
    signal.alarm(_PATIENCE)


def _driver() -> type[Driver] | None:
    """None for Textual's own choice."""
    if sys.platform == "win32" or "TEXTUAL_DRIVER" in os.environ:
        return None
    from tui.terminal.driver import TerminalDriver

    return TerminalDriver


def _theme(palette: Palette) -> Theme:
    """Just enough of a Textual theme: our widgets paint themselves."""
    if palette.native:
        return BUILTIN_THEMES["ansi-dark"]
    return Theme(
        name="postil",
        dark=palette.dark,
        primary=palette.accent,
        accent=palette.accent,
        foreground=palette.text,
        background=palette.ground,
        surface=palette.ground,
        panel=palette.raised,
    )
