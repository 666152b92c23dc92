"""The Textual app: which screen is shown, what signals do, and the one preparation worker."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from textual.app import App
from textual.screen import Screen
from textual.theme import Theme

from tui.model.article import Article
from tui.screens.reader import ReaderScreen
from tui.theme import Palette
from tui.workspace import Opened, Workspace

if TYPE_CHECKING:
    from tui.prepare.client import PreparationWorker


_PATIENCE = 2
"""Seconds that leaving on a signal may take once everything is saved."""


class PostilApp(App[int], inherit_bindings=False):
    """Starts with the reader when it is given an article, else with the library.

    `return_value` is the exit code.
    """

    TITLE = "postil"
    ENABLE_COMMAND_PALETTE = False
    CSS = "Screen { background: $background; }"

    def __init__(self, workspace: Workspace, opened: Opened | None) -> None:
        super().__init__()
        self.workspace = workspace
        self._first = opened
        self._preparation: PreparationWorker | None = None
        self._shown = 0
        if workspace.palette.native:
            self.theme = "ansi-dark"
        else:
            self.register_theme(_theme(workspace.palette))
            self.theme = "postil"

    def get_default_screen(self) -> Screen[None]:
        if self._first is not None:
            return ReaderScreen(self.workspace, self._first)
        from tui.screens.library import LibraryScreen

        return LibraryScreen(self.workspace)

    def on_mount(self) -> None:
        if sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._leave_on_signal, int(number))

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
        await asyncio.to_thread(self.workspace.keep, article)
        return article

    # -- going from screen to screen ---------------------------------------

    async def show(self, screen: Screen[None]) -> None:
        """Replace the screen that is shown.

        Each is the base of a mode of its own, since Textual cannot switch away from a base screen.
        """
        before = self.current_mode
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

    def leave_reader(self, reader: ReaderScreen, *, to_library: bool) -> None:
        """Save and close the reader; then show the library, or end the program."""
        self.run_worker(self._leave(reader, to_library), exclusive=True, group="leaving")

    async def _leave(self, reader: ReaderScreen, to_library: bool) -> None:
        if not await reader.leave():
            return
        if not to_library:
            self.exit(0)
            return
        from tui.screens.library import LibraryScreen

        await self.show(LibraryScreen(self.workspace))

    def open_next_article(self, reader: ReaderScreen) -> None:
        """Open the next article with an undecided sentence, or the library when there is none."""
        self.run_worker(self._open_next(reader), exclusive=True, group="leaving")

    async def _open_next(self, reader: ReaderScreen) -> None:
        following = await asyncio.to_thread(self.workspace.next_unfinished, reader.article_id)
        if following is None:
            reader.say("no other article is unfinished: l shows the library")
        elif await reader.leave():
            await self.open_article(following)

    def show_help(self, place: str, recogniser: str | None) -> None:
        from tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.workspace, place, recogniser))

    # -- the end -----------------------------------------------------------

    async def on_unmount(self) -> None:
        if self._preparation is not None:
            await self._preparation.aclose()

    def _leave_on_signal(self, number: int) -> None:
        """Finish the save and go, with the code that a shell gives for the signal."""
        self.run_worker(self._save_and_end(128 + number), exclusive=True, group="leaving")

    async def _save_and_end(self, code: int) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, ReaderScreen):
                await screen.leave(give_up=True)
        _end_in_any_case(code)
        self.exit(code)


def _end_in_any_case(code: int) -> None:
    """End the process soon, even if the way out hangs; everything is saved by now.

    Where the terminal has gone, Textual's writer thread dies, and its shutdown waits for it for ever.
    """
    if sys.platform == "win32":
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        os._exit(code)

    signal.signal(signal.SIGALRM, end)
    signal.alarm(_PATIENCE)


def _theme(palette: Palette) -> Theme:
    """Just enough of a Textual theme: our widgets paint themselves."""
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
