"""Keeping a newly read article: the same text twice is one article."""

from __future__ import annotations

from tui.model.article import Article
from tui.workspace import Workspace


def stored_twin(workspace: Workspace, article: Article) -> Article | None:
    """The article of the library that holds the same text; None when there is none."""
    ending = article.id[-9:]
    library = workspace.library
    for article_id in library.ids():
        if article_id.endswith(ending) and library.passage(article_id).text_sha256 == article.text_sha256:
            return library.load(article_id)
    return None


def bring_in(workspace: Workspace, article: Article) -> Article:
    """The stored article of the same text, else this one, stored unless nothing may be changed."""
    known = stored_twin(workspace, article)
    if known is not None:
        return known
    if not workspace.read_only:
        workspace.library.save(article)
    return article
