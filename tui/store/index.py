"""The index of a library: what lists show of each article, so that they need not read it. It can be rebuilt at any time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from tui.model.article import Article
from tui.store.article_file import decode
from tui.store.disk import Disk
from tui.store.errors import cannot_read
from tui.store.files import Identity, identity
from tui.store.index_file import IndexFile
from tui.store.loading import read_if_there
from tui.store.protocol import Damaged
from tui.store.safe_names import safe


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What lists show of an article without reading it."""

    id: str
    title: str
    language: str
    source_language: str | None
    source: str
    sentences: int
    added_at: str
    has_entities: bool
    text_sha256: str
    layout: str = ""
    """Empty only in a row of an earlier Postil, which has neither this nor the fields below."""
    encoding: str = ""
    encoding_guess: bool = False


class Outline(msgspec.Struct, kw_only=True):
    """The part of an article that its entry is made of."""

    id: str
    title: str
    source: str
    language: str
    source_language: str | None = None
    text_sha256: str
    added_at: str
    prepared_by: dict[str, str] = {}
    layout: str = "paragraphs"
    encoding: str = ""
    encoding_guess: bool = False
    starts: list[int]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """An entry, and the state of the file that it was read from."""

    file: Identity
    entry: Entry


def index_of(articles: Path) -> IndexFile[Row]:
    """The index in the folder of the articles."""
    return IndexFile(articles, Row)


def changes_between(before: Mapping[str, Row], after: Mapping[str, Row]) -> dict[str, Row | None]:
    """The rows that differ; None for those that are gone."""
    changed: dict[str, Row | None] = {key: row for key, row in after.items() if before.get(key) != row}
    return changed | {key: None for key in before if key not in after}


def entry_of(article: Article | Outline) -> Entry:
    return Entry(
        id=article.id,
        title=article.title,
        language=article.language,
        source_language=article.source_language,
        source=article.source,
        sentences=len(article.starts),
        added_at=article.added_at,
        has_entities="entities" in article.prepared_by,
        text_sha256=article.text_sha256,
        layout=article.layout,
        encoding=article.encoding,
        encoding_guess=article.encoding_guess,
    )


def current_row(path: Path, known: Row | None, disk: Disk) -> Row | None:
    """The article's row; None where the article has gone. Raises StoreError.

    It is read again if the article's file has changed, or if an earlier Postil wrote the row.
    """
    article_id = safe(path.stem)
    try:
        state = identity(path, disk)
    except OSError as error:
        raise cannot_read(path, error) from error
    if known is not None and known.file == state and known.entry.layout:
        return known
    data = read_if_there(path, disk)
    if state is None or data is None:
        return None
    outline = decode(data, path, Outline)
    if outline.id != article_id:
        raise Damaged(f"{path} contains the article {outline.id[:60]!r}: give the file that name")
    # The state from before reading: had the file changed since, the next call reads it again.
    return Row(file=state, entry=entry_of(outline))
