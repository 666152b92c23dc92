"""Reading everybody's work on an article, and every reviewer's decisions on it. Nothing is locked."""

from __future__ import annotations

import msgspec

from tui.model.annotation import Annotation
from tui.model.article import Article
from tui.store.checks import misplaced
from tui.store.folder import FolderStore
from tui.store.protocol import Damaged, StoreError


class Read(msgspec.Struct, kw_only=True):
    """What could be read."""

    said_by: dict[str, dict[int, Annotation]] = {}
    """By name, then by the start of the sentence."""
    skipped: list[str] = []
    """Whose work is not there and why, a line each."""
    is_whole: bool = True
    """False where something could not be read; what another scheme tagged is whole."""


class _OtherScheme(Damaged):
    """Nothing is wrong with the file."""


def read_all(store: FolderStore, article: Article, scheme: str) -> Read:
    """Everybody's work, or every reviewer's decisions, as the store's kind is.

    What was tagged by another scheme than the one with this label is left out, and so is what cannot be read.
    """
    read = Read()
    for name in store.annotators(article.id):
        try:
            read.said_by[name] = read_one(store, article, name, scheme)
        except StoreError as error:
            read.skipped.append(str(error))
            read.is_whole = read.is_whole and isinstance(error, _OtherScheme)
    return read


def read_one(store: FolderStore, article: Article, name: str, scheme: str) -> dict[int, Annotation]:
    """One person's, which is empty where there is none. Raises StoreError, also for another scheme or text."""
    database = store.read(article.id, name, article.text_sha256)
    if database is None:
        return {}
    if database.meta.scheme != scheme:
        raise _OtherScheme(
            f"{name} tagged {article.id} by scheme {database.meta.scheme[:60]}, not {scheme}: left out"
        )
    for annotation in database.annotations.values():
        wrong = misplaced(annotation, article.text)
        if wrong is not None:
            raise Damaged(f"{name} on {article.id}: {wrong}: mend it with postil verify --repair")
    return database.annotations
