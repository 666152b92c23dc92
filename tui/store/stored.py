"""Reading one annotator's work: the checkpoint, then the events that the journal has beyond it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from tui.model.annotation import Step
from tui.store.database import REMEDY, SECOND_PASS, Database, Meta, State, decode
from tui.store.disk import Disk
from tui.store.errors import cannot_read
from tui.store.files import Identity, identity
from tui.store.log import Entry, Log, is_torn, read_log, read_tail
from tui.store.paths import ArticleFiles
from tui.store.protocol import Damaged, Foreign

_TRIES = 100
"""How often a fold may come between reading the checkpoint and reading the journal."""

_WINDOW = 1 << 16
"""Bytes of a history's end that are looked at first."""


class Stored(NamedTuple):
    """What the files say."""

    database: Database | None
    """With the journal's events applied; None when nothing is stored."""
    checkpoint: Identity | None
    folded: State
    """The checkpoint's own."""
    journal: Log
    journal_size: int | None
    """Bytes, whether they can be read or not; None without a journal."""

    @property
    def last(self) -> tuple[int, str]:
        """The number and the checksum of the last step; of none where nothing is stored."""
        state = self.database.state if self.database is not None else State()
        return state.revision, state.chain


class Tail(NamedTuple):
    """The end of a history."""

    seq: int
    """The number of its last event; 0 for none."""
    crc: str
    end: int
    """Bytes up to which it is as it was written."""
    size: int
    """Bytes; -1 when what is behind `end` is unknown."""
    mended: bytes = b""
    """The last event's line, where that is not in the file as it should be."""


def read_stored(files: ArticleFiles, disk: Disk) -> Stored:
    """The work as it is now. Needs no lock. Raises Damaged, Foreign, TooNew, NotPermitted."""
    for _ in range(_TRIES):
        before = _identity(files, disk)
        checkpoint = read_if_there(files.checkpoint, disk)
        journal = read_if_there(files.journal, disk)
        if _identity(files, disk) == before:
            return _joined(files, before, checkpoint, journal)
    raise Damaged(f"{files.checkpoint} is replaced all the time: find out by what, and stop it")


def read_history_tail(files: ArticleFiles, stored: Stored, disk: Disk) -> Tail:
    """The history's last event that is in the checkpoint or the journal.

    Events beyond, and an unfinished end, are what a crash leaves of a fold. Raises Damaged when it lacks
    events, Foreign, TooNew, NotPermitted.
    """
    path = files.history
    revision, _ = stored.last
    try:
        size = disk.state(path).size
    except (FileNotFoundError, NotADirectoryError):
        log, size = read_log(b"", path), 0
    except OSError as error:
        raise cannot_read(path, error) from error
    else:
        log = _history_end(path, size, files.annotator, revision, disk)
    known = {found.event.seq: found.crc for found in stored.journal.entries}
    known[stored.folded.revision] = stored.folded.chain
    seq, crc = log.last
    if seq < stored.folded.revision or known.get(seq) != crc:
        raise Damaged(f"{path} lacks steps that were saved: {REMEDY}")
    left = stored.journal
    if left.entries and left.last[0] <= stored.folded.revision:
        # Folded already: unless a copy from elsewhere took the place of the checkpoint and the history.
        same = _history_end(path, size, files.annotator, left.last[0], disk)
        if same.last != left.last:
            raise Damaged(f"{files.journal} holds other steps than the checkpoint: {REMEDY}")
    return Tail(seq, crc, log.end, size, log.entries[-1].line if log.mended else b"")


def _history_end(path: Path, size: int, owner: str, revision: int, disk: Disk) -> Log:
    window = _WINDOW
    while True:
        start = max(0, size - window)
        data = read_if_there(path, disk, start) or b""
        log = read_tail(data, start, path, owner) if start else read_log(data, path)
        if log is not None:
            check_end(path, log)
            log = log.upto(revision)
            if log.entries or not start:
                return log
        window *= 8


def apply(database: Database, step: Step) -> None:
    """Make the database say what it says after the step; its state stays."""
    if step.scheme:
        database.meta = msgspec.structs.replace(database.meta, scheme=step.scheme)
    for change in step.changes:
        if change.after is None or change.after.is_empty:
            database.annotations.pop(change.start, None)
        else:
            database.annotations[change.start] = change.after
    for entity in step.entities:
        if entity.after is None:
            database.entities.pop(entity.start, None)
        else:
            database.entities[entity.start] = entity.after
    for repair in step.sentences:
        if repair.after is None:
            database.sentences.pop(repair.start, None)
        else:
            database.sentences[repair.start] = repair.after


def reached(state: State, entry: Entry) -> State:
    """The state after the event."""
    step = entry.event.step
    return State(cursor=step.cursor, revision=entry.event.seq, chain=entry.crc, updated_at=step.at)


def check_owner(meta: Meta, files: ArticleFiles, path: Path) -> None:
    """Raises Foreign when the file says that it is another person's, about another article, or another pass."""
    if (meta.article, meta.annotator) != (files.article, files.annotator):
        raise Foreign(
            f"{path} says it is {meta.annotator[:60]!r} on {meta.article[:60]!r}: move it to where it belongs"
        )
    if (meta.sitting == SECOND_PASS) != (files.kind == "second"):
        says = "is a second pass" if meta.sitting == SECOND_PASS else "is no second pass"
        raise Foreign(f"{path} says it {says}: move it to where it belongs")


def check_end(path: Path, log: Log) -> None:
    """Raises Damaged when what cannot be read at the end is more than an unfinished write."""
    if log.rest and not is_torn(log.rest, log.end):
        raise Damaged(f"{path} is damaged after byte {log.end}: {REMEDY}")


def read_if_there(path: Path, disk: Disk, start: int = 0) -> bytes | None:
    """Raises Damaged, NotPermitted."""
    try:
        return disk.read(path, start)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise cannot_read(path, error) from error


def _identity(files: ArticleFiles, disk: Disk) -> Identity | None:
    try:
        return identity(files.checkpoint, disk)
    except NotADirectoryError:
        return None
    except OSError as error:
        raise cannot_read(files.checkpoint, error) from error


def _joined(
    files: ArticleFiles, there: Identity | None, checkpoint: bytes | None, journal: bytes | None
) -> Stored:
    database = None
    if checkpoint is not None:
        database = decode(checkpoint, files.checkpoint)
        check_owner(database.meta, files, files.checkpoint)
    log = read_log(journal or b"", files.journal)
    check_end(files.journal, log)
    if log.header is not None:
        check_owner(log.header.meta, files, files.journal)
        database = database or Database(meta=log.header.meta)
    folded = database.state if database is not None else State()
    if database is not None and log.header is not None:
        if log.header.after > folded.revision:
            raise Damaged(f"{files.checkpoint} lacks steps that were saved: {REMEDY}")
        for found in log.entries:
            if found.event.seq > folded.revision:
                if found.prev != database.state.chain:
                    raise Damaged(f"{files.journal} does not continue the checkpoint: {REMEDY}")
                apply(database, found.event.step)
                database.state = reached(database.state, found)
    return Stored(database, there, folded, log, None if journal is None else len(journal))
