"""The store on a file system: each annotator's annotations are in `people/<annotator>/`, in that user's files.

The owner of an annotator's folder is its only writer, and within that user the lock file's holder.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tui.model.annotation import Annotation, Event, Work
from tui.model.article import Article
from tui.store.article_lock import wait_until_free
from tui.store.checkpoint import SECOND_PASS, Database, Meta
from tui.store.checks import misplaced_in_work
from tui.store.disk import DISK, Disk
from tui.store.files import discard_stale
from tui.store.held import HeldFolder, hold_to_read
from tui.store.library import Library, Passage
from tui.store.loading import HistoryTail, Stored, check_never_begun, read_history_tail, read_stored
from tui.store.lock import Lock, at_work
from tui.store.own_folder import hold_to_write
from tui.store.people import People
from tui.store.protocol import Changed, Damaged, Foreign, Locked, NoSuchArticle, NotPermitted
from tui.store.work_files import ArticleFiles, Kind, article_files, check_article
from tui.store.writer import FolderWriter

if TYPE_CHECKING:
    from tui.store.recovery import DamageReport


class FolderStore(People):
    """All annotators' annotations, or all reviewers' decisions, under one annotations folder."""

    def __init__(
        self,
        folder: Path,
        scheme: str,
        disk: Disk = DISK,
        lock: Callable[[Path, str, HeldFolder], Lock] = Lock,
        kind: Kind = "work",
    ) -> None:
        """`scheme` is the label, such as `news/1`, of the scheme that is worked with.

        Of the kind `review` an "annotator" is a reviewer, and an "annotation" what they settled.
        """
        super().__init__(folder, disk, kind)
        self._library = Library(folder)
        self._scheme = scheme
        self._lock = lock

    def of_kind(self, kind: Kind) -> FolderStore:
        """The same folder's files of another kind."""
        return FolderStore(self._folder, self._scheme, self._disk, self._lock, kind)

    def with_scheme(self, scheme: str) -> FolderStore:
        """The same files, to work with another scheme."""
        return FolderStore(self._folder, scheme, self._disk, self._lock, self._kind)

    def open(self, article: str, annotator: str, read: Article | None = None) -> FolderWriter:
        """Take the one writer's place, and mend what a crash or damage left where that loses nothing.

        `read` is the library's article where it was read just now: a book takes a while.
        Raises Locked with who has it, Changed where `read` is no longer what is stored, NotPermitted,
        NotSaved (no room for a folder), Damaged, TooNew, UnsafeName.
        """
        files = self._files(article, annotator)
        passage = self._passage(article, read)
        disk = hold_to_write(self._disk, self._folder, files, self.owners)
        try:
            lock = self._lock(files.lock, annotator, disk)
            try:
                # What was read or looked for before the lock may have been changed or removed since.
                wait_until_free(self._library.articles, article)
                self._check_is_that(article, read)
                discard_stale(files.data(), disk)
                stored, tail, notices = self._read_or_mend(files, passage, disk)
                database = stored.database or self.empty(article, annotator, passage)
                self._check_fits(database, passage, files.checkpoint)
                writer = FolderWriter(files, database, stored, tail, passage.text, lock, disk)
                writer.notices += notices
                return writer
            except BaseException:
                lock.release()
                raise
        except BaseException:
            disk.release()
            raise

    @contextmanager
    def hold(self, article: str, annotator: str) -> Generator[ArticleFiles]:
        """Keep every other session from writing one annotator's files on an article, which may be gone.

        Raises Locked with who writes them, NotPermitted, NotSaved, UnsafeName.
        """
        with self.hold_with_disk(article, annotator) as (files, _):
            yield files

    @contextmanager
    def hold_with_disk(self, article: str, annotator: str) -> Generator[tuple[ArticleFiles, HeldFolder]]:
        """As `hold`, with the held folder of the files: others that are held there too can be renamed to."""
        files = self._files(article, annotator)
        with hold_to_write(self._disk, self._folder, files, self.owners) as disk:
            lock = self._lock(files.lock, annotator, disk)
            try:
                yield files, disk
            finally:
                lock.release()

    def repair(self, article: str, annotator: str) -> DamageReport:
        """Put damaged files together again from what survives, and keep the damaged ones.

        Returns what was damaged, and what could not be saved; where everything fits, nothing is written.
        Raises Locked with who is at work, and as `open`; Damaged, without a change, when nothing is left to
        go by.
        """
        passage = self._passage(article)
        from tui.store.recovery import rebuild, survey

        files = self._files(article, annotator)
        with hold_to_write(self._disk, self._folder, files, self.owners) as disk:
            try:
                lock = self._lock(files.lock, annotator, disk)
            except Locked as error:
                raise Locked(f"{at_work(files.lock, annotator)}: try again later") from error
            try:
                report = survey(files, self._meta(files, passage), passage.text, disk)
                if not report.fits:
                    rebuild(files, report, disk)
            finally:
                lock.release()
        return report

    def load(self, article: str, annotator: str, text_sha256: str | None = None) -> Work:
        """What is stored, without locking; empty when there is nothing.

        `text_sha256` is that of the article it is read for: work on another text under that id is refused.
        Raises Damaged, TooNew, NotPermitted, UnsafeName.
        """
        database = self.read(article, annotator, text_sha256)
        return Work() if database is None else database.work

    def read(self, article: str, annotator: str, text_sha256: str | None = None) -> Database | None:
        """The whole database, with its scheme and revision; None if there is no work. As `load`."""
        files = article_files(self._people, article, annotator, self._kind)
        with self._held_to_read(files) as disk:
            database = None if disk is None else _database(files, disk)
        if database is not None and text_sha256 is not None:
            _check_text(database, text_sha256, files.checkpoint)
        return database

    def empty(self, article: str, annotator: str, passage: Passage) -> Database:
        """The database of someone who has no work on the article yet. Raises UnsafeName, NotPermitted."""
        return Database(meta=self._meta(self._files(article, annotator), passage))

    def history(
        self,
        article: str,
        annotator: str,
        *,
        newest_first: bool = False,
        upto: int | None = None,
        text_sha256: str | None = None,
    ) -> Iterator[Event]:
        """Every stored step in order, or backwards; with `upto` those up to that number. As `load`."""
        files = article_files(self._people, article, annotator, self._kind)
        from tui.store import history

        read = history.backwards if newest_first else history.forwards
        with self._held_to_read(files) as disk:
            if disk is None:
                return
            if text_sha256 is not None:
                database = _database(files, disk)
                if database is not None:
                    _check_text(database, text_sha256, files.checkpoint)
            yield from read(files, upto, disk)

    def scan(self, article: str, annotator: str) -> Iterator[Annotation]:
        """Stored annotations in the order of their start offsets. Raises as `load`."""
        annotations = self.load(article, annotator).annotations
        for start in sorted(annotations):
            yield annotations[start]

    # -- folders -----------------------------------------------------------

    def _files(self, article: str, annotator: str) -> ArticleFiles:
        """Raises UnsafeName, NotPermitted for an article whose name could be mistaken for another's files."""
        files = article_files(self._people, article, annotator, self._kind)
        check_article(article)
        return files

    @contextmanager
    def _held_to_read(self, files: ArticleFiles) -> Generator[HeldFolder | None]:
        """The annotator's folder; None if it is missing.

        Raises NotPermitted for a link, and for another's folder or file, Damaged.
        """
        disk = hold_to_read(self._disk, self._folder, self._people, files.folder)
        try:
            if disk is not None:
                self.owners.check(files.folder, disk.folder)
                self.owners.check_files(files, disk)
            yield disk
        finally:
            if disk is not None:
                disk.release()

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

    def _read_or_mend(
        self, files: ArticleFiles, passage: Passage, disk: Disk
    ) -> tuple[Stored, HistoryTail, list[str]]:
        """What is stored and can be added to; mended, with a notice, where that loses nothing."""
        notices: list[str] = []
        try:
            stored = read_stored(files, disk, keep_lines=True)
            tail = read_history_tail(files, stored, disk)
        except Foreign:
            raise
        except Damaged as damage:
            from tui.store.recovery import rebuild, survey

            report = survey(files, self._meta(files, passage), passage.text, disk)
            if report.lost:
                raise
            if not report.fits:
                rebuild(files, report, disk)
                notices.append(_mended(str(damage).partition(": ")[0], report))
            stored = read_stored(files, disk, keep_lines=True)
            tail = read_history_tail(files, stored, disk)
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
            raise Damaged(f"{path}: {wrong}: restore it from a backup, or move it aside to start again")


def _not_in_library(article: str, folder: Path) -> NotPermitted:
    return NotPermitted(
        f"{article} is not in the library {folder}, so its annotations cannot be kept: add it there first"
    )


def _database(files: ArticleFiles, disk: HeldFolder) -> Database | None:
    """What is stored; None where nothing ever was. Raises Damaged where it is missing."""
    database = read_stored(files, disk).database
    if database is None:
        check_never_begun(files, disk)
    return database


def _check_text(database: Database, text_sha256: str, path: Path) -> None:
    if database.meta.text_sha256 != text_sha256:
        raise Damaged(f"{path} is about another text than the article of that name: move it aside")


def _mended(damage: str, report: DamageReport) -> str:
    lost = (
        f"no annotation is lost, but {', '.join(report.forgotten)}" if report.forgotten else "nothing is lost"
    )
    return f"{lost}: {damage} and was rebuilt from the others"
