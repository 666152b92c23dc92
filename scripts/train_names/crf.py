"""A linear-chain conditional random field, trained by AdaGrad with L2 on small batches. Seeded: the same data give the
same weights.

Lafferty, McCallum and Pereira, ICML 2001; Duchi, Hazan and Singer, "Adaptive Subgradient Methods", JMLR 12, 2011.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.text.names import labels

L = labels.COUNT
Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


class Segments(NamedTuple):
    """Features of tokens of segments. Token t has the features `features[starts[t]:starts[t + 1]]`."""

    features: NDArray[np.int32]
    """Indexes of rows of weights."""
    starts: Ints
    first: Ints
    """First token of each segment, and the number of tokens at the end."""
    labels: NDArray[np.int8]
    pairs: Ints
    """For each segment the number of its twin, which hides the language, or its own."""


class Weights(NamedTuple):
    features: Floats
    """Rows by labels."""
    transitions: Floats
    """From each label, and last from the beginning, to each label."""


class Settings(NamedTuple):
    epochs: int = 6
    rate: float = 0.15
    penalty: float = 1e-4
    batch: int = 32
    dropout: float = 0.0
    """The share of features that a token does without, drawn again in each epoch."""
    averaged: int = 3
    """The weights are the mean of those after the last epochs."""
    seed: int = 1


def train(data: Segments, rows: int, settings: Settings) -> Weights:
    """The weights; `rows` is the number of different features."""
    random = np.random.default_rng(settings.seed)
    weights = np.zeros((rows, L), np.float32)
    squares = np.full((rows, L), 0.05, np.float32)
    transitions = np.zeros((L + 1, L), np.float32)
    transition_squares = np.ones((L + 1, L), np.float32)
    sums = np.zeros((rows, L), np.float64), np.zeros((L + 1, L), np.float64)
    # One of each pair: half of the time the language is hidden.
    own = np.flatnonzero(data.pairs >= np.arange(len(data.pairs)))
    for epoch in range(settings.epochs):
        hides = random.random(len(own)) < 0.5
        order = np.where(hides, data.pairs[own], own)
        random.shuffle(order)
        loss = 0.0
        for at in range(0, len(order), settings.batch):
            batch = _Batch(data, order[at : at + settings.batch], settings.dropout, random)
            gradient, of_transitions, value = batch.gradient(weights, transitions)
            loss += value
            of_rows = weights[batch.rows]
            gradient += settings.penalty * of_rows
            squared = squares[batch.rows] + gradient * gradient
            squares[batch.rows] = squared
            weights[batch.rows] = of_rows - settings.rate * gradient / np.sqrt(squared)
            transition_squares += of_transitions * of_transitions
            transitions -= settings.rate * of_transitions / np.sqrt(transition_squares)
        print(f"epoch {epoch + 1}: loss {loss / len(order):.4f} a segment", flush=True)
        if epoch >= settings.epochs - settings.averaged:
            sums[0][:] += weights
            sums[1][:] += transitions
    count = min(settings.epochs, settings.averaged)
    return Weights((sums[0] / count).astype(np.float32), (sums[1] / count).astype(np.float32))


class _Batch:
    """Some segments, padded to the longest."""

    def __init__(self, data: Segments, chosen: Ints, dropout: float, random: np.random.Generator) -> None:
        lengths = data.first[chosen + 1] - data.first[chosen]
        self._lengths = lengths
        tokens = np.concatenate([np.arange(int(data.first[s]), int(data.first[s + 1])) for s in chosen])
        self._segment = np.repeat(np.arange(len(chosen)), lengths)
        self._position = np.arange(len(tokens)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        counts = data.starts[tokens + 1] - data.starts[tokens]
        self._token_starts = np.cumsum(counts) - counts
        places: Ints = np.arange(int(counts.sum()), dtype=np.int64)
        at: Ints = np.add(places, np.repeat(data.starts[tokens] - self._token_starts, counts), dtype=np.int64)
        token_of = np.repeat(np.arange(len(tokens)), counts)
        if dropout:
            kept = random.random(len(at)) >= dropout
            # The first feature, which every token has, stays: no token is without any.
            kept[self._token_starts] = True
            at, token_of = at[kept], token_of[kept]
            self._token_starts = np.searchsorted(token_of, np.arange(len(tokens)))
        features = data.features[at]
        self._scale = np.float32(1 / (1 - dropout))
        self.rows, self._inverse = np.unique(features, return_inverse=True)
        """The rows of weights that it has features of."""
        self._token_of = token_of
        self._labels = data.labels[tokens].astype(np.int64)

    def gradient(self, weights: Floats, transitions: Floats) -> tuple[Floats, Floats, float]:
        """Of the negative log likelihood: by `rows`, of the transitions; and its value."""
        own = weights[self.rows][self._inverse]
        of_tokens = np.add.reduceat(own, self._token_starts, axis=0) * self._scale
        count, longest = len(self._lengths), int(self._lengths.max())
        scores = np.zeros((count, longest, L), np.float32)
        scores[self._segment, self._position] = of_tokens
        forward, backward, total = self._sums(scores, transitions)
        marginal = np.exp(np.minimum(forward + backward - total[:, None, None], 0))
        wanted = np.zeros_like(scores)
        wanted[self._segment, self._position, self._labels] = 1
        difference = (marginal - wanted)[self._segment, self._position] * self._scale
        of_transitions, gold = self._of_transitions(scores, transitions, forward, backward, total)
        value = float((total - gold).sum())
        order = np.argsort(self._inverse, kind="stable")
        starts = np.searchsorted(self._inverse[order], np.arange(len(self.rows)))
        by_row = np.add.reduceat(difference[self._token_of[order]], starts, axis=0)
        return by_row.astype(np.float32), of_transitions, value

    def _sums(self, scores: Floats, transitions: Floats) -> tuple[Floats, Floats, Floats]:
        """Logarithms of the sums over all paths to, and from, each label; and over all paths."""
        count, longest, _ = scores.shape
        between = transitions[:L]
        forward = np.empty_like(scores)
        forward[:, 0] = scores[:, 0] + transitions[L]
        for t in range(1, longest):
            forward[:, t] = scores[:, t] + _log_sum(forward[:, t - 1][:, :, None] + between[None], 1)
        backward = np.zeros_like(scores)
        for t in range(longest - 2, -1, -1):
            ahead = (scores[:, t + 1] + backward[:, t + 1])[:, None, :] + between[None]
            is_last = (self._lengths - 1 <= t)[:, None]
            backward[:, t] = np.where(is_last, 0, _log_sum(ahead, 2))
        last = forward[np.arange(count), self._lengths - 1]
        return forward, backward, _log_sum(last, 1)

    def _of_transitions(
        self, scores: Floats, transitions: Floats, forward: Floats, backward: Floats, total: Floats
    ) -> tuple[Floats, Floats]:
        """The gradient of the transitions, and the score of the right path of each segment."""
        gradient = np.zeros((L + 1, L), np.float32)
        start = np.exp(forward[:, 0] + backward[:, 0] - total[:, None])
        gradient[L] = start.sum(0)
        for t in range(1, scores.shape[1]):
            inside = self._lengths > t
            if not inside.any():
                break
            joint = (
                forward[inside, t - 1][:, :, None]
                + transitions[None, :L]
                + (scores[inside, t] + backward[inside, t])[:, None, :]
                - total[inside][:, None, None]
            )
            gradient[:L] += np.exp(joint).sum(0)
        is_first = self._position == 0
        before = np.where(is_first, L, np.roll(self._labels, 1))
        np.add.at(gradient, (before, self._labels), -1)
        gold = np.zeros(len(self._lengths), np.float32)
        own = scores[self._segment, self._position, self._labels] + transitions[before, self._labels]
        np.add.at(gold, self._segment, own)
        return gradient, gold


def _log_sum(values: Floats, axis: int) -> Floats:
    highest = values.max(axis=axis, keepdims=True)
    return (highest + np.log(np.exp(values - highest).sum(axis=axis, keepdims=True))).squeeze(axis)
