"""How long somebody was at work on each sentence.

The time between two keys belongs to the sentence that was current meanwhile. Of a pause no more than a minute
counts: who makes a longer one has gone for coffee.

It is stored with the next change to the sentence. Time that no change follows before the article is left is not:
to write it then would be a change of its own, which undo would have to get past.
"""

from __future__ import annotations

from collections.abc import Mapping

IDLE_MS = 60_000
"""Most milliseconds that count between two keys."""


class Activity:
    """Milliseconds that no annotation holds yet, by the start offset of their sentence."""

    def __init__(self) -> None:
        self._last: int | None = None
        self._spent: dict[int, int] = {}

    def key(self, now_ms: int, start: int) -> None:
        """A key was pressed while the sentence that starts at `start` was current; the clock never goes back."""
        if self._last is not None:
            self.add(start, min(IDLE_MS, max(0, now_ms - self._last)))
        self._last = now_ms

    def add(self, start: int, milliseconds: int) -> None:
        """Count time for a sentence."""
        self._spent[start] = self.pending(start) + milliseconds

    def pending(self, start: int) -> int:
        """The time of a sentence that no annotation holds."""
        return self._spent.get(start, 0)

    def reconcile(self, freed: Mapping[int, int]) -> None:
        """Account for a step, done or undone: the time that each annotation holds less now, by its start.

        What they hold no more waits for the next one, for time that went by cannot be undone. What they hold more
        was waiting, or another of them held it, as when sentences are merged, or an earlier sitting had counted it.
        """
        missing = 0
        for start, milliseconds in freed.items():
            if milliseconds < 0:
                left = self.pending(start) + milliseconds
                self._spent[start] = max(0, left)
                missing += max(0, -left)
        for start, milliseconds in freed.items():
            if milliseconds > 0:
                moved = min(milliseconds, missing)
                missing -= moved
                self.add(start, milliseconds - moved)
