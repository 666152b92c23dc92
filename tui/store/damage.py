"""What a crash or damage leaves of a journal or a history."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui.store.journal import CHECKSUM, Entry, entry, read_line

_SECTOR = 512
"""Bytes that a disk writes at once, at least."""


class Torn:
    """Distinguishes what a crash leaves of a last, unfinished write from damage, block by block.

    That is the beginning of a line, or sectors of zeros where the disk wrote the length before the
    content. Anything else was whole once: it is damaged.
    """

    def __init__(self, at: int) -> None:
        """`at` is where in the file the blocks begin."""
        self._start = self._end = at
        self._zeros: int | None = None
        """Where the zeros begin with which the last block ends."""
        self._has_feed = False
        self._has_sector = False

    def take(self, block: bytes) -> None:
        """The next block of the file."""
        self._has_feed |= b"\n" in block
        before, self._zeros = self._zeros, None
        for zeros in re.finditer(rb"\0+", block):
            begin = self._end + zeros.start() if zeros.start() or before is None else before
            if zeros.end() == len(block):
                self._zeros = begin
            else:
                self._has_sector |= self._may_begin(begin) and (self._end + zeros.end()) % _SECTOR == 0
        if before is not None and not block.startswith(b"\0"):
            self._has_sector |= bool(block) and self._may_begin(before) and self._end % _SECTOR == 0
            self._zeros = before if not block else self._zeros
        self._end += len(block)

    @property
    def is_torn(self) -> bool:
        """True if the blocks so far can be an unfinished write, with no more to come."""
        at_end = self._zeros is not None and self._may_begin(self._zeros)
        return not self._has_feed or self._has_sector or at_end

    def _may_begin(self, at: int) -> bool:
        return at == self._start or at % _SECTOR == 0


class Line(NamedTuple):
    """A whole line by itself: what it contains is decoded when it is asked for, and not kept."""

    seq: int
    prev: str
    crc: str
    line: bytes
    """With its line feed."""

    @classmethod
    def of(cls, entry: Entry) -> Line:
        return cls(entry.seq, entry.prev, entry.crc, entry.line)

    @property
    def entry(self) -> Entry:
        entry = read_line(self.line.removesuffix(b"\n"))
        assert entry is not None
        return entry


class Salvage:
    """Every event in the bytes of a log that can be read by itself, one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.has_unreadable_end = False
        """After the last event: whether anything follows it that cannot be read."""

    def __iter__(self) -> Iterator[Entry]:
        data = self._data
        start = read_upto = 0
        for seal in CHECKSUM.pattern.finditer(data):
            match = None
            # What separates two lines may itself be damaged, but it is one byte.
            for begin in (start, data.rfind(b'{"seq":', 0, seal.start())):
                match = read_line(data[begin : seal.end()]) if begin >= 0 else None
                if match is not None:
                    yield match
                    break
            start = seal.end() + 1
            if match is not None or not read_upto:
                read_upto = start
        self.has_unreadable_end = read_upto < len(data)


def rechained(lines: Iterable[Line], prev: str) -> Iterator[Line]:
    """The same events, each following the one before it."""
    for latest in lines:
        chained = latest if latest.prev == prev else Line.of(entry(latest.entry.event, prev))
        prev = chained.crc
        yield chained
