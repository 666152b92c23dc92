"""The reader's top row: title, score, count, and whether everything is saved."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.widget import Widget

from tui.model.annotation import Step
from tui.painting.header import SAVED_CELLS, SaveState, count_cells, languages, modes_words
from tui.painting.styles import Styles
from tui.session.score import score
from tui.session.session import Session
from tui.widgets.bars import Bar, CountBar, ModesBar, SavedBar, ScoreBar, TitleBar
from tui.widgets.event_loop import yield_to_event_loop

_SCORE_FROM = 100
"""Columns from which the score is always shown."""


class Header(Widget):
    """Bars side by side, each of which repaints alone."""

    DEFAULT_CSS = "Header { layout: horizontal; width: 1fr; height: 1; }"

    def __init__(
        self,
        session: Session,
        styles: Styles,
        state: SaveState,
        settled: Callable[[], tuple[int, int]] | None = None,
        *,
        review: str = "",
    ) -> None:
        """`settled` returns how many sentences are settled in a review, and of how many; `review` says of what kind."""
        super().__init__()
        self._review = review
        self._filter = ""
        self._settled = settled
        self._session = session
        article = session.article
        self._title = TitleBar(styles, article.title, languages(article))
        self._modes = ModesBar(styles, "")
        self._score = ScoreBar(styles)
        self._count = CountBar(styles, len(article), "settled" if settled is not None else "decided")
        self.saved = SavedBar(styles, state)
        annotations = session.work.annotations.values()
        self._score_now = score(annotations, 0, session.scheme)
        self._words = 0
        self._always_shows_score = False
        """True if the score is shown on a narrow terminal too, at the cost of the title."""
        self.show_decided()

    @property
    def bars(self) -> tuple[Bar, ...]:
        """From left to right."""
        return self._title, self._modes, self._score, self._count, self.saved

    def compose(self) -> ComposeResult:
        yield from self.bars

    def show_decided(self) -> None:
        """Show how many sentences are decided, of how many there are now."""
        decided, total = self._session.decided_count, len(self._session.article)
        if self._settled is not None:
            decided, total = self._settled()
        if total != self._count.total:
            self._count.total = total
        self._count.show(decided)

    async def count_words(self) -> None:
        """Count the words that the score refers to, a piece at a time: a book takes a while."""
        from tui.text.counting import word_counts

        words = 0
        for more in word_counts(self._session.article.text):
            words += more
            await yield_to_event_loop()
        self._words = words
        self._show_score()

    def always_show_score(self, is_shown: bool) -> None:
        """Show the score on a narrow terminal too, or no longer."""
        self._always_shows_score = is_shown
        self._show_score()

    def add(self, step: Step) -> None:
        """Show the score after a step."""
        scheme = self._session.scheme
        before = [change.before for change in step.changes if change.before is not None]
        after = [change.after for change in step.changes if change.after is not None]
        now, minus, plus = self._score_now, score(before, 0, scheme), score(after, 0, scheme)
        self._score_now = now._replace(
            points=now.points - minus.points + plus.points,
            uncounted=now.uncounted - minus.uncounted + plus.uncounted,
        )
        self._show_score()

    def show_filter(self, name: str) -> None:
        """Show which sentences are gone through; empty: no longer any in particular."""
        self._filter = name
        self.show_modes()

    def show_modes(self) -> None:
        """Show everything that is not as usual: a review, hints that are hidden, a filter."""
        modes = [self._review] if self._review else _hint_modes(self._session)
        room = self.size.width - count_cells(self._count.total) - SAVED_CELLS - 2
        self._modes.show(modes_words(modes, self._filter, min(room, self.size.width // 3)))

    def on_resize(self) -> None:
        self._show_score()
        self.show_modes()

    def _show_score(self) -> None:
        if self._always_shows_score or self.size.width >= _SCORE_FROM:
            self._score.show(self._score_now.points, self._words, self._score_now.uncounted)
        else:
            self._score.give_way()


def _hint_modes(session: Session) -> list[str]:
    return {"blind": ["blind"], "off": ["hints off"]}.get(session.asked.mode, [])
