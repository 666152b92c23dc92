"""Every step that one annotator took on one article, forwards or backwards, from the journal and the history.

Neither keeps more than the step that it is at, the annotations that are stored, and backwards the journal.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tui.model.annotation import Event
from tui.store.checkpoint import REMEDY
from tui.store.disk import Disk
from tui.store.journal import NO_EVENT, LogReader, read_header, read_line
from tui.store.loading import Stored, check_end, check_owner, read_stored, stored_in
from tui.store.protocol import Damaged
from tui.store.snapshot import OpenFile, open_file, snapshot
from tui.store.work_files import ArticleFiles

_WINDOW = 1 << 16
"""Bytes of the history that are read at once on the way back."""


def forwards(files: ArticleFiles, upto: int | None, disk: Disk) -> Iterator[Event]:
    """The steps in order, up to the number `upto`. Raises Damaged, Foreign, TooNew, NotPermitted."""
    with snapshot(files, (files.journal, files.history), disk) as there:
        stored = stored_in(there)
        # Of many annotators many files are read at once.
        if there.checkpoint is not None:
            there.checkpoint.close()
        logs = (LogReader(there.blocks(path), path) for path in (files.history, files.journal))
        yield from steps(files, stored, logs, upto)


def steps(
    files: ArticleFiles, stored: Stored, logs: Iterator[LogReader], upto: int | None = None
) -> Iterator[Event]:
    """The steps of a history and a journal that were there together with what is stored.

    Raises Damaged, Foreign, and what reading `logs` raises.
    """
    revision, _ = stored.last
    limit = revision if upto is None else min(upto, revision)
    last = 0
    for log in logs:
        if log.header is not None:
            check_owner(log.header.meta, files, log.path)
        for entry in log:
            if last < entry.seq <= limit:
                last = entry.seq
                yield entry.event
        check_end(log)
    if last < min(limit, stored.folded.revision):
        raise _lacking(files.history)


def backwards(files: ArticleFiles, upto: int | None, disk: Disk) -> Iterator[Event]:
    """The steps from the last, or the one with the number `upto`, to the first; read as far as they are taken.

    Raises Damaged where the history is, Foreign, TooNew, NotPermitted.
    """
    stored = read_stored(files, disk, keep_lines=True)
    revision, prev = stored.last
    limit = revision if upto is None else min(upto, revision)
    for entry in stored.lines.backwards():
        if entry.crc == prev:
            prev = entry.prev
            if entry.seq <= limit:
                yield entry.event
    if prev == NO_EVENT:
        return
    seen = False
    for line in _lines_backwards(files.history, disk):
        entry = read_line(line)
        if entry is not None and entry.crc == prev:
            seen = True
            prev = entry.prev
            if entry.seq <= limit:
                yield entry.event
        elif seen:
            header = read_header(line, files.history)
            if header is None or header.prev != prev:
                raise _lacking(files.history)
            return
    if not seen and stored.folded.revision:
        raise _lacking(files.history)


def _lines_backwards(path: Path, disk: Disk) -> Iterator[bytes]:
    """The file's whole lines, last first, without their line feeds."""
    with open_file(path, disk) as file:
        end = 0 if file is None else file.size
    while end > 0:
        # The next undo may come after hours: the file is not held open meanwhile.
        with open_file(path, disk) as file:
            start, lines = (0, []) if file is None else _lines_before(file, end)
        yield from reversed(lines)
        end = start


def _lines_before(file: OpenFile, end: int) -> tuple[int, list[bytes]]:
    """The last whole lines before the byte `end`, and where they begin."""
    window = _WINDOW
    while True:
        start = max(0, end - window)
        data = b"".join(file.blocks(start, end))
        cut = data.find(b"\n") + 1 if start else 0
        if not start or cut not in {0, len(data)}:
            return start + cut, data[cut:].removesuffix(b"\n").split(b"\n")
        window *= 8


def _lacking(path: Path) -> Damaged:
    return Damaged(f"{path} is damaged, earlier steps cannot be read: {REMEDY}")
