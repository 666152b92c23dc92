"""Which rows of which sentences are on screen.

The top of the view is a sentence and a row in it, not a row number in the whole article: nothing
above or below the screen ever has to be measured, so 200,000 sentences cost what 40 do, and a resize
keeps the place by itself.
"""

from __future__ import annotations

from collections.abc import Callable

Place = tuple[int, int]
"""A sentence index and a row within that sentence."""


class Viewport:
    """A window of `height` rows over `count` sentences of which each has `rows_of(index) >= 1` rows."""

    def __init__(self, count: int, rows_of: Callable[[int], int]) -> None:
        self._count = count
        self._rows_of = rows_of
        self.height = 1
        self.top: Place = (0, 0)

    def rows(self) -> list[Place]:
        """The visible rows from top to bottom; fewer than `height` when the article ends before."""
        places: list[Place] = []
        sentence, row = self.top
        while sentence < self._count and len(places) < self.height:
            rows = self._rows_of(sentence)
            upto = min(rows, row + self.height - len(places))
            places.extend((sentence, r) for r in range(row, upto))
            sentence, row = sentence + 1, 0
        return places

    def resize(self, height: int) -> None:
        self.height = max(1, height)
        self.top = self._clamped(self._within(self.top))

    def show(self, sentence: int) -> bool:
        """Bring a sentence wholly into view if it is not; returns whether the view moved.

        A sentence below the view goes to one third of it, one above to two thirds, so that
        the next moves in the same direction do not scroll.
        """
        rows = min(self._rows_of(sentence), self.height)
        visible = [place for place in self.rows() if place[0] == sentence]
        if len(visible) >= rows or (visible and len(visible) == self.height):
            return False
        above = sentence < self.top[0] or (sentence == self.top[0] and self.top[1] > 0)
        offset = (2 * self.height // 3 - rows) if above else self.height // 3
        offset = max(0, min(offset, self.height - rows))
        return self._go((sentence, 0), -offset)

    def scroll(self, rows: int) -> bool:
        """Move by rows, downwards when positive; returns whether the view moved."""
        return self._go(self.top, rows)

    def first_sentence(self) -> int:
        """The first sentence that begins in view, or the one that fills it."""
        for sentence, row in self.rows():
            if row == 0:
                return sentence
        return self.top[0]

    def last_sentence(self) -> int:
        """The last sentence of which something is in view."""
        rows = self.rows()
        return rows[-1][0] if rows else self.top[0]

    def _go(self, place: Place, rows: int) -> bool:
        before = self.top
        self.top = self._clamped(self._moved(place, rows))
        return self.top != before

    def _moved(self, place: Place, rows: int) -> Place:
        sentence, row = place
        row += rows
        while row < 0 and sentence > 0:
            sentence -= 1
            row += self._rows_of(sentence)
        while sentence < self._count - 1 and row >= self._rows_of(sentence):
            row -= self._rows_of(sentence)
            sentence += 1
        return sentence, max(0, row)

    def _within(self, place: Place) -> Place:
        """The same sentence, with a row that it still has after a change of width."""
        sentence = min(place[0], max(0, self._count - 1))
        if not self._count:
            return 0, 0
        return sentence, min(place[1], self._rows_of(sentence) - 1)

    def _clamped(self, place: Place) -> Place:
        """No higher than what leaves the last row of the article at the bottom of the view."""
        if not self._count:
            return 0, 0
        lowest = self._moved((self._count - 1, self._rows_of(self._count - 1) - 1), 1 - self.height)
        return min(place, lowest)
