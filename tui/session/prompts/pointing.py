"""Pointing at words by typing the letters shown on them: a start, then an end, or the gap before the start."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from tui.session.prompts.labels import MOST, labels, nearest_first
from tui.session.tags import Refused
from tui.text.words import Target

SAME = "enter"
"""The key that chooses the start target as the end too."""
GAP = "space"
"""The key that chooses the gap before the start target instead."""


class Pointing:
    """Pointing, so far. Pure: letters in, the bounds of the chosen words out."""

    def __init__(
        self, targets: Sequence[Target], near: int, *, gaps: bool = True, single: bool = False
    ) -> None:
        """`targets` are in order; those nearest to the offset `near` get the shortest labels.

        With `gaps`, a gap can be chosen; with `single`, one target is the whole choice. If there are very many, only
        the nearest get letters. Raises Refused without targets.
        """
        if not targets:
            raise Refused("there are no words to choose here")
        self._targets = targets
        self.gaps = gaps
        """True if the gap before a target can be chosen."""
        self._single = single
        self._first: int | None = None
        """Index of the start target."""
        self._typed = ""
        self._labels = self._labelled(0, bisect_left(targets, (near, near)))
        self.stretch: tuple[int, int] | None = None
        """The choice: start and end in code points; None until both are chosen."""

    @property
    def start(self) -> Target | None:
        """The start target, once it is chosen."""
        return None if self._first is None else self._targets[self._first]

    @property
    def letters(self) -> Mapping[int, str]:
        """The letters to paint: the offset of each target, and the letters still to be typed for it."""
        typed = len(self._typed)
        return {
            self._targets[target_index][0]: label[typed:]
            for label, target_index in self._labels.items()
            if label.startswith(self._typed)
        }

    def press(self, key: str) -> bool:
        """Handle a key; True if it was valid here."""
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
        """The index of the target for each label, for the targets from `first` on."""
        count = len(self._targets) - first
        order = nearest_first(count, near - first)[:MOST]
        return {
            label: first + target_index for label, target_index in zip(labels(len(order)), order, strict=True)
        }
