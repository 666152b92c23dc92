"""Keeping articles and annotations: whole on disk, or an error that says so.

A script opens one annotator's work with `open_work`, and the list of articles with `open_library`: docs/database.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.store.article_table import LibraryDatabase
    from tui.store.database import WorkDatabase


def open_work(
    folder: Path | str, annotator: str, article: str, *, write: bool = False, scheme: str | None = None
) -> WorkDatabase:
    """One annotator's work on an article as a TinyDB database; close it, or use it in a `with` block.

    `folder` is the annotations folder, and `article` an id or the beginning of one. Without `write` you see the
    work as it is now. With it you have the annotator's lock until you close it. `scheme` is the label of the
    scheme, such as `news/1`, for someone who has no work on the article yet.

    Raises StoreError: NoSuchArticle, Locked with who has the work open, NotPermitted, Damaged ...
    """
    from tui.store.scripting import open_database

    return open_database(Path(folder), annotator, article, write=write, scheme=scheme)


def open_library(folder: Path | str) -> LibraryDatabase:
    """What the library's lists show of each article, as a TinyDB database with the table `articles`.

    Raises NotPermitted.
    """
    from tui.store.scripting import open_index

    return open_index(Path(folder))
