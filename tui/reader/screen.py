"""The reader: an article on screen, keys that tag it, and everything saved as it is typed."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import Worker, WorkerError

from tui.model.article import Article
from tui.painting import key_row
from tui.painting.footer import Footer
from tui.painting.mark_lines import KEYS
from tui.painting.styles import Styles
from tui.reader.article_view.widget import ArticleView
from tui.reader.header import Header
from tui.reader.keys.view import LookKeys
from tui.reader.panel import Panel
from tui.reader.saving import Saving
from tui.screens.restyling import SLOW_LINE
from tui.screens.typeahead import key_of, passed_on, typed
from tui.session.session import Outcome, Session
from tui.session.tags import Refused
from tui.settings.actions import actions
from tui.settings.theme import Palette
from tui.widgets.bars import Bar, KeyBar, ProgressBar
from tui.workspace import Opened, Workspace

if TYPE_CHECKING:
    from tui.app_base import AppBase
    from tui.painting.article.rows import Matches
    from tui.reader.handlers import ReaderKeys
    from tui.reader.keys.review import ReviewKeys
    from tui.screens.modes import Mode
    from tui.widgets.choice_grid import ChoiceGrid
    from tui.widgets.choices import Row as Choice

Value = TypeVar("Value")

PANEL_AFTER = 0.4
"""Seconds without a key until the panel follows on a slow line: it costs half as much as the page."""


class Row(Widget):
    """Widgets side by side."""

    DEFAULT_CSS = "Row { layout: horizontal; width: 1fr; height: 1fr; }"

    def render_lines(self, crop: Region) -> list[Strip]:
        """Blank: nothing of its own is ever seen."""
        return [Strip.blank(crop.width)] * crop.height


class ReaderScreen(Screen[None]):
    """One article, open for one annotator."""

    DEFAULT_CSS = "ReaderScreen { layout: vertical; overflow: hidden; layers: page over; }"
    app: AppBase

    def __init__(self, workspace: Workspace, opened: Opened) -> None:
        super().__init__()
        self._workspace = workspace
        self._opened = opened
        self._session = opened.session
        self._mode: Mode | None = None
        self._focus: str | None = None
        self.has_changed = False
        """Whether anything was changed in this sitting."""
        self._awaited: Worker[None] | None = None
        """What keys wait for."""
        self._question = ""
        """What the line of keys last asked about a hint."""
        known = actions(workspace.scheme)
        self._by_key = workspace.keymap.by_key(known, "mark", "reader")
        self._by_key_on_mark = workspace.keymap.by_key(known, "reader", "mark")
        self._ink = ink = Styles(workspace.palette, workspace.scheme)
        state = "saved" if opened.writer else "read-only"
        keys = {action: self.key(action) for action in KEYS}
        self._reviewing = opened.reviewing
        self._review: ReviewKeys | None = None
        if self._reviewing is None:
            self._header = Header(self._session, ink, state)
            self._view = ArticleView(self._session, ink)
            self._panel = Panel(self._session, ink, keys)
        else:
            from tui.painting.version_columns import VersionColumns
            from tui.painting.version_lines import VersionLines
            from tui.reader.keys.review import ReviewKeys

            columns = VersionColumns(self._reviewing, ink)
            lines = VersionLines(self._reviewing, columns, ink)
            self._review = ReviewKeys(self, self._reviewing, columns)
            self._by_key = workspace.keymap.by_key(known, "mark", "reader", "review")
            self._header = Header(self._session, ink, state, lambda: self._progress_made)
            self._view = ArticleView(self._session, ink, columns)
            self._panel = Panel(self._session, ink, keys, lines.of)
        self._progress = ProgressBar(ink, len(self._session.article))
        self._footer = Footer(
            self._session,
            workspace.keymap,
            workspace.scheme,
            self._review.keys if self._review is not None else None,
        )
        self._keys = KeyBar(ink, self._footer.of())
        self._look = LookKeys(self, self._view, self._panel, self._header, workspace.settings)
        self._saving = Saving(self._header.saved, self._keys.say)

    # -- life --------------------------------------------------------------

    def compose(self) -> ComposeResult:
        self._look.fit(self.app.size.width)
        self._show_progress()
        if self.app.is_lean:
            self._paint_less()
        yield self._header
        yield Row(self._view, self._panel)
        yield self._progress
        yield self._keys

    def on_mount(self) -> None:
        self._panel.show(self._session.cursor)
        problems = (*self._workspace.settings.problems, *self._workspace.keymap.problems)
        self._keys.say(self._opened.notice or next(iter(problems), ""))
        if self._opened.writer is not None:
            self._saving.start(self._opened.writer)
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        if not self.is_attached:
            # Somebody was quicker, and has left.
            return
        from tui.reader.background import begin

        begin(self, self._workspace, self._opened)
        self.run_worker(self._header.count_words(), exit_on_error=False)
        if self._review is not None:
            self.run_worker(self._review.watch(self._workspace))
        self._load_keys()
        self._ask_hint()

    def _load_keys(self) -> None:
        """While nobody waits: the first key finds everything that it may need."""
        _ = self._others, self._grid

    def restyle(self, palette: Palette) -> None:
        """Paint less from now on, and in other colours."""
        self._ink.take(palette, self._workspace.scheme)
        self._paint_less()
        self._view.restyle()
        self._panel.restyle()
        for widget in self.query(Bar):
            widget.refresh()
        self._grid.refresh()
        self._keys.say(SLOW_LINE)

    def _paint_less(self) -> None:
        self._panel.pause = PANEL_AFTER
        self._progress.display = False

    def on_resize(self, event: events.Resize) -> None:
        self._look.fit(event.size.width)

    async def leave(self, *, give_up: bool = False) -> bool:
        """Save what is left and give up the lock; whether the screen may go.

        Where something cannot be saved everything stays, unless `give_up` lets it go.
        """
        cursor = self._session.article.starts[self._session.cursor]
        return await self._saving.end(cursor, give_up=give_up)

    @property
    def session(self) -> Session:
        return self._session

    @property
    def is_review(self) -> bool:
        """Whether everybody's work is reviewed."""
        return self._review is not None

    def entities_wanted(self) -> None:
        """Show that entities are being looked for."""
        self._panel.searched = 0
        self._panel.show(self._session.cursor, self._focus)

    def entities_searched(self, share: float) -> None:
        """Show how much of the article has been searched for entities, 0 to 1."""
        # Each word about it is traffic while nobody types.
        percent = int(20 * share) * 5
        if percent != self._panel.searched:
            self._panel.searched = percent
            self._panel.show(self._session.cursor, self._focus)

    def entities_found(self, found: Article | None) -> None:
        """Show the entities that were found, or that there are none."""
        self._panel.searched = None
        if found is not None:
            self._session.entities_found(found)
            self._view.entities_changed()
        self._panel.show(self._session.cursor, self._focus)

    @property
    def unsaved(self) -> int:
        """Steps that are not on disk."""
        return self._saving.unsaved

    @property
    def failure(self) -> str:
        """Why the last steps are not on disk; empty when they are."""
        return self._saving.failure

    def say(self, message: str) -> None:
        """Show one line in place of the keys, until the next key."""
        self._keys.say(message)

    # -- keys --------------------------------------------------------------

    async def on_key(self, event: events.Key) -> None:
        if passed_on(self.app, self, event):
            return
        if self._awaited is not None:
            awaited, self._awaited = self._awaited, None
            with suppress(WorkerError):
                await awaited.wait()
        self._saving.retry()
        session = self._session
        session.activity.key(time.monotonic_ns() // 1_000_000, session.article.starts[session.cursor])
        if event.key == "ctrl+c":
            event.stop()
            event.prevent_default()
            self._others.going.copy_or_tell()
            return
        if self._mode is not None:
            event.stop()
            event.prevent_default()
            self._press_in(self._mode, event)
            return
        by_key = self._by_key if self._focus is None else self._by_key_on_mark
        action = by_key.get(key_of(event))
        if action is None:
            return
        event.stop()
        event.prevent_default()
        self.perform(action)

    def perform(self, action: str) -> None:
        """Do what a key or the palette asks for."""
        self._keys.say(self._saving.failure)
        own = self._review.performer(action) if self._review is not None else None
        try:
            (own or self._look.handlers.get(action) or self._others.handlers[action])()
        except Refused as refusal:
            self._keys.say(str(refusal))

    def _press_in(self, mode: Mode, event: events.Key) -> None:
        if event.key == "f1":
            self._others.going.help(mode.place)
            return
        goes_on = mode.press(event.key, typed(event))
        # What came of it may have entered another mode.
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
            self._grid.show((), self.size.width)
            self._keys.ask("", ())
            self._view.point(None)
            return
        choices = mode.choices
        ways_out = [("esc", "give up")]
        fits = key_row.has_room_for(mode.asks, [*choices, *ways_out], self.size.width)
        self._grid.show(() if fits else choices, self.size.width)
        self._keys.ask(mode.asks, [*choices, *ways_out] if fits else ways_out, mode.line)
        self._view.point(mode.letters, mode.chosen)

    def on_article_view_clicked(self, message: ArticleView.Clicked) -> None:
        if self._mode is None:
            self.go(message.sentence)

    def on_article_view_dragged(self, message: ArticleView.Dragged) -> None:
        if self._mode is None:
            self._others.marks.drag(message.sentence, message.start, message.end)

    @cached_property
    def _grid(self) -> ChoiceGrid:
        from tui.widgets.choice_grid import ChoiceGrid

        grid = ChoiceGrid(self._ink)
        self.mount(grid)
        return grid

    @cached_property
    def _others(self) -> ReaderKeys:
        from tui.reader.handlers import ReaderKeys

        return ReaderKeys(self, self._workspace, self._show_matches)

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
        self._keys.show(self._footer.of(mark))
        self._ask_hint()

    @property
    def people(self) -> Sequence[str]:
        return [found.text for found in self._session.article.entity_counts if found.label == "PER"]

    def enter(self, mode: Mode) -> None:
        self._mode = mode
        self._show_mode()

    def choose(
        self,
        title: str,
        rows: Sequence[Choice[Value]],
        then: Callable[[Value | None], None],
        *,
        takes: str = "choose",
        numbered: bool = False,
        at: int = 0,
    ) -> None:
        from tui.screens.chooser import ChooserScreen

        chooser = ChooserScreen(self._workspace, title, rows, takes=takes, numbered=numbered, at=at)
        self.app.push_screen(chooser, then)

    def start(self, work: Coroutine[None, None, None], *, keys_wait: bool = False) -> None:
        worker = self.run_worker(work)
        if keys_wait:
            self._awaited = worker

    def remember(self, name: str, label: str) -> None:
        from tui.reader.background import remember

        self.run_worker(remember(self, self._workspace, name, label), exit_on_error=False)

    def key(self, action: str) -> str:
        return self._workspace.keymap.first_key(action)

    def hint(self, message: str) -> None:
        if message and not self._keys.message:
            self._keys.say(message)

    def _show_matches(self, matches: Matches) -> None:
        self._view.found(matches)

    def go(self, sentence: int, *, scroll: bool = True) -> None:
        sentence = max(0, min(sentence, len(self._session.article) - 1))
        if sentence != self._session.cursor and self._focus is not None:
            self._focus = None
            self._view.focus_mark(None)
            self._keys.show(self._footer.of())
        self._session.cursor = sentence
        self._view.move_to(sentence, scroll=scroll)
        self._panel.show(sentence, self._focus)
        self._ask_hint()

    def _ask_hint(self) -> None:
        """Where the panel does not tell the hint that waits for an answer, the line of keys does."""
        is_told = self._panel.display or not self._session.open_hints(self._session.cursor)
        before, self._question = self._question, "" if is_told else self._others.hints.question
        if self._keys.message in ("", before):
            self._keys.say(self._question)

    def hints_changed(self) -> None:
        """Show other hints, or none."""
        if self._focus is not None and not self._others.may_focus(self._focus):
            self.focus_mark = None
        self._view.hints_changed()
        if self._focus is None:
            self._keys.show(self._footer.of())
        self._panel.show(self._session.cursor, self._focus)
        self._ask_hint()

    def switch_detector(self, detector: str, *, is_off: bool) -> None:
        from tui.reader.background import keep_switch

        kept = keep_switch(self, self._workspace, detector, is_off=is_off)
        self.run_worker(kept, exit_on_error=False)

    def apply(self, outcome: Outcome) -> bool:
        """Show and save what a command did; False, with the reason in the bar, when it refused."""
        step = outcome.step
        if step is None:
            self._keys.say(outcome.message)
            return outcome.accepted
        self.has_changed = True
        self._saving.submit(step)
        if self._reviewing is not None:
            self._reviewing.follow(outcome)
        if step.sentences:
            self._show_sentences()
        elif step.entities:
            self._view.entities_changed()
        for change in step.changes:
            self._view.touch(self._session.article.sentence_at(change.start))
        if self._focus is not None and not self._others.may_focus(self._focus):
            self.focus_mark = None
        self._panel.show(self._session.cursor, self._focus)
        self._show_decided()
        self._header.add(step)
        return True

    def _show_sentences(self) -> None:
        """Others now, after a split or a merge."""
        self._view.rebuilt()
        self._view.move_to(self._session.cursor)
        self._progress.total = len(self._session.article)

    def may_change(self) -> bool:
        if not self._saving.can_save:
            self._keys.say(self._opened.notice or "reading only: nothing can be changed here")
        return self._saving.can_save and not self._saving.is_ending

    def _show_decided(self) -> None:
        self._header.show_decided()
        self._show_progress()

    def _show_progress(self) -> None:
        done, total = self._progress_made
        if self._reviewing is not None:
            self._progress.total = total
        self._progress.show(done)

    @property
    def _progress_made(self) -> tuple[int, int]:
        if self._reviewing is not None:
            return self._reviewing.progress
        return self._session.decided_count, len(self._session.article)

    def versions_changed(self, sentences: list[int], *, columns: bool) -> None:
        """Show annotators' work as it is now; with `columns` there are others, or another is highlighted."""
        if columns:
            self._view.rebuilt()
            if self._focus is None:
                self._keys.show(self._footer.of())
        for sentence in sentences:
            self._view.touch(sentence)
        self._panel.show(self._session.cursor, self._focus)
        self._show_decided()

    @property
    def left_to_do(self) -> str:
        """What is still missing, in one line; empty when nothing is."""
        if self._reviewing is not None:
            settled, total = self._reviewing.progress
            return f"{total - settled} of {total} sentences to settle" if settled < total else ""
        from tui.session.checklist import summary

        return summary(self._session)
