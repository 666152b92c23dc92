"""The most probable labels of a segment (Viterbi), from the weights of its features."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from zlib import crc32

from tui.text.names import labels
from tui.text.names.model_file import Model

_LANE = 24
"""Bits of each label in a sum of all labels: one addition of long integers instead of nine."""
_MASK = (1 << _LANE) - 1
_SHIFTS = tuple(_LANE * label for label in range(labels.COUNT))
_CENTRE = 1 << (_LANE - 1)
_ZERO = sum(_CENTRE << shift for shift in _SHIFTS)
NEVER = -1_000_000
"""Added to the score of a label that is impossible."""
_MOST_CACHED = 200_000


class Decoder:
    def __init__(self, model: Model) -> None:
        self._keys, self._weights = model.feature_keys, model.weights
        self._mask = (1 << model.header.feature_bits) - 1
        self._cache: dict[str, int] = {}
        transitions = model.header.transitions
        self._from_start = [
            weight + (NEVER if labels.continues(label) else 0) for label, weight in enumerate(transitions[-1])
        ]
        self._to = [
            [
                transitions[before][label]
                + (NEVER if labels.continues(label) and before not in (label - 1, label) else 0)
                for before in range(labels.COUNT)
            ]
            for label in range(labels.COUNT)
        ]

    def scores(self, features: Sequence[str]) -> list[int]:
        """The score of each label of one token."""
        cache = self._cache
        total = _ZERO
        for feature in features:
            row = cache.get(feature)
            total += self._row(feature) if row is None else row
        return [(total >> shift & _MASK) - _CENTRE for shift in _SHIFTS]

    def _row(self, feature: str) -> int:
        """The weights of a feature, a label in each lane."""
        key = crc32(feature.encode("utf-8", "surrogatepass")) & self._mask
        at = bisect_left(self._keys, key)
        row = 0
        if at < len(self._keys) and self._keys[at] == key:
            for label, weight in enumerate(self._weights[labels.COUNT * at : labels.COUNT * (at + 1)]):
                row += (weight if weight < 128 else weight - 256) << _SHIFTS[label]
        if len(self._cache) >= _MOST_CACHED:
            self._cache.clear()
        self._cache[feature] = row
        return row

    def best(self, scores: Sequence[list[int]]) -> list[int]:
        """The labels of a segment, of which `scores` has each token's."""
        values = [score + weight for score, weight in zip(scores[0], self._from_start, strict=True)]
        back: list[list[int]] = []
        for own in scores[1:]:
            following: list[int] = []
            chosen: list[int] = []
            for label, to in enumerate(self._to):
                sums = list(map(int.__add__, values, to))
                best = max(sums)
                chosen.append(sums.index(best))
                following.append(best + own[label])
            back.append(chosen)
            values = following
        path = [values.index(max(values))]
        for chosen in reversed(back):
            path.append(chosen[path[-1]])
        path.reverse()
        return path
