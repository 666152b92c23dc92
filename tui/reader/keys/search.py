"""The reader's keys for finding: words, annotations of a kind, a number, and back again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.painting.article.rows import Matches, no_matches
from tui.painting.cells import shortened
from tui.reader.desk import Desk
from tui.screens.modes import TextInputMode
from tui.session.filters import filter_by, filter_names, following
from tui.session.search import FoldedText, Match, Search
from tui.widgets.event_loop import yield_to_event_loop

if TYPE_CHECKING:
    from tui.query.compilation import Condition

_WORDS = 30
"""Cells of the words that a message shows."""
_SLICE = 0.002
"""Seconds for which a search may hold up everything else."""
_PAINTED = 0.03
"""Seconds in which what a key changes is painted before its search goes on, unless another key comes."""


class SearchKeys:
    """What the reader does with its keys for finding. `show` paints the matches."""

    def __init__(self, desk: Desk, show: Callable[[Matches], None]) -> None:
        self._desk = desk
        self._show = show
        self._text: FoldedText | None = None
        self._words = ""
        self._current_search: Search | None = None
        """The search for those words."""
        self._goes = False
        """True if the cursor goes to the first match as soon as it is known."""
        self._filter: str | None = None
        self._where: tuple[str, Condition] | None = None
        """The expression whose sentences are gone through, in place of a filter's."""
        self._came_from: list[int] = []
        """Sentences that were jumped away from."""

    def handlers(self) -> dict[str, Callable[[], None]]:
        """By action id."""
        return {
            "search": self._search,
            "search.next": lambda: self._again(+1),
            "search.previous": lambda: self._again(-1),
            "jump.back": self._back,
        }

    def jump(self, sentence: int) -> None:
        """Go somewhere else, so that one can come back."""
        self._came_from.append(self._desk.session.cursor)
        self._desk.go(sentence)

    def filter(self, name: str) -> None:
        """Let `search.next` go through the sentences that fit a filter. Raises KeyError for one there is not."""
        filter_by(self._desk.session, name)
        self._filter, self._where = name, None
        self._desk.show_filter(filter_names(self._desk.session.scheme)[name])
        self._came_from.append(self._desk.session.cursor)
        self._again(+1)

    def filter_where(self, text: str, condition: Condition) -> None:
        """Let `search.next` go through the sentences that an expression, given with its text, is true of."""
        self._where = text, condition
        self._desk.show_filter(text)
        self._came_from.append(self._desk.session.cursor)
        self._again(+1)

    @property
    def has_filter(self) -> bool:
        """True while `search.next` goes through the sentences of a filter or an expression."""
        return self._filter is not None or self._where is not None

    def end_filter(self) -> None:
        """Let `search.next` go through the matches of the last search again."""
        if self.has_filter:
            self._filter = self._where = None
            self._desk.show_filter("")

    def _next_where(self, text: str, condition: Condition, step: int) -> None:
        """Go to the next sentence that fits, a slice of the article at a time; keys typed until then wait."""
        from tui.query.session_sentences import SessionSentences

        session = self._desk.session
        count, sentences = len(session.article), SessionSentences(session, condition)

        async def look() -> None:
            until = time.monotonic() + _SLICE
            for distance in range(1, count + 1):
                index = (session.cursor + step * distance) % count
                if sentences.fits(index):
                    self._desk.go(index)
                    on, back = self._desk.key("search.next"), self._desk.key("search.previous")
                    self._desk.say(f"{shortened(text, _WORDS)}: {on} next, {back} previous")
                    return
                if time.monotonic() > until:
                    await yield_to_event_loop()
                    until = time.monotonic() + _SLICE
            self._desk.say(f"no sentence matches: {shortened(text, _WORDS)}")

        self._desk.start(look(), keys_wait=True)

    # -- words -------------------------------------------------------------

    def _search(self) -> None:
        begun, before = self._desk.session.cursor, self._words

        def changed(words: str) -> None:
            self._look_for(words, begun)

        def given_up() -> None:
            self._look_for(before, begun, goes=False)
            self._desk.go(begun)

        def kept(words: str) -> None:
            self.end_filter()
            search = self._current_search if words != before else None
            search = search or self._look_for(words, begun)
            if not words.strip():
                self._desk.say("")
                self._desk.go(begun)
            else:
                self._when_done(search, lambda: stay(words, search))

        def stay(words: str, search: Search) -> None:
            if search.first is None:
                self._desk.say(_not_there(words))
                self._desk.go(begun)
                return
            if self._desk.session.cursor != begun:
                self._came_from.append(begun)
            self._tell(search, search.at(search.first))

        self._desk.enter(
            TextInputMode(
                "searching", "search", before, kept, replaces=True, changed=changed, given_up=given_up
            )
        )

    def _look_for(self, words: str, begin: int, *, goes: bool = True) -> Search:
        """Search from a sentence on and, unless `goes` is off, go to the first match as soon as it is known."""
        article = self._desk.session.article
        if self._text is None:
            # Imported here: opening an article needs no search.
            from tui.text.flowing import flowing_text

            self._text = FoldedText(flowing_text(article))
        self._words, self._goes = words, goes
        self._current_search = search = Search(self._text, words, article.starts[begin])
        self._show(search.within if words.strip() else no_matches)
        self._go_on(search)
        if not search.is_done:
            self._desk.start(self._finish_later(search))
        return search

    async def _finish_later(self, search: Search) -> None:
        await asyncio.sleep(_PAINTED)
        await self._finish(search)

    async def _finish(self, search: Search) -> None:
        """Search to the end, unless something else is searched meanwhile."""
        while not search.is_done and search is self._current_search:
            await yield_to_event_loop()
            self._go_on(search)

    def _go_on(self, search: Search) -> None:
        """Search for a moment too short to notice."""
        until = time.monotonic() + _SLICE
        while not search.is_done:
            search.go_on()
            if self._goes and search.first is not None:
                self._goes = False
                self._desk.go(self._desk.session.article.sentence_at(search.first))
            if time.monotonic() > until:
                return

    def _when_done(self, search: Search, then: Callable[[], None]) -> None:
        """Do something with all that a search finds; keys that are typed until then wait."""

        async def do() -> None:
            await self._finish(search)
            then()

        if search.is_done:
            then()
        else:
            self._desk.start(do(), keys_wait=True)

    def _again(self, step: int) -> None:
        session, search = self._desk.session, self._current_search
        if self._where is not None:
            self._next_where(*self._where, step)
        elif self._filter is not None:
            fits = filter_by(session, self._filter)
            sentence = following(len(session.article), session.cursor, step, fits)
            if sentence is None:
                self._desk.say(f"no sentence left: {filter_names(session.scheme)[self._filter]}")
                return
            self._desk.go(sentence)
            on, back = self._desk.key("search.next"), self._desk.key("search.previous")
            self._desk.say(f"{filter_names(session.scheme)[self._filter]}: {on} next, {back} previous")
        elif search is None or not self._words:
            self._desk.say("nothing searched yet")
        else:
            self._when_done(search, lambda: self._go_to_match(search, step))

    def _go_to_match(self, search: Search, step: int) -> None:
        """The first match after the current sentence or, going back, the last before it; going round."""
        if not search.total:
            self._desk.say(_not_there(self._words))
            return
        article, cursor = self._desk.session.article, self._desk.session.cursor
        match = search.at(article.ends[cursor]) if step > 0 else search.before(article.starts[cursor])
        self._desk.go(article.sentence_at(match.start))
        self._tell(search, match)

    def _tell(self, search: Search, match: Match) -> None:
        self._desk.say(f"{match.number:,} of {search.total:,}")

    # -- elsewhere ---------------------------------------------------------

    def _back(self) -> None:
        if self._came_from:
            self._desk.go(self._came_from.pop())
        else:
            self._desk.say("nowhere to jump back to")


def _not_there(words: str) -> str:
    return f"“{shortened(words, _WORDS)}” does not occur"
