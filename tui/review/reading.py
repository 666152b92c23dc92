"""Reading all annotators' work on an article, and all reviewers' decisions on it. Nothing is locked."""

from __future__ import annotations

import msgspec

from tui.model.annotation import Annotation
from tui.model.article import Article
from tui.store.checks import misplaced
from tui.store.folder import FolderStore
from tui.store.protocol import Damaged, StoreError


class Read(msgspec.Struct, kw_only=True):
    """The work that could be read."""

    by_annotator: dict[str, dict[int, Annotation]] = {}
    """By name, then by the start of the sentence."""
    skipped: list[str] = []
    """One line for each annotator whose work is not included, with the reason."""
    is_whole: bool = True
    """False if something could not be read; work of another scheme does not count."""


class _OtherScheme(Damaged):
    """The work uses another scheme; nothing is wrong with the file."""


def read_all(store: FolderStore, article: Article, scheme: str) -> Read:
    """All annotators' work, or all reviewers' decisions, depending on the store's kind.

    Work of a scheme with another label is left out, and so is work that cannot be read.
    """
    read = Read()
    for name in store.annotators(article.id):
        try:
            read.by_annotator[name] = read_one(store, article, name, scheme)
        except StoreError as error:
            read.skipped.append(str(error))
            read.is_whole = read.is_whole and isinstance(error, _OtherScheme)
    return read


def read_one(store: FolderStore, article: Article, name: str, scheme: str) -> dict[int, Annotation]:
    """One person's work, empty if there is none. Raises StoreError, also for another scheme or text."""
    database = store.read(article.id, name, article.text_sha256)
    if database is None:
        return {}
    if database.meta.scheme != scheme:
        raise _OtherScheme(
            f"{name} tagged {article.id} with scheme {database.meta.scheme[:60]}, not {scheme}: left out"
        )
    for annotation in database.annotations.values():
        wrong = misplaced(annotation, article.text)
        if wrong is not None:
            raise Damaged(f"{name} on {article.id}: {wrong}: repair it with postil verify --repair")
    return database.annotations
