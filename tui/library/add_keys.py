"""The library's keys for adding: ask for a path, show how far it is, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.worker import Worker

from tui.library.import_job import Adding, progress, summary
from tui.model.article import Article
from tui.store.index import entry_of
from tui.widgets.choices import Row
from tui.workspace import Progress

if TYPE_CHECKING:
    from tui.library.screen import LibraryScreen

_SHARE_OF_SCREEN = 6
"""One row in so many may show what could not be added, and warnings."""


class AddKeys:
    """The keys. The job itself belongs to the app, so that it continues while you read an article."""

    def __init__(self, screen: LibraryScreen) -> None:
        self._screen = screen
        self._worker: Worker[None] | None = None

    def handlers(self) -> dict[str, Callable[[], None]]:
        """By action id."""
        return {"library.add": self._ask, "library.problems": self._list_problems}

    def watch(self) -> None:
        """Show the progress, if files are being added."""
        adding = self._screen.app.adding
        if adding is not None:
            adding.changed, adding.arrived = self._show, self._arrived
            self._show()

    def look_away(self) -> None:
        adding = self._screen.app.adding
        if adding is not None and adding.changed == self._show:
            adding.changed, adding.arrived = lambda: None, lambda _: None

    def back(self) -> None:
        """Stop adding; if it is over, close its messages."""
        adding = self._screen.app.adding
        if adding is None:
            return
        if adding.is_over:
            self._screen.app.adding = None
            self._screen.lines.show(())
        else:
            self._screen.app.stop_adding()

    # -- a path ------------------------------------------------------------

    def _ask(self) -> None:
        from tui.library.path_entry import PathScreen

        if self._screen.may_change("adding"):
            self._screen.app.push_screen(PathScreen(self._screen.workspace), self._begin)

    def _begin(self, name: str | None) -> None:
        if name is not None:
            self._screen.app.add_to_library(name)
            self.watch()

    # -- how far it is -----------------------------------------------------

    def _arrived(self, article: Article) -> None:
        """Show an article that is new; one that only got its names is in the table already."""
        shelf = self._screen.shelf
        if shelf.articles is None or any(progress.entry.id == article.id for progress in shelf.articles):
            return
        shelf.put(Progress(entry=entry_of(article), decided=0, annotators=[], touched=""))
        self._screen.refresh_table()

    def _show(self) -> None:
        adding = self._screen.app.adding
        # The app's first screen stays in memory after another has replaced it.
        if adding is None or self._screen not in self._screen.app.screen_stack:
            return
        if adding.is_over:
            self._show_outcome(adding)
        else:
            key = self._screen.workspace.keymap.first_key("back")
            self._screen.lines.show([progress(adding)], adding.share, hint=f"{key} stops")

    def _show_outcome(self, adding: Adding) -> None:
        screen = self._screen
        screen.say(summary(adding))
        if adding.added + adding.known == 1 and adding.last is not None:
            screen.shelf.choose(adding.last)
            screen.refresh_table()
        messages = [*adding.problems, *adding.warnings]
        if not messages:
            screen.app.adding = None
            screen.lines.show(())
            return
        most = max(2, screen.size.height // _SHARE_OF_SCREEN)
        shown = messages if len(messages) <= most else messages[: most - 1]
        left = len(messages) - len(shown)
        key = screen.workspace.keymap.first_key("library.problems")
        screen.lines.show([*shown, f"and {left} more: {key} lists them all"] if left else shown)

    # -- what went wrong ---------------------------------------------------

    def _list_problems(self) -> None:
        from tui.screens.chooser import ChooserScreen

        adding = self._screen.app.adding
        problems = [
            *((*adding.problems, *adding.warnings) if adding is not None else ()),
            *self._screen.workspace.problems,
        ]
        if not problems:
            self._screen.say("nothing went wrong")
            return
        rows = [Row(value=None, text=problem) for problem in problems]
        self._screen.app.push_screen(
            ChooserScreen(self._screen.workspace, "What went wrong", rows, takes="close")
        )
