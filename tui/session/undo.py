"""Undo and redo of steps, one for each keystroke, in this session and in earlier ones."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from itertools import chain

from msgspec.structs import replace

from tui.model.annotation import Step
from tui.store.protocol import StoreError

UNDO, REDO = "undo", "redo"
"""The actions of the steps that undo another step and that redo it."""

MIGRATE = "migrate"
"""The action of the step that took over what an older Postil had stored. Undo does not go back beyond it."""

_UNDONE, _REDONE = "undone: ", "redone: "
_OLDER_PREFIXES = ("undid ", "redid ")
"""What labels of undo and redo steps began with in older versions."""

_VERBS = {
    "accepted": "accept",
    "attributed": "attribute",
    "changed": "change",
    "cleared": "clear",
    "corrected": "correct",
    "deleted": "delete",
    "imported": "import",
    "marked": "mark",
    "merged": "merge",
    "moved": "move",
    "refused": "refuse",
    "rejected": "reject",
    "removed": "remove",
    "tagged": "tag",
    "took": "take",
    "untagged": "untag",
    "wrote": "write",
}
"""How a label reads after `undone:`: the step is named, so `tagged quote` becomes `tag quote`."""


class History:
    """Unlimited undo and redo. A new step ends the chance to redo what was undone before it."""

    def __init__(self, earlier: Iterable[Step] = ()) -> None:
        """`earlier` are the stored steps of earlier sessions, newest first; they are read only as far as needed."""
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._earlier = iter(earlier)
        self._undone_earlier = 0
        """How many of the next steps in `earlier` were undone there."""
        self._recalled = False
        """True once `_undone` has the undone steps of earlier sessions, or a new step has made them void."""

    def add(self, step: Step) -> None:
        self._done.append(step)
        self._undone.clear()
        self._recalled = True

    def undo(self, at: str) -> Step | None:
        """The step that undoes the last one, with the time `at`; None if there is nothing to undo.

        Raises what reading the earlier steps raises.
        """
        self._recall()
        step = self._done.pop() if self._done else self._last_done_earlier()
        if step is None:
            return None
        self._undone.append(step)
        return replace(step.backwards(), action=UNDO, label=_UNDONE + _named(step.label), at=at)

    def redo(self, at: str) -> Step | None:
        """The step that redoes the last undone one, with the time `at`; None if nothing is undone. Raises like `undo`."""
        self._recall()
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        return replace(step, action=REDO, label=_REDONE + _named(step.label), at=at)

    def done(self, *, earlier: bool) -> Generator[Step, None, None]:
        """The steps that were not undone, newest first; with `earlier`, those of earlier sessions too.

        Raises like `undo`. Read it to its end or close it before the next undo.
        """
        yield from reversed(self._done)
        if not earlier:
            return
        looked_at: list[Step] = []
        undone = self._undone_earlier
        further = self._earlier
        try:
            for step in self._earlier:
                looked_at.append(step)
                if step.action == MIGRATE:
                    break
                if step.action == UNDO:
                    undone += 1
                elif undone and not step.changes_nothing:
                    undone -= 1
                elif not step.changes_nothing:
                    yield step
        except StoreError as error:
            # Undo must meet it too, once it comes that far.
            further = _failing(error)
            raise
        finally:
            self._earlier = chain(looked_at, further)

    # -- earlier sessions --------------------------------------------------

    def _recall(self) -> None:
        """Find the steps that earlier sessions undid and did not redo."""
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


def with_place(step: Step, sentence: int) -> str:
    """The label of an undo or redo, and where it happened: `undone: tag quote (sentence 9)`."""
    if step.label.endswith(")"):
        return step.label
    if len(step.changes) <= 2:
        return f"{step.label} (sentence {sentence + 1})"
    from tui.text.plurals import counted

    return f"{step.label} ({counted(len(step.changes), 'sentence')})"


def _undone_by(undo: Step) -> Step:
    """The step that an undo step undid."""
    return replace(undo.backwards(), label=_without_prefix(undo.label))


def _failing(error: StoreError) -> Iterator[Step]:
    """What cannot be read: asking for the first step raises."""
    raise error
    yield


def _plain(step: Step) -> Step:
    """The step without the prefix of a redo in its label."""
    return replace(step, label=_without_prefix(step.label)) if step.action == REDO else step


def _without_prefix(label: str) -> str:
    for prefix in (_UNDONE, _REDONE, *_OLDER_PREFIXES):
        if label.startswith(prefix):
            return label.removeprefix(prefix)
    return label


def _named(label: str) -> str:
    """The label as the name of what was done."""
    verb, space, rest = label.partition(" ")
    return f"{_VERBS.get(verb, verb)}{space}{rest}"
