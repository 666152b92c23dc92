"""The index of the library as a TinyDB table: a look-up reads one row, an insert writes one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import NoReturn

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from tui.store.documents import Draft, JsonObject
from tui.store.index import Entry, Row
from tui.store.index_file import IndexFile
from tui.store.protocol import Unsupported

NAME = "articles"


class RowView(Mapping[str, JsonObject]):
    """The rows of an index as documents, by article. One is looked up; all are read at once, and then kept."""

    def __init__(self, index: IndexFile[Row]) -> None:
        self._index = index
        self._all: dict[str, JsonObject] | None = None

    def __getitem__(self, article: str) -> JsonObject:
        if self._all is not None:
            return {**self._all[article]}
        row = self._index.row(article)
        if row is None:
            raise KeyError(article)
        return _document(row)

    def __iter__(self) -> Iterator[str]:
        return iter(self._read_all())

    def __len__(self) -> int:
        return len(self._read_all())

    def _read_all(self) -> dict[str, JsonObject]:
        if self._all is None:
            self._all = {article: _document(row) for article, row in self._index.rows().items()}
        return self._all


class IndexStorage(Storage):
    """The rows of an index, of which only those that are touched are read and written."""

    def __init__(self, index: IndexFile[Row], *, is_read_only: bool = False) -> None:
        self._index = index
        self._is_read_only = is_read_only

    def read(self) -> dict[str, Mapping[str, JsonObject]]:  # pyright: ignore[reportIncompatibleMethodOverride]
        return {NAME: RowView(self._index)}

    def write(self, data: object) -> NoReturn:
        """Raises Unsupported."""
        raise Unsupported("the index is not written as a whole: change its rows")

    def change(self, documents: Mapping[str, JsonObject | None]) -> None:
        """Write the rows of some articles; None removes one. Raises ValueError for what is no row."""
        if self._is_read_only:
            raise Unsupported("the list only repeats what the articles' files contain: change those")
        rows = {
            article: None if document is None else _row(article, document)
            for article, document in documents.items()
        }
        if rows:
            self._index.update(rows)


class ArticleTable(Table):
    """What lists show of each article, by its id."""

    document_id_class = str  # pyright: ignore[reportAssignmentType]

    def __init__(self, storage: IndexStorage, name: str, cache_size: int = 10) -> None:
        super().__init__(storage, name, cache_size)
        self._index = storage

    def insert(self, document: Mapping[str, object]) -> str:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Insert a new row; returns the article's id."""
        super().insert(_named(document))  # pyright: ignore[reportUnknownMemberType]
        return str(document["id"])

    def insert_multiple(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, documents: Iterable[Mapping[str, object]]
    ) -> list[str]:
        """Insert new rows at once; returns the articles' ids."""
        named = [_named(document) for document in documents]
        super().insert_multiple(named)  # pyright: ignore[reportUnknownMemberType]
        return [str(document.doc_id) for document in named]

    def truncate(self) -> NoReturn:
        """Raises Unsupported."""
        raise Unsupported("the index is not emptied at once: remove the rows that you mean")

    def _read_table(self) -> Mapping[str, JsonObject]:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self._index.read()[NAME]

    def _update_table(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, updater: Callable[[MutableMapping[str, JsonObject]], None]
    ) -> None:
        draft = Draft(self._read_table(), str)
        updater(draft)
        self._index.change(draft.changes())
        self.clear_cache()


class LibraryDatabase(TinyDB):
    """The articles of a library; their table is the default one."""

    table_class = ArticleTable
    default_table_name = NAME

    def __init__(self, index: IndexFile[Row], *, is_read_only: bool = False) -> None:
        super().__init__(storage=lambda: IndexStorage(index, is_read_only=is_read_only))  # pyright: ignore[reportUnknownMemberType]

    def table(self, name: str = NAME, *, cache_size: int = 10) -> ArticleTable:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Raises Unsupported for any table but `articles`."""
        if name != NAME:
            raise Unsupported(f"there is no table {name!r}: use {NAME}")
        table = super().table(name, cache_size=cache_size)  # pyright: ignore[reportUnknownMemberType]
        assert isinstance(table, ArticleTable)
        return table

    def drop_table(self, name: str) -> NoReturn:
        """Raises Unsupported."""
        raise Unsupported(f"the table {name} cannot be dropped: remove the rows that you mean")

    def drop_tables(self) -> NoReturn:
        """Raises Unsupported."""
        self.drop_table(NAME)

    def __enter__(self) -> LibraryDatabase:
        return self


def _named(document: Mapping[str, object]) -> Document:
    """With the article's id as its number. Raises ValueError."""
    article = document.get("id")
    if not isinstance(article, str):
        raise ValueError("the row has no article: add `id`")
    return Document(document, article)  # pyright: ignore[reportArgumentType]


def _document(row: Row) -> JsonObject:
    entry: JsonObject = {name: getattr(row.entry, name) for name in row.entry.__struct_fields__}
    return {**entry, "file": list(row.file)}


def _row(article: str, document: JsonObject) -> Row:
    try:
        row = Row(
            file=msgspec.convert(document.get("file", ()), tuple[int, int, int]),
            entry=msgspec.convert(document, Entry),
        )
    except msgspec.ValidationError as error:
        raise ValueError(f"the row of {article} cannot be stored: {error}") from error
    if row.entry.id != article or document.keys() - _document(row).keys():
        raise ValueError(f"the row of {article} cannot be stored: it has another id or an unknown key")
    return row
