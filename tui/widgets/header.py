"""The reader's top row: title, score, count, and whether everything is saved."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget

from tui.model.annotation import Step
from tui.session.score import score
from tui.session.session import Session
from tui.widgets.bars import CountBar, SavedBar, SaveState, ScoreBar, TitleBar
from tui.widgets.ink import Ink


class Header(Widget):
    """Bars side by side, each of which repaints alone."""

    DEFAULT_CSS = "Header { layout: horizontal; width: 1fr; height: 1; }"

    def __init__(self, session: Session, ink: Ink, state: SaveState) -> None:
        super().__init__()
        self._session = session
        article = session.article
        pair = (
            f"{article.source_language} → {article.language}" if article.source_language else article.language
        )
        self._title = TitleBar(ink, article.title, pair)
        self._score = ScoreBar(ink)
        self._count = CountBar(ink, len(article))
        self.saved = SavedBar(ink, state)
        said = session.work.annotations.values()
        self._points = score(said, 0, session.scheme).points
        self._words = 0
        self.show_decided()

    def compose(self) -> ComposeResult:
        yield self._title
        yield self._score
        yield self._count
        yield self.saved

    def show_decided(self) -> None:
        """Show how many sentences are decided, of how many there are now."""
        total = len(self._session.article)
        if total != self._count.total:
            self._count.total = total
        self._count.show(self._session.decided_count)

    def show_score(self, words: int) -> None:
        """Show the score of a text of so many words."""
        self._words = words
        self._score.show(self._points, words)

    def add(self, step: Step) -> None:
        """Show the score after a step."""
        scheme = self._session.scheme
        before = [change.before for change in step.changes if change.before is not None]
        after = [change.after for change in step.changes if change.after is not None]
        self._points += score(after, 0, scheme).points - score(before, 0, scheme).points
        self._score.show(self._points, self._words)
