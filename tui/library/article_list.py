"""The articles of a library as a list, as pure state: their order, which of them are shown, which one is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tui.painting.library import Order, pair
from tui.widgets.matching import plain
from tui.workspace import Progress

ORDERS: tuple[Order, ...] = ("touched", "title", "progress", "language")
"""As a key goes through them: last touched first; by title; furthest from done first; by language."""


class ArticleList:
    """A cursor over articles that are sorted and narrowed down. It stays with its article, whatever row that has."""

    def __init__(self) -> None:
        self.articles: Sequence[Progress] | None = None
        """All of them; None until they have been read."""
        self.order: Order = ORDERS[0]
        self.words = ""
        """Words that the shown articles must contain."""
        self._fits: Callable[[Progress], bool] | None = None
        """In place of the words: True for the articles that match an expression."""
        self.shown: Sequence[Progress] = ()
        """Those that fit, in order."""
        self.cursor = 0
        """Counted in `shown`."""
        self.top = 0
        """The first in view, counted in `shown`."""
        self._page = 1
        self._chosen_id: str | None = None
        """The id of the article that was chosen last, which may not be shown."""
        self._titles: dict[str, str] = {}
        """For comparing, by article id."""
        self._sorted: Sequence[Progress] = ()
        """All articles in order."""

    @property
    def chosen(self) -> Progress | None:
        """The article under the bar; None when none is shown."""
        return self.shown[self.cursor] if self.shown else None

    @property
    def page(self) -> int:
        """How many rows are in view at once."""
        return self._page

    @page.setter
    def page(self, rows: int) -> None:
        self._page = max(1, rows)
        self._keep_in_view()

    # -- what there is -----------------------------------------------------

    def fill(self, articles: Iterable[Progress]) -> None:
        """Take these for all there are."""
        self.articles = list(articles)
        self._titles = {article.entry.id: plain(article.entry.title) for article in self.articles}
        self._sort()

    def put(self, progress: Progress) -> None:
        """Add an article, or replace what is known of it."""
        others = [article for article in self.articles or () if article.entry.id != progress.entry.id]
        self.articles = [*others, progress]
        self._titles[progress.entry.id] = plain(progress.entry.title)
        self._sort()

    def remove(self, article: str) -> None:
        """Let an article go. If it was under the bar, the next one is now."""
        self.articles = [other for other in self.articles or () if other.entry.id != article]
        cursor, was_chosen = self.cursor, self.chosen is not None and self.chosen.entry.id == article
        self._sort()
        if was_chosen:
            self.cursor = max(0, min(cursor, len(self.shown) - 1))
            self._keep_in_view()

    # -- which are shown, and how ------------------------------------------

    def sort(self, order: Order) -> None:
        self.order = order
        self._sort()

    def sort_by_next(self) -> None:
        self.sort(ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)])

    def narrow(self, words: str, fits: Callable[[Progress], bool] | None = None) -> None:
        """Show only articles with all these words in title, languages or annotators; no words show all again.

        With `fits`, the words are an expression, and those articles are shown that it is true of.
        """
        self.words = words
        self._fits = fits
        self._narrow()

    def _sort(self) -> None:
        by_title = sorted(
            self.articles or (), key=lambda article: (self._titles[article.entry.id], article.entry.id)
        )
        match self.order:
            case "title":
                self._sorted = by_title
            case "touched":
                self._sorted = sorted(by_title, key=_touched, reverse=True)
            case "progress":
                self._sorted = sorted(by_title, key=_share)
            case "language":
                self._sorted = sorted(by_title, key=pair)
        self._narrow()

    def _narrow(self) -> None:
        words = plain(self.words).split()
        if self._fits is not None:
            self.shown = [article for article in self._sorted if self._fits(article)]
            self._find_chosen()
            return
        self.shown = (
            [article for article in self._sorted if self._holds(article, words)] if words else self._sorted
        )
        self._find_chosen()

    def _holds(self, article: Progress, words: Sequence[str]) -> bool:
        where = (
            f"{self._titles[article.entry.id]}\n{plain(pair(article))}\n{plain(' '.join(article.annotators))}"
        )
        return all(word in where for word in words)

    # -- the cursor --------------------------------------------------------

    def move(self, rows: int) -> None:
        self.cursor = max(0, min(self.cursor + rows, len(self.shown) - 1))
        if self.shown:
            self._chosen_id = self.shown[self.cursor].entry.id
        self._keep_in_view()

    def choose(self, article: str) -> None:
        """Put the cursor on an article, now or as soon as it is shown."""
        self._chosen_id = article
        self._find_chosen()

    def scroll(self, rows: int) -> None:
        """Move the view, and the cursor only as far as it would be out of it."""
        self.top = max(0, min(self.top + rows, len(self.shown) - self._page))
        within = max(self.top, min(self.cursor, self.top + self._page - 1))
        if within != self.cursor:
            self.move(within - self.cursor)

    def _find_chosen(self) -> None:
        rows = (row for row, article in enumerate(self.shown) if article.entry.id == self._chosen_id)
        self.cursor = next(rows, 0)
        self._keep_in_view()

    def _keep_in_view(self) -> None:
        lowest = max(0, len(self.shown) - self._page)
        self.top = min(lowest, max(self.cursor - self._page + 1, min(self.top, self.cursor)))


def _touched(article: Progress) -> str:
    return article.touched or article.entry.added_at


def _share(article: Progress) -> float:
    return article.decided / article.entry.sentences if article.entry.sentences else 1
