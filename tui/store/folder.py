"""The store on a file system: what each annotator did lies in `people/<annotator>/`, in that user's files.

The owner of an annotator's folder is its only writer, and within that user the lock file's holder.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tui.model.annotation import Annotation, Event, Work
from tui.model.article import Article
from tui.store.checks import misplaced_in_work
from tui.store.database import Database, Meta
from tui.store.disk import DISK, Disk, State
from tui.store.errors import cannot_read, cannot_write
from tui.store.files import OWN_FOLDER_MODE, discard_stale, make_folder, may_read, mode_within
from tui.store.library import Library, Passage
from tui.store.lock import Lock, at_work
from tui.store.names import is_safe, safe
from tui.store.paths import ArticleFiles, Kind, article_files, split_stem
from tui.store.protocol import Damaged, Foreign, Locked, NoSuchArticle, NotPermitted
from tui.store.stored import Stored, Tail, read_history_tail, read_stored
from tui.store.writer import FolderWriter

if TYPE_CHECKING:
    from tui.store.recovery import Survey


class FolderStore:
    """Everybody's annotations, or everybody's decisions as reviewers, under one annotations folder."""

    def __init__(
        self,
        folder: Path,
        scheme: str,
        disk: Disk = DISK,
        lock: Callable[[Path, str], Lock] = Lock,
        kind: Kind = "work",
    ) -> None:
        """`scheme` is the label, such as `news/1`, of the scheme that is worked with.

        Of the kind `review` an "annotator" is a reviewer, and an "annotation" what they settled.
        """
        self._folder = folder
        self._people = folder / "people"
        self._library = Library(folder)
        self._scheme = scheme
        self._disk = disk
        self._lock = lock
        self._kind: Kind = kind

    def open(self, article: str, annotator: str, read: Article | None = None) -> FolderWriter:
        """Take the one writer's place, and mend what a crash or damage left where that loses nothing.

        `read` is the library's article where it was read just now: a book takes a while.
        Raises Locked with who holds it, NotPermitted, NotSaved (no room for a folder), Damaged, TooNew,
        UnsafeName.
        """
        files = article_files(self._people, article, annotator, self._kind)
        passage = self._passage(article, read)
        self._make_folders(files.folder)
        self._check_ours(files)
        lock = self._lock(files.lock, annotator)
        try:
            discard_stale(files.data(), self._disk)
            stored, tail, notices = self._read_or_mend(files, passage)
            database = stored.database or Database(meta=self._meta(files, passage))
            self._check_fits(database, passage, files.checkpoint)
            writer = FolderWriter(files, database, stored, tail, passage.text, lock, self._disk)
            writer.notices += notices
            return writer
        except BaseException:
            lock.release()
            raise

    @contextmanager
    def hold(self, article: str, annotator: str) -> Generator[ArticleFiles]:
        """Keep every other session from writing one annotator's files on an article, which may be gone.

        Raises Locked with who writes them, NotPermitted, NotSaved, UnsafeName.
        """
        files = article_files(self._people, article, annotator, self._kind)
        self._make_folders(files.folder)
        self._check_ours(files)
        lock = self._lock(files.lock, annotator)
        try:
            yield files
        finally:
            lock.release()

    def repair(self, article: str, annotator: str) -> Survey:
        """Put damaged files together again from what survives, and keep the damaged ones beside.

        Returns what was damaged, and what could not be saved; where everything fits, nothing is written.
        Raises Locked with who is at work, and as `open`; Damaged, without a change, when nothing is left to
        go by.
        """
        files = article_files(self._people, article, annotator, self._kind)
        passage = self._passage(article)
        self._check_ours(files)
        try:
            lock = self._lock(files.lock, annotator)
        except Locked as error:
            raise Locked(f"{at_work(files.lock, annotator)}: try again later") from error
        from tui.store.recovery import rebuild, survey

        try:
            found = survey(files, self._meta(files, passage), passage.text, self._disk)
            if not found.fits:
                rebuild(files, found, self._disk)
        finally:
            lock.release()
        return found

    def load(self, article: str, annotator: str) -> Work:
        """What is stored, without locking; empty when there is nothing.

        Raises Damaged, TooNew, NotPermitted, UnsafeName.
        """
        database = self.read(article, annotator)
        return Work() if database is None else database.work

    def read(self, article: str, annotator: str) -> Database | None:
        """The whole database, with its scheme and revision; None when there is none. Raises as `load`."""
        files = article_files(self._people, article, annotator, self._kind)
        self._check_own_folder(files.folder)
        return read_stored(files, self._disk).database

    def history(
        self, article: str, annotator: str, *, newest_first: bool = False, upto: int | None = None
    ) -> Iterator[Event]:
        """Every stored step in order, or backwards; with `upto` those up to that number. Raises as `load`."""
        files = article_files(self._people, article, annotator, self._kind)
        self._check_own_folder(files.folder)
        from tui.store import history

        read = history.backwards if newest_first else history.forwards
        yield from read(files, upto, self._disk)

    def annotators(self, article: str) -> list[str]:
        """Who has stored work on the article and is readable, sorted."""
        safe(article)
        return [name for name in self._people_there() if self._has_work(article, name)]

    def annotated(self) -> dict[str, list[str]]:
        """What `annotators` says of every article on which anybody has stored work, each folder read once."""
        found: dict[str, list[str]] = {}
        for name in self._people_there():
            for article in self._articles_of(name):
                found.setdefault(article, []).append(name)
        return found

    def articles_of(self, annotator: str) -> list[str]:
        """The articles on which an annotator has stored work, sorted."""
        return sorted(self._articles_of(safe(annotator)))

    def scan(self, article: str, annotator: str) -> Iterator[Annotation]:
        """Stored annotations in the order of their start offsets. Raises as `load`."""
        annotations = self.load(article, annotator).annotations
        for start in sorted(annotations):
            yield annotations[start]

    # -- folders -----------------------------------------------------------

    def _people_there(self) -> list[str]:
        try:
            return [name for name in sorted(self._disk.names(self._people)) if is_safe(name)]
        except OSError:
            return []

    def _has_work(self, article: str, annotator: str) -> bool:
        files = article_files(self._people, article, annotator, self._kind)
        if not self._is_own_folder(files.folder):
            return False
        return may_read(files.checkpoint) or may_read(files.journal)

    def _articles_of(self, annotator: str) -> set[str]:
        own = self._people / annotator
        if not self._is_own_folder(own):
            return set()
        try:
            names = self._disk.names(own)
        except OSError:
            return set()
        readable = (name for name in names if name.endswith((".json", ".journal")) and may_read(own / name))
        stems = (split_stem(stem) for name in readable if is_safe(stem := name.rpartition(".")[0]))
        return {article for article, kind in stems if kind == self._kind}

    def _is_own_folder(self, own: Path) -> bool:
        try:
            return stat.S_ISDIR(self._disk.state(own).mode)
        except OSError:
            return False

    def _make_folders(self, own: Path) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            make_folder(self._people, mode_within(self._folder), self._disk)
            make_folder(own, OWN_FOLDER_MODE, self._disk)
        except OSError as error:
            raise cannot_write(own, error) from error
        self._check_own_folder(own)

    def _check_own_folder(self, own: Path) -> None:
        """A link there would let one annotator's name stand for another's files."""
        try:
            state = self._disk.state(own)
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise cannot_read(own, error) from error
        if not stat.S_ISDIR(state.mode):
            raise NotPermitted(f"{own} is no folder but a link or a file: put a real folder there")

    def _check_ours(self, files: ArticleFiles) -> None:
        """Whoever made them: another user's files are not written, nor is a file that has a name elsewhere."""
        if not hasattr(os, "geteuid"):
            return
        for path in (files.folder, files.checkpoint, files.journal, files.history, files.lock):
            try:
                state = self._disk.state(path)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise cannot_read(path, error) from error
            if state.owner != os.geteuid():
                raise NotPermitted(f"{path} belongs to another user: annotate under your own name")
            if path == files.folder:
                continue
            # The checkpoint is only ever replaced: what else it is known by is not touched.
            linked = path != files.checkpoint and self._names_elsewhere(files.folder, state)
            if not stat.S_ISREG(state.mode) or linked:
                raise NotPermitted(f"{path} is no file of its own, another name leads to it: move it aside")

    def _names_elsewhere(self, folder: Path, state: State) -> bool:
        """Whether the file has a name outside its folder. Inside, a crash while files are replaced can leave two."""
        if state.links <= 1:
            return False
        here = (self._disk.state(folder / name) for name in self._disk.names(folder))
        return sum((found.device, found.inode) == (state.device, state.inode) for found in here) < state.links

    # -- what is stored ----------------------------------------------------

    def _passage(self, article: str, read: Article | None = None) -> Passage:
        try:
            if read is None or not self._library.holds(article):
                return self._library.passage(article)
            return Passage(text=read.text, text_sha256=read.text_sha256, segmentation=read.segmentation)
        except NoSuchArticle as error:
            raise NotPermitted(
                f"{article} is not in the library {self._folder}, so its annotations cannot be kept: "
                "add it there first"
            ) from error

    def _read_or_mend(self, files: ArticleFiles, passage: Passage) -> tuple[Stored, Tail, list[str]]:
        """What is stored and can be added to; mended, with a notice, where that loses nothing."""
        notices: list[str] = []
        try:
            stored = read_stored(files, self._disk, keep_lines=True)
            tail = read_history_tail(files, stored, self._disk)
        except Foreign:
            raise
        except Damaged as damage:
            from tui.store.recovery import rebuild, survey

            found = survey(files, self._meta(files, passage), passage.text, self._disk)
            if found.lost:
                raise
            if not found.fits:
                rebuild(files, found, self._disk)
                notices.append(_mended(str(damage).partition(": ")[0], found))
            stored = read_stored(files, self._disk, keep_lines=True)
            tail = read_history_tail(files, stored, self._disk)
        return stored, tail, notices

    def _meta(self, files: ArticleFiles, passage: Passage) -> Meta:
        return Meta(
            article=files.article,
            annotator=files.annotator,
            text_sha256=passage.text_sha256,
            scheme=self._scheme,
            segmentation=passage.segmentation,
        )

    def _check_fits(self, database: Database, passage: Passage, path: Path) -> None:
        if database.meta.scheme != self._scheme:
            raise NotPermitted(
                # The path comes last: on a narrow screen what to do must not be cut off.
                f"tagged by scheme {database.meta.scheme[:60]!r}, not {self._scheme!r}: name its file with "
                f"--scheme, or carry it over with postil scheme migrate ({path})"
            )
        if database.meta.text_sha256 != passage.text_sha256:
            raise Damaged(f"{path} is about another text of this article: move it aside to begin anew")
        for wrong in misplaced_in_work(database.work, passage.text):
            raise Damaged(f"{path}: {wrong}: restore it from a backup, or move it aside to begin anew")


def _mended(damage: str, found: Survey) -> str:
    lost = (
        f"no annotation is lost, but {', '.join(found.forgotten)}" if found.forgotten else "nothing is lost"
    )
    return f"{lost}: {damage} and was rebuilt from the others"
