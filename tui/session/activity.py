"""How long somebody was at work on each sentence.

The time between two keys belongs to the sentence that was current meanwhile. Of a pause no more than a minute
counts: who makes a longer one has gone for coffee.

It is stored with the next change to the sentence. Time that no change follows before the article is left is not:
to write it then would be a change of its own, which undo would have to get past.
"""

from __future__ import annotations

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
        """Count time for a sentence, or with a negative number against it; never below nothing."""
        self._spent[start] = max(0, self._spent.get(start, 0) + milliseconds)

    def take(self, start: int) -> int:
        """The time of a sentence, which its annotation holds from now on."""
        return self._spent.pop(start, 0)
