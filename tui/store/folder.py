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

import msgspec

from tui.model.annotation import Annotation, Event, Work
from tui.model.article import Article
from tui.model.identity import EARLIER_SECOND_PASS
from tui.store.article_lock import wait_until_free
from tui.store.checks import misplaced_in_work
from tui.store.database import SECOND_PASS, Database, Meta
from tui.store.disk import DISK, Disk
from tui.store.errors import cannot_read, cannot_write
from tui.store.files import OWN_FOLDER_MODE, discard_stale, make_folder, may_read, mode_within
from tui.store.library import Library, Passage
from tui.store.lock import Lock, may_be_held
from tui.store.names import is_safe, safe
from tui.store.owners import Owners, has_name_elsewhere
from tui.store.paths import ArticleFiles, Kind, article_files, check_article, split_stem
from tui.store.protocol import Changed, Damaged, Foreign, NoSuchArticle, NotPermitted
from tui.store.stored import Stored, Tail, read_history_tail, read_stored
from tui.store.writer import FolderWriter

if TYPE_CHECKING:
    from tui.store.recovery import Survey
    from tui.store.second_pass import EarlierPasses


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

        Of the kind `review` an "annotator" is a reviewer, and an "annotation" what they settled. Second passes
        are read with `SecondPassStore`, which knows those of earlier versions too.
        """
        self._folder = folder
        self._people = folder / "people"
        self._library = Library(folder)
        self._scheme = scheme
        self._disk = disk
        self._lock = lock
        self._kind: Kind = kind
        self.owners = Owners(folder, disk)
        """Whose folders are read, and what was refused."""
        self._earlier_passes: EarlierPasses | None = None

    def of_kind(self, kind: Kind) -> FolderStore:
        """The same folder's files of another kind."""
        return FolderStore(self._folder, self._scheme, self._disk, self._lock, kind)

    def with_scheme(self, scheme: str) -> FolderStore:
        """The same files, to work with another scheme."""
        return FolderStore(self._folder, scheme, self._disk, self._lock, self._kind)

    def open(self, article: str, annotator: str, read: Article | None = None) -> FolderWriter:
        """Take the one writer's place, and mend what a crash or damage left where that loses nothing.

        `read` is the library's article where it was read just now: a book takes a while.
        Raises Locked with who holds it, Changed where `read` is no longer what is stored, NotPermitted,
        NotSaved (no room for a folder), Damaged, TooNew, UnsafeName.
        """
        files = article_files(self._people, article, annotator, self._kind)
        check_article(article)
        passage = self._passage(article, read)
        self._make_folders(files.folder)
        self._check_ours(files)
        lock = self._lock(files.lock, annotator)
        try:
            # What was read or looked for before the lock may have been changed or removed since.
            wait_until_free(self._library.articles, article)
            self._check_is_that(article, read)
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
        check_article(article)
        self._make_folders(files.folder)
        self._check_ours(files)
        lock = self._lock(files.lock, annotator)
        try:
            yield files
        finally:
            lock.release()

    def repair(self, article: str, annotator: str) -> Survey:
        """Put damaged files together again from what survives, and keep the damaged ones beside.

        Tells what was damaged, and what could not be saved. Raises as `open`; Damaged, without a change,
        when nothing is left to go by.
        """
        files = article_files(self._people, article, annotator, self._kind)
        passage = self._passage(article)
        self._check_own_folder(files.folder)
        self._check_ours(files)
        lock = self._lock(files.lock, annotator)
        from tui.store.recovery import rebuild, survey

        try:
            found = survey(files, self._meta(files, passage), passage.text, self._disk)
            rebuild(files, found, self._disk)
        finally:
            lock.release()
        return found

    def load(self, article: str, annotator: str, text_sha256: str | None = None) -> Work:
        """What is stored, without locking; empty when there is nothing.

        `text_sha256` is that of the article it is read for: work on another text under that id is refused.
        Raises Damaged, TooNew, NotPermitted, UnsafeName.
        """
        database = self.read(article, annotator, text_sha256)
        return Work() if database is None else database.work

    def read(self, article: str, annotator: str, text_sha256: str | None = None) -> Database | None:
        """The whole database, with its scheme and revision; None when there is none. As `load`."""
        files = article_files(self._people, article, annotator, self._kind)
        self._check_own_folder(files.folder)
        self.owners.check_files(files)
        database = read_stored(files, self._disk).database
        if database is not None and text_sha256 is not None:
            _check_text(database, text_sha256, files.checkpoint)
        return database

    def history(
        self, article: str, annotator: str, *, newest_first: bool = False, upto: int | None = None
    ) -> Iterator[Event]:
        """Every stored step in order, or backwards; with `upto` those up to that number. Raises as `load`."""
        files = article_files(self._people, article, annotator, self._kind)
        self._check_own_folder(files.folder)
        self.owners.check_files(files)
        from tui.store import history

        read = history.backwards if newest_first else history.forwards
        yield from read(files, upto, self._disk)

    def annotators(self, article: str) -> list[str]:
        """Who has stored work on the article and is readable, sorted."""
        safe(article)
        there = (name for name in self._people_there() if self.has_work(article, name))
        return [name for name in there if self._is_person(name, article)]

    def has_work(self, article: str, annotator: str) -> bool:
        """True if there is readable work of that name on the article. Raises UnsafeName."""
        files = article_files(self._people, article, annotator, self._kind)
        if not self._is_own_folder(files.folder):
            return False
        return (may_read(files.checkpoint) or may_read(files.journal)) and self.owners.accepts_files(files)

    def at_work(self, article: str) -> list[str]:
        """Who has the article open for writing, or may have it open: where the lock is another user's own, sorted."""
        return [
            name
            for name in self._people_there()
            if may_be_held(article_files(self._people, article, name, self._kind).lock)
        ]

    def annotated(self) -> dict[str, list[str]]:
        """What `annotators` says of every article on which anybody has stored work, each folder read once."""
        found: dict[str, list[str]] = {}
        for name in self._people_there():
            articles = self._articles_of(name)
            if articles and self._is_person(name):
                for article in articles:
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
            names = self._disk.names(self._people)
        except OSError:
            return []
        return self.owners.people(names)

    def _is_person(self, annotator: str, article: str | None = None) -> bool:
        """False for the second pass that an earlier version stored as the work of `NAME.again`."""
        if self._kind != "work" or not annotator.endswith(EARLIER_SECOND_PASS):
            return True
        if self._earlier_passes is None:
            from tui.store.second_pass import EarlierPasses

            self._earlier_passes = EarlierPasses(self._folder, self, self._disk)
        if self._earlier_passes.holds(annotator, article):
            return False
        return self.owners.accepts_person(annotator)

    def _articles_of(self, annotator: str) -> set[str]:
        own = self._people / annotator
        if not self._is_own_folder(own):
            return set()
        try:
            names = self._disk.names(own)
        except OSError:
            return set()
        found: set[str] = set()
        for name in names:
            stem, _, suffix = name.rpartition(".")
            article, kind = split_stem(stem)
            is_work = suffix in {"json", "journal"} and kind == self._kind and is_safe(article)
            if is_work and may_read(own / name):
                found.add(article)
        works = (article_files(self._people, article, annotator, self._kind) for article in found)
        return {files.article for files in works if self.owners.accepts_files(files)}

    def _is_own_folder(self, own: Path) -> bool:
        try:
            state = self._disk.state(own)
        except OSError:
            return False
        return self.owners.accepts(own, state)

    def _make_folders(self, own: Path) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            make_folder(self._people, mode_within(self._folder), self._disk)
            self.owners.check_new(own)
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
        self.owners.check(own, state)

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
            linked = path != files.checkpoint and has_name_elsewhere(files.folder, state, self._disk)
            if not stat.S_ISREG(state.mode) or linked:
                raise NotPermitted(f"{path} is no file of its own, another name leads to it: move it aside")

    # -- what is stored ----------------------------------------------------

    def _passage(self, article: str, read: Article | None = None) -> Passage:
        try:
            if read is None or not self._library.holds(article):
                return self._library.passage(article)
            return Passage(text=read.text, text_sha256=read.text_sha256, segmentation=read.segmentation)
        except NoSuchArticle as error:
            raise _not_in_library(article, self._folder) from error

    def _check_is_that(self, article: str, read: Article | None) -> None:
        """Raises NotPermitted where the article was removed, Changed where it is not the version that was read."""
        if not self._library.holds(article):
            raise _not_in_library(article, self._folder)
        if read is not None and read.version and not self._library.has_version(article, read.version):
            raise Changed(f"{article} has changed since it was read: open it again")

    def _read_or_mend(self, files: ArticleFiles, passage: Passage) -> tuple[Stored, Tail, list[str]]:
        """What is stored and can be added to; mended, with a notice, where that loses nothing."""
        notices: list[str] = []
        try:
            stored = read_stored(files, self._disk)
            tail = read_history_tail(files, stored, self._disk)
        except Foreign:
            raise
        except Damaged as damage:
            from tui.store.recovery import rebuild, survey

            found = survey(files, self._meta(files, passage), passage.text, self._disk)
            if found.lost:
                raise
            rebuild(files, found, self._disk)
            notices.append(_mended(str(damage).partition(": ")[0], found))
            stored = read_stored(files, self._disk)
            tail = read_history_tail(files, stored, self._disk)
        return stored, tail, notices

    def _meta(self, files: ArticleFiles, passage: Passage) -> Meta:
        return Meta(
            article=files.article,
            annotator=files.annotator,
            text_sha256=passage.text_sha256,
            scheme=self._scheme,
            segmentation=passage.segmentation,
            sitting=SECOND_PASS if files.kind == "second" else msgspec.UNSET,
        )

    def _check_fits(self, database: Database, passage: Passage, path: Path) -> None:
        if database.meta.scheme != self._scheme:
            raise NotPermitted(
                # The path comes last: on a narrow screen what to do must not be cut off.
                f"tagged by scheme {database.meta.scheme[:60]!r}, not {self._scheme!r}: name its file with "
                f"--scheme, or carry it over with postil scheme migrate ({path})"
            )
        _check_text(database, passage.text_sha256, path)
        for wrong in misplaced_in_work(database.work, passage.text):
            raise Damaged(f"{path}: {wrong}: restore it from a backup, or move it aside to begin anew")


def _not_in_library(article: str, folder: Path) -> NotPermitted:
    return NotPermitted(
        f"{article} is not in the library {folder}, so its annotations cannot be kept: add it there first"
    )


def _check_text(database: Database, text_sha256: str, path: Path) -> None:
    if database.meta.text_sha256 != text_sha256:
        raise Damaged(f"{path} is about another text than the article of that name: move it aside")


def _mended(damage: str, found: Survey) -> str:
    lost = (
        f"no annotation is lost, but {', '.join(found.forgotten)}" if found.forgotten else "nothing is lost"
    )
    return f"{lost}: {damage} and was rebuilt from the others"
