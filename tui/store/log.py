"""Journals and histories: a header line, then an event a line, each sealed and chained to the one before.

```json
{"schema":"postil.journal/1","meta":{"article":"...","annotator":"ana",...},"after":12,"prev":"90f1c2d3","crc":"..."}
{"seq":13,"prev":"90f1c2d3","annotator":"ana","step":{"action":"tag.quote","changes":[...],...},"crc":"0a1b2c3d"}
```

`crc` is the CRC-32 (zlib's) of the line up to the comma before it, in hexadecimal; `prev` is the `crc` of
the event before, `00000000` before the first. A history holds the very lines that a journal held.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from tui.model.annotation import Event, Step
from tui.store.database import Meta
from tui.store.errors import too_new
from tui.store.protocol import Foreign
from tui.store.seal import Seal

SCHEMA: Literal["postil.journal/1"] = "postil.journal/1"
NO_EVENT = "00000000"
"""The `prev` of the first event."""

_SEAL = Seal(b',"crc":"', b'"}')
_SECTOR = 512
"""Bytes that a disk writes at once, at least."""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What the events are about, and which event they follow."""

    schema: Literal["postil.journal/1"] = SCHEMA
    meta: Meta
    after: int
    """The number of the event before the first one here; 0 for none."""
    prev: str


class Entry(NamedTuple):
    """An event and the line that holds it."""

    event: Event
    prev: str
    crc: str
    line: bytes
    """With its line feed."""


class Log(NamedTuple):
    """What a log's bytes say."""

    header: Header | None
    """None where there is none that can be read."""
    entries: Sequence[Entry]
    end: int
    """Bytes up to which the file is as it was written."""
    rest: bytes
    """From the first line that cannot be read on."""
    mended: bool = False
    """Whether the last event was read though one byte of its line is missing or wrong: `end` is before it."""

    @property
    def last(self) -> tuple[int, str]:
        """The number and the checksum of the last event."""
        if self.entries:
            return self.entries[-1].event.seq, self.entries[-1].crc
        return (self.header.after, self.header.prev) if self.header is not None else (0, NO_EVENT)

    def upto(self, seq: int) -> Log:
        """Without the events after that number."""
        entries, end, mended = list(self.entries), self.end, self.mended
        while entries and entries[-1].event.seq > seq:
            end -= 0 if mended else len(entries[-1].line)
            mended = False
            entries.pop()
        return self._replace(entries=entries, end=end, mended=mended)

    def has_damaged_end(self, size: int) -> bool:
        """Whether the last event's line is as long as it was in a file of `size` bytes, with one byte wrong."""
        return self.mended and size - self.end == len(self.entries[-1].line)


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


def read_log(data: bytes, path: Path) -> Log:
    """Read a journal or a history as far as it is whole; `path` is for the messages.

    A last line that is whole but for its line feed counts as read, though not in `end`.
    Raises TooNew, and Foreign for an event that somebody else is said to have written.
    """
    if not data:
        return Log(None, (), 0, b"")
    line, feed, _ = data.partition(b"\n")
    header = read_header(line, path)
    if header is None or not feed:
        return Log(None, (), 0, data)
    return _read_lines(data, len(line) + 1, header, path)


def read_tail(data: bytes, offset: int, path: Path, owner: str) -> Log | None:
    """The end of a log, from its byte `offset` on; None when it holds no whole event. Raises Foreign."""
    begin = data.find(b"\n") + 1
    while begin:
        stop = data.find(b"\n", begin)
        first = read_line(data[begin:stop]) if stop >= 0 else None
        if first is not None:
            _check_owner(first, owner, path)
            log = _read_lines(data, stop + 1, first, path)
            return log._replace(entries=(first, *log.entries), end=offset + log.end)
        begin = stop + 1
    return None


def ends_with(data: bytes, crc: str) -> bool:
    """Whether a log's bytes end with the event of that checksum; those of a header alone with none."""
    if crc == NO_EVENT:
        return True
    return data.endswith(_SEAL.before + crc.encode() + _SEAL.after + b"\n")


def is_torn(rest: bytes, at: int) -> bool:
    """Whether `rest`, at byte `at` of its file, can be what a crash leaves of a last, unfinished write.

    That is the beginning of a line, or sectors of zeros where the disk wrote the length before the
    content. Anything else was whole once: it is damaged.
    """
    if b"\n" not in rest:
        return True
    return any(
        (found.start() == 0 or (at + found.start()) % _SECTOR == 0)
        and (found.end() == len(rest) or (at + found.end()) % _SECTOR == 0)
        for found in re.finditer(rb"\0+", rest)
    )


def salvage(data: bytes) -> tuple[list[Entry], bool]:
    """Every event in `data` that can be read by itself, and whether anything unreadable follows the last."""
    entries: list[Entry] = []
    start = read_upto = 0
    for seal in _SEAL.pattern.finditer(data):
        # What separates two lines may itself be damaged, but it is one byte.
        for begin in (start, data.rfind(b'{"seq":', 0, seal.start())):
            found = read_line(data[begin : seal.end()]) if begin >= 0 else None
            if found is not None:
                entries.append(found)
                break
        start = seal.end() + 1
        if found is not None or not read_upto:
            read_upto = start
    return entries, read_upto < len(data)


def rechained(entries: Sequence[Entry], prev: str) -> list[Entry]:
    """The same events, each following the one before it in this list."""
    chained: list[Entry] = []
    for found in entries:
        chained.append(entry(found.event, prev))
        prev = chained[-1].crc
    return chained


def read_header(line: bytes, path: Path) -> Header | None:
    """The header in a log's first line, without its line feed; None when it is damaged. Raises TooNew."""
    sealed = _SEAL.read(line)
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
        found = msgspec.json.decode(line, type=_Schema)
    except (ValueError, RecursionError):
        return
    if found.schema.startswith("postil.journal/") and found.schema != SCHEMA:
        raise too_new(path, found.schema, found.meta.postil)


def _read_lines(data: bytes, start: int, before: Header | Entry, path: Path) -> Log:
    """The events from byte `start` on, as far as they are whole. Raises Foreign."""
    entries: list[Entry] = []
    end = start
    while end < len(data):
        stop = data.find(b"\n", end)
        found = _entry_after(entries[-1] if entries else before, data[end:stop]) if stop >= 0 else None
        if found is None:
            break
        entries.append(found)
        end = stop + 1
    rest, mended = data[end:], False
    # A write that ended before the line feed, or a bit flipped there, loses nothing. Nor does a lost first
    # byte, which is_torn could not tell from an unfinished write.
    for line in (rest, rest[:-1], b"{" + rest[1:-1]) if rest else ():
        found = _entry_after(entries[-1] if entries else before, line)
        if found is not None:
            entries.append(found)
            rest, mended = b"", True
            break
    is_header = isinstance(before, Header)
    owner = before.meta.annotator if is_header else before.event.annotator
    for found in entries:
        _check_owner(found, owner, path)
    return Log(before if is_header else None, entries, end, rest, mended)


def _entry_after(before: Header | Entry, line: bytes) -> Entry | None:
    """The line's event if it is the one that follows."""
    found = read_line(line)
    if isinstance(before, Header):
        seq, crc = before.after, before.prev
    else:
        seq, crc = before.event.seq, before.crc
    return found if found is not None and found.prev == crc and found.event.seq > seq else None


def _check_owner(found: Entry, owner: str, path: Path) -> None:
    if found.event.annotator != owner:
        raise Foreign(
            f"{path} holds steps of {found.event.annotator[:60]!r} among those of {owner[:60]!r}: move it aside"
        )


def read_line(line: bytes) -> Entry | None:
    """The event of a line without its line feed, whatever is before it; None when it is damaged."""
    sealed = _SEAL.read(line)
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
    return body + _SEAL.of(crc) + b"\n", f"{crc:08x}"
