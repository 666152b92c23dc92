"""The library's filter: words, or an expression of the language of `--where`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from tui.library.article_list import ArticleList
from tui.painting.cells import shortened
from tui.store.protocol import StoreError
from tui.workspace import Progress, Workspace

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from tui.query.compilation import Condition
    from tui.query.reading import ArticleFilter

_PROBLEM = 60
"""Cells of what is wrong with an expression while it is typed."""


class FilteredScreen(Protocol):
    """What the filter needs of the library's screen."""

    def start(self, work: Coroutine[None, None, None]) -> None: ...

    def refresh_table(self) -> None: ...

    def say(self, message: str) -> None: ...


class ExpressionFilter:
    """Narrows the list down to what is typed. What needs annotations is read by a thread; the last text wins."""

    def __init__(self, screen: FilteredScreen, workspace: Workspace, articles: ArticleList) -> None:
        self._screen = screen
        self._workspace = workspace
        self._articles = articles
        self._typed = 0
        """How many texts there were."""
        self.problem = ""
        """What is wrong with the last one, if it was meant as an expression."""

    def narrow(self, text: str) -> None:
        """Show the articles that the text is true of, or that have its words."""
        self._typed += 1
        if not text.strip():
            self.problem = ""
            self._articles.narrow("")
            return
        from tui.query.recognition import recognised

        condition, problem = recognised(text, "articles", self._workspace.scheme)
        self.problem = shortened(problem, _PROBLEM)
        if condition is None:
            self._articles.narrow(text)
        elif condition.needs_sentences or "owners" in condition.keys:
            self._articles.words = text
            self._screen.start(self._read(text, condition, self._typed))
        else:
            expression = self._filter(condition)
            self._articles.narrow(text, lambda progress: _fits(expression, progress, {}))

    async def _read(self, text: str, condition: Condition, typed: int) -> None:
        articles = list(self._articles.articles or ())
        matches, problem = await asyncio.to_thread(self._matches, condition, articles, typed)
        if typed == self._typed:
            self._articles.narrow(text, lambda progress: progress.entry.id in matches)
            self._screen.refresh_table()
            if problem:
                self._screen.say(problem)

    def _matches(
        self, condition: Condition, articles: Sequence[Progress], typed: int
    ) -> tuple[frozenset[str], str]:
        """The ids of the articles that fit, and why one could not be read. Ends early if something else was typed."""
        from tui.formats.records import RecordError

        expression = self._filter(condition)
        matches: set[str] = set()
        problem = ""
        try:
            owners = self._workspace.store.owners.others()
        except StoreError as error:
            return frozenset(), str(error)
        for progress in articles:
            if typed != self._typed:
                break
            try:
                if _fits(expression, progress, owners):
                    matches.add(progress.entry.id)
            except (StoreError, RecordError) as error:
                problem = problem or str(error)
        return frozenset(matches), problem

    def _filter(self, condition: Condition) -> ArticleFilter:
        from tui.query.reading import ArticleFilter, SentenceReader

        workspace = self._workspace
        return ArticleFilter(
            condition,
            SentenceReader(workspace.library, workspace.store, workspace.reviews, workspace.scheme.label),
        )


def _fits(expression: ArticleFilter, progress: Progress, owners: dict[str, str]) -> bool:
    return expression.fits(
        progress.entry,
        decided=progress.decided,
        annotators=progress.annotators,
        touched=progress.touched,
        owners=owners,
    )
