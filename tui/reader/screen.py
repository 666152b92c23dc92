"""The reader: an article on screen, keys that tag it, and everything saved as it is typed."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.worker import Worker, WorkerError

from tui.model.article import Article
from tui.painting.styles import Styles
from tui.reader.article_view.widget import ArticleView
from tui.reader.display import Display
from tui.reader.keys.view import LookKeys
from tui.reader.saving import Saving
from tui.screens.restyling import SLOW_LINE
from tui.screens.typeahead import key_of, passed_on, typed
from tui.session.focus import focusable
from tui.session.session import Outcome, Session
from tui.session.tags import Refused
from tui.settings.actions import actions
from tui.settings.theme import Palette
from tui.workspace import Opened, Workspace

if TYPE_CHECKING:
    from typing import Unpack

    from tui.app_base import AppBase
    from tui.painting.article.rows import Matches
    from tui.painting.version_columns import VersionColumns
    from tui.reader.handlers import ReaderKeys
    from tui.reader.keys.review import ReviewKeys
    from tui.screens.chooser import ChooserOptions
    from tui.screens.modes import Mode
    from tui.widgets.choices import Row

Value = TypeVar("Value")


class ReaderScreen(Screen[None]):
    """One article, open for one annotator."""

    DEFAULT_CSS = "ReaderScreen { layout: vertical; overflow: hidden; layers: page over; }"
    app: AppBase

    def __init__(self, workspace: Workspace, opened: Opened) -> None:
        super().__init__()
        self._workspace = workspace
        self._opened = opened
        self._session = opened.session
        self._reviewing = opened.reviewing
        self._mode: Mode | None = None
        self.has_changed = False
        """True once anything has been changed since the article was opened."""
        self._was_all_decided = self._session.is_all_decided
        """Before the step that `apply` was given last."""
        self._has_finished = False
        """True if that step decided the last sentence."""
        self._awaited: Worker[None] | None = None
        """What keys wait for."""
        styles = Styles(workspace.palette, workspace.scheme)
        columns: VersionColumns | None = None
        self._review: ReviewKeys | None = None
        if opened.reviewing is not None:
            from tui.painting.version_columns import VersionColumns
            from tui.reader.keys.review import ReviewKeys

            columns = VersionColumns(opened.reviewing, styles)
            self._review = ReviewKeys(self, opened.reviewing, columns)
        self._display = display = Display(
            workspace,
            opened,
            styles=styles,
            columns=columns,
            review_keys=self._review.keys if self._review is not None else None,
            ask=lambda: self._others.hints.question,
        )
        known, keymap = actions(workspace.scheme), workspace.keymap
        self._by_key = keymap.by_key(known, "mark", "reader", *(("review",) if self._review else ()))
        self._by_key_on_mark = keymap.by_key(known, "reader", "mark")
        self._look = LookKeys(self, display.view, display.panel, display.header, workspace.settings)
        self._saving = Saving(display.header.saved, display.say)

    # -- life --------------------------------------------------------------

    def compose(self) -> ComposeResult:
        self._look.fit(self.app.size.width)
        self._display.show_progress()
        if self.app.is_lean:
            self._display.paint_less()
        yield from self._display.compose()

    def on_mount(self) -> None:
        self._display.show_panel()
        problems = (*self._workspace.settings.problems, *self._workspace.keymap.problems)
        self.say(self._opened.notice or next(iter(problems), ""))
        if self._opened.writer is not None:
            self._saving.start(self._opened.writer)
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        if not self.is_attached:
            # The reader has been left already.
            return
        from tui.reader.background import start_background_work

        start_background_work(self, self._workspace, self._opened)
        self.begin(self._display.header.count_words())
        if self._review is not None:
            self.run_worker(self._review.watch(self._workspace))
        # Loaded now, so that the first key waits for nothing.
        _ = self._others, self._display.grid
        self._saving.prepare()
        self._display.ask_hint()

    def restyle(self, palette: Palette) -> None:
        """Paint less from now on, and in other colours."""
        self._display.restyle(palette)
        self.say(SLOW_LINE)

    def on_resize(self, event: events.Resize) -> None:
        self._look.fit(event.size.width)

    async def leave(self, *, force: bool = False) -> bool:
        """Save what is left and give up the lock; True once the screen may go.

        If something cannot be saved everything stays, unless `force` drops it.
        """
        cursor = self._session.article.starts[self._session.cursor]
        return await self._saving.end(cursor, force=force)

    @property
    def session(self) -> Session:
        return self._session

    @property
    def is_review(self) -> bool:
        """True while a reviewer resolves what annotators disagree on."""
        return self._review is not None

    @property
    def unsaved(self) -> int:
        """Steps that are not on disk."""
        return self._saving.unsaved

    @property
    def failure(self) -> str:
        """Why the last steps are not on disk; empty if they are."""
        return self._saving.failure

    @property
    def left_to_do(self) -> str:
        """What is still missing, in one line; empty if nothing is."""
        if self._reviewing is not None:
            settled, total = self._reviewing.progress
            from tui.text.plurals import counted

            return f"{total - settled:,} of {counted(total, 'sentence')} to settle" if settled < total else ""
        from tui.session.checklist import summary

        return summary(self._session)

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
        by_key = self._by_key if self.focus_mark is None else self._by_key_on_mark
        action = by_key.get(key_of(event))
        if action is None:
            return
        event.stop()
        event.prevent_default()
        self.perform(action)

    def perform(self, action: str) -> None:
        """Do what a key or the palette asks for."""
        self.say(self._saving.failure)
        own = self._review.handler(action) if self._review is not None else None
        try:
            (own or self._look.handlers.get(action) or self._others.handlers[action])()
        except Refused as refusal:
            self.say(str(refusal))

    def _press_in(self, mode: Mode, event: events.Key) -> None:
        if event.key == "f1":
            self._others.going.help(mode.help_page)
            return
        goes_on = mode.press(event.key, typed(event))
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
        self._display.show_mode(self._mode, self.size.width)

    def on_article_view_clicked(self, message: ArticleView.Clicked) -> None:
        if self._mode is None:
            self.go(message.sentence)

    def on_article_view_dragged(self, message: ArticleView.Dragged) -> None:
        if self._mode is None:
            self._others.marks.drag(message.sentence, message.start, message.end)

    @cached_property
    def _others(self) -> ReaderKeys:
        from tui.reader.handlers import ReaderKeys

        return ReaderKeys(self, self._workspace, self._show_matches)

    def _show_matches(self, matches: Matches) -> None:
        self._display.view.show_matches(matches)

    # -- what the handlers of keys use (`desk.Desk`) -----------------------

    @property
    def focus_mark(self) -> str | None:
        return self._display.focus

    @focus_mark.setter
    def focus_mark(self, mark: str | None) -> None:
        self._display.show_focus(mark)

    @property
    def people(self) -> Sequence[str]:
        counts = self._session.article.entity_counts
        return [entity.text for entity in counts if entity.label == "PER"]

    def key(self, action: str) -> str:
        return self._workspace.keymap.first_key(action)

    def say(self, message: str) -> None:
        self._display.say(message)

    def hint(self, message: str) -> None:
        if message and not self._display.keys.message:
            self.say(message)

    def show_filter(self, name: str) -> None:
        self._display.header.show_filter(name)

    def say_done(self, message: str) -> None:
        self.say(f"{message} · {self.all_decided}" if self._has_finished else message)

    @property
    def all_decided(self) -> str:
        following, check = self.key("article.next"), self.key("done.check")
        return f"all decided: {following} opens the next unfinished article, {check} checks this one"

    def enter(self, mode: Mode) -> None:
        self._mode = mode
        self._show_mode()

    def choose(
        self,
        title: str,
        rows: Sequence[Row[Value]],
        then: Callable[[Value | None], None],
        **options: Unpack[ChooserOptions],
    ) -> None:
        from tui.screens.chooser import ChooserScreen

        self.app.push_screen(ChooserScreen(self._workspace, title, rows, **options), then)

    def may_change(self) -> bool:
        if not self._saving.can_save:
            self.say(self._opened.notice or "reading only: nothing can be changed here")
        return self._saving.can_save and not self._saving.is_ending

    def apply(self, outcome: Outcome) -> bool:
        step = outcome.step
        self._has_finished = False
        if step is None:
            self.say(outcome.message)
            return outcome.accepted
        self.has_changed = True
        self._saving.submit(step)
        if self._reviewing is not None:
            self._reviewing.follow(outcome)
        self._display.show_step(step)
        self._drop_lost_focus()
        self._display.show_panel()
        self._display.show_decided()
        self._display.header.add(step)
        is_all_decided = self._session.is_all_decided and not self.is_review
        self._has_finished = is_all_decided and not self._was_all_decided
        self._was_all_decided = is_all_decided
        if self._has_finished:
            self.say(self.all_decided)
        return True

    def go(self, sentence: int, *, scroll: bool = True) -> None:
        sentence = max(0, min(sentence, len(self._session.article) - 1))
        if sentence != self._session.cursor:
            self._display.forget_focus()
        self._session.cursor = sentence
        self._display.show_cursor(scroll=scroll)

    def hints_changed(self) -> None:
        self._drop_lost_focus()
        self._display.show_hints()

    def versions_changed(self, sentences: list[int], *, columns: bool) -> None:
        self._display.show_versions(sentences, columns=columns)

    def _drop_lost_focus(self) -> None:
        """Focus nothing if the focused mark is no longer in the current sentence."""
        if self.focus_mark is not None and self.focus_mark not in focusable(self._session):
            self.focus_mark = None

    def start(self, work: Coroutine[None, None, None], *, keys_wait: bool = False) -> None:
        worker = self.run_worker(work)
        if keys_wait:
            self._awaited = worker

    def remember(self, name: str, label: str) -> None:
        from tui.reader.background import remember

        self.begin(remember(self, self._workspace, name, label))

    def switch_detector(self, detector: str, *, is_off: bool) -> None:
        from tui.reader.background import keep_switch

        self.begin(keep_switch(self, self._workspace, detector, is_off=is_off))

    def open_next_article(self) -> None:
        self.app.open_next_article(self)

    def close(self, *, to_library: bool) -> None:
        self.app.leave_reader(self, to_library=to_library)

    # -- what the work in the background uses (`desk.BackgroundDesk`) ------

    def begin(self, work: Coroutine[None, None, None]) -> None:
        self.run_worker(work, exit_on_error=False)

    def entities_searched(self, share: float) -> None:
        # Each change of it is traffic while you do nothing.
        self._display.show_search(int(20 * share) * 5)

    def entities_found(self, article: Article | None) -> None:
        self._display.panel.searched = None
        if article is not None:
            self._session.entities_found(article)
            self._display.view.entities_changed()
        self._display.show_panel()
