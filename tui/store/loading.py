"""Reading one annotator's work: the checkpoint, then the events that the journal has beyond it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from tui.model.annotation import Step
from tui.store.checkpoint import REMEDY, SECOND_PASS, Database, Meta, State, decode
from tui.store.disk import Disk
from tui.store.errors import cannot_read
from tui.store.files import Identity
from tui.store.journal import Entry, LogReader, tail_reader
from tui.store.lines import Lines
from tui.store.protocol import Damaged, Foreign
from tui.store.snapshot import OpenFile, Snapshot, current_identity, open_file, snapshot
from tui.store.work_files import ArticleFiles

_WINDOW = 1 << 16
"""Bytes of a history's end that are looked at first."""


class Journal(NamedTuple):
    """What a journal contains, as far as it shows."""

    last: tuple[int, str] | None = None
    """The number and the checksum of its last event; None for no event."""
    has_damaged_end: bool = False
    """True if its last line is as long as it was written, with one byte wrong."""


class Stored(NamedTuple):
    """What the files say."""

    database: Database | None
    """With the journal's events applied; None when nothing is stored."""
    checkpoint: Identity | None
    folded: State
    """The checkpoint's own."""
    journal: Journal
    lines: Lines
    """The journal's, if they were asked for; else none."""
    journal_size: int | None
    """Bytes, whether they can be read or not; None without a journal."""

    @property
    def last(self) -> tuple[int, str]:
        """The number and the checksum of the last step; of none where nothing is stored."""
        state = self.database.state if self.database is not None else State()
        return state.revision, state.chain


class HistoryTail(NamedTuple):
    """The end of a history."""

    seq: int
    """The number of its last event; 0 for none."""
    crc: str
    end: int
    """Bytes up to which it is as it was written."""
    size: int
    """Bytes; -1 when what follows `end` is unknown."""
    mended: bytes = b""
    """The last event's line, where that is not in the file as it should be."""


def read_stored(files: ArticleFiles, disk: Disk, *, keep_lines: bool = False) -> Stored:
    """The work as it is now; `keep_lines` to write on. Needs no lock.

    Raises Damaged, Foreign, TooNew, NotPermitted.
    """
    with snapshot(files, (files.journal,), disk) as there:
        return stored_in(there, keep_lines=keep_lines)


def stored_in(there: Snapshot, *, keep_lines: bool = False) -> Stored:
    """The work as it was at that moment: of the checkpoint and the journal. Raises as `read_stored`."""
    files, database, path = there.files, None, there.files.journal
    checkpoint, journal = there.checkpoint, there.get(path)
    if checkpoint is not None:
        database = decode(checkpoint.read(), checkpoint.path)
        check_owner(database.meta, files, checkpoint.path)
    log = LogReader(() if journal is None else journal.blocks(), path)
    if log.header is not None:
        check_owner(log.header.meta, files, path)
        database = database or Database(meta=log.header.meta)
    folded = database.state if database is not None else State()
    if log.header is not None and log.header.after > folded.revision:
        raise Damaged(f"{files.checkpoint} lacks steps that were saved: {REMEDY}")
    lines = Lines()
    latest: Entry | None = None
    for entry in log:
        latest = entry
        if keep_lines:
            lines.append(entry)
        if database is None or entry.seq <= folded.revision:
            continue
        if entry.prev != database.state.chain:
            raise Damaged(f"{path} does not continue the checkpoint: {REMEDY}")
        apply(database, entry.event.step)
        database.state = reached(database.state, entry)
    check_end(log)
    last = None if latest is None else (latest.seq, latest.crc)
    return Stored(
        database,
        there.version,
        folded,
        Journal(last, log.has_damaged_end),
        lines,
        None if journal is None else journal.size,
    )


def read_history_tail(files: ArticleFiles, stored: Stored, disk: Disk) -> HistoryTail:
    """The end of the history as it is now, for the holder of the lock. Raises as `history_tail`, and NotPermitted."""
    with open_file(files.history, disk) as history, open_file(files.journal, disk) as journal:
        return history_tail(files, stored, history, journal, disk)


def history_tail(
    files: ArticleFiles, stored: Stored, history: OpenFile | None, journal: OpenFile | None, disk: Disk
) -> HistoryTail:
    """The history's last event that is in the checkpoint or the journal.

    Events beyond, and an unfinished end, are what a crash leaves of a fold. Raises Damaged when it lacks
    events, Foreign, TooNew.
    """
    path, folded = files.history, stored.folded
    if stored.database is None:
        _check_never_begun(files, history, disk)
    tail = _history_end(path, history, files.annotator, stored.last[0])
    expected = folded.chain if tail.seq == folded.revision else _crc_of(tail.seq, files.journal, journal)
    if tail.seq < folded.revision or expected != tail.crc:
        raise Damaged(f"{path} lacks steps that were saved: {REMEDY}")
    last = stored.journal.last
    if last is not None and last[0] <= folded.revision:
        # Folded already: unless a copy from elsewhere took the place of the checkpoint and the history.
        same = _history_end(path, history, files.annotator, last[0])
        if (same.seq, same.crc) != last:
            raise Damaged(f"{files.journal} contains other steps than the checkpoint: {REMEDY}")
    return tail


def _check_never_begun(files: ArticleFiles, history: OpenFile | None, disk: Disk) -> None:
    """Raises Damaged when other files show that there was a checkpoint: new work would be written over them."""
    before = current_identity(files.previous, disk) is not None
    if not before and not (
        history is not None and any(True for _ in LogReader(history.blocks(), history.path))
    ):
        return
    if not was_carried_over(files, disk):
        raise Damaged(f"{files.checkpoint} is missing: {REMEDY}")


def was_carried_over(files: ArticleFiles, disk: Disk) -> bool:
    """A second pass is carried over checkpoint first: what is left of it does not count any more. Raises Damaged."""
    try:
        names = disk.names(files.folder)
    except OSError as error:
        raise cannot_read(files.folder, error) from error
    return any(name.startswith(f"{files.checkpoint.name}.carried-") for name in names)


def check_never_begun(files: ArticleFiles, disk: Disk) -> None:
    """Raises Damaged when nothing is stored now though other files show that something was; for readers."""
    with open_file(files.history, disk) as history:
        if history is None and current_identity(files.previous, disk) is None:
            return
        try:
            _check_never_begun(files, history, disk)
        except Damaged:
            # Someone may have begun, or brought it back, since it was read.
            if read_stored(files, disk).database is None:
                raise


def _crc_of(seq: int, path: Path, journal: OpenFile | None) -> str | None:
    """The checksum of the journal's event of that number; None when it has none."""
    if journal is None:
        return None
    log = LogReader(journal.blocks(), path)
    return next((entry.crc for entry in log if entry.seq == seq), None)


def _history_end(path: Path, history: OpenFile | None, owner: str, revision: int) -> HistoryTail:
    """Where the last event is whose number is at most `revision`."""
    if history is not None:
        window = _WINDOW
        while window < history.size:
            start = history.size - window
            log = tail_reader(history.read(start), start, path, owner)
            tail = None if log is None else _last_upto(revision, log, history.size)
            if tail is not None:
                return tail
            window *= 8
    log = LogReader(() if history is None else history.blocks(), path)
    none = HistoryTail(*log.last, log.end, 0 if history is None else history.size)
    return _last_upto(revision, log, none.size) or none


def _last_upto(revision: int, log: LogReader, size: int) -> HistoryTail | None:
    last = None
    for entry in log:
        if entry.seq <= revision:
            last = HistoryTail(entry.seq, entry.crc, log.end, size, log.mended)
    check_end(log)
    return last


def apply(database: Database, step: Step) -> None:
    """Apply the step to the database, but for its state."""
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


def check_end(log: LogReader) -> None:
    """Raises Damaged when what cannot be read at the end of a log, read to there, is more than an unfinished write."""
    if not log.is_torn:
        raise Damaged(f"{log.path} is damaged after byte {log.end}: {REMEDY}")


def read_if_there(path: Path, disk: Disk, start: int = 0) -> bytes | None:
    """Raises Damaged, NotPermitted."""
    try:
        return disk.read(path, start)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise cannot_read(path, error) from error
