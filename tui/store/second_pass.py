"""Second passes, also those that earlier versions stored as the work of an annotator called `NAME.again`.

Those are read where they are, and carried over to the annotator's own folder when that annotator goes on.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from tui.model.annotation import Change, Event, Step
from tui.model.article import Article
from tui.model.clock import now
from tui.model.identity import EARLIER_SECOND_PASS
from tui.store.checkpoint import SECOND_PASS, Database
from tui.store.disk import DISK, Disk
from tui.store.earlier_passes import EarlierPasses
from tui.store.files import discard_stale
from tui.store.folder import FolderStore
from tui.store.held import HeldFolder
from tui.store.lock import Lock
from tui.store.protocol import StoreError
from tui.store.safe_names import is_safe
from tui.store.work_files import ArticleFiles, article_files
from tui.store.writer import FolderWriter

_MIGRATE = "migrate"


class SecondPassStore(FolderStore):
    """All second passes under one annotations folder, each under the annotator's own name."""

    def __init__(
        self,
        folder: Path,
        scheme: str,
        disk: Disk = DISK,
        lock: Callable[[Path, str, HeldFolder], Lock] = Lock,
    ) -> None:
        super().__init__(folder, scheme, disk, lock, kind="second")
        self._works = self.of_kind("work")
        self._earlier = EarlierPasses(folder, self._works, disk)

    def with_scheme(self, scheme: str) -> FolderStore:
        """The same files, to work with another scheme."""
        return SecondPassStore(self._folder, scheme, self._disk, self._lock)

    def open(self, article: str, annotator: str, read: Article | None = None) -> FolderWriter:
        """As `FolderStore.open`; what an earlier version stored is carried over first, as one step."""
        writer = super().open(article, annotator, read)
        try:
            self._adopt_earlier(article, annotator, writer)
        except BaseException:
            with contextlib.suppress(StoreError):
                writer.close()
            raise
        return writer

    def read(self, article: str, annotator: str, text_sha256: str | None = None) -> Database | None:
        """As `FolderStore.read`, with what is not carried over yet."""
        # In this order, here and below: what is carried over in between is then read twice, not missed.
        earlier = self._read_earlier(article, annotator, text_sha256)
        database = super().read(article, annotator, text_sha256)
        if earlier is None:
            return database
        if database is None:
            meta = msgspec.structs.replace(earlier.meta, annotator=annotator, sitting=SECOND_PASS)
            return msgspec.structs.replace(earlier, meta=meta)
        if database.meta.scheme == earlier.meta.scheme:
            database.annotations = {**earlier.annotations, **database.annotations}
        return database

    def history(
        self,
        article: str,
        annotator: str,
        *,
        newest_first: bool = False,
        upto: int | None = None,
        text_sha256: str | None = None,
    ) -> Iterator[Event]:
        """As `FolderStore.history`; the steps of an earlier version are those of `NAME.again`."""
        is_earlier = self._has_earlier(article, annotator) and super().read(article, annotator) is None
        read = self._works.history if is_earlier else super().history
        name = _earlier_name(annotator) if is_earlier else annotator
        yield from read(article, name, newest_first=newest_first, upto=upto, text_sha256=text_sha256)

    def has_work(self, article: str, annotator: str) -> bool:
        """True if there is a readable second pass of that annotator on the article. Raises UnsafeName."""
        return self._has_earlier(article, annotator) or super().has_work(article, annotator)

    def annotated(self) -> dict[str, list[str]]:
        """What `annotators` returns for every article with a second pass."""
        earlier = [
            (article, first)
            for first, name in self._earlier.candidates(self._people_there())
            if self._earlier.holds(name)
            for article in self._works.articles_of(name)
        ]
        annotated = super().annotated()
        for article, first in earlier:
            annotated[article] = sorted({*annotated.get(article, []), first})
        return annotated

    def not_carried_over(self, annotator: str) -> list[str]:
        """The articles whose second pass is as an earlier version stored it, sorted."""
        name = _earlier_name(annotator)
        return self._works.articles_of(name) if is_safe(name) and self._earlier.holds(name) else []

    # -- what an earlier version stored ------------------------------------

    def _has_earlier(self, article: str, annotator: str) -> bool:
        name = _earlier_name(annotator)
        return is_safe(name) and self._works.has_work(article, name) and self._earlier.holds(name, article)

    def _read_earlier(self, article: str, annotator: str, text_sha256: str | None) -> Database | None:
        if not self._has_earlier(article, annotator):
            return None
        return self._works.read(article, _earlier_name(annotator), text_sha256)

    def _adopt_earlier(self, article: str, annotator: str, writer: FolderWriter) -> None:
        """Make an earlier version's work the first step, durably, then put its files aside.

        Cut anywhere, it is done again from the start and adds only what is missing. Raises StoreError.
        """
        name = _earlier_name(annotator)
        if not is_safe(name):
            return
        if self._works.has_work(article, name):
            if not self._earlier.holds(name):
                return
            # This mends what a crash left, and folds the journal.
            self._works.open(article, name).close()
        elif not self._is_half_aside(article, annotator, name):
            return
        with self._works.hold_with_disk(article, name) as (files, disk):
            if self._works.has_work(article, name):
                # A person of that name may have worked there in between.
                if not self._earlier.holds(name):
                    return
                self._put_earlier(article, annotator, name, writer)
            _put_aside(files, disk)

    def _is_half_aside(self, article: str, annotator: str, name: str) -> bool:
        """True for what a crash leaves of `_put_aside`: no checkpoint, but a history or the checkpoint before."""
        left = article_files(self._people, article, name)
        try:
            there = set(self._disk.names(left.folder))
        except OSError:
            return False
        return (
            any(path.name in there for path in left.data()) and super().read(article, annotator) is not None
        )

    def _put_earlier(self, article: str, annotator: str, name: str, writer: FolderWriter) -> None:
        earlier, database = self._works.read(article, name), super().read(article, annotator)
        if earlier is None:
            return
        known = database.annotations if database is not None else {}
        changes = tuple(
            Change(before=None, after=earlier.annotations[start])
            for start in sorted(earlier.annotations)
            if start not in known
        )
        if changes:
            label = f"carried over from {name}"
            cursor = earlier.state.cursor
            writer.put(Step(action=_MIGRATE, label=label, at=now(), changes=changes, cursor=cursor))


def _put_aside(files: ArticleFiles, disk: Disk) -> None:
    """Rename what is carried over. Where that fails nothing is lost: it is tried again at the next opening."""
    with contextlib.suppress(OSError):
        discard_stale(files.data(), disk)
        there = set(disk.names(files.folder))
        # A journal that could not be folded needs its checkpoint.
        if files.journal.name in there:
            return
        # The checkpoint goes first: without it nothing of the others counts any more.
        for path in files.data():
            if path.name in there:
                disk.replace(path, _kept(path, there))
        disk.sync_folder(files.folder)


def _kept(path: Path, taken: set[str]) -> Path:
    """The first of `<file>.carried-1`, `-2`, ... that is not taken."""
    number = 1
    while f"{path.name}.carried-{number}" in taken:
        number += 1
    return path.with_name(f"{path.name}.carried-{number}")


def _earlier_name(annotator: str) -> str:
    return annotator + EARLIER_SECOND_PASS
