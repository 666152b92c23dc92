"""Noticing new work of annotators: their files are checked now and then, and never locked or kept open."""

from __future__ import annotations

from pathlib import Path

from tui.model.annotation import Annotation
from tui.model.article import Article
from tui.review.reading import read_one
from tui.store.folder import FolderStore
from tui.store.protocol import StoreError
from tui.store.work_files import article_files

_Seen = tuple[tuple[int, int, int] | None, ...]
"""Of checkpoint and journal: inode, bytes, nanoseconds of the last change; None where there is no file."""


class Watch:
    """All annotators' files on one article."""

    def __init__(self, folder: Path, store: FolderStore, article: Article, scheme: str) -> None:
        """Reads nothing yet: the first `look` returns everything."""
        self._people = folder / "people"
        self._store = store
        self._article = article
        self._scheme = scheme
        self._seen: dict[str, _Seen] = {}

    def look(self) -> dict[str, dict[int, Annotation]]:
        """The work of all annotators whose files have changed since the last call.

        What cannot be read now is tried again next time. Blocks on the disk, so call it in a thread.
        """
        changed: dict[str, dict[int, Annotation]] = {}
        try:
            names = self._store.annotators(self._article.id)
        except StoreError:
            return changed
        for name in sorted({*names, *self._seen}):
            there = self._files(name)
            if self._seen.get(name) == there:
                continue
            try:
                changed[name] = read_one(self._store, self._article, name, self._scheme)
            except StoreError:
                continue
            self._seen[name] = there
        return changed

    def _files(self, name: str) -> _Seen:
        files = article_files(self._people, self._article.id, name)
        return _state(files.checkpoint), _state(files.journal)


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns
