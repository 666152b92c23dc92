"""Journals and histories: a header line, then an event a line, each with its checksum, chained to the one before.

```json
{"schema":"postil.journal/1","meta":{"article":"...","annotator":"ana",...},"after":12,"prev":"90f1c2d3","crc":"..."}
{"seq":13,"prev":"90f1c2d3","annotator":"ana","step":{"action":"tag.quote","changes":[...],...},"crc":"0a1b2c3d"}
```

`crc` is the CRC-32 (zlib's) of the line up to the comma before it, in hexadecimal; `prev` is the `crc` of
the event before, `00000000` before the first. A history contains the same lines that were in the journal.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from tui.model.annotation import Event, Step
from tui.store.checkpoint import Meta
from tui.store.checksum import Checksum
from tui.store.errors import too_new
from tui.store.protocol import Foreign

SCHEMA: Literal["postil.journal/1"] = "postil.journal/1"
NO_EVENT = "00000000"
"""The `prev` of the first event."""

CHECKSUM = Checksum(b',"crc":"', b'"}')
"""Ends each line."""
_MOST_FEEDS = 2
"""Line feeds in a last line of which one byte is wrong: the one that ends it, and the wrong byte."""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What the events are about, and which event they follow."""

    schema: Literal["postil.journal/1"] = SCHEMA
    meta: Meta
    after: int
    """The number of the event before the first one here; 0 for none."""
    prev: str


class Entry(NamedTuple):
    """An event and its line."""

    event: Event
    prev: str
    crc: str
    line: bytes
    """With its line feed."""

    @property
    def seq(self) -> int:
        """The event's number."""
        return self.event.seq


class _Line(msgspec.Struct, frozen=True):
    seq: int
    prev: str
    annotator: str
    step: Step


class _Writer(msgspec.Struct, frozen=True):
    postil: str = ""


class _Schema(msgspec.Struct):
    schema: str = ""
    meta: _Writer = _Writer()


def header_line(header: Header) -> bytes:
    return _sealed(msgspec.json.encode(header))[0]


def entry(event: Event, prev: str) -> Entry:
    """The event as a line that follows the event with the checksum `prev`."""
    body = _Line(event.seq, prev, event.annotator, event.step)
    line, crc = _sealed(msgspec.json.encode(body))
    return Entry(event, prev, crc, line)


class LogReader:
    """The events of a journal or a history, read once and in order, as far as the log is whole.

    It keeps no more than a block of the file and the line that it is at. A last line that is whole but for
    one byte counts as read, though not in `end`: a write that ended before the line feed, or a bit flipped
    there, loses nothing. Nor does a lost first byte, which could not be distinguished from an unfinished write.
    """

    def __init__(self, blocks: Iterable[bytes], path: Path, first: Entry | None = None, end: int = 0) -> None:
        """`blocks` are the file's bytes; `path` is for the messages.

        With `first` they are the bytes after that event, which ends at byte `end` of the file.
        Raises TooNew, and whatever `blocks` raises.
        """
        self.path = path
        self.header: Header | None = None
        """None if it cannot be read, and after `first`."""
        self.end = end
        """Bytes up to which the file is as it was written."""
        self.last: tuple[int, str] = (0, NO_EVENT)
        """The number and the checksum of the last event so far, or of the one that the header names."""
        self.is_torn = True
        """After the last event: False if what follows it is damage, and no unfinished write."""
        self.mended = b""
        """After the last event: its line, if that was read though one byte is missing or wrong."""
        self._size = end
        self._blocks = iter(blocks)
        self._buffer = b""
        self._at = 0
        self._first = first
        self._owner: str | None = None
        if first is not None:
            self.last, self._owner = (first.seq, first.crc), first.event.annotator
        else:
            self._begin()

    @property
    def has_damaged_end(self) -> bool:
        """True if the last event's line is as long as it was written, with one byte wrong."""
        return bool(self.mended) and self._size - self.end == len(self.mended)

    def __iter__(self) -> Iterator[Entry]:
        """Raises Foreign for an event that names another annotator."""
        if self._first is not None:
            yield self._first
        while self._owner is not None:
            line = self._next_line()
            entry = None if line is None else self._following(line)
            if entry is None:
                self._put_back(line)
                break
            self.end += len(entry.line)
            yield entry
        entry = self._read_rest()
        if entry is not None:
            yield entry

    def _begin(self) -> None:
        line = self._next_line()
        self.header = None if line is None else read_header(line, self.path)
        if line is None or self.header is None:
            self._put_back(line)
            return
        self.end = len(line) + 1
        self.last = self.header.after, self.header.prev
        self._owner = self.header.meta.annotator

    def _following(self, line: bytes) -> Entry | None:
        """The line's event if it is the one that follows; it is then the last."""
        entry = read_line(line)
        if entry is None or entry.prev != self.last[1] or entry.event.seq <= self.last[0]:
            return None
        assert self._owner is not None
        _check_owner(entry, self._owner, self.path)
        self.last = entry.event.seq, entry.crc
        return entry

    def _next_line(self) -> bytes | None:
        """The next whole line without its line feed; None where the file ends before it does."""
        stop = self._buffer.find(b"\n", self._at)
        if stop < 0:
            pieces = [self._buffer[self._at :]]
            for block in self._blocks:
                self._size += len(block)
                pieces.append(block)
                if b"\n" in block:
                    break
            self._buffer, self._at = b"".join(pieces), 0
            stop = self._buffer.find(b"\n")
            if stop < 0:
                return None
        line = self._buffer[self._at : stop]
        self._at = stop + 1
        return line

    def _put_back(self, line: bytes | None) -> None:
        if line is not None:
            self._at -= len(line) + 1

    def _read_rest(self) -> Entry | None:
        """Look at what cannot be read on; the event that can still be read there."""
        rest, self._buffer = self._buffer[self._at :], b""
        self._size -= len(rest)
        if not rest:
            return None
        from tui.store.damage import Torn

        torn, pieces, feeds = Torn(self.end), list[bytes](), 0
        for block in chain((rest,), self._blocks):
            self._size += len(block)
            torn.take(block)
            feeds += block.count(b"\n")
            pieces.append(block)
            if feeds > _MOST_FEEDS:
                # It cannot be one line with one wrong byte, and it may be long: it is not kept.
                pieces.clear()
        self.is_torn = torn.is_torn
        rest = b"".join(pieces)
        for line in (rest, rest[:-1], b"{" + rest[1:-1]) if rest and self._owner is not None else ():
            entry = self._following(line)
            if entry is not None:
                self.is_torn, self.mended = True, entry.line
                return entry
        return None


def tail_reader(data: bytes, offset: int, path: Path, owner: str) -> LogReader | None:
    """The end of a log, from its byte `offset` on; None if it contains no whole event. Raises Foreign."""
    begin = data.find(b"\n") + 1
    while begin:
        stop = data.find(b"\n", begin)
        first = read_line(data[begin:stop]) if stop >= 0 else None
        if first is not None:
            _check_owner(first, owner, path)
            return LogReader((data[stop + 1 :],), path, first, offset + stop + 1)
        begin = stop + 1
    return None


def ends_with(data: bytes, crc: str) -> bool:
    """Whether a log's bytes end with the event of that checksum; those of a header alone with none."""
    if crc == NO_EVENT:
        return True
    return data.endswith(CHECKSUM.before + crc.encode() + CHECKSUM.after + b"\n")


def read_header(line: bytes, path: Path) -> Header | None:
    """The header in a log's first line, without its line feed; None when it is damaged. Raises TooNew."""
    sealed = CHECKSUM.read(line)
    try:
        if sealed is not None and sealed[1]:
            return msgspec.json.decode(line, type=Header)
    except (ValueError, RecursionError):
        pass
    if sealed is None or sealed[1]:
        _check_schema(line, path)
    return None


def _check_schema(line: bytes, path: Path) -> None:
    """Raises TooNew for what a later Postil wrote; for damage, nothing."""
    try:
        head = msgspec.json.decode(line, type=_Schema)
    except (ValueError, RecursionError):
        return
    if head.schema.startswith("postil.journal/") and head.schema != SCHEMA:
        raise too_new(path, head.schema, head.meta.postil)


def _check_owner(entry: Entry, owner: str, path: Path) -> None:
    if entry.event.annotator != owner:
        raise Foreign(
            f"{path} contains steps of {entry.event.annotator[:60]!r} among those of {owner[:60]!r}: move it aside"
        )


def read_line(line: bytes) -> Entry | None:
    """The event of a line without its line feed, whatever is before it; None when it is damaged."""
    sealed = CHECKSUM.read(line)
    if sealed is None or not sealed[1]:
        return None
    try:
        body = msgspec.json.decode(line, type=_Line)
    except (ValueError, RecursionError):
        return None
    event = Event(seq=body.seq, annotator=body.annotator, step=body.step)
    return Entry(event, body.prev, sealed[0], line + b"\n")


def _sealed(encoded: bytes) -> tuple[bytes, str]:
    body = encoded[:-1]
    crc = zlib.crc32(body)
    return body + CHECKSUM.of(crc) + b"\n", f"{crc:08x}"
