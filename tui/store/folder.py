"""The store on a file system: `people/<annotator>/<article>.json`, whole after every step.

The owner of an annotator's folder is its only writer, and within that user the lock file's holder.
"""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tui.model.annotation import Annotation, Step, Work
from tui.model.clock import now
from tui.store.checks import misplaced
from tui.store.database import Database, Meta, State, decode, encode
from tui.store.errors import cannot_read, cannot_write, not_saved
from tui.store.files import (
    OWN_FOLDER_MODE,
    Identity,
    discard_stale,
    identity,
    make_folder,
    may_read,
    mode_within,
    read_file,
    stage,
)
from tui.store.library import Library, Passage
from tui.store.lock import Lock
from tui.store.names import is_safe, safe
from tui.store.protocol import Conflict, Damaged, NoSuchArticle, NotPermitted, NotSaved


class FolderStore:
    """Everybody's annotations under one annotations folder."""

    def __init__(self, folder: Path, scheme: str) -> None:
        """`scheme` is the label, such as `news/1`, of the scheme that is worked with."""
        self._folder = folder
        self._people = folder / "people"
        self._library = Library(folder)
        self._scheme = scheme

    def open(self, article: str, annotator: str) -> FolderWriter:
        """Take the one writer's place.

        Raises Locked with who holds it, NotPermitted, NotSaved (no room for a folder), Damaged, TooNew,
        UnsafeName.
        """
        path = self._path(article, annotator)
        try:
            passage = self._library.passage(article)
        except NoSuchArticle as error:
            raise NotPermitted(
                f"{article} is not in the library {self._folder}, so its annotations cannot be kept: "
                "add it there first"
            ) from error
        self._make_folders(path.parent)
        lock = Lock(path.with_suffix(".lock"), annotator)
        try:
            discard_stale(path)
            opened_on = identity(path)
            database = self.read(article, annotator) or self._new(article, annotator, passage)
            self._check_fits(database, passage, path)
            return FolderWriter(path, database, passage.text, opened_on, lock)
        except BaseException:
            lock.release()
            raise

    def load(self, article: str, annotator: str) -> Work:
        """What is stored, without locking; empty when there is nothing.

        Raises Damaged, TooNew, NotPermitted, UnsafeName.
        """
        database = self.read(article, annotator)
        if database is None:
            return Work()
        return Work(annotations=database.annotations, cursor=database.state.cursor)

    def read(self, article: str, annotator: str) -> Database | None:
        """The whole database, with its scheme and revision; None when there is none. Raises as `load`."""
        path = self._path(article, annotator)
        self._check_own_folder(path.parent)
        try:
            data, _ = read_file(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise cannot_read(path, error) from error
        database = decode(data, path)
        meta = database.meta
        if (meta.article, meta.annotator) != (article, annotator):
            raise Damaged(
                f"{path} says it is {meta.annotator[:60]!r} on {meta.article[:60]!r}: move it to where it belongs"
            )
        return database

    def annotators(self, article: str) -> list[str]:
        """Who has stored work on the article and is readable, sorted."""
        safe(article)
        try:
            people = sorted(path.name for path in self._people.iterdir())
        except OSError:
            return []
        return [name for name in people if is_safe(name) and self._has_work(article, name)]

    def scan(self, article: str, annotator: str) -> Iterator[Annotation]:
        """Stored annotations in the order of their start offsets. Raises as `load`."""
        annotations = self.load(article, annotator).annotations
        for start in sorted(annotations):
            yield annotations[start]

    def _has_work(self, article: str, annotator: str) -> bool:
        path = self._path(article, annotator)
        return path.parent.is_dir() and not path.parent.is_symlink() and may_read(path)

    def _path(self, article: str, annotator: str) -> Path:
        return self._people / safe(annotator) / f"{safe(article)}.json"

    def _make_folders(self, own: Path) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            make_folder(self._people, mode_within(self._folder))
            make_folder(own, OWN_FOLDER_MODE)
        except OSError as error:
            raise cannot_write(own, error) from error
        self._check_own_folder(own)

    def _check_own_folder(self, own: Path) -> None:
        """A link there would let one annotator's name stand for another's files."""
        try:
            state = own.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise cannot_read(own, error) from error
        if not stat.S_ISDIR(state.st_mode):
            raise NotPermitted(f"{own} is no folder but a link or a file: put a real folder there")

    def _new(self, article: str, annotator: str, passage: Passage) -> Database:
        meta = Meta(
            article=article,
            annotator=annotator,
            text_sha256=passage.text_sha256,
            scheme=self._scheme,
            segmentation=passage.segmentation,
        )
        return Database(meta=meta)

    def _check_fits(self, database: Database, passage: Passage, path: Path) -> None:
        if database.meta.scheme != self._scheme:
            raise NotPermitted(
                f"{path} is tagged by the scheme {database.meta.scheme[:60]!r}, not {self._scheme!r}: "
                "work on it with that scheme"
            )
        if database.meta.text_sha256 != passage.text_sha256:
            raise Damaged(f"{path} is about another text of this article: move it aside to begin anew")
        for said in database.annotations.values():
            wrong = misplaced(said, passage.text)
            if wrong is not None:
                raise Damaged(f"{path}: {wrong}: restore it from a backup, or move it aside to begin anew")


class FolderWriter:
    """One annotator's open article: every put replaces the whole file."""

    def __init__(
        self, path: Path, database: Database, text: str, opened_on: Identity | None, lock: Lock
    ) -> None:
        self._path = path
        self._text = text
        self._lock: Lock | None = lock
        self._ours = {opened_on}
        """Versions of the file that hold nothing that we do not hold too."""
        self._database = database
        self._revision = database.state.revision
        self._cursor = database.state.cursor
        self._pending = False

    def put(self, *steps: Step) -> int:
        """Make steps, and any that failed before, durable; returns the revision number.

        Raises NotSaved or Conflict: what was stored is then unharmed and the steps stay pending.
        Raises ValueError, and takes none of the steps, when an annotation's text is not the article's.
        """
        if self._lock is None:
            raise NotSaved(f"not saved, the article was closed: open it again ({self._path})")
        for step in steps:
            for change in step.changes:
                wrong = change.after and misplaced(change.after, self._text)
                if wrong:
                    raise ValueError(f"{step.action}: {wrong}")
        for step in steps:
            self._apply(step)
        if self._pending:
            self._write()
        return self._revision

    def put_cursor(self, cursor: int) -> None:
        """Keep where the annotator is: written with the next step, or on closing."""
        self._cursor = cursor

    def close(self) -> None:
        """Write what is pending and give up the lock, the latter in any case. Raises NotSaved, Conflict."""
        if self._lock is None:
            return
        try:
            if self._pending:
                self._write()
            elif self._cursor != self._database.state.cursor:
                # Losing one's place is no loss of work.
                with contextlib.suppress(NotSaved, Conflict):
                    self._write()
        finally:
            self._lock.release()
            self._lock = None

    def _apply(self, step: Step) -> None:
        annotations = self._database.annotations
        for change in step.changes:
            if change.after is None or change.after.is_empty:
                annotations.pop(change.start, None)
            else:
                annotations[change.start] = change.after
        self._revision += 1
        self._pending = True

    def _write(self) -> None:
        there = identity(self._path)
        if there is not None and there not in self._ours:
            raise Conflict(
                "not saved, the file was changed by something else: move it aside and go on, "
                f"everything is then written anew ({self._path})"
            )
        state = State(cursor=self._cursor, revision=self._revision, updated_at=now())
        written = msgspec.structs.replace(self._database, state=state)
        try:
            staged = stage(self._path, (encode(written),))
            self._ours.add(staged.identity)
            staged.publish()
        except OSError as error:
            raise not_saved(self._path, error) from error
        self._ours = {staged.identity}
        self._database = written
        self._pending = False
