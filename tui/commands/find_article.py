"""The article that ARTICLE on the command line names: an id, the beginning of one, a path, or standard input."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from tui.commands.context import Context
from tui.commands.registry import closest_command
from tui.commands.usage import UsageError
from tui.input_paths import as_path, exists, is_folder
from tui.model.article import Article
from tui.store.protocol import NoSuchArticle, NotPermitted

_TAKES_A_WHILE = 2_000_000
"""Bytes of a file that takes more than half a second to read."""


def find_article(context: Context, name: str) -> tuple[Article, Path | None]:
    """The article, and the file if it was just read from one. A path is added to the library on the way.

    Raises UsageError if there is neither article nor file and for a URL, NotPermitted for a path under
    `--restricted`, PreparationError for a file that is no readable text, StoreError.
    """
    library = context.workspace.library
    if name != "-":
        try:
            return library.load(library.find(name)), None
        except NoSuchArticle as error:
            missing = error
        path = as_path(name)
        if context.restricted:
            if _looks_like_a_path(name):
                raise NotPermitted("--restricted opens no paths: name an article of the library")
            raise missing
        if not exists(path):
            _refuse_what_is_no_path(name, missing)
        if is_folder(path):
            raise UsageError(f"{path} is a folder: name one file in it, or add all with postil add {path}")
        return _stored_or_added(context, path), path
    if context.restricted:
        raise NotPermitted("--restricted reads no standard input: name an article of the library")
    return _added(context, context.streams.input.buffer.read(_most_bytes() + 1)), None


def _refuse_what_is_no_path(name: str, missing: NoSuchArticle) -> None:
    """Raises UsageError for a URL, and for a name that does not look like a path."""
    from tui.prepare.web_address import refusal

    if refused := refusal(name):
        raise UsageError(refused)
    if not _looks_like_a_path(name):
        raise UsageError(_no_such(name, missing)) from missing


def _stored_or_added(context: Context, path: Path) -> Article:
    from tui.commands.duplicates import stored_already

    stored = stored_already(context.workspace, path)
    if stored is not None:
        _say_warnings(context, path, stored)
        return stored
    size = _size(path)
    if size < _TAKES_A_WHILE:
        return _added(context, path)
    from tui.commands.progress_line import show_progress

    try:
        return _added(context, path, size)
    finally:
        show_progress()


def _size(path: Path) -> int:
    """Bytes; 0 if it is unknown: the error when it is read explains why."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _silent(_: float) -> None:
    pass


def _progress_of(path: Path, size: int) -> Callable[[float], None]:
    """A function that shows how much of a long file is read."""
    from tui.commands.progress_line import show_progress
    from tui.prepare.pace import Pace

    pace = Pace()

    def show(share: float) -> None:
        pace.update(path.name, share * size)
        show_progress(f"reading {path.name}", *pace.summary(size), "ctrl+c stops")

    show(0)
    return show


def _say_warnings(context: Context, source: Path | bytes, article: Article) -> None:
    if article.warnings:
        shown = _shown(source)
        for warning in article.warnings:
            context.say(f"{shown}: {warning}")


def _shown(source: Path | bytes) -> str:
    from tui.prepare.shown_path import shown_path

    return shown_path(source) if isinstance(source, Path) else "-"


def _added(context: Context, source: Path | bytes, size: int = 0) -> Article:
    """The first article of the source. All are added. With the `size` of a long file, progress is shown.

    Raises PreparationError, StoreError.
    """
    from tui.commands.duplicates import ingest
    from tui.prepare import PreparationError
    from tui.prepare.reading_process import may_have_many

    show = _progress_of(source, size) if size and isinstance(source, Path) else _silent
    has_many = isinstance(source, Path) and may_have_many(source)
    first: Article | None = None
    count = read = 0
    for article in _read(context, source, _silent if has_many else show):
        stored, notice = ingest(context.workspace, article)
        if notice:
            context.say(notice)
        _say_warnings(context, source, stored)
        first = first or stored
        count += 1
        if has_many and size:
            read += len(article.text.encode("utf-8", "replace"))
            show(min(1.0, read / size))
    if first is None:
        raise PreparationError(f"{_shown(source)} has no article that can be read: see the lines before this")
    if count > 1:
        context.say(f"the file has {count} articles: this is the first, postil list shows all")
    return first


def _read(context: Context, source: Path | bytes, show: Callable[[float], None]) -> Iterator[Article]:
    """The articles, without their names; says what is wrong with single ones. Raises PreparationError."""
    from tui.prepare.reading_process import needs_process

    if needs_process(source):
        from tui.prepare import sync_client

        try:
            yield from sync_client.read_articles(source, report=context.say_left_out, progress=show)
        finally:
            sync_client.end_processes()
    else:
        from tui.prepare.pipeline import read_articles

        yield from read_articles(source, report=context.say_left_out, progress=show)


def _most_bytes() -> int:
    from tui.documents.decoding import MAX_BYTES

    return MAX_BYTES


def _looks_like_a_path(name: str) -> bool:
    return "/" in name or "\\" in name or "." in name


def _no_such(name: str, missing: NoSuchArticle) -> str:
    meant = closest_command(name)
    return f"there is no command or article {name!r}: did you mean postil {meant}?" if meant else str(missing)
