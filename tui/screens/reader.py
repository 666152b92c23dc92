"""The reader: an article on screen, keys that tag it, and everything saved as it is typed."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from tui.actions import actions
from tui.keymap import shown
from tui.screens.marking import MarkKeys
from tui.screens.modes import Mode
from tui.screens.searching import Matches, SearchKeys
from tui.session.session import Outcome, Session
from tui.store.background import BackgroundSaver
from tui.store.protocol import StoreError
from tui.widgets.article_view import ArticleView
from tui.widgets.bars import CountBar, KeyBar, ProgressBar, SavedBar, TitleBar
from tui.widgets.ink import Ink
from tui.widgets.panel import Panel
from tui.workspace import Opened, Workspace

if TYPE_CHECKING:
    from tui.app import PostilApp

PANEL_FROM = 110
"""Columns from which there is room for the panel."""

SETTLE_WITHIN = 0.01
"""Seconds that a tag waits for the disk, so that it is painted with the word that is true of it."""

PROGRESS_AFTER = 0.8
"""Seconds without a key until the progress line follows: it costs three bytes a cell on the wire."""


COLLECT_AFTER = 0.5
"""Seconds after the first paint until memory is tidied up."""


class Row(Widget):
    """Widgets side by side."""

    DEFAULT_CSS = """
    Row { layout: horizontal; width: 1fr; height: 1fr; }
    Row.bar { height: 1; }
    """


class ReaderScreen(Screen[None]):
    """One article, open for one annotator."""

    DEFAULT_CSS = "ReaderScreen { layout: vertical; overflow: hidden; }"
    app: PostilApp

    def __init__(self, workspace: Workspace, opened: Opened) -> None:
        super().__init__()
        self._workspace = workspace
        self._opened = opened
        self._session = opened.session
        self._saver: BackgroundSaver | None = None
        self._progress_shown_later = False
        self._panel_wanted = True
        self._explained_quote = False
        self._failure = ""
        self._leaving = False
        self._mode: Mode | None = None
        self._focus: str | None = None
        self._marks = MarkKeys(self)
        self._search = SearchKeys(self, self._show_matches)
        self._actions = actions(workspace.scheme)
        self._by_key = workspace.keymap.by_key(self._actions, "reader")
        self._perform = self._performers() | self._marks.performers() | self._search.performers()
        article = self._session.article
        ink = Ink(workspace.palette, workspace.scheme)
        pair = (
            f"{article.source_language} → {article.language}" if article.source_language else article.language
        )
        self._title = TitleBar(ink, article.title, pair)
        self._count = CountBar(ink, len(article))
        self._saved = SavedBar(ink, "saved" if opened.writer else "read-only")
        self._view = ArticleView(self._session, ink)
        self._panel = Panel(self._session, ink)
        self._progress = ProgressBar(ink, len(article))
        self._keys = KeyBar(ink, self._key_bar())

    # -- life --------------------------------------------------------------

    def compose(self) -> ComposeResult:
        self._panel.display = self.app.size.width >= PANEL_FROM
        self._show_decided()
        yield Row(self._title, self._count, self._saved, classes="bar")
        yield Row(self._view, self._panel)
        yield self._progress
        yield self._keys

    def on_mount(self) -> None:
        self._panel.show(self._session.cursor)
        self._keys.say(self._opened.notice)
        if self._opened.writer is not None:
            loop = asyncio.get_running_loop()
            self._saver = BackgroundSaver(
                self._opened.writer,
                on_saved=lambda _: _in_loop(loop, self._on_saved),
                on_failed=lambda reason: _in_loop(loop, self._on_failed, reason),
            )
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        if not self._session.article.has_entities:
            self.run_worker(self._find_entities(), exit_on_error=False)
        self.set_timer(COLLECT_AFTER, _collect_garbage)

    def on_resize(self, event: events.Resize) -> None:
        self._panel.display = self._panel_wanted and event.size.width >= PANEL_FROM

    async def leave(self, *, give_up: bool = False) -> bool:
        """Save what is left and give up the lock; whether the screen may go.

        Where something cannot be saved everything stays, unless `give_up` lets it go.
        """
        if self._saver is None:
            return True
        self._leaving = True
        self._saver.submit_cursor(self._session.article.starts[self._session.cursor])
        saved = await asyncio.to_thread(self._saver.close, give_up=give_up)
        if saved or give_up:
            return True
        self._leaving = False
        self._on_failed(self._saver.failure or "the last steps are not on disk")
        return False

    @property
    def session(self) -> Session:
        return self._session

    @property
    def unsaved(self) -> int:
        """Steps that are not on disk."""
        return self._saver.pending if self._saver is not None else 0

    @property
    def failure(self) -> str:
        """Why the last steps are not on disk; empty when they are."""
        return self._failure

    def say(self, message: str) -> None:
        """Show one line in place of the keys, until the next key."""
        self._keys.say(message)

    # -- entities ----------------------------------------------------------

    async def _find_entities(self) -> None:
        from tui.prepare import PreparationError

        self._panel.looking_for_entities = True
        self._panel.show(self._session.cursor)
        article = self._session.article
        try:
            found = await self.app.preparation.recognise(article, self._opened.alias_files)
        except PreparationError as error:
            self._panel.looking_for_entities = False
            self._keys.say(f"no entities: {error}")
            return
        article.entity_blocks = found.entity_blocks
        article.entity_counts = found.entity_counts
        article.prepared_by = found.prepared_by
        article.warnings = found.warnings
        self._view.entities_changed()
        self._panel.show(self._session.cursor)
        if not self._keys.message:
            self._keys.say(f"names highlighted by {article.prepared_by['entities'].split(' + ')[0]}")
        if not self._workspace.read_only:
            try:
                await asyncio.to_thread(self._workspace.keep, article)
            except StoreError as error:
                self._keys.say(f"the entities were found, but {error}")

    # -- keys --------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        if self._failure and self._saver is not None:
            self._saver.retry()
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
        self._keys.say(self._failure)
        if action == "article.next" and self._marks.focused() is not None:
            action = "mark.edit"
        self._perform[action]()

    def _press_in(self, mode: Mode, event: events.Key) -> None:
        goes_on = mode.press(event.key, event.character if event.is_printable else None)
        # What came of it may have entered another mode.
        if not goes_on and self._mode is mode:
            self._mode = None
        self._show_mode()

    def _show_mode(self) -> None:
        mode = self._mode
        if mode is None:
            self._keys.ask("", ())
            self._view.point(None)
        else:
            self._keys.ask(mode.asks, mode.choices, mode.line)
            self._view.point(mode.letters, mode.chosen)

    def on_article_view_clicked(self, message: ArticleView.Clicked) -> None:
        if self._mode is None:
            self.go(message.sentence)

    def on_article_view_dragged(self, message: ArticleView.Dragged) -> None:
        if self._mode is None:
            self._marks.drag(message.sentence, message.start, message.end)

    # -- what the modes need -----------------------------------------------

    @property
    def focus_mark(self) -> str | None:
        """The id of the mark that has the focus."""
        return self._focus

    @focus_mark.setter
    def focus_mark(self, mark: str | None) -> None:
        self._focus = mark
        self._view.focus_mark(mark)
        self._panel.show(self._session.cursor, mark)

    @property
    def people(self) -> Sequence[str]:
        return [found.text for found in self._session.article.entity_counts if found.label == "PER"]

    def enter(self, mode: Mode) -> None:
        self._mode = mode
        self._show_mode()

    def _show_matches(self, matches: Matches) -> None:
        self._view.found(matches)

    def _performers(self) -> dict[str, Callable[[], None]]:
        session = self._session
        table: dict[str, Callable[[], None]] = {
            "sentence.next": lambda: self.go(session.cursor + 1),
            "sentence.previous": lambda: self.go(session.cursor - 1),
            "paragraph.next": lambda: self.go(self._paragraph(+1)),
            "paragraph.previous": lambda: self.go(self._paragraph(-1)),
            "page.down": lambda: self._page(+1),
            "page.up": lambda: self._page(-1),
            "undecided.next": lambda: self._go_undecided(+1),
            "undecided.previous": lambda: self._go_undecided(-1),
            "article.start": lambda: self.go(0),
            "article.end": lambda: self.go(len(session.article) - 1),
            "tag.none": lambda: self._decide(session.none),
            "tags.clear": lambda: self._change(session.clear),
            "unsure": lambda: self._change(session.unsure),
            "undo": lambda: self._done(session.undo),
            "redo": lambda: self._done(session.redo),
            "article.next": self._next_article,
            "panel.toggle": self._toggle_panel,
            "library": lambda: self.app.leave_reader(self, to_library=True),
            "help": self.app_help,
            "suspend": lambda: self._keys.say(self.app.to_shell() or self._failure),
            "back": lambda: None,
            "quit": lambda: self.app.leave_reader(self, to_library=False),
        }
        for tag in self._workspace.scheme.tags:
            table[f"tag.{tag.id}"] = lambda tag_id=tag.id: self._tag(tag_id)
            table[f"toggle.{tag.id}"] = lambda tag_id=tag.id: self._change(
                lambda i: session.toggle(i, tag_id)
            )
        return table

    def app_help(self) -> None:
        self.app.show_help("reader", self._session.article.prepared_by.get("entities"))

    # -- moving ------------------------------------------------------------

    def go(self, sentence: int, *, scroll: bool = True) -> None:
        sentence = max(0, min(sentence, len(self._session.article) - 1))
        if sentence != self._session.cursor:
            self._focus = None
            self._view.focus_mark(None)
        self._session.cursor = sentence
        self._view.move_to(sentence, scroll=scroll)
        self._panel.show(sentence)

    def _page(self, direction: int) -> None:
        """Read on; a sentence longer than the page stays current, and is not scrolled back to."""
        self.go(self._view.page(direction), scroll=False)

    def _paragraph(self, direction: int) -> int:
        """First sentence of the next paragraph; backwards, of this one and then of the one before."""
        article, cursor = self._session.article, self._session.cursor
        here = article.paragraph_of(cursor)
        if direction < 0 and article.paragraphs[here] < cursor:
            return article.paragraphs[here]
        wanted = here + direction
        if wanted >= len(article.paragraphs):
            return len(article) - 1
        return article.paragraphs[max(0, wanted)]

    def _go_undecided(self, direction: int) -> None:
        found = self._session.next_undecided(self._session.cursor, direction)
        if found is None:
            self._keys.say("every sentence is decided" if self._all_decided() else "none that way")
        else:
            self.go(found)

    # -- deciding ----------------------------------------------------------

    def _tag(self, tag_id: str) -> None:
        self._decide(lambda sentence: self._session.tag(sentence, tag_id))
        if tag_id == "quote" and not self._explained_quote and not self._keys.message:
            self._explained_quote = True
            undo, leave = (shown(self._workspace.keymap.first_key(action)) for action in ("undo", "quit"))
            self._keys.say(f"tagged quote: {undo} undoes, {leave} quits")

    def _decide(self, command: Callable[[int], Outcome]) -> None:
        """Change the current sentence, and go on to the next if that decided it."""
        sentence = self._session.cursor
        if not self.may_change() or not self.apply(command(sentence)):
            return
        if sentence + 1 < len(self._session.article):
            self.go(sentence + 1)
        elif self._all_decided():
            self._keys.say("every sentence is decided: enter opens the next unfinished article")

    def _change(self, command: Callable[[int], Outcome]) -> None:
        """Change the current sentence and stay."""
        if self.may_change():
            self.apply(command(self._session.cursor))

    def _done(self, command: Callable[[], Outcome]) -> None:
        """Undo or redo: go where it happened and say what it was."""
        if not self.may_change():
            return
        outcome = command()
        if outcome.step is not None:
            self.go(outcome.sentence)
        self.apply(outcome)
        self._keys.say(outcome.message)

    def apply(self, outcome: Outcome) -> bool:
        """Show and save what a command did; False, with the reason in the bar, when it refused."""
        step = outcome.step
        if step is None:
            self._keys.say(outcome.message)
            return outcome.accepted
        if self._saver is not None:
            self._saver.submit(step)
            self._show_saving()
        for change in step.changes:
            self._view.touch(self._session.article.sentence_at(change.start))
        self._panel.show(self._session.cursor, self._focus)
        self._show_decided()
        return True

    def may_change(self) -> bool:
        if self._saver is None:
            self._keys.say(self._opened.notice or "reading only: nothing can be changed here")
        return self._saver is not None and not self._leaving

    def _show_decided(self) -> None:
        self._count.show(self._session.decided_count)
        if not self._progress_shown_later and self.is_mounted:
            self._progress_shown_later = True
            self.set_timer(PROGRESS_AFTER, self._show_progress)
        elif not self.is_mounted:
            self._progress.show(self._session.decided_count)

    def _show_progress(self) -> None:
        self._progress_shown_later = False
        self._progress.show(self._session.decided_count)

    def _all_decided(self) -> bool:
        return self._session.decided_count == len(self._session.article)

    # -- saving ------------------------------------------------------------

    def _show_saving(self) -> None:
        """Take back "saved" before anything is painted that is not on disk yet."""
        if self._saver is not None and self._saved.state == "saved" and not self._saver.settle(SETTLE_WITHIN):
            self._saved.show("saving")

    def _on_saved(self) -> None:
        # What was told may be old by now: more may have been typed since.
        if self._saver is None or self._saver.pending:
            return
        self._saved.show("saved")
        if self._failure:
            self._failure = ""
            self._keys.say("everything is saved again")

    def _on_failed(self, reason: str) -> None:
        self._saved.show("failed")
        if reason != self._failure:
            self._failure = reason
            self._keys.say(reason)

    # -- looking -----------------------------------------------------------

    def _toggle_panel(self) -> None:
        self._panel_wanted = not self._panel_wanted
        self._panel.display = self._panel_wanted and self.size.width >= PANEL_FROM
        if self._panel_wanted and not self._panel.display:
            self._keys.say(f"the panel needs {PANEL_FROM} columns: this terminal has {self.size.width}")

    def _next_article(self) -> None:
        if self._all_decided():
            self.app.open_next_article(self)
        else:
            self._keys.say(
                f"{len(self._session.article) - self._session.decided_count} sentences are still undecided"
            )

    def _key_bar(self) -> list[tuple[str, str]]:
        tags = [f"tag.{tag.id}" for tag in self._workspace.scheme.tags]
        wanted = [*tags, "tag.none", "undo", "undecided.next", "quit", "library", "help"]
        names = {action.id: action.name for action in self._actions}
        return [(self._workspace.keymap.first_key(action), names[action]) for action in wanted]


def _collect_garbage() -> None:
    """Once, while nobody waits: a full collection takes 35-59 ms, and what lives by now is never walked again."""
    gc.enable()
    gc.collect()
    gc.freeze()


def key_of(event: events.Key) -> str:
    """A key as keymaps write it: what it types, or its name."""
    if event.character is not None and event.is_printable and event.character != " ":
        return event.character
    return event.key


def _in_loop(loop: asyncio.AbstractEventLoop, call: Callable[..., None], *arguments: object) -> None:
    """Run a callback of the writer thread where widgets may be touched."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(call, *arguments)
