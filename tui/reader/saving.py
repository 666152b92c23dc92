"""What the reader does to save: steps go to the writer's thread, and the header says what became of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tui.model.annotation import Step
from tui.store.protocol import Writer
from tui.store.saver import BackgroundSaver
from tui.widgets.bars import SavedBar

SETTLE_WITHIN = 0.01
"""Seconds that a tag waits for the disk, so that it is painted with the word that is true of it."""


class Saving:
    """Saves the steps of one reader."""

    def __init__(self, bar: SavedBar, say: Callable[[str], None]) -> None:
        """`bar` shows the state; `say` shows why saving fails."""
        self._bar = bar
        self._say = say
        self._saver: BackgroundSaver | None = None
        self.failure = ""
        """Why the last steps are not on disk; empty when they are."""
        self.is_ending = False

    def start(self, writer: Writer) -> None:
        """Save with `writer` from now on."""
        loop = asyncio.get_running_loop()
        self._saver = BackgroundSaver(
            writer,
            on_saved=lambda _: _in_loop(loop, self._on_saved),
            on_failed=lambda reason: _in_loop(loop, self._on_failed, reason),
        )

    @property
    def can_save(self) -> bool:
        return self._saver is not None

    @property
    def unsaved(self) -> int:
        """Steps that are not on disk."""
        return self._saver.pending if self._saver is not None else 0

    def submit(self, step: Step) -> None:
        """Save a step, and take back "saved" before anything is painted that is not on disk yet."""
        if self._saver is None:
            return
        self._saver.submit(step)
        if self._bar.state == "saved" and not self._saver.flush(SETTLE_WITHIN):
            self._bar.show("saving")

    def prepare(self) -> None:
        """Load, in the writer's thread, what the first step needs."""
        if self._saver is not None:
            self._saver.prepare()

    def retry(self) -> None:
        """Try at once what failed before."""
        if self.failure and self._saver is not None:
            self._saver.retry()

    async def end(self, cursor: int, *, force: bool) -> bool:
        """Save what is left and where the cursor is, and give up the lock; True once that is done.

        If something cannot be saved everything stays, unless `force` drops it.
        """
        if self._saver is None:
            return True
        self.is_ending = True
        self._saver.submit_cursor(cursor)
        saved = await asyncio.to_thread(self._saver.close, force=force)
        if saved or force:
            return True
        self.is_ending = False
        self._on_failed(self._saver.failure or "the last steps are not on disk")
        return False

    def _on_saved(self) -> None:
        # More may have been typed since.
        if self.unsaved:
            return
        self._bar.show("saved")
        if self.failure:
            self.failure = ""
            self._say("everything is saved again")

    def _on_failed(self, reason: str) -> None:
        self._bar.show("failed")
        if reason != self.failure:
            self.failure = reason
            self._say(reason)


def _in_loop(loop: asyncio.AbstractEventLoop, call: Callable[..., None], *arguments: object) -> None:
    """Run a callback of the writer thread where widgets may be touched."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(call, *arguments)
