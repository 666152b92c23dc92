"""Changing the library: every article is read and compared under its lock before its file is replaced."""

from __future__ import annotations

from collections.abc import Collection, Generator
from contextlib import contextmanager
from typing import NamedTuple

from msgspec.structs import replace

from tui.model.article import Article
from tui.model.findings import with_findings
from tui.model.identity import longer_ids
from tui.store.article_file import encode
from tui.store.article_lock import hold_article
from tui.store.claims import claims, segmentation_for
from tui.store.disk import Disk
from tui.store.errors import cannot_write
from tui.store.files import discard_leftovers, discard_stale, mode_within, replace_file
from tui.store.held import HeldFolder
from tui.store.library import Library
from tui.store.protocol import Changed, Damaged, NoSuchArticle, NotSaved, Unreadable


class Added(NamedTuple):
    """What came of adding an article."""

    article: Article
    """As it is in the library now."""
    is_new: bool
    """False where the library had this text already."""
    is_changed: bool
    """True also where only its names or hints are new."""
    notice: str = ""
    """What else should be known, one line."""


class Change:
    """One article of the library, for the holder of its lock."""

    def __init__(self, library: Library, article: str, disk: HeldFolder) -> None:
        """`disk` has the folder of the articles open."""
        self.path = library.path(article)
        self.library = library
        """Reads in the folder that `disk` holds."""
        self._id = article
        self.disk = disk

    def load(self) -> Article:
        """The article as it is stored now. Raises what `Library.load` raises."""
        return self.library.load(self._id)

    def save(self, article: Article) -> Article:
        """Store the next version durably; returns it with its `version`.

        Raises Changed where the stored file is not the version that `article` was read from, Damaged,
        NotPermitted, NotSaved; the old file is then unharmed. Raises ValueError for another article, and for
        one as an annotator repaired it, which is theirs alone.
        """
        if article.id != self._id or article.entity_block_starts:
            raise ValueError(
                f"{article.id} cannot be stored as {self._id}: publish one's own sentences instead"
            )
        chunks, version = encode(article)
        try:
            self.disk.check_in_place()
            self._check_is_that(article)
            if article.version:
                # Only for a next version: who adds many articles has looked through the names already.
                discard_stale((self.path,), self.disk)
            replace_file(self.path, chunks, disk=self.disk)
            self.disk.check_in_place()
        except OSError as error:
            raise cannot_write(self.path, error) from error
        return replace(article, version=version)

    def _check_is_that(self, article: Article) -> None:
        if self.library.version(self._id) != article.version:
            stored = self.load() if self.library.holds(self._id) else None
            what = _difference(article, stored)
            raise Changed(f"{self._id} has changed since it was read, {what}: try again")

    def is_taken(self, text_sha256: str) -> bool:
        """True if the file is whole, or of a text with another checksum. Raises TooNew, NotPermitted, Unreadable."""
        # Hardly any article is there, and to say which are like it takes a look at all of them.
        if not self.library.holds(self._id):
            return False
        try:
            if self.library.text_sha256(self._id) == text_sha256:
                self.load()
        except Unreadable:
            raise
        except (NoSuchArticle, Damaged):
            return False
        return True

    def set_aside_damaged(self) -> str:
        """Keep what has the id under another name, as a repair keeps it; returns a line about it, or nothing.

        Raises NotPermitted, NotSaved.
        """
        if not self.library.holds(self._id):
            return ""
        from tui.store.recovery import free_name

        try:
            kept = free_name(self.path, self.disk)
            self.disk.replace(self.path, kept)
            self.disk.sync_folder(self.path.parent)
        except OSError as error:
            raise cannot_write(self.path, error) from error
        return f"{self.path.name} was damaged, and is kept as {kept.name}"


@contextmanager
def change(library: Library, article: str, *, who: str, doing: str) -> Generator[Change]:
    """Hold an article's lock to read, compare and store it.

    `who` and `doing`, such as `publishing`, are what others are shown meanwhile. Raises Locked with who has
    the lock and what for, NotPermitted, NotSaved, UnsafeName.
    """
    with (
        _held_to_write(library) as held,
        hold_article(library.articles, article, who=who, doing=doing, folder=held),
    ):
        yield Change(Library(library.folder, held), article, held)


def _held_to_write(library: Library) -> HeldFolder:
    try:
        library.folder.mkdir(parents=True, exist_ok=True)
        held = HeldFolder(library.disk, library.folder)
        try:
            held.enter(library.articles, mode_within(library.folder))
        except BaseException:
            held.release()
            raise
    except OSError as error:
        raise cannot_write(library.articles, error) from error
    return held


def add(library: Library, article: Article, *, who: str) -> Added:
    """Store an article durably under an id that no other text has or had.

    Where its text is in the library already, only names and hints that are missing there are added.
    Raises Locked, NotPermitted, NotSaved, TooNew, Damaged.
    """
    # One lock serves all ids that the text may get.
    with change(library, article.id, who=who, doing="adding it") as held:
        names = held.library.names()
        known = held.library.with_text(article.text_sha256, names)
        if known is None:
            return _add_new(held, article, names, library.disk)
    return add_findings(library, known.id, article, who=who)


def add_findings(library: Library, article: str, findings: Article, *, who: str) -> Added:
    """Add names and hints that were found meanwhile to the stored article, where it has none of its own.

    Raises NoSuchArticle, Damaged for another text under that id, Locked, NotPermitted, NotSaved, TooNew.
    """
    with change(library, article, who=who, doing="adding names and hints") as held:
        known = held.load()
        if known.text_sha256 != findings.text_sha256:
            raise Damaged(f"{held.path} contains another text now: add the article again")
        whole = with_findings(known, findings)
        if whole is known:
            return Added(known, is_new=False, is_changed=False)
        return Added(held.save(whole), is_new=False, is_changed=True)


def _add_new(lock: Change, article: Article, names: Collection[str], disk: Disk) -> Added:
    """For the holder of the lock, once the library is known to lack the text.

    `disk` reads the folders of people and the trash, which are not held.
    """
    sentences = tuple(zip(article.starts, article.ends, strict=True))
    for name in longer_ids(article.id, article.text_sha256):
        known = list(claims(lock.library.folder, name, disk))
        held = Change(lock.library, name, lock.disk)
        if any(claim.text_sha256 != article.text_sha256 for claim in known) or held.is_taken(
            article.text_sha256
        ):
            continue
        notice = held.set_aside_damaged()
        discard_leftovers(held.path, names, held.disk)
        number = segmentation_for(known, sentences)
        stored = held.save(replace(article, id=name, segmentation=number, version=""))
        return Added(stored, is_new=True, is_changed=True, notice=notice)
    raise NotSaved(f"not saved, each id that {article.id} may get is another text's: change its title")


def _difference(read: Article, stored: Article | None) -> str:
    """How an article has changed since it was read, in a few words."""
    if stored is None:
        return "it was removed"
    if stored.text_sha256 != read.text_sha256:
        return "it contains another text now"
    published = [
        publication for publication in stored.publications if publication.segmentation > read.segmentation
    ]
    if published:
        last = published[-1]
        return (
            f"{last.annotator} published segmentation {last.segmentation} at {last.at[:16].replace('T', ' ')}"
        )
    if stored.segmentation > read.segmentation:
        return f"it was prepared again, as segmentation {stored.segmentation}"
    return "it was prepared again"
