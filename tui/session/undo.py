"""What was done and what was undone, a step a keystroke."""

from __future__ import annotations

from tui.model.annotation import Step


class History:
    """Unlimited undo and redo. A new step forgets what was undone."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def add(self, step: Step) -> None:
        self._done.append(step)
        self._undone.clear()

    def undo(self, at: str) -> Step | None:
        """The step that takes the last one back, stamped `at`; None when nothing is left."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        backwards = tuple(change.reversed() for change in reversed(step.changes))
        return Step(action="undo", label=f"undid {step.label}", at=at, changes=backwards, cursor=step.cursor)

    def redo(self, at: str) -> Step | None:
        """The step that does the last undone one again, stamped `at`; None when nothing is left."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        return Step(
            action="redo", label=f"redid {step.label}", at=at, changes=step.changes, cursor=step.cursor
        )
