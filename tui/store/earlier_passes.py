"""Which folders hold a second pass that an earlier version stored as the work of an annotator called `NAME.again`.

They are recognised by what they contain, not by their name: a person of that name stays an annotator.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tui.model.annotation import Annotation
from tui.model.identity import EARLIER_SECOND_PASS
from tui.model.second_pass import could_be_second_pass
from tui.store.disk import DISK, Disk
from tui.store.folder import FolderStore
from tui.store.protocol import StoreError
from tui.store.work_files import article_files

_Seen = tuple[object, object]
"""What the checkpoint and the journal were like: inode, size and time of the last change of each."""


class _Judged(NamedTuple):
    is_second_pass: bool
    seen: dict[str, _Seen]
    """By article, what the files were like that were read."""


class EarlierPasses:
    """Which folders `NAME.again` hold a second pass of `NAME`, and not the work of a person of that name.

    In doubt it is a person: then nothing is left out anywhere.
    """

    def __init__(self, folder: Path, works: FolderStore, disk: Disk = DISK) -> None:
        self._people = folder / "people"
        self._works = works
        self._disk = disk
        self._judged: dict[str, _Judged] = {}

    @staticmethod
    def candidates(names: list[str]) -> Iterator[tuple[str, str]]:
        """Each `NAME` with its `NAME.again`, where both are there."""
        for name in names:
            first = name.removesuffix(EARLIER_SECOND_PASS)
            if first != name and first in names:
                yield first, name

    def holds(self, name: str, article: str | None = None) -> bool:
        """True if the work of `name` is a second pass; with `article` as judged before, unless that has changed."""
        judged = self._judged.get(name)
        if judged is None or article is None or judged.seen.get(article) != self._look(name, article):
            judged = self._judged[name] = self._judge(name)
        return judged.is_second_pass

    def owner_of(self, folder: str) -> str:
        """Whose a folder in `people/` should be: `ana` of `ana.again`, if no person of that name works there.

        What is left of a second pass that was carried over is still its annotator's.
        """
        first = folder.removesuffix(EARLIER_SECOND_PASS)
        if first == folder or (self._works.articles_of(folder) and not self.holds(folder)):
            return folder
        try:
            return first if self._have_one_owner(first, folder) else folder
        except OSError:
            return folder

    def _judge(self, name: str) -> _Judged:
        articles = self._works.articles_of(name)
        seen = {article: self._look(name, article) for article in articles}
        first = name.removesuffix(EARLIER_SECOND_PASS)
        try:
            has_earlier = (
                first != name and self._have_one_owner(first, name) and self._fits(first, name, articles)
            )
        except (StoreError, OSError):
            has_earlier = False
        return _Judged(has_earlier, seen)

    def _have_one_owner(self, first: str, name: str) -> bool:
        """Raises OSError."""
        return self._disk.state(self._people / first).owner == self._disk.state(self._people / name).owner

    def _fits(self, first: str, name: str, articles: list[str]) -> bool:
        """Raises StoreError for what cannot be read."""
        second: dict[str, dict[int, Annotation]] = {}
        carried_over = self._works.of_kind("second")
        is_carried_over = False
        for article in articles:
            database = self._works.read(article, name)
            if database is None:
                continue
            if database.entities or database.sentences:
                return False
            known = carried_over.read(article, first)
            said_there = known.annotations if known is not None else {}
            left = {
                start: annotation
                for start, annotation in database.annotations.items()
                if said_there.get(start) != annotation
            }
            is_carried_over = is_carried_over or len(left) < len(database.annotations)
            if left:
                second[article] = left
        if is_carried_over and not second:
            return True
        return bool(second) and could_be_second_pass(first, self._said_by(first), second)

    def _said_by(self, annotator: str) -> dict[str, dict[int, Annotation]]:
        """What can be read."""
        annotations: dict[str, dict[int, Annotation]] = {}
        for article in self._works.articles_of(annotator):
            with contextlib.suppress(StoreError):
                database = self._works.read(article, annotator)
                annotations[article] = database.annotations if database is not None else {}
        return annotations

    def _look(self, name: str, article: str) -> _Seen:
        files = article_files(self._people, article, name)
        return self._state(files.checkpoint), self._state(files.journal)

    def _state(self, path: Path) -> object:
        try:
            state = self._disk.state(path)
        except OSError:
            return None
        return state.inode, state.size, state.changed_ns
