"""The articles: one file each under `articles/`, and an index that can be rebuilt at any time."""

from __future__ import annotations

import re
from collections.abc import Collection, Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from tui.model.article import Article
from tui.model.identity import DIGITS, is_hash
from tui.store.article_file import CHECKSUM, decode, version_at_end, version_of
from tui.store.disk import DISK, Disk
from tui.store.errors import cannot_read
from tui.store.files import identity
from tui.store.held import HeldFolder, hold_to_read
from tui.store.loading import read_if_there
from tui.store.protocol import Damaged, NoSuchArticle, StoreError, Unreadable
from tui.store.safe_names import is_safe, safe

if TYPE_CHECKING:
    from tui.store.index import Entry, Row

_SHOWN = 5
"""How many ids a message lists."""


class Ambiguous(StoreError):
    """More than one article's id begins like this."""


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """The part of an article that annotations are held against."""

    text: str
    text_sha256: str
    segmentation: int = 1


class _Hash(msgspec.Struct):
    text_sha256: str


_Read = TypeVar("_Read")


class Library:
    """The articles of one annotations folder."""

    def __init__(self, folder: Path, disk: Disk = DISK) -> None:
        """`disk` may hold the folder of the articles already: then it is read in that one and by no other path."""
        self.folder = folder
        self.disk = disk
        self.articles = folder / "articles"
        self.problems: tuple[str, ...] = ()
        """What the last `entries()` could not read, one line each."""
        self._rows: dict[str, Row] | None = None

    # -- one article -------------------------------------------------------

    def save(self, article: Article, *, who: str = "", doing: str = "changing it") -> Article:
        """Store a new article under its own id, or the next version of one, durably; returns it with its `version`.

        Raises Changed if the stored file is not the version that was read, Locked, NotPermitted, NotSaved, UnsafeName; the old file is
        then unharmed. Raises ValueError for an article as one annotator repaired it.
        """
        from tui.store.changes import change

        with change(self, article.id, who=who, doing=doing) as held:
            return held.save(article)

    def load(self, article_id: str) -> Article:
        """Raises NoSuchArticle, Damaged, TooNew, NotPermitted, UnsafeName."""
        article = self._decoded(article_id, Article)
        path = self.path(article_id)
        if article.id != article_id:
            raise Damaged(f"{path} contains the article {article.id[:60]!r}: give the file that name")
        if len(article.starts) != len(article.ends) or (
            article.ends and article.ends[-1] > len(article.text)
        ):
            raise Damaged(f"{path} has sentences that do not fit its text: add the article again")
        return article

    def version(self, article_id: str) -> str:
        """The version of the stored file, which no other has; empty without a file.

        Raises Damaged, NotPermitted, UnsafeName.
        """
        path = self.path(article_id)
        with self._held() as disk:
            data = None if disk is None else read_if_there(path, disk)
        return "" if data is None else version_of(data, path)

    def has_version(self, article_id: str, version: str) -> bool:
        """False where the stored file is not that version. Reads no more than its end. Raises UnsafeName."""
        path = self.path(article_id)
        try:
            with self._held() as disk:
                if disk is None:
                    return False
                size = disk.state(path).size
                stored = version_at_end(disk.read(path, max(0, size - CHECKSUM.length)), size)
            return (self.version(article_id) if stored is None else stored) == version
        except (OSError, StoreError):
            return False

    def text_sha256(self, article_id: str) -> str:
        """The checksum of the article's text. Raises what `load` raises."""
        return self._decoded(article_id, _Hash).text_sha256

    def passage(self, article_id: str) -> Passage:
        """The text alone, for checking annotations. Raises what `load` raises."""
        return self._decoded(article_id, Passage)

    def holds(self, article_id: str) -> bool:
        """True if there is a file of the article, readable or not. Raises NotPermitted, Damaged, UnsafeName."""
        path = self.path(article_id)
        try:
            with self._held() as disk:
                return disk is not None and identity(path, disk) is not None
        except OSError as error:
            raise cannot_read(path, error) from error

    def with_text(self, sha256: str, names: Collection[str] | None = None) -> Article | None:
        """The article that contains the text with this checksum; None if no whole article does.

        `names` are those in the folder, where they were read just now. Raises TooNew, NotPermitted, Unreadable
        where a file that may hold it cannot be read.
        """
        names = self.names() if names is None else names
        stems = (
            name.removesuffix(".json") for name in names if sha256[:8] in name and name.endswith(".json")
        )
        for stem in sorted(stems):
            if is_hash(stem.rpartition("-")[2], sha256) and is_safe(stem):
                try:
                    if self.passage(stem).text_sha256 == sha256:
                        return self.load(stem)
                except Unreadable:
                    raise
                except (NoSuchArticle, Damaged):
                    continue
        return None

    def find(self, name: str) -> str:
        """The id that is `name` or the only one that begins with it. Raises NoSuchArticle, Ambiguous."""
        ids = self.ids()
        if name in ids:
            return name
        fitting = [candidate for candidate in ids if name and candidate.startswith(name.lower())]
        if len(fitting) == 1:
            if _may_be_anothers(name.lower(), fitting[0]):
                raise NoSuchArticle(
                    f"{name[:60]!r} is the id of another text, which is not in the library: type all of {fitting[0]}"
                )
            return fitting[0]
        if fitting:
            raise Ambiguous(f"{name[:60]!r} may be {_listed(fitting, 'or')}: type more of it")
        raise self._no_such(name, ids)

    def ids(self) -> list[str]:
        """The ids of all stored articles, sorted."""
        return sorted(path.stem for path in self._files(self.names()) if is_safe(path.stem))

    # -- the list of all ---------------------------------------------------

    def entries(self) -> list[Entry]:
        """All readable articles, by id. What is not in the index, or has changed, is read again.

        Raises NotPermitted when the folder itself may not be read; single files that
        cannot be read are listed in `problems`.
        """
        # Only lists need it, and its import is on the way to the first paint.
        from tui.store.index import changes_between, current_row, index_of

        index = index_of(self.articles)
        known = self._rows if self._rows is not None else index.rows()
        rows: dict[str, Row] = {}
        problems: list[str] = []
        names = self.names()
        with self._held() as disk:
            for path in sorted(self._files(names)):
                try:
                    row = None if disk is None else current_row(path, known.get(path.stem), disk)
                except StoreError as error:
                    problems.append(str(error))
                else:
                    if row is not None:
                        rows[path.stem] = row
        if rows != known:
            index.update(changes_between(known, rows), names, rows)
        self._rows = rows
        self.problems = tuple(problems)
        return [row.entry for row in rows.values()]

    # -- files -------------------------------------------------------------

    def path(self, article_id: str) -> Path:
        """The article's file. Raises UnsafeName."""
        return self.articles / f"{safe(article_id)}.json"

    def names(self) -> list[str]:
        """Every name in the folder of the articles, in no order. Raises NotPermitted, Damaged."""
        try:
            with self._held() as disk:
                return [] if disk is None else disk.names(self.articles)
        except OSError as error:
            raise cannot_read(self.articles, error) from error

    def _files(self, names: Iterable[str]) -> list[Path]:
        return [self.articles / name for name in names if name.endswith(".json") and not name.startswith(".")]

    def _decoded(self, article_id: str, kind: type[_Read]) -> _Read:
        path = self.path(article_id)
        with self._held() as disk:
            data = None if disk is None else read_if_there(path, disk)
        if data is None:
            raise self._no_such(article_id, self.ids())
        return decode(data, path, kind)

    @contextmanager
    def _held(self) -> Generator[HeldFolder | None]:
        """The folder of the articles; None where it is missing. Raises NotPermitted where it is a link, Damaged."""
        if isinstance(self.disk, HeldFolder):
            yield self.disk
            return
        disk = hold_to_read(self.disk, self.folder, self.articles)
        try:
            yield disk
        finally:
            if disk is not None:
                disk.release()

    def _no_such(self, name: str, ids: Iterable[str]) -> NoSuchArticle:
        ids = list(ids)
        if not ids:
            return NoSuchArticle(
                f"there is no article {name[:60]!r}, the library {self.folder} is empty: "
                "bring one in with postil add FILE"
            )
        from difflib import get_close_matches

        words = [word for word in re.split(r"\W+", name.lower()) if len(word) > 2]
        close = [candidate for candidate in ids if any(word in candidate for word in words)]
        close = close or get_close_matches(name.lower(), ids, n=_SHOWN, cutoff=0.4)
        hint = f"did you mean {_listed(close, 'or')}?" if close else "postil list shows all there are"
        return NoSuchArticle(f"there is no article {name[:60]!r}: {hint}")


def _may_be_anothers(name: str, longer: str) -> bool:
    """True if `name` is a whole id, and `longer` the one that a text gets where another has, or had, that id."""
    slug, _, digits = name.rpartition("-")
    begins, _, more = longer.rpartition("-")
    is_whole = len(digits) >= DIGITS and len(digits) % 4 == 0 and set(digits) <= set("0123456789abcdef")
    return is_whole and slug == begins and len(digits) < len(more)


def _listed(ids: list[str], conjunction: str) -> str:
    shown = ids[:_SHOWN]
    if len(ids) > _SHOWN:
        return f"{', '.join(shown)} {conjunction} {len(ids) - _SHOWN} more"
    return f" {conjunction} ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
