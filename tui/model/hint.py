"""What a machine points at in an article: a question about a passage, which is no annotation until a person says so.

All offsets are code points into `Article.text`, end-exclusive.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Literal, get_args

import msgspec

HINTS_PER_BLOCK = 1000
"""Hints that are stored, and decoded, together."""

HintMode = Literal["on", "blind", "off"]
"""Whether hints are shown; `blind`: only once a sentence is decided, to compare."""

HINT_MODES: tuple[HintMode, ...] = get_args(HintMode)


class Hint(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A probable error, within one sentence."""

    id: str
    """The same whenever the same detector points at the same place of the same text."""
    start: int
    end: int
    detector: str
    category: str
    """The id of an error category of the built-in scheme, such as `grammar`."""
    severity: str
    """`minor`, `major` or `critical`."""
    reason: str
    """One line for the reader. It may quote the text, so that it is as hostile as the text."""
    confidence: float
    """0 to 1: how often such a hint is right, as far as it was measured or is believed."""
    correction: str | None = None
    """What should stand there instead, where that is certain; empty to delete the passage."""


class HintBlock(msgspec.Struct, frozen=True):
    """Some of an article's hints in their order, undecoded."""

    start: int
    """Where the first of them starts."""
    hints: msgspec.Raw


def hint_id(text_sha256: str, detector: str, start: int, end: int) -> str:
    """16 hex digits, by the checksum of the article's text, the detector and the bounds."""
    # Reading stored hints needs no hash, and its import is on the way to the first paint.
    import hashlib

    return hashlib.sha256(f"{text_sha256} {detector} {start} {end}".encode()).hexdigest()[:16]


def hint_blocks(hints: Sequence[Hint]) -> list[HintBlock]:
    """Pack hints, sorted by start, as an article stores them."""
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
        found: list[Hint] = []
        for number in range(first, bisect_left(self._starts, end)):
            block = self._block(number)
            found += block[bisect_left(block, start, key=_start_of) : bisect_left(block, end, key=_start_of)]
        return found

    def after(self, place: int) -> Iterator[Hint]:
        """The hints that start at `place` or after it, in order."""
        for number in range(max(0, bisect_left(self._starts, place) - 1), len(self._blocks)):
            block = self._block(number)
            yield from block[bisect_left(block, place, key=_start_of) :]

    def before(self, place: int) -> Iterator[Hint]:
        """The hints that start before `place`, the last one first."""
        for number in range(bisect_left(self._starts, place) - 1, -1, -1):
            block = self._block(number)
            yield from reversed(block[: bisect_left(block, place, key=_start_of)])

    def __iter__(self) -> Iterator[Hint]:
        """All of them, in order."""
        for block in self._blocks:
            yield from _decoder.decode(block.hints)

    def _block(self, number: int) -> list[Hint]:
        found = self._decoded.get(number)
        if found is None:
            found = _decoder.decode(self._blocks[number].hints)
            if len(self._decoded) >= self._KEPT:
                del self._decoded[next(iter(self._decoded))]
            self._decoded[number] = found
        return found


_decoder = msgspec.json.Decoder(list[Hint])
_start_of = attrgetter("start")
