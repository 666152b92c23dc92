"""The annotations of a folder for reading alone: no annotator is needed, and nothing is locked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from tui.commands.context import Context
from tui.commands.usage import UsageError
from tui.model.annotation import Annotation
from tui.model.identity import annotator_name
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.second_pass import SecondPassStore


class Corpus(NamedTuple):
    """The library, and everybody's annotations and reviews."""

    folder: Path
    library: Library
    store: FolderStore
    """The first passes; the second ones if the command is about those."""
    reviews: FolderStore
    second_passes: SecondPassStore
    scheme: str
    """The label of the scheme in force."""

    @classmethod
    def of(cls, context: Context, *, second_pass: bool = False) -> Corpus:
        folder, label = context.folder, context.scheme.label
        store = FolderStore(folder, scheme=label)
        reviews = FolderStore(folder, scheme=label, kind="review")
        second_passes = SecondPassStore(folder, scheme=label)
        context.watch_owners(store, reviews, second_passes)
        chosen = second_passes if second_pass else store
        return cls(folder, Library(folder), chosen, reviews, second_passes, label)

    def article_ids(self, names: Collection[str]) -> list[str]:
        """The ids of the named articles, or of all, in order. Raises NoSuchArticle."""
        return sorted({self.library.find(name) for name in names} or self.library.ids())

    def annotators(
        self, article_id: str, names: Collection[str], store: FolderStore | None = None
    ) -> list[str]:
        """Those of `names`, or all if it is empty, whose work on the article you may read in `store`.

        `store` is this corpus's unless it is given.
        """
        everybody = (store or self.store).annotators(article_id)
        return [name for name in everybody if name in names] if names else everybody

    def decisions(self, article_id: str, reviewer: str | None) -> dict[str, dict[int, Annotation]]:
        """Each reviewer's decisions on an article by the start of the sentence, or one reviewer's alone."""
        decisions: dict[str, dict[int, Annotation]] = {}
        reviewers = [name for name in self.reviews.annotators(article_id) if reviewer in {None, name}]
        text_sha256 = self.library.text_sha256(article_id) if reviewers else None
        for name in reviewers:
            stored = self.reviews.read(article_id, name, text_sha256)
            if stored is not None and stored.meta.scheme == self.scheme:
                decisions[name] = stored.annotations
        return decisions


def pass_name(annotator: str, is_second: bool) -> str:
    """The name of one of an annotator's passes. No annotator can have the name of a second pass."""
    return f"{annotator} (second pass)" if is_second else annotator


def checked_names(given: Iterable[str], option: str = "--annotator") -> frozenset[str]:
    """The annotators that an option names. Raises UsageError for what cannot be a name."""
    return frozenset(checked_name(name, option) for name in given)


def checked_name(given: str, option: str) -> str:
    """Raises UsageError for what cannot be a name."""
    try:
        return annotator_name(given)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from error
