"""What every store promises. One conformance suite tests each implementation against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from tui.model.annotation import Annotation, Event, Step, Work
from tui.model.article import Article


class StoreError(Exception):
    """Something the user must know; `str()` is one line: what is wrong, and how to fix it."""


class NotSaved(StoreError):
    """The change is not durable: the disk is full, gone, read-only or failing."""


class Conflict(StoreError):
    """Another program wrote the same annotations in the meantime."""


class Changed(Conflict):
    """The stored article has changed since it was read."""


class Locked(StoreError):
    """Another session has the annotations open for writing."""


class NotPermitted(StoreError):
    """The file system does not let this user read or write them."""


class Damaged(StoreError):
    """A stored file cannot be read back; it is left as it is."""


class Unreadable(Damaged):
    """The disk does not give a stored file back: nothing is known of what is in it, and it may be whole."""


class Foreign(Damaged):
    """A stored file names another annotator or article; it is left as it is."""


class TooNew(StoreError):
    """A stored file was written by a newer Postil; it is left as it is."""


class NoSuchArticle(StoreError):
    """The library has no such article."""


class Unsupported(StoreError):
    """TinyDB offers the operation, but the stored files do not."""


class UnsafeName(StoreError):
    """An article id or annotator that must not become a file name."""


class Writer(Protocol):
    """One annotator's open article. Used from one thread at a time."""

    @property
    def revision(self) -> int:
        """The number of the last step, 0 before the first."""
        ...

    @property
    def notices(self) -> Sequence[str]:
        """What the annotator should know about how the files were found, a line each."""
        ...

    def put(self, *steps: Step) -> int:
        """Make steps durable, in order, and return the revision number of the last.

        On return they are on disk. Otherwise it raises NotSaved or Conflict: what was stored
        before is then unharmed, and the steps stay pending, so that the next call writes them
        too. A call without steps only tries that again.
        """
        ...

    def put_cursor(self, cursor: int) -> None:
        """Keep where the annotator is (a sentence's start offset), for the next session."""
        ...

    def tidy(self) -> None:
        """Do what can wait, such as folding a long journal. Raises nothing: it loses nothing by failing."""
        ...

    def close(self) -> None:
        """Fold what is pending and release the lock, which it does even when it raises NotSaved or Conflict."""
        ...


class Store(Protocol):
    def open(self, article: str, annotator: str, read: Article | None = None) -> Writer:
        """Take the one writer's place; `read` is the article, if it is known already. Raises Locked with who has it, NotPermitted, Damaged."""
        ...

    def load(self, article: str, annotator: str) -> Work:
        """What is stored, without locking; empty when there is nothing. Raises Damaged."""
        ...

    def annotators(self, article: str) -> list[str]:
        """Who has stored work on the article and is readable, sorted."""
        ...

    def scan(self, article: str, annotator: str) -> Iterator[Annotation]:
        """Stored annotations in the order of their start offsets."""
        ...

    def history(
        self, article: str, annotator: str, *, newest_first: bool = False, upto: int | None = None
    ) -> Iterator[Event]:
        """Every stored step in order, or backwards; with `upto` those up to that number. Raises Damaged."""
        ...
