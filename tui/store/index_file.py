"""The file of the index: a row a line, of which only those that are looked up are read, and only new ones are written.

```json
{"schema":"postil.index/3","size":9120,"crc32":"90f1c2d3","crc":"0a1b2c3d"}
{"id":"a-cold-winter-6bcca903","row":{"file":[...],"entry":{...}},"crc":"5e6f7a8b"}
```

`size` and `crc32` are those of the lines that are sorted by id; later lines follow in the order in which they were
written. The last line of an article counts; `"row":null` means that the article was removed. `crc` is the CRC-32 of
the line up to the comma before it. A line that is damaged is no line: its article is read again.
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from tui.store.append_only import AppendOnlyFile
from tui.store.checksum import Checksum
from tui.store.disk import DISK
from tui.store.files import discard, discard_leftovers, replace_file

SCHEMA = "postil.index/3"
FILE_NAME = ".index.jsonl"
_EARLIER_FILE_NAME = ".index.json"

_CHECKSUM = Checksum(b',"crc":"', b'"}')
_AT_ONCE = 4096
"""Bytes that are read to find a line; most lines are shorter."""
_MOST_UNSORTED = 64 * 1024
"""Bytes after the sorted lines that are always allowed."""
_SHARE_UNSORTED = 8
"""In a long index, one part in so many may be unsorted."""

_Row = TypeVar("_Row", bound=msgspec.Struct)


class _Header(msgspec.Struct):
    schema: str
    size: int
    crc32: str


class _Id(msgspec.Struct):
    id: str


class _Line(msgspec.Struct, Generic[_Row]):
    id: str
    row: _Row | None


class IndexFile(Generic[_Row]):
    """Rows of one kind by article."""

    def __init__(self, articles: Path, kind: type[_Row]) -> None:
        """`articles` is the folder that the index is in."""
        self.path = articles / FILE_NAME
        self._lines = msgspec.json.Decoder(_Line[kind])

    def rows(self) -> dict[str, _Row]:
        """All rows, sorted by article; empty where no index can be read."""
        try:
            data = DISK.read(self.path)
            header, begin = _header(data)
            end = begin + header.size
            if f"{zlib.crc32(memoryview(data)[begin:end]):08x}" != header.crc32:
                return {}
            rows = {line.id: line.row for line in self._lines.decode_lines(data[begin:end])}
        except (OSError, ValueError, RecursionError):
            return {}
        if end < len(data):
            rows |= {line.id: line.row for line in self._sound_lines(data[end:])}
        return {article: row for article, row in sorted(rows.items()) if row is not None}

    def row(self, article: str) -> _Row | None:
        """The row of one article; None if no row can be read."""
        try:
            number = DISK.open_to_read(self.path)
        except OSError:
            return None
        try:
            header, begin = _header(DISK.read_at(number, _AT_ONCE, 0))
            end = begin + header.size
            unsorted = DISK.read_at(number, DISK.state_of(number).size - end, end)
            beginning = b'{"id":%b,' % msgspec.json.encode(article)
            if beginning in unsorted:
                latest = [line for line in self._sound_lines(unsorted) if line.id == article]
                if latest:
                    return latest[-1].row
            return self._search(number, article, begin, end)
        except (OSError, ValueError, RecursionError):
            return None
        finally:
            DISK.close(number)

    def update(
        self,
        changed: Mapping[str, _Row | None],
        names: Iterable[str] = (),
        rows: Mapping[str, _Row] | None = None,
    ) -> None:
        """Store the rows of some articles; None removes one.

        The index only saves time: without the right to write it nothing is stored. `names` are those in the
        folder: the temporary files that killed processes left are removed. `rows` are all rows after the change,
        if they are known.
        """
        with contextlib.suppress(OSError):
            if not self._append(b"".join(_line(article, row) for article, row in changed.items())):
                if rows is None:
                    merged: dict[str, _Row | None] = {**self.rows(), **changed}
                    rows = {article: row for article, row in merged.items() if row is not None}
                discard_leftovers(self.path, names)
                self._replace(rows)

    # -- reading -----------------------------------------------------------

    def _sound_lines(self, data: bytes) -> Iterator[_Line[_Row]]:
        for line in data.split(b"\n"):
            sealed = _CHECKSUM.read(line)
            if sealed is not None and sealed[1]:
                with contextlib.suppress(ValueError, RecursionError):
                    yield self._lines.decode(line)

    def _search(self, number: int, article: str, low: int, high: int) -> _Row | None:
        """The row in the sorted lines from `low` to `high`. Raises OSError, ValueError where one is damaged."""
        end = high
        while low < high:
            middle = (low + high) // 2
            begin = low if middle == low else _next_line(number, middle, end)
            if begin >= high:
                high = middle
                continue
            line = _line_at(number, begin, end)
            sealed = _CHECKSUM.read(line)
            if sealed is None or not sealed[1]:
                raise ValueError("a damaged line")
            middle_id = msgspec.json.decode(line, type=_Id).id
            if middle_id == article:
                return self._lines.decode(line).row
            if middle_id < article:
                low = begin + len(line) + 1
            else:
                high = middle
        return None

    # -- writing -----------------------------------------------------------

    def _append(self, data: bytes) -> bool:
        """Add lines, durably; False where there is no index that they can be added to. Raises OSError."""
        try:
            header, begin = _header(self._beginning())
        except (OSError, ValueError):
            return False
        size = DISK.state(self.path).size
        unsorted = size - begin - header.size
        if unsorted < 0 or unsorted + len(data) > max(_MOST_UNSORTED, header.size // _SHARE_UNSORTED):
            return False
        log = AppendOnlyFile.open(self.path, size, DISK)
        try:
            # What another process left unfinished ends here.
            log.append(b"\n" + data)
        finally:
            log.close()
        return True

    def _beginning(self) -> bytes:
        number = DISK.open_to_read(self.path)
        try:
            return DISK.read_at(number, _AT_ONCE, 0)
        finally:
            DISK.close(number)

    def _replace(self, rows: Mapping[str, _Row]) -> None:
        lines = b"".join(_line(article, rows[article]) for article in sorted(rows))
        header = _Header(schema=SCHEMA, size=len(lines), crc32=f"{zlib.crc32(lines):08x}")
        replace_file(self.path, (_sealed(msgspec.json.encode(header)), lines))
        discard(self.path.with_name(_EARLIER_FILE_NAME))


def _header(data: bytes) -> tuple[_Header, int]:
    """The header, and where the lines begin. Raises ValueError where it is damaged or of another schema."""
    line = data[: data.find(b"\n")]
    sealed = _CHECKSUM.read(line)
    if sealed is None or not sealed[1]:
        raise ValueError("a damaged header")
    header = msgspec.json.decode(line, type=_Header)
    if header.schema != SCHEMA:
        raise ValueError("another schema")
    return header, len(line) + 1


def _line(article: str, row: msgspec.Struct | None) -> bytes:
    return _sealed(msgspec.json.encode({"id": article, "row": row}))


def _sealed(encoded: bytes) -> bytes:
    body = encoded[:-1]
    return body + _CHECKSUM.of(zlib.crc32(body)) + b"\n"


def _next_line(number: int, offset: int, end: int) -> int:
    """Where the first line begins that begins at `offset` or later; `end` where none does."""
    offset -= 1
    while offset < end:
        block = DISK.read_at(number, _AT_ONCE, offset)
        if not block:
            break
        feed = block.find(b"\n")
        if feed >= 0:
            return offset + feed + 1
        offset += len(block)
    return end


def _line_at(number: int, begin: int, end: int) -> bytes:
    """The line that begins there, without its line feed."""
    line = b""
    while begin + len(line) < end:
        block = DISK.read_at(number, _AT_ONCE, begin + len(line))
        if not block:
            break
        feed = block.find(b"\n")
        line += block if feed < 0 else block[:feed]
        if feed >= 0:
            break
    return line
