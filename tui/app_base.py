"""What screens and the terminal's driver need of the app, which `tui.app` completes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App
from textual.screen import Screen

from tui.model.article import Article
from tui.workspace import Workspace

if TYPE_CHECKING:
    from tui.prepare.client import PreparationWorker


class AppBase(App[int], inherit_bindings=False):
    """The part of the app that all screens use."""

    workspace: Workspace
    is_lean: bool
    """True where as little as possible is painted."""
    recent_commands: list[str]
    """What was run from the palette, the last one first."""
    forget_terminal: Callable[[], None]
    """To be called when the terminal no longer shows what was drawn."""

    @property
    def may_become_lean(self) -> bool:
        """True unless the user set `lean`."""
        return "lean" not in self.workspace.settings.origins

    @property
    def bound_keys(self) -> frozenset[str]:
        """Keys that do something, by the names that Textual has for them."""
        return frozenset(key for keys in self.workspace.keymap.keys.values() for key in keys)

    @property
    def preparation(self) -> PreparationWorker:
        """The process that prepares articles, started when it is first needed."""
        raise NotImplementedError

    async def add_sample(self) -> Article:
        """Prepare the article that ships with Postil, and keep it. Its entities follow in the reader."""
        raise NotImplementedError

    async def open_article(self, article: Article, source: Path | None = None) -> None:
        """Replace what is shown by the reader on `article`, which was just read from `source`."""
        raise NotImplementedError

    def leave_reader(self, reader: Screen[None], *, to_library: bool) -> None:
        """Save and close the reader; then show the library, or end the program."""
        raise NotImplementedError

    def open_next_article(self, reader: Screen[None]) -> None:
        """Open the next article with an undecided sentence, or say that there is none."""
        raise NotImplementedError

    def show_help(self, page: str, recogniser: str | None, tags: Sequence[str] = ()) -> None:
        """Show the help for a place, and for the tags of the current sentence."""
        raise NotImplementedError

    def to_shell(self) -> str:
        """Stop until the shell brings the program back; returns why that is not possible, or nothing."""
        raise NotImplementedError
