"""Putting one annotator's damaged files together again from what survives in the others.

The checkpoint, the one before it, the journal and the history each repeat part of the others: most damage
loses nothing. The damaged files are kept, as `<file>.damaged-1` and so on.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tui.model.annotation import Event, Step
from tui.model.clock import now
from tui.store.checkpoint import SCHEMA, Database, Meta, decode, encode
from tui.store.checks import without_misplaced
from tui.store.damage import Line, Salvage, rechained
from tui.store.disk import Disk
from tui.store.errors import cannot_write
from tui.store.files import keep_as, replace_file
from tui.store.journal import NO_EVENT, Header, LogReader, entry, header_line
from tui.store.loading import apply, check_owner, reached, read_history_tail, read_if_there, read_stored
from tui.store.protocol import Damaged, Foreign
from tui.store.snapshot import open_file
from tui.store.work_files import ArticleFiles


class DamageReport(NamedTuple):
    """What can still be read, put together."""

    database: Database
    steps: Sequence[Line]
    """Every step that is left, in order."""
    damaged: Sequence[Path]
    """The files in which something cannot be read."""
    lost: Sequence[str]
    """What of the annotations could not be saved, in a few words each; empty when all of them are."""
    forgotten: Sequence[str]
    """What of the history could not be saved, though what came of it is still there."""
    fits: bool = True
    """True if the files are whole and fit together: then there is nothing to put together."""


def survey(files: ArticleFiles, new: Meta, text: str, disk: Disk) -> DamageReport:
    """Read whatever can be read, for the holder of the lock. `new` is for a database of which no header survives.

    Raises Foreign, TooNew, NotPermitted; Damaged where a file cannot be read at all, or is about another text.
    """
    fits = _fits(files, disk)
    damaged: list[Path] = []
    current, previous = (
        _checkpoint(files, path, damaged, disk) for path in (files.checkpoint, files.previous)
    )
    folded, meta_of_history, history_end = _events(files, files.history, damaged, disk)
    live, meta_of_journal, journal_end = _events(files, files.journal, damaged, disk)
    base = current or previous
    meta = base.meta if base is not None else meta_of_journal or meta_of_history or new
    if meta.text_sha256 != new.text_sha256:
        raise Damaged(
            f"{files.checkpoint} is about another text of this article: move it aside to start again"
        )
    database = base or Database(meta=meta)
    steps = _merged(folded, live)
    diverging = _diverging(folded, live)
    if diverging and files.journal not in damaged:
        damaged.append(files.journal)
    lost = [*_replay(database, steps), *diverging]
    # What is unreadable at the end of the history is in the checkpoint, if that is the one that followed.
    if journal_end or (history_end and current is None):
        lost.append(f"whatever came after step {database.state.revision}")
    misplaced = [
        *without_misplaced(database.annotations, text),
        *without_misplaced(database.entities, text),
        *without_misplaced(database.sentences, text),
    ]
    if misplaced and current is not None:
        damaged.append(files.checkpoint)
    lost += misplaced
    fits = fits and not damaged and not lost
    return DamageReport(database, steps, damaged, lost, _forgotten(database, steps), fits)


def rebuild(files: ArticleFiles, report: DamageReport, disk: Disk) -> None:
    """Write the files again from a survey, and keep the damaged ones. For the holder of the lock.

    Raises NotPermitted, NotSaved; the damaged files are then as they were, or kept.
    """
    database = report.database
    seq = max([database.state.revision, *(step.seq for step in report.steps)]) + 1
    names = ", ".join(path.name for path in report.damaged) or "the files did not fit together"
    unsaved = (
        *(f"lost: {what}" for what in report.lost),
        *(f"forgotten: {what}" for what in report.forgotten),
    )
    label = "; ".join([f"repaired: {names}", *unsaved])
    repair = Step(action="repair", label=label, at=now(), changes=(), cursor=database.state.cursor)
    event = Event(seq=seq, annotator=files.annotator, step=repair)
    prev, after = (report.steps[0].prev, report.steps[0].seq - 1) if report.steps else (NO_EVENT, seq - 1)

    def lines() -> Iterator[bytes]:
        yield header_line(Header(meta=database.meta, after=after, prev=prev))
        last = prev
        for step in rechained(report.steps, prev):
            last = step.crc
            yield step.line
        written = entry(event, last)
        database.state = reached(database.state, written)
        yield written.line

    try:
        for path in report.damaged:
            keep_as(path, free_name(path, disk), disk)
        if database.stored_as != SCHEMA:
            keep_as(files.checkpoint, files.older(database.stored_as), disk)
        replace_file(files.history, lines(), disk=disk)
        replace_file(files.checkpoint, encode(database), disk=disk)
        if files.previous in report.damaged:
            disk.unlink(files.previous)
        # Not only what can be spared: were it left, it would be taken for work on what is written now.
        with contextlib.suppress(FileNotFoundError):
            disk.unlink(files.journal)
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
) -> tuple[list[Line], Meta | None, bool]:
    """What a log still contains, what its header names, and whether its end was whole once and is unreadable."""
    with open_file(path, disk) as file:
        log = LogReader(() if file is None else file.blocks(), path)
        meta = None
        if log.header is not None:
            meta = log.header.meta
            check_owner(meta, files, path)
        lines = [Line.of(line) for line in log]
        if log.has_damaged_end:
            damaged.append(path)
        if file is None or log.is_torn:
            return lines, meta, False
        damaged.append(path)
        lines.clear()
        salvaged = Salvage(file.read())
    for line in salvaged:
        if line.event.annotator == files.annotator:
            lines.append(Line.of(line))
    return lines, meta, salvaged.has_unreadable_end


def _fits(files: ArticleFiles, disk: Disk) -> bool:
    try:
        read_history_tail(files, read_stored(files, disk), disk)
    except Foreign:
        raise
    except Damaged:
        return False
    return True


def _merged(folded: Sequence[Line], live: Sequence[Line]) -> list[Line]:
    by_seq = {line.seq: line for line in (*live, *folded)}
    return [by_seq[seq] for seq in sorted(by_seq)]


def _replay(database: Database, steps: Sequence[Line]) -> list[str]:
    """Apply the steps that the database does not include; returns what is missing between them."""
    lost: list[str] = []
    for line in steps:
        if line.seq <= database.state.revision:
            continue
        if line.prev != database.state.chain:
            lost.append(_steps(database.state.revision + 1, line.seq - 1))
        written = line.entry
        apply(database, written.event.step)
        database.state = reached(database.state, written)
    return lost


def _diverging(folded: Sequence[Line], live: Sequence[Line]) -> list[str]:
    """Steps of a journal that belongs to another past than the history, as after a careless copy."""
    by_seq = {line.seq: line for line in folded}
    pairs = ((line, by_seq.get(line.seq, line)) for line in live)
    others = [
        live_line.seq
        for live_line, other in pairs
        if live_line.line != other.line and live_line.entry.event != other.entry.event
    ]
    return [f"{_steps(others[0], others[-1])} of the journal, where the history has others"] if others else []


def _forgotten(database: Database, steps: Sequence[Line]) -> list[str]:
    gaps: list[str] = []
    last = 0
    for seq in (*(line.seq for line in steps), database.state.revision + 1):
        if seq > last + 1:
            gaps.append(_steps(last + 1, seq - 1))
        last = seq
    return gaps


def _steps(first: int, last: int) -> str:
    return f"steps {first} to {last}" if last > first else f"step {first}"
