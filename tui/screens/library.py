"""The library: every article with its progress; Enter opens. An empty one offers the sample."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui.actions import actions
from tui.resources import sample
from tui.screens.typeahead import key_of
from tui.text.clean import visible
from tui.widgets.bars import KeyBar, TitleBar, shortened
from tui.widgets.ink import Ink
from tui.workspace import Progress, Workspace

if TYPE_CHECKING:
    from tui.app import PostilApp

_BAR_CELLS = 12


class LibraryScreen(Screen[None]):
    """The articles, one a row."""

    DEFAULT_CSS = "LibraryScreen { layout: vertical; overflow: hidden; }"
    app: PostilApp

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._by_key = workspace.keymap.by_key(actions(workspace.scheme), "library")
        ink = Ink(workspace.palette, workspace.scheme)
        self._title = TitleBar(ink, "Library", workspace.annotator)
        self._table = ArticleTable(ink)
        keymap = workspace.keymap
        names = [("article.open", "open"), ("sentence.next", "down"), ("sentence.previous", "up")]
        names += [("help", "help"), ("quit", "quit")]
        self._keys = KeyBar(ink, [(keymap.first_key(action), name) for action, name in names])
        self._opening = False

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._table
        yield self._keys

    def on_mount(self) -> None:
        self.run_worker(self._read(), exit_on_error=True)

    async def _read(self) -> None:
        from tui.store.protocol import StoreError

        try:
            self._table.show(await asyncio.to_thread(self._workspace.progress))
        except StoreError as error:
            self._keys.say(str(error))
            return
        for problem in self._workspace.library.problems[:1]:
            self._keys.say(f"{problem} (postil list shows all that is wrong)")

    def on_key(self, event: events.Key) -> None:
        action = self._by_key.get(key_of(event))
        if action is None:
            return
        event.stop()
        event.prevent_default()
        self._keys.say("")
        table = self._table
        match action:
            case "sentence.next":
                table.move(+1)
            case "sentence.previous":
                table.move(-1)
            case "page.down":
                table.move(+max(1, table.size.height - 3))
            case "page.up":
                table.move(-max(1, table.size.height - 3))
            case "article.start":
                table.move(-table.count)
            case "article.end":
                table.move(+table.count)
            case "article.open":
                self._open_chosen()
            case "help":
                self.app.show_help("library", None)
            case "suspend":
                self._keys.say(self.app.to_shell())
            case "quit":
                self.app.exit(0)
            case _:
                pass

    def on_article_table_chosen(self, message: ArticleTable.Chosen) -> None:
        self._table.move(message.row - self._table.cursor)
        self._open_chosen()

    def _open_chosen(self) -> None:
        if not self._opening and self._table.articles is not None:
            self._opening = True
            self.run_worker(self._open(), exit_on_error=True)

    async def _open(self) -> None:
        from tui.prepare import PreparationError
        from tui.store.protocol import StoreError

        chosen = self._table.chosen
        try:
            if chosen is None:
                self._keys.say("preparing the sample …")
                await self.app.open_article(await self.app.add_sample(), sample())
            else:
                await self.app.open_article(
                    await asyncio.to_thread(self._workspace.library.load, chosen.entry.id)
                )
        except (StoreError, PreparationError) as error:
            self._opening = False
            self._keys.say(str(error))


class ArticleTable(Widget):
    """A quiet table: title, languages, a thin progress bar, who, when."""

    DEFAULT_CSS = "ArticleTable { width: 1fr; height: 1fr; }"

    class Chosen(Message):
        """A row was clicked."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def __init__(self, ink: Ink) -> None:
        super().__init__()
        self._ink = ink
        self._top = 0
        self.cursor = 0
        self.articles: list[Progress] | None = None
        """None until they have been read."""

    @property
    def chosen(self) -> Progress | None:
        """The article under the bar; None when there is no article."""
        return self.articles[self.cursor] if self.articles else None

    @property
    def count(self) -> int:
        return len(self.articles or [])

    def show(self, articles: list[Progress]) -> None:
        self.articles = articles
        self.refresh()

    def move(self, rows: int) -> None:
        self.cursor = max(0, min(self.cursor + rows, self.count - 1))
        height = max(1, self.size.height - 1)
        self._top = max(self.cursor - height + 1, min(self._top, self.cursor))
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        row = self._top + event.y - 1
        if self.articles and 0 <= row < len(self.articles):
            self.post_message(self.Chosen(row))

    def render_line(self, y: int) -> Strip:
        width, ink = self.size.width, self._ink
        if self.articles is None:
            return Strip.blank(width, ink.ground)
        if not self.articles:
            return Strip(self._welcome(y)).adjust_cell_length(width, ink.ground)
        row = self._top + y - 1
        if y == 0 or row >= len(self.articles):
            return Strip.blank(width, ink.ground)
        return Strip(self._row(self.articles[row], row == self.cursor, width)).adjust_cell_length(
            width, ink.ground
        )

    def _welcome(self, y: int) -> list[Segment]:
        ink = self._ink
        words = {
            2: [Segment("  Nothing here yet.", ink.heading)],
            4: [
                Segment("  enter", ink.accent),
                Segment(
                    "  opens the sample, a French machine translation of an Italian article.", ink.ground
                ),
            ],
            6: [
                Segment("  Your own articles: ", ink.ground),
                Segment("postil add FILE", ink.accent),
                Segment(" (.txt .md .html .jsonl)", ink.dim),
            ],
        }
        return words.get(y, [])

    def _row(self, progress: Progress, current: bool, width: int) -> list[Segment]:
        ink = self._ink
        entry = progress.entry

        def paint(text: str, style: Style = ink.ground) -> Segment:
            return Segment(text, ink.current(style) if current else style)

        pair = f"{entry.source_language} → {entry.language}" if entry.source_language else entry.language
        filled = _BAR_CELLS * progress.decided // entry.sentences if entry.sentences else 0
        right = [
            paint(set_cell_size(visible(pair), 9), ink.dim),
            paint("━" * filled, ink.bar),
            paint("━" * (_BAR_CELLS - filled), ink.faint),
            paint(set_cell_size(f"  {progress.decided}/{entry.sentences}", 13)),
        ]
        if width >= 100:
            who = ", ".join(progress.annotators)
            right.append(paint(" " + set_cell_size(shortened(visible(who), 16), 17), ink.dim))
            right.append(paint(set_cell_size(progress.touched[:16].replace("T", " "), 17), ink.dim))
        room = max(8, width - 5 - sum(cell_len(segment.text) for segment in right))
        title = set_cell_size(shortened(visible(entry.title), room), room)
        return [
            Segment("  ", ink.ground),
            Segment("▌" if current else " ", ink.bar),
            paint(f" {title} ", ink.heading if current else ink.ground),
            *right,
        ]
