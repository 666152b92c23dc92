"""The same text twice is one article: a newly read one is compared with the library."""

from __future__ import annotations

from pathlib import Path

from tui.model.article import Article
from tui.model.identity import text_sha256
from tui.store.changes import add
from tui.workspace import Workspace


def find_duplicate(workspace: Workspace, article: Article) -> Article | None:
    """The article of the library with the same text; None if it has none."""
    return workspace.library.with_text(article.text_sha256)


def stored_already(workspace: Workspace, path: Path) -> Article | None:
    """The article of the library with the text of a `.txt` file, without preparing the file.

    None for any other file, and for one that cannot be read: the error when it is prepared explains why.
    """
    from tui.documents.decoding import UnreadableFileError, check_size, decode
    from tui.store.files import read_file

    if path.suffix.lower() != ".txt":
        return None
    try:
        check_size(path.stat().st_size)
        data = read_file(path)
        return workspace.library.with_text(text_sha256(decode(data).text))
    except (OSError, UnreadableFileError):
        return None


def ingest(workspace: Workspace, article: Article) -> tuple[Article, str]:
    """The stored article with the same text, or this one, which is stored unless the workspace is read-only.

    With it, a notice of one line, or an empty one.
    """
    if workspace.read_only:
        return find_duplicate(workspace, article) or article, ""
    known = find_duplicate(workspace, article)
    if known is not None:
        return known, ""
    added = add(workspace.library, article, who=workspace.annotator)
    return added.article, added.notice
