"""Putting one annotator's damaged files together again from what survives in the others.

The checkpoint, the one before it, the journal and the history each repeat part of the others: most damage
loses nothing. The damaged files are kept beside, as `<file>.damaged-1` and so on.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tui.model.annotation import Event, Step
from tui.model.clock import now
from tui.store.checks import without_misplaced
from tui.store.database import SCHEMA, Database, Meta, decode, encode
from tui.store.disk import Disk
from tui.store.errors import cannot_write
from tui.store.files import discard, keep_as, replace_file
from tui.store.log import NO_EVENT, Entry, Header, entry, header_line, is_torn, read_log, rechained, salvage
from tui.store.paths import ArticleFiles
from tui.store.protocol import Damaged
from tui.store.stored import apply, check_owner, reached, read_if_there


class Survey(NamedTuple):
    """What can still be read, put together."""

    database: Database
    steps: Sequence[Entry]
    """Every step that is left, in order."""
    damaged: Sequence[Path]
    """The files in which something cannot be read."""
    lost: Sequence[str]
    """What of the annotations could not be saved, in a few words each; empty when all of them are."""
    forgotten: Sequence[str]
    """What of the history could not be saved, though what came of it is still there."""


def survey(files: ArticleFiles, new: Meta, text: str, disk: Disk) -> Survey:
    """Read whatever can be read. `new` is for a database of which no header survives.

    Raises Foreign, TooNew, NotPermitted.
    """
    damaged: list[Path] = []
    current, previous = (
        _checkpoint(files, path, damaged, disk) for path in (files.checkpoint, files.previous)
    )
    folded, meta_of_history, history_end = _events(files, files.history, damaged, disk)
    live, meta_of_journal, journal_end = _events(files, files.journal, damaged, disk)
    base = current or previous
    meta = base.meta if base is not None else meta_of_journal or meta_of_history or new
    database = base or Database(meta=meta)
    steps = _merged(folded, live)
    lost = [*_replay(database, steps), *_diverging(folded, live)]
    # What is unreadable at the end of the history is in the checkpoint, if that is the one that followed.
    if journal_end or (history_end and current is None):
        lost.append(f"whatever came after step {database.state.revision}")
    lost += without_misplaced(database.annotations, text)
    lost += without_misplaced(database.entities, text)
    lost += without_misplaced(database.sentences, text)
    return Survey(database, steps, damaged, lost, _forgotten(database, steps))


def rebuild(files: ArticleFiles, found: Survey, disk: Disk) -> None:
    """Write the files anew from a survey, and keep the damaged ones beside. For who holds the lock.

    Raises NotPermitted, NotSaved; the damaged files are then as they were, or kept.
    """
    database = found.database
    steps = rechained(found.steps, found.steps[0].prev if found.steps else NO_EVENT)
    seq = max([database.state.revision, *(step.event.seq for step in steps)]) + 1
    names = ", ".join(path.name for path in found.damaged) or "the files did not fit together"
    unsaved = (*(f"lost: {what}" for what in found.lost), *(f"forgotten: {what}" for what in found.forgotten))
    label = "; ".join([f"repaired: {names}", *unsaved])
    repair = Step(action="repair", label=label, at=now(), changes=(), cursor=database.state.cursor)
    event = Event(seq=seq, annotator=files.annotator, step=repair)
    prev = steps[-1].crc if steps else NO_EVENT
    steps.append(entry(event, prev))
    database.state = reached(database.state, steps[-1])
    header = Header(meta=database.meta, after=steps[0].event.seq - 1, prev=steps[0].prev)
    try:
        for path in found.damaged:
            keep_as(path, free_name(path, disk), disk)
        if database.stored_as != SCHEMA:
            keep_as(files.checkpoint, files.older(database.stored_as), disk)
        replace_file(files.history, (header_line(header), *(step.line for step in steps)), disk=disk)
        replace_file(files.checkpoint, encode(database), disk=disk)
        if files.previous in found.damaged:
            disk.unlink(files.previous)
        discard(files.journal, disk)
        disk.sync_folder(files.folder)
    except OSError as error:
        raise cannot_write(files.checkpoint, error) from error


def free_name(path: Path, disk: Disk) -> Path:
    """The first of `<file>.damaged-1`, `-2`, ... that is not taken. Raises OSError."""
    taken = set(disk.names(path.parent))
    number = 1
    while f"{path.name}.damaged-{number}" in taken:
        number += 1
    return path.with_name(f"{path.name}.damaged-{number}")


def _checkpoint(files: ArticleFiles, path: Path, damaged: list[Path], disk: Disk) -> Database | None:
    data = read_if_there(path, disk)
    if data is None:
        return None
    try:
        database = decode(data, path)
    except Damaged:
        damaged.append(path)
        return None
    check_owner(database.meta, files, path)
    return database


def _events(
    files: ArticleFiles, path: Path, damaged: list[Path], disk: Disk
) -> tuple[list[Entry], Meta | None, bool]:
    """What a log still holds, its header's word on it, and whether its end was whole once and is unreadable."""
    data = read_if_there(path, disk) or b""
    log = read_log(data, path)
    meta = None
    if log.header is not None:
        meta = log.header.meta
        check_owner(meta, files, path)
    if log.has_damaged_end(len(data)):
        damaged.append(path)
    if not log.rest or is_torn(log.rest, log.end):
        return list(log.entries), meta, False
    damaged.append(path)
    entries, unreadable_end = salvage(data)
    return [found for found in entries if found.event.annotator == files.annotator], meta, unreadable_end


def _merged(folded: Sequence[Entry], live: Sequence[Entry]) -> list[Entry]:
    by_seq = {found.event.seq: found for found in (*live, *folded)}
    return [by_seq[seq] for seq in sorted(by_seq)]


def _replay(database: Database, steps: Sequence[Entry]) -> list[str]:
    """Apply the steps that the database does not include; returns what is missing between them."""
    lost: list[str] = []
    for found in steps:
        seq = found.event.seq
        if seq <= database.state.revision:
            continue
        if found.prev != database.state.chain:
            lost.append(_steps(database.state.revision + 1, seq - 1))
        apply(database, found.event.step)
        database.state = reached(database.state, found)
    return lost


def _diverging(folded: Sequence[Entry], live: Sequence[Entry]) -> list[str]:
    """Steps of a journal that belongs to another past than the history, as after a careless copy."""
    by_seq = {found.event.seq: found.event for found in folded}
    others = [found.event.seq for found in live if by_seq.get(found.event.seq, found.event) != found.event]
    return [f"{_steps(others[0], others[-1])} of the journal, where the history has others"] if others else []


def _forgotten(database: Database, steps: Sequence[Entry]) -> list[str]:
    gaps: list[str] = []
    last = 0
    for seq in (*(found.event.seq for found in steps), database.state.revision + 1):
        if seq > last + 1:
            gaps.append(_steps(last + 1, seq - 1))
        last = seq
    return gaps


def _steps(first: int, last: int) -> str:
    return f"steps {first} to {last}" if last > first else f"step {first}"
