"""Articles that were removed, with the remover's own work, so that they can come back as they were.

    .trash/<time>-<article>/articles/<article>.json
    .trash/<time>-<article>/people/<annotator>/<article>.*

Files are only renamed, never copied and never deleted. The article goes first and comes back last: whatever a
crash leaves in between, restoring brings the rest.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tui.model.clock import now
from tui.store.changes import change
from tui.store.disk import DISK, Disk
from tui.store.errors import ABSENT, cannot_read, cannot_write
from tui.store.files import OWN_FOLDER_MODE, make_folder, mode_within
from tui.store.folder import FolderStore
from tui.store.held import HeldFolder, hold
from tui.store.library import Library
from tui.store.lock import is_held
from tui.store.moving import Move, all_or_none
from tui.store.protocol import Conflict, Damaged, Locked, NoSuchArticle, NotPermitted, StoreError
from tui.store.safe_names import is_safe, safe
from tui.store.work_files import KINDS, ArticleFiles, article_files

_PLACE = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z)-(.+)", re.ASCII)


class Removed(NamedTuple):
    """One article in the trash."""

    folder: Path
    """Its folder there, laid out as an annotations folder is."""
    article: str
    annotator: str

    @property
    def own(self) -> ArticleFiles:
        """The annotator's files, as far as there are any."""
        return article_files(self.folder / "people", self.article, self.annotator)

    @property
    def path(self) -> Path:
        """The article's file."""
        return self.folder / "articles" / f"{self.article}.json"


class Trash:
    """The trash of one annotations folder."""

    def __init__(self, folder: Path, store: FolderStore, disk: Disk = DISK) -> None:
        self.folder = folder / ".trash"
        self._annotations = folder
        self._people = folder / "people"
        self._library = Library(folder)
        self._store = store
        self._disk = disk

    # -- there -------------------------------------------------------------

    def remove(self, article: str, annotator: str) -> Removed:
        """Put an article and the annotator's own work on it into the trash, durably.

        Raises NotPermitted where others have worked on it, Locked where it is open,
        NoSuchArticle, NotSaved, UnsafeName; everything is then where it was.
        """
        path = self._in_library(article)
        with (
            self._store.hold(article, annotator) as files,
            change(self._library, article, who=annotator, doing="removing it"),
        ):
            self._check_is_there(path, article)
            self._check_nobody_else(article, annotator)
            if is_held(files._replace(kind="review").lock):
                raise Locked("you have it open to review it, so it stays: remove it once that is closed")
            if is_held(files._replace(kind="second").lock):
                raise Locked("you are deciding sentences of it again, so it stays: remove it after that")
            removed = self._folder_for(article, annotator)
            try:
                with self._held(files, removed) as disk, all_or_none(disk) as move:
                    move([(path, removed.path)])
                    # Another annotator may have begun in between. From now on no one can.
                    self._check_nobody_else(article, annotator)
                    move(self._moves(files, removed.own))
            except StoreError:
                _discard_empty(removed)
                raise
        return removed

    def _check_is_there(self, path: Path, article: str) -> None:
        try:
            mode = self._disk.state(path).mode
        except FileNotFoundError:
            raise NoSuchArticle(f"{article} is not in the library any more: nothing is left to do") from None
        except OSError as error:
            raise cannot_read(path, error) from error
        if not stat.S_ISREG(mode):
            raise Damaged(f"{path} is no file but a link or a folder: put the file itself there")

    def _check_nobody_else(self, article: str, annotator: str) -> None:
        """Raises NotPermitted where others have worked on the article, or may have, and Locked where they have it open."""
        others: list[str] = []
        for name in self._names(self._people):
            if not is_safe(name) or name == annotator or not self._is_folder(self._people / name):
                continue
            files = article_files(self._people, article, name)
            if self._work(files):
                others.append(name)
            elif any(is_held(files._replace(kind=kind).lock) for kind in KINDS):
                raise Locked(f"{name} has it open, so it stays: remove it once that is closed")
        if others:
            have = "has" if len(others) == 1 else "have"
            raise NotPermitted(
                f"{' and '.join(others)} {have} worked on it, so it stays: only their own work can be removed"
            )

    def _folder_for(self, article: str, annotator: str) -> Removed:
        try:
            make_folder(self.folder, mode_within(self._annotations), self._disk)
            if not self._is_folder(self.folder):
                raise NotPermitted(f"{self.folder} is a link: put a real folder there")
            removed = self._new_folder(article, annotator)
            self._disk.set_folder_mode(removed.folder, OWN_FOLDER_MODE)
            for inner in (removed.path.parent, removed.own.folder.parent, removed.own.folder):
                make_folder(inner, OWN_FOLDER_MODE, self._disk)
            self._disk.sync_folder(self.folder)
        except OSError as error:
            raise cannot_write(self.folder, error) from error
        return removed

    def _new_folder(self, article: str, annotator: str) -> Removed:
        """A new folder in the trash, named after the time, and after all that are there. Raises OSError."""
        at = datetime.fromisoformat(now())
        times = [match[1] for name in self._disk.names(self.folder) if (match := _PLACE.fullmatch(name))]
        with contextlib.suppress(ValueError, OverflowError):
            # The clock may have been set back, and what was removed last comes back first.
            at = max(at, datetime.fromisoformat(max(times)) + timedelta(milliseconds=1))
        while True:
            name = f"{at.strftime('%Y-%m-%dT%H%M%S')}.{at.microsecond // 1000:03}Z-{article}"
            with contextlib.suppress(FileExistsError):
                self._disk.make_folder(self.folder / name)
                return Removed(self.folder / name, article, annotator)
            at += timedelta(milliseconds=1)

    # -- and back ----------------------------------------------------------

    def removals(self, annotator: str) -> list[Removed]:
        """What the annotator removed and would come back, the last first. Raises NotPermitted, Damaged."""
        removals: list[Removed] = []
        for name in sorted(self._names(self.folder), reverse=True):
            parsed = _PLACE.fullmatch(name)
            if parsed is None or not is_safe(parsed[2]):
                continue
            removed = Removed(self.folder / name, parsed[2], safe(annotator))
            if self._is_ours(removed) and self._would_come_back(removed):
                removals.append(removed)
        return removals

    def restore(self, removed: Removed) -> None:
        """Put an article and the work on it back where they were, durably.

        Where the same text is in the library again, only the work comes back. Raises Conflict where the
        annotator has worked on it again, or another text has that name, Locked, NotPermitted, NotSaved;
        everything is then where it was.
        """
        path = self._in_library(removed.article)
        with (
            self._store.hold(removed.article, removed.annotator) as files,
            change(self._library, removed.article, who=removed.annotator, doing="bringing it back"),
        ):
            moves = self._moves(removed.own, files)
            # While the article is away no one can work on it: what is there then is what a crash left.
            there = self._work(files)
            if moves and there and (self._exists(path) or any(new in there for _, new in moves)):
                raise Conflict(
                    f"{removed.article} was annotated again after it was removed: "
                    f"what was removed stays in {removed.folder}"
                )
            if self._exists(path):
                self._check_same_text(removed)
            elif self._exists(removed.path):
                moves.append((removed.path, path))
            with self._held(files, removed) as disk, all_or_none(disk) as move:
                move(moves)
        _discard_empty(removed)

    def _is_ours(self, removed: Removed) -> bool:
        """True if this user made the folder, for this annotator: what others put there is not restored."""
        try:
            states = [self._disk.state(folder) for folder in (removed.folder, removed.own.folder)]
        except ABSENT:
            return False
        except OSError as error:
            raise cannot_read(removed.folder, error) from error
        return all(stat.S_ISDIR(state.mode) for state in states) and (
            not hasattr(os, "geteuid") or all(state.owner == os.geteuid() for state in states)
        )

    def _would_come_back(self, removed: Removed) -> bool:
        if self._work(removed.own):
            return True
        return self._exists(removed.path) and not self._exists(self._in_library(removed.article))

    def _check_same_text(self, removed: Removed) -> None:
        if not self._exists(removed.path):
            return
        before = Library(removed.folder).passage(removed.article).text_sha256
        if self._library.passage(removed.article).text_sha256 != before:
            raise Conflict(
                f"another text is called {removed.article} now: what was removed stays in {removed.folder}"
            )

    # -- files -------------------------------------------------------------

    def _moves(self, old: ArticleFiles, new: ArticleFiles) -> list[Move]:
        """Every file of work, from one folder to the other."""
        return [(path, new.folder / path.name) for path in self._work(old)]

    def _work(self, files: ArticleFiles) -> list[Path]:
        return [files.folder / name for name in self._names(files.folder) if files.is_about(name)]

    def _held(self, files: ArticleFiles, removed: Removed) -> HeldFolder:
        """Every folder that files are moved from or to. Raises NotPermitted where one is a link, NotSaved."""
        folders = [self._library.articles, self._people, files.folder, self.folder, removed.folder]
        inner = [removed.path.parent, removed.own.folder.parent, removed.own.folder]
        try:
            return hold(
                self._disk, self._annotations, *folders, *(path for path in inner if self._exists(path))
            )
        except OSError as error:
            raise cannot_write(self.folder, error) from error

    def _in_library(self, article: str) -> Path:
        return self._library.articles / f"{safe(article)}.json"

    def _names(self, folder: Path) -> list[str]:
        try:
            return sorted(self._disk.names(folder))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise cannot_read(folder, error) from error

    def _is_folder(self, path: Path) -> bool:
        """False for a link too. Raises NotPermitted, Damaged."""
        try:
            return stat.S_ISDIR(self._disk.state(path).mode)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            raise cannot_read(path, error) from error

    def _exists(self, path: Path) -> bool:
        try:
            self._disk.state(path)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            raise cannot_read(path, error) from error
        return True


def _discard_empty(removed: Removed) -> None:
    """Take the folders away, unless the article is still there: then they say whose it is."""
    with contextlib.suppress(OSError):
        for folder in (removed.path.parent, removed.own.folder, removed.own.folder.parent, removed.folder):
            folder.rmdir()
