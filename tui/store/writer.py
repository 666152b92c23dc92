"""One annotator's open article: each step is appended to the journal, and folded into the checkpoint later.

A step is on disk when `put` returns. A fold makes, in this order, the history, the checkpoint and the absence
of the journal durable, so that whatever a crash leaves contains every step once.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tui.model.annotation import Change, Event, Step
from tui.model.clock import now
from tui.store.append_only import AppendOnlyFile
from tui.store.checkpoint import SCHEMA, Database, encode
from tui.store.checks import misplaced_in_step
from tui.store.errors import changed_elsewhere, not_saved
from tui.store.files import Identity, Staged, discard, identity, keep_as, stage
from tui.store.held import HeldFolder, OutOfPlace
from tui.store.journal import NO_EVENT, Entry, Header, entry, header_line
from tui.store.lines import Lines
from tui.store.loading import HistoryTail, Stored, apply, reached
from tui.store.lock import Lock
from tui.store.protocol import Conflict, NotSaved, StoreError
from tui.store.work_files import ArticleFiles

if TYPE_CHECKING:
    from tui.store.database import WorkDatabase

FOLD_AT = 256 * 1024
"""Bytes of a journal from which it is folded when there is time."""


class FolderWriter:
    """The one writer of one annotator's files on one article."""

    fold_at = FOLD_AT

    def __init__(
        self,
        files: ArticleFiles,
        database: Database,
        stored: Stored,
        tail: HistoryTail,
        text: str,
        lock: Lock,
        disk: HeldFolder,
    ) -> None:
        """`database` is `stored`'s or a new one; `disk` has the folder of the files open, and is released on closing.

        Raises nothing and writes nothing.
        """
        self.notices: list[str] = []
        self._files = files
        self._database = database
        self._work: WorkDatabase | None = None
        self._text = text
        self._lock: Lock | None = lock
        self._disk = disk
        self._location = disk.own_location
        """The folder in which all that is known of the files is true."""
        self._ours: set[Identity | None] = {stored.checkpoint}
        """Versions of the checkpoint that hold nothing that we do not hold too."""
        self._folded = stored.folded
        """The state of the checkpoint that is there."""
        self._older = database.stored_as if database.stored_as != SCHEMA else None
        crashed = stored.journal_size is not None
        # A journal may have been left on a failing disk: what looks written may be in memory only, and no later
        # fsync would show it. So nothing that is there is appended to: the first fold writes all of it again.
        self._tail = tail._replace(size=-1) if crashed else tail
        self._unfolded = stored.lines
        """Events that are in the journal; those that the history has too go with the next fold."""
        self._pending: list[Entry] = []
        """Events that are not on disk."""
        self._journal: AppendOnlyFile | None = None
        self._must_fold = crashed
        """Whether a journal is there that must not be appended to."""
        self._has_synced_parents = crashed or stored.checkpoint is not None or tail.size > 0
        """Whether something of this article was stored here before, so that the folder's own name is on disk."""
        self._cursor: int | None = None
        """Where the annotator is, if that is known; otherwise where the last step was."""
        self._postponed = 0
        """Bytes by which the journal may be longer, since folding it failed."""
        if self._older is not None and database.state.revision == 0:
            self._take_over(self._older)

    @property
    def revision(self) -> int:
        """The number of the last step."""
        return self._database.state.revision

    @property
    def database(self) -> WorkDatabase:
        """The work as TinyDB tables, through which every step is written."""
        if self._work is None:
            # Imported with the first step: the first paint does not wait for TinyDB.
            from tui.store.database import WorkDatabase
            from tui.store.tables import JournalStorage

            self._work = WorkDatabase(JournalStorage(self._database, self))
        return self._work

    def put(self, *steps: Step) -> int:
        """Make steps, and any that failed before, durable; returns the number of the last.

        Raises what `write` raises.
        """
        work = self.database if self._work is None else self._work
        return work.commit(*steps)

    def write(self, *steps: Step) -> int:
        """Append steps, and any that failed before, to the journal; returns the number of the last.

        Raises NotSaved or Conflict: what was stored is then unharmed and the steps stay pending.
        Raises ValueError, and takes none of the steps, when something's text is not the article's.
        """
        if self._lock is None:
            raise NotSaved(f"not saved, the article was closed: open it again ({self._files.checkpoint})")
        for step in steps:
            wrong = misplaced_in_step(step, self._text)
            if wrong is not None:
                raise ValueError(f"{step.action}: {wrong}")
        for step in steps:
            self._take(step)
        if self._pending:
            self._save()
        return self.revision

    def put_cursor(self, cursor: int) -> None:
        """Keep where the annotator is: written with the next fold."""
        self._cursor = cursor

    def tidy(self) -> None:
        """Look whether the folders are in place, and fold a long journal.

        Where that fails nothing is lost, and it is tried again when it is longer.
        """
        if self._lock is None or self._pending or self._journal is None:
            return
        # If they are not, the next step reports it.
        self._must_fold |= not self._disk.is_in_place()
        if self._must_fold or self._journal.end < self.fold_at + self._postponed:
            return
        try:
            self._fold()
        except StoreError:
            self._postponed = self._journal.end

    def close(self) -> None:
        """Write what is pending, fold, and give up the lock, the latter in any case.

        Raises NotSaved, Conflict only for steps that are not on disk.
        """
        if self._lock is None:
            return
        try:
            if self._needs_fold():
                self._fold()
        except (NotSaved, Conflict):
            if self._pending:
                raise
        finally:
            if self._journal is not None:
                self._journal.close()
            self._lock.release()
            self._lock = None
            self._disk.release()

    # -- taking steps ------------------------------------------------------

    def _take(self, step: Step) -> None:
        event = Event(seq=self.revision + 1, annotator=self._files.annotator, step=step)
        taken = entry(event, self._database.state.chain)
        apply(self._database, step)
        self._database.state = reached(self._database.state, taken)
        self._pending.append(taken)

    def _take_over(self, schema: str) -> None:
        """What an older Postil stored without its steps becomes the first step."""
        annotations = self._database.annotations
        changes = tuple(Change(before=None, after=annotations[start]) for start in sorted(annotations))
        label = f"taken over from {schema}"
        self._take(
            Step(action="migrate", label=label, at=now(), changes=changes, cursor=self._database.state.cursor)
        )

    # -- the journal -------------------------------------------------------

    def _save(self) -> None:
        if self._must_fold:
            self._fold()
            return
        try:
            self._sync_parents()
            self._append(b"".join(unsaved.line for unsaved in self._pending))
        except OSError as error:
            raise not_saved(self._files.journal, error) from error
        for saved in self._pending:
            self._unfolded.append(saved)
        self._pending = []

    def _sync_parents(self) -> None:
        """Make the names of the folders durable that lead here: who made them may have been cut short."""
        if self._has_synced_parents:
            return
        for folder in (self._files.folder.parent, self._files.folder.parent.parent):
            # Where we may not look into a folder, its owner made it, and long ago.
            with contextlib.suppress(PermissionError):
                self._disk.sync_folder(folder)
        self._has_synced_parents = True

    def _append(self, lines: bytes) -> None:
        if self._journal is None:
            first = self._pending[0]
            header = Header(meta=self._database.meta, after=first.event.seq - 1, prev=first.prev)
            try:
                self._journal = AppendOnlyFile.create(
                    self._files.journal, header_line(header) + lines, self._disk
                )
            except OSError as error:
                self._must_fold = isinstance(error, OutOfPlace) or self._is_there(self._files.journal)
                raise
        else:
            try:
                self._journal.append(lines)
            finally:
                self._must_fold = not self._journal.is_sound

    def _is_there(self, path: Path) -> bool:
        try:
            self._disk.state(path)
        except OSError:
            return False
        return True

    # -- folding -----------------------------------------------------------

    def _needs_fold(self) -> bool:
        moved = self._cursor is not None and self._cursor != self._folded.cursor
        return bool(self._pending or self._journal or self._must_fold) or moved

    def _fold(self) -> None:
        """Everything, pending steps too, into history and checkpoint. Raises NotSaved, Conflict, Locked."""
        assert self._lock is not None
        path = self._files.checkpoint
        try:
            self._lock.renew()
            if self._disk.own_location != self._location:
                self._begin_again()
            self._sync_parents()
            there = identity(path, self._disk)
            if there is not None and there not in self._ours:
                raise changed_elsewhere(path)
            path = self._files.history
            self._append_to_history()
            path = self._files.checkpoint
            self._write_checkpoint()
        except OSError as error:
            raise not_saved(path, error) from error
        self._pending = []
        self._unfolded = Lines()
        self._drop_journal()

    def _begin_again(self) -> None:
        """In a folder that was made in the place of the one before: everything is written to it.

        Raises Conflict where it has files that were not read, OSError.
        """
        for path in (self._files.checkpoint, self._files.history, self._files.journal):
            if identity(path, self._disk) is not None:
                raise changed_elsewhere(path)
        self._ours = {None}
        self._tail = HistoryTail(0, NO_EVENT, 0, 0)
        self._has_synced_parents = False
        self._location = self._disk.own_location

    def _append_to_history(self) -> None:
        from tui.store.history_end import append_steps

        # Until it has worked the file's content is unknown: then it is not appended to, but written again.
        tail, self._tail = self._tail, self._tail._replace(size=-1)
        self._tail = append_steps(
            self._files.history, self._database.meta, tail, self._unfolded, self._pending, self._disk
        )

    def _write_checkpoint(self) -> None:
        state = self._database.state
        if self._cursor is not None:
            state = msgspec.structs.replace(state, cursor=self._cursor)
        database = msgspec.structs.replace(self._database, state=state)
        staged = stage(self._files.checkpoint, encode(database), disk=self._disk)
        self._ours.add(staged.identity)
        self._keep_previous(staged)
        staged.publish(self._disk)
        self._disk.check_in_place()
        self._ours = {staged.identity}
        self._database.state = self._folded = state
        self._older = None

    def _keep_previous(self, staged: Staged) -> None:
        previous = self._files.previous if self._older is None else self._files.older(self._older)
        try:
            keep_as(self._files.checkpoint, previous, self._disk)
        except FileNotFoundError:
            return
        except OSError:
            discard(staged.temporary, self._disk)
            raise

    def _drop_journal(self) -> None:
        """The checkpoint has it all: what is left over does no harm, but is not appended to."""
        self._postponed = 0
        try:
            if self._journal is not None or self._must_fold:
                with contextlib.suppress(FileNotFoundError):
                    self._disk.unlink(self._files.journal)
                self._disk.sync_folder(self._files.folder)
            self._must_fold = False
        except OSError:
            self._must_fold = True
        if self._journal is not None:
            self._journal.close()
            self._journal = None
