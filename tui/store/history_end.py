"""The end of a history: each fold adds the journal's steps to it."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

from tui.store.append import LogEnd
from tui.store.database import Meta
from tui.store.disk import Disk
from tui.store.files import identity, replace_file
from tui.store.log import Entry, Header, ends_with, header_line
from tui.store.stored import Tail


def append_steps(path: Path, meta: Meta, tail: Tail, steps: Sequence[Entry], disk: Disk) -> Tail:
    """Add steps to the history that ends with `tail`, durably, and drop what a crash left of its last write.

    Returns its new end. Raises OSError, also where the file is not what `tail` says; its content is then
    unknown from the old end on.
    """
    lines = b"".join(step.line for step in steps)
    is_there = identity(path, disk) is not None
    if steps and (not is_there or tail.end == 0):
        tail = tail._replace(end=0, mended=b"")
        header = Header(meta=meta, after=steps[0].event.seq - 1, prev=steps[0].prev)
        lines = header_line(header) + lines
    if not lines and (not is_there or tail.end == tail.size):
        return tail
    if not is_there:
        LogEnd.create(path, lines, disk).close()
    elif tail.end == tail.size:
        log = LogEnd.open(path, tail.end, disk)
        try:
            log.append(lines)
        finally:
            log.close()
    else:
        known = disk.read(path)[: tail.end]
        if len(known) < tail.end or not (tail.mended or ends_with(known, tail.crc)):
            raise OSError(errno.EBUSY, "changed by something else")
        lines = tail.mended + lines
        replace_file(path, (known, lines), disk=disk)
    end = tail.end + len(lines)
    seq, crc = (steps[-1].event.seq, steps[-1].crc) if steps else (tail.seq, tail.crc)
    return Tail(seq, crc, end, end)
