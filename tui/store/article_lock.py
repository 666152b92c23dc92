"""The lock on one article of the library: only its holder changes, adds or removes it."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path

from tui.store.held import HeldFolder
from tui.store.safe_names import safe

_HASH = frozenset("0123456789abcdef")


def lock_path(articles: Path, article: str) -> Path:
    """`articles/.<hash>.lock`, by the article's id: one for all ids that a text may get. Raises UnsafeName."""
    digits = safe(article).rpartition("-")[2]
    is_hash = len(digits) >= 8 and set(digits) <= _HASH
    return articles / f".{digits[:8] if is_hash else article}.lock"


def hold_article(
    articles: Path, article: str, *, who: str, doing: str, folder: HeldFolder
) -> AbstractContextManager[None]:
    """Hold an article's lock; `folder` is open at `articles`.

    Raises Locked with who has it and what for, NotPermitted, NotSaved, UnsafeName.
    """
    from tui.store import short_lock

    return short_lock.hold(lock_path(articles, article), article, who=who, doing=doing, folder=folder)


def wait_until_free(articles: Path, article: str) -> bool:
    """Return once the article is not being changed; True if it was not.

    Raises Locked with who is at it, NotPermitted, UnsafeName.
    """
    path = lock_path(articles, article)
    # Every article that is opened comes here, and hardly any is being changed.
    if not os.path.lexists(path):
        return True
    from tui.store import short_lock

    return short_lock.wait_until_free(path, article)
