"""The reader's keys for finding: words, what is said about sentences, a number, and back again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from tui.screens.modes import Desk, Typing
from tui.session.finding import Finder, filter_by, following
from tui.widgets.bars import shortened

_WORDS = 30
"""Cells of the words that are told in a message."""

Matches = Sequence[tuple[int, int]]


class SearchKeys:
    """What the reader does with its keys for finding. `show` paints the matches."""

    def __init__(self, desk: Desk, show: Callable[[Matches], None]) -> None:
        self._desk = desk
        self._show = show
        self._finder: Finder | None = None
        self._words = ""
        self._matches: Matches = ()
        self._filter: str | None = None
        self._came_from: list[int] = []
        """Sentences that were jumped away from."""

    def performers(self) -> dict[str, Callable[[], None]]:
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
        self._filter = name
        self._came_from.append(self._desk.session.cursor)
        self._again(+1)

    # -- words -------------------------------------------------------------

    def _search(self) -> None:
        begun, before = self._desk.session.cursor, self._words

        def changed(words: str) -> None:
            self._look_for(words)
            self._go_to_match(begun, 0)

        def given_up() -> None:
            self._look_for(before)
            self._desk.go(begun)

        def kept(words: str) -> None:
            self._filter = None
            if not self._matches:
                self._desk.say(_not_there(words) if words.strip() else "")
                self._desk.go(begun)
            elif self._desk.session.cursor != begun:
                self._came_from.append(begun)

        self._desk.enter(
            Typing("searching", "search", before, kept, replaces=True, changed=changed, given_up=given_up)
        )

    def _look_for(self, words: str) -> None:
        if self._finder is None:
            self._finder = Finder(self._desk.session.article.text)
        self._words = words
        self._matches = list(self._finder.matches(words))
        self._show(self._matches)

    def _again(self, step: int) -> None:
        session = self._desk.session
        if self._filter is not None:
            fits = filter_by(session, self._filter)
            found = following(len(session.article), session.cursor, step, fits)
            if found is None:
                self._desk.say(f"no sentence is {self._filter} any more")
                return
            self._desk.go(found)
            on, back = self._desk.key("search.next"), self._desk.key("search.previous")
            self._desk.say(f"{self._filter}: {on} goes on to the next, {back} to the one before")
        elif not self._matches:
            self._desk.say(_not_there(self._words) if self._words else "nothing was searched yet")
        else:
            self._go_to_match(session.cursor, step)

    def _go_to_match(self, sentence: int, step: int) -> None:
        """The next match after the sentence, the one before it, or with 0 the first from it on; going round."""
        if not self._matches:
            return
        article = self._desk.session.article
        starts = [start for start, _ in self._matches]
        if step > 0:
            place = bisect_left(starts, article.ends[sentence])
        elif step < 0:
            place = bisect_left(starts, article.starts[sentence]) - 1
        else:
            place = bisect_left(starts, article.starts[sentence])
        place %= len(starts)
        self._desk.go(article.sentence_at(starts[place]))
        self._desk.say(f"{place + 1} of {len(starts)}")

    # -- elsewhere ---------------------------------------------------------

    def _back(self) -> None:
        if self._came_from:
            self._desk.go(self._came_from.pop())
        else:
            self._desk.say("there is nowhere to jump back to")


def _not_there(words: str) -> str:
    return f"“{shortened(words, _WORDS)}” does not occur"
