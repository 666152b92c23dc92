"""Whose work on which articles is in an annotations folder, and may be read."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

from tui.model.identity import EARLIER_SECOND_PASS
from tui.store.disk import Disk
from tui.store.errors import ABSENT, cannot_read
from tui.store.files import may_read
from tui.store.held import hold
from tui.store.loading import was_carried_over
from tui.store.lock import may_be_held
from tui.store.owners import Owners
from tui.store.safe_names import is_safe, safe
from tui.store.work_files import ArticleFiles, Kind, article_files, split_stem

if TYPE_CHECKING:
    from tui.store.earlier_passes import EarlierPasses


class People:
    """The annotators' folders under one annotations folder, looked at for files of one kind.

    What is missing or may not be read is left out; every other error is raised: it does not show what is there.
    """

    def __init__(self, folder: Path, disk: Disk, kind: Kind) -> None:
        self._folder = folder
        self._people = folder / "people"
        self._disk = disk
        self._kind: Kind = kind
        self.owners = Owners(folder, disk)
        """Whose folders are read, and what was refused."""
        self._earlier_passes: EarlierPasses | None = None

    def annotators(self, article: str) -> list[str]:
        """Who has stored work on the article and is readable, sorted.

        Raises NotPermitted where `people` is a link, Damaged, UnsafeName.
        """
        safe(article)
        there = (name for name in self._people_there() if self.has_work(article, name))
        return [name for name in there if self._is_person(name, article)]

    def annotated(self) -> dict[str, list[str]]:
        """What `annotators` returns for every article with stored work, each folder read once."""
        people: dict[str, list[str]] = {}
        for name in self._people_there():
            articles = self._articles_of(name)
            if articles and self._is_person(name):
                for article in articles:
                    people.setdefault(article, []).append(name)
        return people

    def articles_of(self, annotator: str) -> list[str]:
        """The articles on which an annotator has stored work, sorted.

        Raises NotPermitted where `people` is a link, Damaged, UnsafeName.
        """
        return sorted(self._articles_of(annotator)) if safe(annotator) in self._people_there() else []

    def has_work(self, article: str, annotator: str) -> bool:
        """True if there is readable work of that name on the article. Raises Damaged, UnsafeName."""
        files = article_files(self._people, article, annotator, self._kind)
        if not self._is_own_folder(files.folder):
            return False
        return self._has_work(files) and self.owners.accepts_files(files)

    def at_work(self, article: str) -> list[str]:
        """Who has the article open for writing, or may have it open: where the lock is another user's own, sorted."""
        return [
            name
            for name in self._people_there()
            if may_be_held(article_files(self._people, article, name, self._kind).lock)
        ]

    def _people_there(self) -> list[str]:
        try:
            with hold(self._disk, self._folder, self._people) as people:
                names = people.names(self._people)
        except ABSENT:
            return []
        except OSError as error:
            raise cannot_read(self._people, error) from error
        return self.owners.people(names)

    def _articles_of(self, annotator: str) -> set[str]:
        own = self._people / annotator
        if not self._is_own_folder(own):
            return set()
        try:
            names = self._disk.names(own)
        except ABSENT:
            return set()
        except OSError as error:
            raise cannot_read(own, error) from error
        annotators: set[str] = set()
        for name in names:
            stem, _, suffix = name.removesuffix(".prev").rpartition(".")
            article, kind = split_stem(stem)
            if suffix in {"json", "journal", "history"} and kind == self._kind and is_safe(article):
                annotators.add(article)
        works = (article_files(self._people, article, annotator, self._kind) for article in annotators)
        return {
            files.article for files in works if self._has_work(files) and self.owners.accepts_files(files)
        }

    def _has_work(self, files: ArticleFiles) -> bool:
        """Whose checkpoint is missing has work too, which cannot be read: it must not be taken for none."""
        if any(may_read(path) or _is_in_place_of_a_file(path) for path in (files.checkpoint, files.journal)):
            return True
        if not (may_read(files.history) or may_read(files.previous)):
            return False
        try:
            # A file that is there, though this user may not read it, is not missing.
            self._disk.state(files.checkpoint)
        except FileNotFoundError:
            return not was_carried_over(files, self._disk)
        except OSError:
            return False
        return False

    def _is_own_folder(self, own: Path) -> bool:
        try:
            state = self._disk.state(own)
        except ABSENT:
            return False
        except OSError as error:
            raise cannot_read(own, error) from error
        return self.owners.accepts(own, state)

    def _is_person(self, annotator: str, article: str | None = None) -> bool:
        """False for the second pass that an earlier version stored as the work of `NAME.again`."""
        if self._kind != "work" or not annotator.endswith(EARLIER_SECOND_PASS):
            return True
        if self._earlier_passes is None:
            from tui.store.earlier_passes import EarlierPasses
            from tui.store.folder import FolderStore

            works = FolderStore(self._folder, scheme="", disk=self._disk)
            self._earlier_passes = EarlierPasses(self._folder, works, self._disk)
        if self._earlier_passes.holds(annotator, article):
            return False
        return self.owners.accepts_person(annotator)


def _is_in_place_of_a_file(path: Path) -> bool:
    """True for a link, a folder or a pipe, which no reader follows or opens."""
    try:
        return not stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
