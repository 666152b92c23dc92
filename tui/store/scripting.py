"""How a script opens one annotator's work, and the list of articles."""

from __future__ import annotations

from pathlib import Path

from tui.store.article_table import LibraryDatabase
from tui.store.database import WorkDatabase
from tui.store.folder import FolderStore
from tui.store.index import index_of
from tui.store.library import Library
from tui.store.protocol import NotPermitted
from tui.store.tables import JournalStorage


def open_database(
    folder: Path, annotator: str, article: str, *, write: bool, scheme: str | None
) -> WorkDatabase:
    """As `tui.store.open_work`."""
    library = Library(folder)
    article_id = library.find(article)
    passage = library.passage(article_id)
    store = FolderStore(folder, scheme or "")
    contents = store.read(article_id, annotator, passage.text_sha256)
    if not write:
        if contents is None:
            contents = store.empty(article_id, annotator, passage)
        return WorkDatabase(JournalStorage(contents, None))
    if scheme is None:
        if contents is None:
            raise NotPermitted(
                f'{annotator[:60]} has no work on {article_id} yet: add the scheme, as in scheme="news/1"'
            )
        store = store.with_scheme(contents.meta.scheme)
    return store.open(article_id, annotator).database


def open_index(folder: Path) -> LibraryDatabase:
    """As `tui.store.open_library`."""
    library = Library(folder)
    # This brings the index up to date.
    library.entries()
    return LibraryDatabase(index_of(library.articles), is_read_only=True)
