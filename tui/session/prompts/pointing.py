"""Pointing at words by typing the letters that stand on them: a start, then an end, or the gap before the start."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from tui.session.prompts.labels import MOST, labels, nearest_first
from tui.session.tags import Refused
from tui.text.words import Target

SAME = "enter"
"""The key that ends a stretch with the target that it began with."""
GAP = "space"
"""The key that takes the gap before that target instead."""


class Pointing:
    """What has been pointed at so far. Pure: letters in, a stretch of the text out."""

    def __init__(
        self, targets: Sequence[Target], near: int, *, gaps: bool = True, single: bool = False
    ) -> None:
        """`targets` of one or more sentences in order; those nearest to the offset `near` get the shortest labels.

        With `gaps` a gap may be taken; a `single` target is the whole stretch. Of very many, those nearest carry
        letters. Raises Refused without targets.
        """
        if not targets:
            raise Refused("there is no word here to point at")
        self._targets = targets
        self.gaps = gaps
        """Whether the gap before a target may be taken."""
        self._single = single
        self._first: int | None = None
        """Index of the target that was chosen as the start."""
        self._typed = ""
        self._labels = self._labelled(0, bisect_left(targets, (near, near)))
        self.stretch: tuple[int, int] | None = None
        """What was pointed at: start and end in code points; None before both are chosen."""

    @property
    def start(self) -> Target | None:
        """The target that was chosen as the start."""
        return None if self._first is None else self._targets[self._first]

    @property
    def letters(self) -> Mapping[int, str]:
        """What to paint: from each target's start to the letters that are still to be typed for it."""
        typed = len(self._typed)
        return {
            self._targets[target_index][0]: label[typed:]
            for label, target_index in self._labels.items()
            if label.startswith(self._typed)
        }

    def press(self, key: str) -> bool:
        """Take a key; whether it meant anything here."""
        if self.stretch is not None:
            return False
        if self._first is not None and not self._typed and key in {SAME, GAP}:
            start, end = self._targets[self._first]
            if key == GAP and not self.gaps:
                return False
            self.stretch = (start, end) if key == SAME else (start, start)
            return True
        typed = self._typed + key
        if typed in self._labels:
            self._choose(self._labels[typed])
        elif any(label.startswith(typed) for label in self._labels):
            self._typed = typed
        else:
            return False
        return True

    def _choose(self, target_index: int) -> None:
        if self._single:
            self.stretch = self._targets[target_index]
            return
        if self._first is not None:
            self.stretch = (self._targets[self._first][0], self._targets[target_index][1])
            return
        self._first, self._typed = target_index, ""
        self._labels = self._labelled(target_index + 1, target_index + 1)

    def _labelled(self, first: int, near: int) -> dict[str, int]:
        """A label to the place of its target, for the targets from `first` on."""
        count = len(self._targets) - first
        order = nearest_first(count, near - first)[:MOST]
        return {
            label: first + target_index for label, target_index in zip(labels(len(order)), order, strict=True)
        }
