"""Keeping a newly read article: the same text twice is one article."""

from __future__ import annotations

from pathlib import Path

from tui.model.article import Article
from tui.model.identity import text_sha256
from tui.store.changes import add
from tui.workspace import Workspace


def find_duplicate(workspace: Workspace, article: Article) -> Article | None:
    """The article of the library that holds the same text; None when there is none."""
    return workspace.library.with_text(article.text_sha256)


def stored_already(workspace: Workspace, path: Path) -> Article | None:
    """The article of the library that holds the text of a `.txt` file, found without preparing it.

    None for anything else, also for a file that cannot be read: preparing it tells why.
    """
    from tui.store.files import read_file
    from tui.text.decode import UnreadableFileError, check_size, decode

    if path.suffix.lower() != ".txt":
        return None
    try:
        check_size(path.stat().st_size)
        data = read_file(path)
        return workspace.library.with_text(text_sha256(decode(data).text))
    except (OSError, UnreadableFileError):
        return None


def ingest(workspace: Workspace, article: Article) -> tuple[Article, str]:
    """The stored article of the same text, else this one, stored unless nothing may be changed.

    And what else should be known, one line or nothing.
    """
    if workspace.read_only:
        return find_duplicate(workspace, article) or article, ""
    known = find_duplicate(workspace, article)
    if known is not None:
        return known, ""
    added = add(workspace.library, article, who=workspace.annotator)
    return added.article, added.notice
