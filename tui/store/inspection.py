"""One annotator's files on an article: are they as they were written, do they fit each other and the text, whose are they.

The annotator may be at work meanwhile, and the article may be published again: what is found wrong counts only
if it was read from files of one moment.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from typing import NamedTuple

from tui.model.article import Article
from tui.model.repaired import repaired
from tui.store.article_lock import wait_until_free
from tui.store.checkpoint import REMEDY, Database, decode
from tui.store.checks import misplaced_in_work
from tui.store.disk import DISK, Disk
from tui.store.files import Identity
from tui.store.history import steps
from tui.store.journal import LogReader
from tui.store.library import Library
from tui.store.loading import Stored, apply, check_owner, history_tail, read_if_there, stored_in
from tui.store.lock import at_work
from tui.store.protocol import Locked, NoSuchArticle, StoreError
from tui.store.snapshot import Restless, Snapshot, current_identity, snapshot
from tui.store.work_files import ArticleFiles
from tui.text.plurals import counted

_TRIES = 5
"""How often files are looked at in which something is wrong, while they change."""


class Found(NamedTuple):
    """What there is to say."""

    problems: list[str]
    """One line each."""
    notes: list[str]
    """What is worth knowing and no fault."""


class Current:
    """The library's article, read again only if its file has changed."""

    def __init__(self, library: Library, article_id: str) -> None:
        self.path = library.articles / f"{article_id}.json"
        self._library = library
        self._id = article_id
        self._version: Identity | None = None
        self._article: Article | None = None

    def read(self) -> Article:
        """The article as it is now. Raises NoSuchArticle, Damaged, TooNew, NotPermitted."""
        version = current_identity(self.path, DISK)
        if self._article is None or version != self._version:
            self._article = None
            self._article = self._library.load(self._id)
            self._version = version
        return self._article

    def is_steady(self) -> bool:
        """False if files of the article may have been moved meanwhile, after waiting for who moved them.

        Raises Locked where that takes too long.
        """
        try:
            return wait_until_free(self._library.articles, self._id)
        except Locked:
            raise
        except StoreError:
            # Another user's lock file that may not be opened: what is found counts.
            return True


def inspect(files: ArticleFiles, article: Current, disk: Disk) -> Found:
    """What is wrong with the files, of one moment. Needs no lock; raises nothing.

    Where they change too fast for that, or are being removed or brought back, it is a note and no problem.
    """
    before: Found | None = None
    for _ in range(_TRIES):
        versions = _versions(files, article, disk)
        try:
            inspection = _look(files, article, disk)
        except Restless:
            break
        if not (inspection.problems or inspection.notes):
            return inspection
        try:
            is_steady = article.is_steady()
        except Locked as error:
            return Found([], [f"{files.checkpoint} is not verified: {error}"])
        # Every reading is of one moment, and what is wrong in two of them is no matter of the moment.
        if is_steady and (_versions(files, article, disk) == versions or inspection == before):
            return inspection
        before = inspection
    busy = at_work(files.lock, files.annotator)
    return Found([], [f"{busy}: verify {files.checkpoint} again later"])


def _versions(files: ArticleFiles, article: Current, disk: Disk) -> list[Identity | None]:
    """Which versions of the files are there now."""
    versions: list[Identity | None] = []
    for path in (*files.data(), article.path):
        try:
            versions.append(current_identity(path, disk))
        except StoreError:
            versions.append(None)
    return versions


def _look(files: ArticleFiles, current: Current, disk: Disk) -> Found:
    """Raises Restless."""
    problems, notes = list(_owner_problems(files, disk)), list[str]()
    article = None
    try:
        article = current.read()
    except NoSuchArticle:
        if any(_versions(files, current, disk)):
            problems.append(
                f"{files.checkpoint} is about an article that is not in the library: add it again"
            )
    except StoreError:
        # What is wrong with the article is reported once, with the article itself.
        pass
    try:
        with snapshot(files, (files.journal, files.history), disk) as there:
            stored = stored_in(there)
            history_tail(files, stored, there.get(files.history), there.get(files.journal), disk)
            problems += _log_problems(there, stored)
        if stored.database is not None and article is not None:
            problems += _text_problems(files, stored.database, article)
            notes += _stray_notes(files, stored.database, article)
    except Restless:
        raise
    except StoreError as error:
        problems.append(str(error))
    try:
        _check_previous(files, disk)
    except StoreError as error:
        problems.append(str(error))
    return Found(problems, notes)


def _owner_problems(files: ArticleFiles, disk: Disk) -> Iterator[str]:
    try:
        owner = disk.state(files.folder).owner
    except OSError:
        return
    for path in files.data():
        try:
            state = disk.state(path)
        except OSError:
            continue
        if not stat.S_ISREG(state.mode):
            yield f"{path} is no file but a link or a folder: put the file itself there"
        elif state.owner != owner:
            yield f"{path} belongs to another user than its folder: move it to where it belongs"


def _log_problems(there: Snapshot, stored: Stored) -> Iterator[str]:
    """Checks that the logs are as they were written, and that their steps lead to what is stored."""
    files, database = there.files, stored.database
    history, journal = (LogReader(there.blocks(path), path) for path in (files.history, files.journal))
    replayed = Database(meta=database.meta) if database is not None else None
    count = last = 0
    for event in steps(files, stored, iter((history, journal))):
        count, last = count + 1, event.seq
        if replayed is not None:
            apply(replayed, event.step)
    for log in (journal, history):
        # A wrong byte at the very end loses nothing, and is not as it was written.
        if log.has_damaged_end:
            yield f"{log.path} is damaged in its last line, though nothing is lost: {REMEDY}"
    # Where a repair left gaps, or an older Postil kept no steps, there is nothing to compare.
    if database is not None and replayed is not None and count and count == last:
        known = (database.annotations, database.entities, database.sentences)
        if (replayed.annotations, replayed.entities, replayed.sentences) != known:
            yield (
                f"{files.history} does not lead to what {files.checkpoint.name} contains: restore a backup of both"
            )


def _text_problems(files: ArticleFiles, database: Database, article: Article) -> Iterator[str]:
    if database.meta.text_sha256 != article.text_sha256:
        yield f"{files.checkpoint} is about another text of this article: move it aside to start again"
        return
    for wrong in misplaced_in_work(database.work, article.text):
        yield f"{files.checkpoint}: {wrong}: {REMEDY}"


def _stray_notes(files: ArticleFiles, database: Database, article: Article) -> Iterator[str]:
    own = repaired(article, database.sentences.values())
    bounds = set(zip(own.starts, own.ends, strict=True))
    stray = sum(
        (annotation.start, annotation.end) not in bounds for annotation in database.annotations.values()
    )
    if stray:
        kept = counted(stray, "annotation of a sentence that has", "annotations of sentences that have")
        yield f"{files.checkpoint} has {kept} changed: {'it is' if stray == 1 else 'they are'} kept"


def _check_previous(files: ArticleFiles, disk: Disk) -> None:
    data = read_if_there(files.previous, disk)
    if data is not None:
        check_owner(decode(data, files.previous).meta, files, files.previous)
