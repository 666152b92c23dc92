"""What was done and what was undone, a step a keystroke, in this session and in those before."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from msgspec.structs import replace

from tui.model.annotation import Step

UNDO, REDO = "undo", "redo"
"""The actions of the steps that take another back and that do it again."""

MIGRATE = "migrate"
"""The action of the step that took over what an older Postil had stored: nothing before it is known."""

_UNDID, _REDID = "undid ", "redid "


class History:
    """Unlimited undo and redo. A new step forgets what was undone."""

    def __init__(self, earlier: Iterable[Step] = ()) -> None:
        """`earlier` are the stored steps of the sessions before, newest first; read as far as they are needed."""
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._earlier = iter(earlier)
        self._undone_earlier = 0
        """How many of the next done steps in `earlier` were undone there."""
        self._recalled = False
        """Whether `_undone` holds what the session before left undone, or that was forgotten."""

    def add(self, step: Step) -> None:
        self._done.append(step)
        self._undone.clear()
        self._recalled = True

    def undo(self, at: str) -> Step | None:
        """The step that takes the last one back, stamped `at`; None when nothing is left.

        Raises what reading the earlier steps raises.
        """
        self._recall()
        step = self._done.pop() if self._done else self._last_done_earlier()
        if step is None:
            return None
        self._undone.append(step)
        return replace(step.backwards(), action=UNDO, label=_UNDID + step.label, at=at)

    def redo(self, at: str) -> Step | None:
        """The step that does the last undone one again, stamped `at`; None when nothing is left. Raises as `undo`."""
        self._recall()
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        return replace(step, action=REDO, label=_REDID + step.label, at=at)

    # -- the sessions before -----------------------------------------------

    def _recall(self) -> None:
        """Find the undone steps that the session before did not do again."""
        if self._recalled:
            return
        self._recalled = True
        looked_at: list[Step] = []
        redone = 0
        for step in self._earlier:
            looked_at.append(step)
            if step.changes_nothing:
                continue
            if step.action == REDO:
                redone += 1
            elif step.action != UNDO:
                break
            elif redone:
                redone -= 1
            else:
                self._undone.insert(0, _undone_by(step))
        self._earlier = chain(looked_at, self._earlier)

    def _last_done_earlier(self) -> Step | None:
        for step in self._earlier:
            if step.action == MIGRATE:
                self._earlier = iter(())
                return None
            if step.changes_nothing:
                continue
            if step.action == UNDO:
                self._undone_earlier += 1
            elif self._undone_earlier:
                self._undone_earlier -= 1
            else:
                return _plain(step)
        return None


def _undone_by(undo: Step) -> Step:
    """The step that an undo took back."""
    return replace(undo.backwards(), label=undo.label.removeprefix(_UNDID))


def _plain(step: Step) -> Step:
    """The step itself, where it was one that did another again."""
    return replace(step, label=step.label.removeprefix(_REDID)) if step.action == REDO else step
