"""Which rows of which blocks are on screen; a block is a sentence or, where text flows, a paragraph.

The top of the view is a block and a row in it, not a row number in the whole article: nothing above
or below the screen ever has to be measured, so 200,000 sentences cost what 40 do, and a resize keeps
the place by itself.
"""

from __future__ import annotations

from collections.abc import Callable

BlockRow = tuple[int, int]
"""The index of a block and a row within that block."""


class Viewport:
    """A window of `height` rows over `count` blocks of which each has `rows_of(index) >= 1` rows."""

    def __init__(self, count: int, rows_of: Callable[[int], int]) -> None:
        self._count = count
        self._rows_of = rows_of
        self.height = 1
        self.top: BlockRow = (0, 0)

    def rows(self) -> list[BlockRow]:
        """The visible rows from top to bottom; fewer than `height` when the article ends before."""
        visible: list[BlockRow] = []
        block, row = self.top
        while block < self._count and len(visible) < self.height:
            rows = self._rows_of(block)
            upto = min(rows, row + self.height - len(visible))
            visible.extend((block, r) for r in range(row, upto))
            block, row = block + 1, 0
        return visible

    def resize(self, height: int) -> None:
        self.height = max(1, height)
        self.top = self._clamped(self._within(self.top))

    def reset(self, count: int) -> None:
        """Let there be other blocks; the place is then to be chosen with `put` or `show`."""
        self._count = count
        self.top = (0, 0)

    def put(self, row: BlockRow, y: int) -> None:
        """Show a row so many rows below the top, or as near as the article's ends allow."""
        self._go(row, -y)

    def show(self, block: int, rows: range | None = None) -> bool:
        """Bring a block, or some of its rows, wholly into view if it is not; True if the view moved.

        What is below the view goes to one third of it, what is above to two thirds, so that the next
        moves in the same direction do not scroll.
        """
        target = rows or range(self._rows_of(block))
        count = min(len(target), self.height)
        visible = [row for row in self.rows() if row[0] == block and row[1] in target]
        if len(visible) >= count or (visible and len(visible) == self.height):
            return False
        above = (block, target[0]) < self.top
        offset = (2 * self.height // 3 - count) if above else self.height // 3
        offset = max(0, min(offset, self.height - count))
        return self._go((block, target[0]), -offset)

    def scroll(self, rows: int) -> bool:
        """Move by rows, downwards when positive; True if the view moved."""
        return self._go(self.top, rows)

    def _go(self, start: BlockRow, rows: int) -> bool:
        before = self.top
        self.top = self._clamped(self._moved(start, rows))
        return self.top != before

    def _moved(self, start: BlockRow, rows: int) -> BlockRow:
        block, row = start
        row += rows
        while row < 0 and block > 0:
            block -= 1
            row += self._rows_of(block)
        while block < self._count - 1 and row >= self._rows_of(block):
            row -= self._rows_of(block)
            block += 1
        return block, max(0, row)

    def _within(self, position: BlockRow) -> BlockRow:
        """The same block, with a row that it still has after a change of width."""
        block = min(position[0], max(0, self._count - 1))
        if not self._count:
            return 0, 0
        return block, min(position[1], self._rows_of(block) - 1)

    def _clamped(self, position: BlockRow) -> BlockRow:
        """No higher than what leaves the last row of the article at the bottom of the view."""
        if not self._count:
            return 0, 0
        lowest = self._moved((self._count - 1, self._rows_of(self._count - 1) - 1), 1 - self.height)
        return min(position, lowest)
