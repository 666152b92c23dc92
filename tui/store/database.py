"""TinyDB as the layer through which an annotator's work on an article is queried and written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import NoReturn

from tinydb import TinyDB
from tinydb.table import Document, Table

from tui.model.annotation import Step
from tui.store.protocol import Unsupported
from tui.store.tables import TABLES, JournalStorage, JournalTable


class WorkDatabase(TinyDB):
    """One annotator's work on one article: the tables `annotations`, `entities`, `sentences` and `state`."""

    table_class = JournalTable

    def __init__(self, storage: JournalStorage) -> None:
        super().__init__(storage=lambda: storage)  # pyright: ignore[reportUnknownMemberType]
        self._journal = storage

    def commit(self, *steps: Step) -> int:
        """Make steps, and any that failed before, durable; returns the number of the last.

        Raises NotSaved, Conflict: what was stored is then unchanged and the steps stay pending.
        Raises ValueError, and takes none of the steps, when some text is not the article's.
        """
        return self._journal.commit(*steps)

    def step(self, action: str, label: str) -> AbstractContextManager[None]:
        """Make all changes in a `with` block one step: one line of the journal, undone at once.

        `action` and `label` are what `postil history` shows. After an error in the block nothing is written.
        """
        return self._journal.step(action, label)

    def table(self, name: str, *, cache_size: int = 10) -> JournalTable:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Raises Unsupported for a table that the work does not have."""
        if name not in TABLES:
            raise Unsupported(f"there is no table {name!r}: use {', '.join(TABLES[:-1])} or {TABLES[-1]}")
        table = super().table(name, cache_size=cache_size)  # pyright: ignore[reportUnknownMemberType]
        assert isinstance(table, JournalTable)
        return table

    def drop_table(self, name: str) -> NoReturn:
        """Raises Unsupported."""
        raise Unsupported(f"the table {name} cannot be dropped: remove the documents that you mean")

    def drop_tables(self) -> NoReturn:
        """Raises Unsupported."""
        raise Unsupported("tables cannot be dropped: remove the documents that you mean")

    def __enter__(self) -> WorkDatabase:
        return self

    def __repr__(self) -> str:
        counts = ", ".join(f"{name}: {len(self.table(name))}" for name in TABLES)
        return f"<{type(self).__name__} {counts}>"

    # TinyDB forwards what it does not know to a default table, which stored work does not have.

    def __getattr__(self, name: str) -> NoReturn:
        if hasattr(Table, name):
            raise Unsupported(f'there is no default table: use table("annotations").{name}')
        raise AttributeError(f"{type(self).__name__} has no attribute {name!r}")

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        raise Unsupported('there is no default table: use len(table("annotations"))')

    def __iter__(self) -> Iterator[Document]:
        raise Unsupported('there is no default table: iterate over table("annotations")')
