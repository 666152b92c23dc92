"""The articles: one file each under `articles/`, and an index that can be rebuilt at any time."""

from __future__ import annotations

import contextlib
import os
import re
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from tui.model.article import Article
from tui.store.errors import cannot_read, cannot_write
from tui.store.files import identity, make_folder, mode_within, read_file, replace_file
from tui.store.names import is_safe, safe
from tui.store.protocol import Damaged, NoSuchArticle, StoreError, TooNew
from tui.store.seal import Seal

SCHEMA = "postil.stored-article/1"
INDEX_SCHEMA = "postil.index/1"

_OPENING = b'{"schema":"' + SCHEMA.encode() + b'",'
_SEAL = Seal(b',"crc32":"', b'"}')
"""Ends an article's file and the index. A file without it was written by an older Postil, or by hand."""
_SHOWN = 5
"""How many ids a message lists."""


class Ambiguous(StoreError):
    """More than one article's id begins like this."""


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


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """The part of an article that annotations are held against."""

    text: str
    text_sha256: str
    segmentation: int = 1


class _Outline(msgspec.Struct, kw_only=True):
    """The part of an article that its entry is made of."""

    id: str
    title: str
    source: str
    language: str
    source_language: str | None = None
    added_at: str
    prepared_by: dict[str, str] = {}
    starts: list[int]


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    """An entry, and the state of the file that it was read from."""

    size: int
    mtime_ns: int
    entry: Entry


class _Index(msgspec.Struct, kw_only=True):
    schema: str
    rows: dict[str, _Row]


class _Head(msgspec.Struct):
    schema: str


_Read = TypeVar("_Read")


def entry_of(article: Article | _Outline) -> Entry:
    return Entry(
        id=article.id,
        title=article.title,
        language=article.language,
        source_language=article.source_language,
        source=article.source,
        sentences=len(article.starts),
        added_at=article.added_at,
        has_entities="entities" in article.prepared_by,
    )


class Library:
    """The articles of one annotations folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.articles = folder / "articles"
        self.problems: tuple[str, ...] = ()
        """What the last `entries()` could not read, one line each."""
        self._rows: dict[str, _Row] | None = None

    # -- one article -------------------------------------------------------

    def save(self, article: Article) -> None:
        """Store an article durably. Raises NotPermitted, NotSaved, UnsafeName; the old file is then unharmed.

        Raises ValueError for an article as one annotator repaired it, which is nobody else's.
        """
        if article.entity_block_starts:
            raise ValueError(f"{article.id} has one annotator's sentences: publish them instead")
        path = self._path(article.id)
        encoded = memoryview(msgspec.json.encode(article))[1:-1]
        seal = _SEAL.of(zlib.crc32(encoded, zlib.crc32(_OPENING)))
        try:
            self._make_folders()
            replace_file(path, (_OPENING, encoded, seal))
        except OSError as error:
            raise cannot_write(path, error) from error

    def load(self, article_id: str) -> Article:
        """Raises NoSuchArticle, Damaged, TooNew, NotPermitted, UnsafeName."""
        article = self._decoded(article_id, Article)
        path = self._path(article_id)
        if article.id != article_id:
            raise Damaged(f"{path} holds the article {article.id[:60]!r}: give the file that name")
        if len(article.starts) != len(article.ends) or (
            article.ends and article.ends[-1] > len(article.text)
        ):
            raise Damaged(f"{path} has sentences that do not fit its text: add the article again")
        return article

    def passage(self, article_id: str) -> Passage:
        """The text alone, for checking annotations. Raises what `load` raises."""
        return self._decoded(article_id, Passage)

    def holds(self, article_id: str) -> bool:
        """Whether there is a file of the article, readable or not; False where that cannot be told. Raises UnsafeName."""
        try:
            return identity(self._path(article_id)) is not None
        except OSError:
            return False

    def with_text(self, sha256: str) -> Article | None:
        """The article that holds the text with this checksum; None when there is none. Raises what `load` raises."""
        for path in sorted(self._files(f"-{sha256[:8]}.json")):
            if is_safe(path.stem) and self.passage(path.stem).text_sha256 == sha256:
                return self.load(path.stem)
        return None

    def find(self, name: str) -> str:
        """The id that is `name` or the only one that begins with it. Raises NoSuchArticle, Ambiguous."""
        ids = self.ids()
        if name in ids:
            return name
        fitting = [found for found in ids if name and found.startswith(name.lower())]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise Ambiguous(f"{name[:60]!r} may be {_listed(fitting, 'or')}: type more of it")
        raise self._no_such(name, ids)

    def ids(self) -> list[str]:
        """The ids of all stored articles, sorted."""
        return sorted(path.stem for path in self._files() if is_safe(path.stem))

    # -- the list of all ---------------------------------------------------

    def entries(self) -> list[Entry]:
        """All readable articles, by id. What is not in the index, or has changed, is read anew.

        Raises NotPermitted when the folder itself may not be read; single files that
        cannot be read are told in `problems`.
        """
        known = self._rows if self._rows is not None else self._read_index()
        rows: dict[str, _Row] = {}
        problems: list[str] = []
        for path in sorted(self._files()):
            try:
                row = self._row(path, known.get(path.stem))
            except NoSuchArticle:
                continue
            except StoreError as error:
                problems.append(str(error))
            else:
                rows[path.stem] = row
        if rows != known:
            self._write_index(rows)
        self._rows = rows
        self.problems = tuple(problems)
        return [row.entry for row in rows.values()]

    def _row(self, path: Path, known: _Row | None) -> _Row:
        article_id = safe(path.stem)
        state = identity(path)
        if known is not None and state is not None and (known.size, known.mtime_ns) == state[1:]:
            return known
        outline = self._decoded(article_id, _Outline)
        if outline.id != article_id:
            raise Damaged(f"{path} holds the article {outline.id[:60]!r}: give the file that name")
        # The state from before reading: had the file changed since, the next call reads it again.
        _, size, mtime_ns = state or (0, 0, 0)
        return _Row(size=size, mtime_ns=mtime_ns, entry=entry_of(outline))

    def _read_index(self) -> dict[str, _Row]:
        try:
            data = read_file(self._index_path)
            index = msgspec.json.decode(data, type=_Index)
        except (OSError, ValueError, RecursionError):
            return {}
        sealed = _SEAL.read(data)
        return index.rows if index.schema == INDEX_SCHEMA and sealed is not None and sealed[1] else {}

    def _write_index(self, rows: dict[str, _Row]) -> None:
        index = msgspec.json.encode(_Index(schema=INDEX_SCHEMA, rows=rows))[:-1]
        # It only saves time: without the right to write it, this process keeps it in memory.
        with contextlib.suppress(OSError):
            replace_file(self._index_path, (index, _SEAL.of(zlib.crc32(index))))

    # -- files -------------------------------------------------------------

    @property
    def _index_path(self) -> Path:
        return self.articles / ".index.json"

    def _path(self, article_id: str) -> Path:
        return self.articles / f"{safe(article_id)}.json"

    def _files(self, ending: str = ".json") -> list[Path]:
        try:
            # Who adds many articles looks at all names for each: `iterdir` would make a path of every one.
            with os.scandir(self.articles) as found:
                names = [one.name for one in found]
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise cannot_read(self.articles, error) from error
        return [self.articles / name for name in names if name.endswith(ending) and not name.startswith(".")]

    def _make_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        make_folder(self.articles, mode_within(self.folder))

    def _decoded(self, article_id: str, kind: type[_Read]) -> _Read:
        path = self._path(article_id)
        try:
            data = read_file(path)
        except FileNotFoundError:
            raise self._no_such(article_id, self.ids()) from None
        except OSError as error:
            raise cannot_read(path, error) from error
        sealed = _SEAL.read(data)
        if sealed is not None and not sealed[1]:
            raise Damaged(f"{path} is damaged, its checksum differs: add the article again")
        try:
            if not data.startswith(_OPENING):
                _check_schema(path, msgspec.json.decode(data, type=_Head).schema)
            return msgspec.json.decode(data, type=kind)
        except (ValueError, RecursionError) as error:
            raise Damaged(f"{path} is no readable article ({error}): add the article again") from error

    def _no_such(self, name: str, ids: Iterable[str]) -> NoSuchArticle:
        ids = list(ids)
        if not ids:
            return NoSuchArticle(
                f"there is no article {name[:60]!r}, the library {self.folder} is empty: "
                "bring one in with postil add FILE"
            )
        from difflib import get_close_matches

        words = [word for word in re.split(r"\W+", name.lower()) if len(word) > 2]
        close = [found for found in ids if any(word in found for word in words)]
        close = close or get_close_matches(name.lower(), ids, n=_SHOWN, cutoff=0.4)
        hint = f"did you mean {_listed(close, 'or')}?" if close else "postil list shows all there are"
        return NoSuchArticle(f"there is no article {name[:60]!r}: {hint}")


def _check_schema(path: Path, schema: str) -> None:
    if schema == SCHEMA:
        return
    if schema.startswith("postil.stored-article/"):
        raise TooNew(f"{path} was written by a newer Postil ({schema[:60]!r}): update this one")
    raise Damaged(f"{path} is no article of Postil's ({schema[:60]!r}): move it elsewhere")


def _listed(ids: list[str], conjunction: str) -> str:
    shown = ids[:_SHOWN]
    if len(ids) > _SHOWN:
        return f"{', '.join(shown)} {conjunction} {len(ids) - _SHOWN} more"
    return f" {conjunction} ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
