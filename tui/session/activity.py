"""The time that an annotator spends on each sentence.

The time between two keys counts for the sentence that was current in between; a pause counts for at most one minute.

The time is stored with the next change to the sentence. Time after the last change is not stored: writing it would be
a change of its own, which undo would have to skip.
"""

from __future__ import annotations

from collections.abc import Iterable

from tui.model.annotation import Annotation, Change

IDLE_MS = 60_000
"""The most milliseconds that count between two keys."""


class Activity:
    """The milliseconds that are not yet in an annotation, by the start offset of their sentence."""

    def __init__(self) -> None:
        self._last: int | None = None
        self._spent: dict[int, int] = {}

    def key(self, now_ms: int, start: int) -> None:
        """Count the time up to this key for the sentence that starts at `start`; `now_ms` is a monotonic clock."""
        if self._last is not None:
            self.add(start, min(IDLE_MS, max(0, now_ms - self._last)))
        self._last = now_ms

    def add(self, start: int, milliseconds: int) -> None:
        """Add time for a sentence."""
        self._spent[start] = self.pending(start) + milliseconds

    def pending(self, start: int) -> int:
        """The time of a sentence that is not yet in its annotation."""
        return self._spent.get(start, 0)

    def reconcile(self, changes: Iterable[Change]) -> None:
        """Account for the changes of a step, done or undone, so that no time is lost or counted twice.

        Time that an annotation loses waits for its next change: undo does not undo time. Time that it gains was
        waiting here, was in another annotation of the step (as when sentences are merged), or is from an earlier session.
        """
        freed = {change.start: _active_ms(change.before) - _active_ms(change.after) for change in changes}
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


def _active_ms(annotation: Annotation | None) -> int:
    return annotation.active_ms if annotation is not None else 0
