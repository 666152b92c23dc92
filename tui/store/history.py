"""Every step that one annotator took on one article, forwards or backwards, from the journal and the history."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tui.model.annotation import Event
from tui.store.database import REMEDY
from tui.store.disk import Disk
from tui.store.errors import cannot_read
from tui.store.log import NO_EVENT, Entry, read_header, read_line, read_log
from tui.store.paths import ArticleFiles
from tui.store.protocol import Damaged
from tui.store.stored import check_end, check_owner, read_if_there, read_stored

_WINDOW = 1 << 16
"""Bytes of the history that are read at once on the way back."""


def forwards(files: ArticleFiles, upto: int | None, disk: Disk) -> Iterator[Event]:
    """The steps in order, up to the number `upto`. Raises Damaged, Foreign, TooNew, NotPermitted."""
    stored = read_stored(files, disk)
    revision, _ = stored.last
    limit = revision if upto is None else min(upto, revision)
    last = 0
    for found in (*_folded(files, disk), *stored.journal.entries):
        if last < found.event.seq <= limit:
            last = found.event.seq
            yield found.event
    if last < min(limit, stored.folded.revision):
        raise _lacking(files.history)


def backwards(files: ArticleFiles, upto: int | None, disk: Disk) -> Iterator[Event]:
    """The steps from the last, or the one with the number `upto`, to the first; read as far as they are taken.

    Raises Damaged where the history is, Foreign, TooNew, NotPermitted.
    """
    stored = read_stored(files, disk)
    revision, prev = stored.last
    limit = revision if upto is None else min(upto, revision)
    for found in reversed(stored.journal.entries):
        if found.crc == prev:
            prev = found.prev
            if found.event.seq <= limit:
                yield found.event
    if prev == NO_EVENT:
        return
    seen = False
    for line in _lines_backwards(files.history, disk):
        found = read_line(line)
        if found is not None and found.crc == prev:
            seen = True
            prev = found.prev
            if found.event.seq <= limit:
                yield found.event
        elif seen:
            header = read_header(line, files.history)
            if header is None or header.prev != prev:
                raise _lacking(files.history)
            return
    if not seen and stored.folded.revision:
        raise _lacking(files.history)


def _folded(files: ArticleFiles, disk: Disk) -> list[Entry]:
    data = read_if_there(files.history, disk) or b""
    log = read_log(data, files.history)
    check_end(files.history, log)
    if log.header is not None:
        check_owner(log.header.meta, files, files.history)
    return list(log.entries)


def _lines_backwards(path: Path, disk: Disk) -> Iterator[bytes]:
    """The file's whole lines, last first, without their line feeds."""
    try:
        end = disk.state(path).size
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise cannot_read(path, error) from error
    window = _WINDOW
    while end > 0:
        start = max(0, end - window)
        data = (read_if_there(path, disk, start) or b"")[: end - start]
        cut = data.find(b"\n") + 1 if start else 0
        if start and cut in {0, len(data)}:
            window *= 8
            continue
        yield from reversed(data[cut:].removesuffix(b"\n").split(b"\n"))
        end = start + cut
        window = _WINDOW


def _lacking(path: Path) -> Damaged:
    return Damaged(f"{path} is damaged, earlier steps cannot be read: {REMEDY}")
