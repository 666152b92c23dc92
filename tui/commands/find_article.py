"""What ARTICLE on the command line stands for: an id, the beginning of one, a path, or standard input."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

from tui.cli import UsageError, closest_command
from tui.commands.context import is_restricted, say
from tui.input_paths import as_path, exists, is_folder
from tui.model.article import Article
from tui.store.protocol import NoSuchArticle, NotPermitted
from tui.workspace import Workspace

_TAKES_A_WHILE = 2_000_000
"""Bytes of a file that is read in more than half a second."""


def find_article(workspace: Workspace, name: str, options: Namespace) -> tuple[Article, Path | None]:
    """The article, and the file if it came from one just now. A path is added to the library on the way.

    Raises UsageError when there is neither article nor file, NotPermitted for a path under
    `--restricted`, PreparationError for a file that is no readable text, StoreError.
    """
    if name != "-":
        try:
            return workspace.library.load(workspace.library.find(name)), None
        except NoSuchArticle as error:
            missing = error
        path = as_path(name)
        if is_restricted(options):
            if _looks_like_a_path(name):
                raise NotPermitted("paths are not opened under --restricted: name an article of the library")
            raise missing
        if not exists(path) and not _looks_like_a_path(name):
            raise UsageError(_no_such(name, missing))
        if is_folder(path):
            raise UsageError(
                f"{path} is a folder: name one file in it, or bring in all with postil add {path}"
            )
        return _told(_stored_or_added(workspace, path)), path
    if is_restricted(options):
        raise NotPermitted("standard input is not read under --restricted: name an article of the library")
    return _told(_added(workspace, sys.stdin.buffer.read(_most_bytes() + 1))), None


def _told(article: Article) -> Article:
    for warning in article.warnings:
        say(f"{article.source}: {warning}")
    return article


def _stored_or_added(workspace: Workspace, path: Path) -> Article:
    from tui.commands.duplicates import stored_already

    known = stored_already(workspace, path)
    if known is not None:
        return known
    size = _size(path)
    if size < _TAKES_A_WHILE:
        return _added(workspace, path)
    from tui.commands.progress_line import show_progress

    try:
        return _added(workspace, path, size)
    finally:
        show_progress()


def _size(path: Path) -> int:
    """Bytes; 0 where that cannot be told: reading it says why."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _silent(_: float) -> None:
    pass


def _telling(path: Path, size: int) -> Callable[[float], None]:
    """What shows how far the reading of a long file is."""
    from tui.commands.progress_line import show_progress
    from tui.prepare.pace import Pace

    pace = Pace()

    def told(share: float) -> None:
        pace.update(path.name, share * size)
        show_progress(f"reading {path.name}", *pace.summary(size), "ctrl+c stops")

    told(0)
    return told


def _added(workspace: Workspace, source: Path | bytes, size: int = 0) -> Article:
    """`size` is that of a file that takes a while, in bytes: how far it is, is shown."""
    from tui.commands.duplicates import ingest

    tell = _telling(source, size) if size and isinstance(source, Path) else _silent
    holds_many = isinstance(source, Path) and source.suffix.lower() == ".jsonl"
    first: Article | None = None
    count = read = 0
    for article in _read(source, _silent if holds_many else tell):
        known, notice = ingest(workspace, article)
        if notice:
            say(notice)
        first = first or known
        count += 1
        if holds_many and size:
            read += len(article.text.encode("utf-8", "replace"))
            tell(min(1.0, read / size))
    assert first is not None
    if count > 1:
        say(f"{count} articles were in the file: this is the first, postil list shows all")
    return first


def _read(source: Path | bytes, tell: Callable[[float], None]) -> Iterator[Article]:
    """The articles, without their names. Raises PreparationError."""
    if isinstance(source, Path) and source.suffix.lower() in {".html", ".htm"}:
        # What reads pages is not ours, and a page can make it work for minutes: there it keeps to limits.
        from tui.prepare import sync_client

        try:
            yield from sync_client.read_articles(source, progress=tell)
        finally:
            sync_client.end_processes()
    else:
        from tui.prepare.pipeline import read_articles

        yield from read_articles(source, progress=tell)


def _most_bytes() -> int:
    from tui.text.decode import MAX_BYTES

    return MAX_BYTES


def _looks_like_a_path(name: str) -> bool:
    return "/" in name or "\\" in name or "." in name


def _no_such(name: str, missing: NoSuchArticle) -> str:
    meant = closest_command(name)
    return f"there is no command or article {name!r}: did you mean postil {meant}?" if meant else str(missing)
