"""The end of a history: each fold adds the journal's steps to it."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

from tui.store.append_only import AppendOnlyFile
from tui.store.checkpoint import Meta
from tui.store.disk import Disk
from tui.store.files import identity, replace_file
from tui.store.journal import Entry, Header, ends_with, header_line
from tui.store.lines import Lines
from tui.store.loading import HistoryTail


def append_steps(
    path: Path, meta: Meta, tail: HistoryTail, journal: Lines, pending: Sequence[Entry], disk: Disk
) -> HistoryTail:
    """Add steps to the history that ends with `tail`, durably, and drop what a crash left of its last write.

    The steps are those after `tail` of a journal, and then those that are in no file yet. Returns the new
    end. Raises OSError, also where the file is not what `tail` says; its content is then unknown from the old
    end on.
    """
    pending = [step for step in pending if step.seq > tail.seq]
    first = journal.first_after(tail.seq) or (pending[0] if pending else None)
    last = pending[-1] if pending else journal.last_after(tail.seq)
    is_there = identity(path, disk) is not None
    header = b""
    if first is not None and (not is_there or tail.end == 0):
        tail = tail._replace(end=0, mended=b"")
        header = header_line(Header(meta=meta, after=first.seq - 1, prev=first.prev))
    lines = b"".join((header, journal.data_after(tail.seq), *(step.line for step in pending)))
    if not lines and (not is_there or tail.end == tail.size):
        return tail
    if not is_there:
        AppendOnlyFile.create(path, lines, disk).close()
    elif tail.end == tail.size:
        log = AppendOnlyFile.open(path, tail.end, disk)
        try:
            log.append(lines)
        finally:
            log.close()
    else:
        known = disk.read(path)[: tail.end]
        if len(known) < tail.end or not (tail.mended or ends_with(known, tail.crc)):
            raise OSError(errno.EBUSY, "changed by something else")
        replace_file(path, (known, tail.mended, lines), disk=disk)
    end = tail.end + len(tail.mended) + len(lines)
    seq, crc = (tail.seq, tail.crc) if last is None else (last.seq, last.crc)
    return HistoryTail(seq, crc, end, end)
