"""One annotator's work as TinyDB tables: documents are read from the work in memory, and a change is one journal line.

TinyDB offers two points for this ("Extend TinyDB", subclassing `Table` and writing a `Storage`): a table that
reads a view and passes on only the documents that it touched, and a storage that makes a step of them. A document's
number is its start offset + 1, as in the checkpoint.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Generic, NoReturn, Protocol, TypeVar, cast

import msgspec
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
from tui.store.protocol import NotPermitted, Unsupported

JsonObject = dict[str, object]
"""A document as TinyDB sees it."""

WRITABLE = ("annotations", "entities", "sentences")
"""The tables that a script may change."""
TABLES = (*WRITABLE, "state")

_Kept = TypeVar("_Kept", Annotation, EntityCorrection, SentenceRepair)
_Id = TypeVar("_Id", int, str)


class StepWriter(Protocol):
    """What makes steps durable and applies them to the work in memory."""

    def write(self, *steps: Step) -> int:
        """Return the number of the last step, which is on disk. Raises NotSaved, Conflict, ValueError."""
        ...

    def close(self) -> None: ...


class DocumentView(Mapping[str, JsonObject]):
    """The documents of one table, by number, in the order of the text. Each access makes a new copy."""

    def __init__(
        self,
        kept: Mapping[int, Annotation] | Mapping[int, EntityCorrection] | Mapping[int, SentenceRepair],
        changed: Mapping[int, JsonObject | None],
    ) -> None:
        """`kept` is by start offset; `changed` are the documents that an open step has changed, by number."""
        self._kept = kept
        self._changed = changed

    def __getitem__(self, number: str) -> JsonObject:
        index = int(number)
        if index not in self._changed:
            return _plain(self._kept[index - 1])
        document = self._changed[index]
        if document is None:
            raise KeyError(number)
        return _plain(document)

    def __iter__(self) -> Iterator[str]:
        if not self._changed:
            return (str(start + 1) for start in sorted(self._kept))
        kept = {start + 1 for start in self._kept}
        removed = {number for number, document in self._changed.items() if document is None}
        return map(str, sorted((kept | self._changed.keys()) - removed))

    def __len__(self) -> int:
        return sum(1 for _ in self) if self._changed else len(self._kept)


class Draft(MutableMapping[_Id, JsonObject], Generic[_Id]):
    """A table while TinyDB updates it: what is read or written is a copy, and `changes` are the differences."""

    def __init__(self, stored: Mapping[str, JsonObject], id_type: type[_Id]) -> None:
        """Each document of `stored` must be a copy that may be changed."""
        self._stored = stored
        self._id_type: type[_Id] = id_type
        self._touched: dict[_Id, JsonObject | None] = {}

    def changes(self) -> dict[_Id, JsonObject | None]:
        """The documents that differ from the stored ones; None for those that were removed."""
        return {
            number: document
            for number, document in self._touched.items()
            if document != self._stored.get(str(number))
        }

    def __getitem__(self, number: _Id) -> JsonObject:
        if number not in self._touched:
            self._touched[number] = self._stored[str(number)]
        document = self._touched[number]
        if document is None:
            raise KeyError(number)
        return document

    def __setitem__(self, number: _Id, document: JsonObject) -> None:
        self._touched[number] = document

    def __delitem__(self, number: _Id) -> None:
        if number not in self:
            raise KeyError(number)
        self._touched[number] = None

    def __contains__(self, number: object) -> bool:
        if number in self._touched:
            return self._touched[cast(_Id, number)] is not None
        return str(number) in self._stored

    def __iter__(self) -> Iterator[_Id]:
        for key in self._stored:
            number = self._id_type(key)
            if self._touched.get(number, True) is not None:
                yield number
        for number, document in self._touched.items():
            if document is not None and str(number) not in self._stored:
                yield number

    def __len__(self) -> int:
        return sum(1 for _ in self)


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
            "state": {"1": _plain(contents.state)},
        }

    def write(self, data: object) -> NoReturn:
        """Raises Unsupported: a step says what it changes."""
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
            checked = {number: _checked(table, number, document) for number, document in documents.items()}
            self._changed.setdefault(table, {}).update(checked)
            self._clear_caches()
        else:
            self._commit_documents({table: documents}, "script.write", f"wrote to {table} from a script")

    @contextmanager
    def step(self, action: str, label: str) -> Generator[None]:
        """All changes until the end are one step: one line of the journal, undone at once; none after an error."""
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
                for before, after in _pairs(contents.annotations, changed.get("annotations", {}), Annotation)
            ),
            entities=tuple(
                EntityChange(before=before, after=after)
                for before, after in _pairs(contents.entities, changed.get("entities", {}), EntityCorrection)
            ),
            sentences=tuple(
                RepairChange(before=before, after=after)
                for before, after in _pairs(contents.sentences, changed.get("sentences", {}), SentenceRepair)
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


def _pairs(
    kept: Mapping[int, _Kept], changed: Mapping[int, JsonObject | None], kind: type[_Kept]
) -> Iterator[tuple[_Kept | None, _Kept | None]]:
    """What is kept before and after, in the order of the text, where the two differ. Raises ValueError."""
    for number in sorted(changed):
        document = changed[number]
        before = kept.get(number - 1)
        after = None if document is None else _decoded(document, number, kind)
        if before != after:
            yield before, after


def _checked(table: str, number: int, document: JsonObject | None) -> JsonObject | None:
    """The document as it would be stored. Raises ValueError."""
    if document is None:
        return None
    if table == "annotations":
        return _plain(_decoded(document, number, Annotation))
    if table == "entities":
        return _plain(_decoded(document, number, EntityCorrection))
    return _plain(_decoded(document, number, SentenceRepair))


def _decoded(document: JsonObject, number: int, kind: type[_Kept]) -> _Kept:
    """What the document means. Raises ValueError where it could not be stored as it is."""
    try:
        value = msgspec.convert(document, kind)
    except msgspec.ValidationError as error:
        raise ValueError(f"document {number} cannot be stored: {error}") from error
    unknown = next(_unknown_keys(document, _plain(value)), None)
    if unknown is not None:
        raise ValueError(f"document {number} cannot be stored: {unknown!r} is not one of its keys")
    if value.start + 1 != number:
        raise ValueError(
            f"document {number} cannot be stored: its start {value.start} belongs to {value.start + 1}"
        )
    if isinstance(value, Annotation) and value.is_empty:
        raise ValueError(
            f"document {number} cannot be stored: it has no tag, mark or note: remove it instead"
        )
    return value


def _unknown_keys(given: object, stored: object) -> Iterator[str]:
    """Keys of `given`, at any depth, that `stored` lacks."""
    if isinstance(given, Mapping) and isinstance(stored, Mapping):
        for key, value in cast(Mapping[str, object], given).items():
            if key not in stored:
                yield key
            else:
                yield from _unknown_keys(value, cast(Mapping[str, object], stored)[key])
    elif isinstance(given, list | tuple) and isinstance(stored, list | tuple):
        for left, other in zip(cast(Iterable[object], given), cast(Iterable[object], stored), strict=True):
            yield from _unknown_keys(left, other)


def _plain(value: object) -> JsonObject:
    """A new document that says the same, with lists as in the file, where msgspec has tuples."""
    return msgspec.json.decode(msgspec.json.encode(value))
