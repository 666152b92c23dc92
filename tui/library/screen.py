"""The library: every article with its progress; Enter opens. An empty one says what to do, and offers the sample."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from tui.library.add_keys import AddKeys
from tui.library.article_list import ArticleList
from tui.library.article_table import ArticleTable
from tui.library.expression_filter import ExpressionFilter
from tui.library.remove_keys import RemoveKeys
from tui.painting.library import Order
from tui.painting.styles import Styles
from tui.prepare import PreparationError
from tui.resources import sample
from tui.screens.confirming import Confirming
from tui.screens.modes import TextInputMode
from tui.screens.restyling import SLOW_LINE
from tui.screens.typeahead import key_of, passed_on
from tui.settings.actions import actions
from tui.settings.theme import Palette
from tui.store.protocol import StoreError
from tui.widgets.bars import KeyBar, TitleBar
from tui.widgets.lines import Lines
from tui.workspace import Workspace

if TYPE_CHECKING:
    from tui.library.desk import LibraryApp

_MOVES = {"down": +1, "up": -1}
"""Keys that move the bar while words are typed too."""


class LibraryScreen(Screen[None]):
    """The articles, one a row."""

    DEFAULT_CSS = "LibraryScreen { layout: vertical; overflow: hidden; }"
    app: LibraryApp

    def __init__(self, workspace: Workspace, shelf: ArticleList) -> None:
        """`shelf` keeps the order, the words and the cursor from one visit to the next."""
        super().__init__()
        self._workspace = workspace
        self._by_key = workspace.keymap.by_key(actions(workspace.scheme), "library")
        self._palette_styles = styles = Styles(workspace.palette, workspace.scheme)
        self.shelf = shelf
        self._title = TitleBar(styles, "Library", workspace.annotator)
        self.table = ArticleTable(styles, shelf)
        self.lines = Lines(styles)
        self._keys = KeyBar(styles, self._key_bar())
        self._opening = False
        self._mode: TextInputMode | Confirming | None = None
        self._add = AddKeys(self)
        self._remove = RemoveKeys(self)
        self._expressions = ExpressionFilter(self, workspace, shelf)
        self._perform = self._handlers() | self._add.handlers() | self._remove.handlers()

    # -- life --------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield self._title
        yield self.table
        yield self.lines
        yield self._keys

    def on_mount(self) -> None:
        self._add.watch()
        self.run_worker(self._read(), exit_on_error=True)

    def on_unmount(self) -> None:
        self._add.look_away()

    def restyle(self, palette: Palette) -> None:
        """Paint in other colours from now on."""
        self._palette_styles.set_palette(palette, self._workspace.scheme)
        for widget in self.query("*"):
            widget.refresh()
        self.say(SLOW_LINE)

    async def _read(self) -> None:
        try:
            await self.read()
        except StoreError as error:
            self.say(str(error))
            return
        for problem in self.workspace.problems[:1]:
            key = self._workspace.keymap.first_key("library.problems")
            self.say(f"{problem} ({key} lists all that is wrong)")

    async def read(self) -> None:
        """Read the library again. Raises StoreError."""
        articles = await asyncio.to_thread(self._workspace.progress)
        restorable = not articles and await asyncio.to_thread(self._remove.has_removed)
        self.table.welcome = self._ways_on(restorable=restorable)
        self.shelf.fill(articles)
        if self.shelf.words:
            self._narrow(self.shelf.words)
        self.refresh_table()

    def refresh_table(self) -> None:
        """Show the shelf as it is now, and the keys that matter there."""
        self.table.refresh()
        self._keys.show(self._key_bar())

    # -- what the handlers of keys need ------------------------------------

    @property
    def workspace(self) -> Workspace:
        return self._workspace

    def say(self, message: str) -> None:
        """Show one line in place of the keys, until the next key."""
        self._keys.say(message)

    def enter(self, mode: TextInputMode | Confirming) -> None:
        """Let a mode take the keys until it is over."""
        self._mode = mode
        self._show_mode()

    def start(self, work: Coroutine[None, None, None]) -> None:
        """Let something go on meanwhile."""
        self.run_worker(work, exit_on_error=True)

    def may_change(self, what: str) -> bool:
        """True if the library may be changed; otherwise a message says that `what` is off, and why."""
        if self._workspace.restricted:
            self.say(f"{what} is off, this session is restricted: ask the library's owner")
        elif self._workspace.read_only:
            self.say(f"{what} is off, everything is opened for reading only")
        else:
            return True
        return False

    # -- keys --------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        if passed_on(self.app, self, event):
            return
        if self._mode is not None:
            event.stop()
            event.prevent_default()
            self._press_in(self._mode, event)
            return
        action = self._by_key.get(key_of(event))
        if action is None:
            return
        event.stop()
        event.prevent_default()
        self.perform(action)

    def perform(self, action: str) -> None:
        """Do what a key or the palette asks for."""
        self.say("")
        self._perform[action]()

    def _press_in(self, mode: TextInputMode | Confirming, event: events.Key) -> None:
        if event.key in _MOVES and mode.line is not None:
            self._move(_MOVES[event.key])
            return
        goes_on = mode.press(event.key, event.character if event.is_printable else None)
        # The answer may have entered another mode.
        if not goes_on and self._mode is mode:
            self._mode = None
        self._show_mode()

    def on_paste(self, event: events.Paste) -> None:
        if self._mode is not None and self._mode.line is not None:
            event.stop()
            self._mode.paste(event.text)
            self._show_mode()

    def _show_mode(self) -> None:
        mode = self._mode
        if mode is None:
            self._keys.ask("", ())
        else:
            self._keys.ask(mode.asks, mode.choices, mode.line)

    def _handlers(self) -> dict[str, Callable[[], None]]:
        shelf = self.shelf
        return {
            "sentence.next": lambda: self._move(+1),
            "sentence.previous": lambda: self._move(-1),
            "page.down": lambda: self._move(+shelf.page),
            "page.up": lambda: self._move(-shelf.page),
            "article.start": lambda: self._move(-len(shelf.shown)),
            "article.end": lambda: self._move(+len(shelf.shown)),
            "article.open": self._open_chosen,
            "library.sort": self._sort,
            "library.filter": self._filter,
            "palette": self._show_palette,
            "help": lambda: self.app.show_help("library", None),
            "suspend": lambda: self.say(self.app.to_shell()),
            "back": self._back,
            "quit": lambda: self.app.exit(0),
        }

    @property
    def _may_be_changed(self) -> bool:
        return not (self._workspace.restricted or self._workspace.read_only)

    def _key_bar(self) -> list[tuple[str, str]]:
        keys = [("article.open", "open")]
        if self._may_be_changed:
            keys.append(("library.add", "add"))
        if self.shelf.articles:
            keys += [("library.filter", "filter"), ("library.sort", "sort")]
            if self._may_be_changed:
                keys.append(("library.remove", "remove"))
        keys += [("help", "help"), ("quit", "quit")]
        return [(self._workspace.keymap.first_key(action), name) for action, name in keys]

    def _show_palette(self) -> None:
        from tui.screens.palette import palette, used

        def run(action: str | None) -> None:
            if action is not None:
                self.app.recent_commands = used(self.app.recent_commands, action)
                self.perform(action)

        self.app.push_screen(palette(self._workspace, ("library",), self.app.recent_commands), run)

    def _back(self) -> None:
        """Close one thing: the filter, else what is being added or what came of it."""
        if self.shelf.words:
            self._narrow("")
        else:
            self._add.back()

    # -- the table ---------------------------------------------------------

    def _move(self, rows: int) -> None:
        self.shelf.move(rows)
        self.table.refresh()

    def _sort(self) -> None:
        self.shelf.sort_by_next()
        self.table.refresh()

    def _filter(self) -> None:
        before = self.shelf.words
        self.enter(
            TextInputMode(
                "library",
                "filter",
                before,
                lambda _: None,
                changed=self._narrow,
                given_up=lambda: self._narrow(""),
                problem=lambda _: self._expressions.problem,
            )
        )

    def _narrow(self, words: str) -> None:
        self._expressions.narrow(words)
        self.table.refresh()

    def on_article_table_sort_wanted(self, message: ArticleTable.SortWanted) -> None:
        order: Order = message.order
        self.shelf.sort(order)
        self.table.refresh()

    def on_article_table_chosen(self, message: ArticleTable.Chosen) -> None:
        if self._mode is None:
            self._move(message.row - self.shelf.cursor)
            self._open_chosen()

    # -- opening -----------------------------------------------------------

    def _open_chosen(self) -> None:
        is_there = self.shelf.chosen is not None or (
            self.shelf.articles is not None and not self.shelf.articles
        )
        if is_there and not self._opening:
            self._opening = True
            self.run_worker(self._open(), exit_on_error=True)

    async def _open(self) -> None:
        chosen = self.shelf.chosen
        try:
            if chosen is None:
                self.say("preparing the sample …")
                await self.app.open_article(await self.app.add_sample(), sample())
            else:
                self.shelf.choose(chosen.entry.id)
                await self.app.open_article(
                    await asyncio.to_thread(self._workspace.library.load, chosen.entry.id)
                )
        except (StoreError, PreparationError) as error:
            self._opening = False
            self.say(str(error))

    # -- an empty one ------------------------------------------------------

    def _ways_on(self, *, restorable: bool) -> list[tuple[str, str]]:
        """What to do first: keys, and what they do."""
        ways = [("article.open", "opens the sample, a French machine translation of an Italian article")]
        if self._may_be_changed:
            ways.append(("library.add", "adds your own: .txt .md .html .jsonl files, folders, patterns"))
            if restorable:
                ways.append(("library.restore", "brings back what was removed last"))
        return [(self._workspace.keymap.first_key(action), does) for action, does in ways]
