"""Hints: questions about passages of an article. A hint becomes an annotation only if a person accepts it.

All offsets are code points into `Article.text`, end-exclusive.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Literal, get_args

import msgspec

HINTS_PER_BLOCK = 1000
"""Number of hints that are stored and decoded together."""

HintMode = Literal["on", "blind", "off"]
"""`on`: hints are shown; `off`: they are not; `blind`: only after you decided the sentence, to compare."""

HINT_MODES: tuple[HintMode, ...] = get_args(HintMode)


class Hint(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A probable error, within one sentence."""

    id: str
    """The same detector on the same passage of the same text always gives the same id."""
    start: int
    end: int
    detector: str
    category: str
    """The id of an error category of the built-in scheme, such as `grammar`."""
    severity: str
    """`minor`, `major` or `critical`."""
    reason: str
    """One line for the reader. It may quote the text, so it is as untrusted as the text."""
    confidence: float
    """0 to 1: how often such a hint is right, measured or estimated."""
    correction: str | None = None
    """The replacement, if it is certain; empty to delete the passage; else None."""


class HintBlock(msgspec.Struct, frozen=True):
    """A block of an article's hints, in order and undecoded."""

    start: int
    """Start of the first hint."""
    hints: msgspec.Raw


def hint_id(text_sha256: str, detector: str, start: int, end: int) -> str:
    """16 hex digits, computed from the checksum of the article's text, the detector and the bounds."""
    # Imported here: reading stored hints needs no hash, and a module-level import would delay the first paint.
    import hashlib

    return hashlib.sha256(f"{text_sha256} {detector} {start} {end}".encode()).hexdigest()[:16]


def hint_blocks(hints: Sequence[Hint]) -> list[HintBlock]:
    """The blocks of hints that an article stores; `hints` must be sorted by start."""
    return [
        HintBlock(
            hints[first].start, msgspec.Raw(msgspec.json.encode(hints[first : first + HINTS_PER_BLOCK]))
        )
        for first in range(0, len(hints), HINTS_PER_BLOCK)
    ]


class HintIndex:
    """Reads an article's hints a block at a time, and keeps the last few blocks decoded."""

    _KEPT = 8

    def __init__(self, blocks: Sequence[HintBlock]) -> None:
        self._blocks = blocks
        self._starts = [block.start for block in blocks]
        self._decoded: dict[int, list[Hint]] = {}

    def between(self, start: int, end: int) -> list[Hint]:
        """The hints that start at `start` or after it, and before `end`, in order."""
        first = max(0, bisect_left(self._starts, start) - 1)
        hints: list[Hint] = []
        for number in range(first, bisect_left(self._starts, end)):
            block = self._block(number)
            hints += block[bisect_left(block, start, key=_start_of) : bisect_left(block, end, key=_start_of)]
        return hints

    def after(self, offset: int) -> Iterator[Hint]:
        """The hints that start at `offset` or after it, in order."""
        for number in range(max(0, bisect_left(self._starts, offset) - 1), len(self._blocks)):
            block = self._block(number)
            yield from block[bisect_left(block, offset, key=_start_of) :]

    def before(self, offset: int) -> Iterator[Hint]:
        """The hints that start before `offset`, the last one first."""
        for number in range(bisect_left(self._starts, offset) - 1, -1, -1):
            block = self._block(number)
            yield from reversed(block[: bisect_left(block, offset, key=_start_of)])

    def __iter__(self) -> Iterator[Hint]:
        """All hints, in order."""
        for block in self._blocks:
            yield from _decoder.decode(block.hints)

    def _block(self, number: int) -> list[Hint]:
        hints = self._decoded.get(number)
        if hints is None:
            hints = _decoder.decode(self._blocks[number].hints)
            if len(self._decoded) >= self._KEPT:
                del self._decoded[next(iter(self._decoded))]
            self._decoded[number] = hints
        return hints


_decoder = msgspec.json.Decoder(list[Hint])
_start_of = attrgetter("start")
