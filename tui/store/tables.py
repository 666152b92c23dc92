"""One annotator's work as TinyDB tables: documents are read from the work in memory, and a change is one journal line.

TinyDB offers two points for this ("Extend TinyDB", subclassing `Table` and writing a `Storage`): a table that
reads a view and passes on only the documents that it touched, and a storage that makes a step of them. A document's
number is its start offset + 1, as in the checkpoint.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, MutableMapping
from contextlib import contextmanager
from typing import NoReturn, Protocol

from tinydb.storages import Storage
from tinydb.table import Document, Table

from tui.model.annotation import (
    Annotation,
    Change,
    EntityChange,
    EntityCorrection,
    RepairChange,
    SentenceRepair,
    Step,
)
from tui.model.clock import now
from tui.store.checkpoint import Database
from tui.store.documents import DocumentView, Draft, JsonObject, checked, pairs, plain
from tui.store.protocol import NotPermitted, Unsupported

WRITABLE = ("annotations", "entities", "sentences")
"""The tables that a script may change."""
TABLES = (*WRITABLE, "state")


class StepWriter(Protocol):
    """What makes steps durable and applies them to the work in memory."""

    def write(self, *steps: Step) -> int:
        """Return the number of the last step, which is on disk. Raises NotSaved, Conflict, ValueError."""
        ...

    def close(self) -> None: ...


class JournalStorage(Storage):
    """One annotator's work on one article: read in memory, changed a step at a time."""

    def __init__(self, contents: Database, writer: StepWriter | None) -> None:
        """`contents` change as `writer` writes; without one they may only be read."""
        self._contents = contents
        self._writer = writer
        self._changed: dict[str, dict[int, JsonObject | None]] = {}
        """What the open step has changed so far."""
        self._is_in_step = False
        self._on_change: list[Callable[[], None]] = []

    # -- what TinyDB calls -------------------------------------------------

    def read(self) -> dict[str, Mapping[str, JsonObject]]:  # pyright: ignore[reportIncompatibleMethodOverride]
        """The tables as they are now, without a copy."""
        contents = self._contents
        return {
            "annotations": DocumentView(contents.annotations, self._changed.get("annotations", {})),
            "entities": DocumentView(contents.entities, self._changed.get("entities", {})),
            "sentences": DocumentView(contents.sentences, self._changed.get("sentences", {})),
            "state": {"1": plain(contents.state)},
        }

    def write(self, data: object) -> NoReturn:
        """Raises Unsupported: each step names what it changes."""
        raise Unsupported("tables cannot be written as a whole: change their documents")

    def close(self) -> None:
        """Fold the journal and release the lock. Raises NotSaved, Conflict for steps that are not on disk."""
        if self._writer is not None:
            self._writer.close()

    # -- steps -------------------------------------------------------------

    def commit(self, *steps: Step) -> int:
        """Make steps durable, and any that failed before; returns the number of the last.

        Raises NotSaved, Conflict: the steps then stay pending. Raises NotPermitted without a writer.
        """
        if self._writer is None:
            raise NotPermitted("the work was opened for reading only: open it with write=True")
        try:
            return self._writer.write(*steps)
        finally:
            self._clear_caches()

    def change(self, table: str, documents: Mapping[int, JsonObject | None]) -> None:
        """Change documents of one table as a step, or as part of the open one."""
        if table not in WRITABLE:
            raise Unsupported(f"Postil writes the table {table} itself: it can only be read")
        if self._writer is None:
            raise NotPermitted("the work was opened for reading only: open it with write=True")
        if self._is_in_step:
            as_stored = {number: checked(table, number, document) for number, document in documents.items()}
            self._changed.setdefault(table, {}).update(as_stored)
            self._clear_caches()
        else:
            self._commit_documents({table: documents}, "script.write", f"wrote to {table} from a script")

    @contextmanager
    def step(self, action: str, label: str) -> Generator[None]:
        """All changes until the end are one step: one line of the journal, undone at once; none after an error."""
        if not (isinstance(action, str) and isinstance(label, str)):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValueError("a step has an action and a label, which are texts: give it both")
        if self._is_in_step:
            raise Unsupported("a step is open already: end it first")
        self._is_in_step = True
        try:
            yield
            changed, self._changed = self._changed, {}
            self._commit_documents(changed, action, label)
        finally:
            self._is_in_step, self._changed = False, {}
            self._clear_caches()

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call `callback` after every change."""
        self._on_change.append(callback)

    def _clear_caches(self) -> None:
        for callback in self._on_change:
            callback()

    def _commit_documents(
        self, changed: Mapping[str, Mapping[int, JsonObject | None]], action: str, label: str
    ) -> None:
        contents = self._contents
        step = Step(
            action=action,
            label=label,
            at=now(),
            cursor=contents.state.cursor,
            changes=tuple(
                Change(before=before, after=after)
                for before, after in pairs(contents.annotations, changed.get("annotations", {}), Annotation)
            ),
            entities=tuple(
                EntityChange(before=before, after=after)
                for before, after in pairs(contents.entities, changed.get("entities", {}), EntityCorrection)
            ),
            sentences=tuple(
                RepairChange(before=before, after=after)
                for before, after in pairs(contents.sentences, changed.get("sentences", {}), SentenceRepair)
            ),
        )
        if not step.changes_nothing:
            self.commit(step)


class JournalTable(Table):
    """A table whose every write is durable when it returns, and costs what it changes."""

    def __init__(self, storage: JournalStorage, name: str, cache_size: int = 10) -> None:
        super().__init__(storage, name, cache_size)
        self._journal = storage
        storage.on_change(self.clear_cache)

    def put(self, document: Mapping[str, object]) -> int:
        """Insert a document or replace it as a whole; returns its number. (`upsert` would keep what it lacks.)"""
        numbered = _numbered(document)

        def put(table: MutableMapping[int, JsonObject]) -> None:
            table[numbered.doc_id] = dict(numbered)

        self._update_table(put)
        return numbered.doc_id

    def insert(self, document: Mapping[str, object]) -> int:
        """Insert a new document; returns its number, which is its `start` + 1."""
        return super().insert(_numbered(document))  # pyright: ignore[reportUnknownMemberType]

    def insert_multiple(self, documents: Iterable[Mapping[str, object]]) -> list[int]:
        """Insert new documents as one step; returns their numbers."""
        numbered = [_numbered(document) for document in documents]
        return super().insert_multiple(numbered)  # pyright: ignore[reportUnknownMemberType]

    def truncate(self) -> NoReturn:
        """Raises Unsupported."""
        raise Unsupported(f"the table {self.name} is not emptied at once: remove the documents that you mean")

    def _read_table(self) -> Mapping[str, JsonObject]:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self._journal.read()[self.name]

    def _update_table(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, updater: Callable[[Draft[int]], None]
    ) -> None:
        draft = Draft(self._read_table(), int)
        updater(draft)
        self._journal.change(self.name, draft.changes())


def _numbered(document: Mapping[str, object]) -> Document:
    """With the number that belongs to its start. Raises ValueError."""
    if isinstance(document, Document):
        return document
    start = document.get("start")
    if not isinstance(start, int):
        raise ValueError("the document has no start offset, so it has no number: add `start`")
    return Document(document, start + 1)
