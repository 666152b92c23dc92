"""The library's keys for removing an article to the trash, and bringing it back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.painting.cells import shortened
from tui.painting.wrap import thinned
from tui.screens.confirming import Confirming
from tui.store.protocol import Conflict, StoreError
from tui.store.trash import Trash
from tui.text.clean import visible
from tui.workspace import Progress

if TYPE_CHECKING:
    from tui.library.screen import LibraryScreen

_BESIDE_TITLE = 34
"""Cells of the rest of a question with its keys, or of a message."""
_LEAST_TITLE = 16


class RemoveKeys:
    """Asks first. What is removed goes to the trash unchanged."""

    def __init__(self, screen: LibraryScreen) -> None:
        self._screen = screen
        workspace = screen.workspace
        self._annotator = workspace.annotator
        self._trash = Trash(workspace.folder, workspace.store)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """By action id."""
        return {"library.remove": self._ask, "library.restore": self._restore}

    def has_removed(self) -> bool:
        """True if there is anything to bring back."""
        try:
            return bool(self._trash.removals(self._annotator))
        except StoreError:
            return False

    # -- there -------------------------------------------------------------

    def _ask(self) -> None:
        chosen = self._screen.shelf.chosen
        if chosen is None or not self._screen.may_change("removing"):
            return
        others = [name for name in chosen.annotators if name != self._annotator]
        if others:
            self._screen.say(f"{' and '.join(others)} worked on it too: it stays")
            return
        own = f" with your work ({chosen.decided} decided)" if chosen.annotators else ""
        if self._screen.size.width - _BESIDE_TITLE - len(own) < _LEAST_TITLE:
            own = ""
        asks = f"remove {self._quoted(chosen, beside=_BESIDE_TITLE + len(own))}{own}?"
        self._screen.enter(Confirming(asks, lambda: self._begin(chosen)))

    def _begin(self, chosen: Progress) -> None:
        self._screen.run_worker(self._remove(chosen), exit_on_error=True)

    async def _remove(self, chosen: Progress) -> None:
        screen = self._screen
        try:
            await asyncio.to_thread(self._trash.remove, chosen.entry.id, self._annotator)
            screen.shelf.remove(chosen.entry.id)
            screen.refresh_table()
            if not screen.shelf.articles:
                await screen.read()
        except StoreError as error:
            screen.say(str(error))
            return
        key = screen.workspace.keymap.first_key("library.restore")
        screen.say(f"{self._quoted(chosen)} is in the trash: {key} brings it back")

    # -- and back ----------------------------------------------------------

    def _restore(self) -> None:
        if self._screen.may_change("restoring"):
            self._screen.run_worker(self._bring_back(), exit_on_error=True)

    async def _bring_back(self) -> None:
        screen = self._screen
        try:
            article = await asyncio.to_thread(self._restore_last)
            if article is None:
                screen.say("nothing of yours is in the trash")
                return
            await screen.read()
        except StoreError as error:
            screen.say(str(error))
            return
        screen.shelf.choose(article)
        screen.refresh_table()
        back = next(
            (progress for progress in screen.shelf.articles or () if progress.entry.id == article), None
        )
        screen.say(f"{self._quoted(back)} is back" if back else f"{article} is back")

    def _restore_last(self) -> str | None:
        """The id of what came back: the last that can, as others may have been added again since."""
        conflict: Conflict | None = None
        for removed in self._trash.removals(self._annotator):
            try:
                self._trash.restore(removed)
            except Conflict as error:
                conflict = conflict or error
            else:
                return removed.article
        if conflict is not None:
            raise conflict
        return None

    def _quoted(self, progress: Progress, beside: int = _BESIDE_TITLE) -> str:
        room = max(6, self._screen.size.width - beside)
        return f"“{shortened(thinned(visible(progress.entry.title)), room)}”"
