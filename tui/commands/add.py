"""`postil add`: bring articles into the library, and prepare them wholly."""

from __future__ import annotations

import asyncio
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from functools import partial
from pathlib import Path

from tui.cli import discard_output
from tui.commands.context import is_restricted, say, workspace
from tui.commands.duplicates import find_duplicate
from tui.commands.errors import FOUND_A_PROBLEM, NOT_PERMITTED, exit_code
from tui.commands.parallel import prepared
from tui.commands.preparing_again import prepare_again
from tui.commands.progress_line import show_progress
from tui.input_paths import SUFFIXES, as_path, files_of
from tui.model.article import Article
from tui.prepare import PreparationError
from tui.prepare.pace import Pace
from tui.prepare.pipeline import alias_files_for
from tui.prepare.steps import Steps
from tui.prepare.sync_client import add_entities, add_hints, end_processes, read_articles
from tui.store.changes import add
from tui.store.protocol import NotPermitted, StoreError
from tui.text.clean import visible
from tui.text.cores import cores
from tui.text.decode import MAX_BYTES
from tui.workspace import Workspace

ALREADY = "already in the library"

_MANY = 16
"""Files from which on it pays to start processes that each load a model."""


def run(options: Namespace) -> int:
    try:
        return _run(options)
    finally:
        end_processes()


def _run(options: Namespace) -> int:
    if is_restricted(options):
        raise NotPermitted("paths are not read under --restricted: ask the library's owner to add articles")
    place = workspace(options)
    if place.read_only:
        raise NotPermitted("adding changes the library, which --read-only forbids: leave the option out")
    sources, unreadable = _sources(options.paths)
    worst = 0
    for error in unreadable:
        _tell(
            f"{error.filename} cannot be looked into ({error.strerror}): ask its owner for the right to read"
        )
        worst = max(worst, NOT_PERMITTED if isinstance(error, PermissionError) else FOUND_A_PROBLEM)
    files = [source for source in sources if isinstance(source, Path)]
    if len(files) == len(sources) >= _MANY and cores() > 1 and not options.again:
        return max(worst, asyncio.run(_add_side_by_side(place, files, options)))
    watched = _Watched(files, len(sources))
    for source in sources:
        watched.begin(source)
        try:
            for article, what in _add(place, source, options, watched):
                _announce(article, what)
        except (PreparationError, StoreError) as error:
            # The other files are not this one's fault.
            _tell(str(error))
            worst = max(worst, exit_code(error) or FOUND_A_PROBLEM)
        finally:
            watched.finish(source)
    return worst


async def _add_side_by_side(place: Workspace, files: list[Path], options: Namespace) -> int:
    """The worst exit code. Stopped, it leaves whole articles."""
    worst = 0
    watched = _Watched(files, len(files))
    watched.begin(files[0])
    async with aclosing(prepared(place, files, options, cores(), watched.steps)) as results:
        async for result in results:
            for article, is_known in result.articles:
                try:
                    if is_known:
                        _announce(article, ALREADY)
                    else:
                        _announce(*_store(place, article, article.source))
                except StoreError as error:
                    _tell(str(error))
                    worst = max(worst, exit_code(error) or FOUND_A_PROBLEM)
            if result.error is not None:
                _tell(str(result.error))
                worst = max(worst, exit_code(result.error) or FOUND_A_PROBLEM)
            watched.finish(result.path)
            watched.begin(result.path)
    show_progress()
    return worst


class _Watched:
    """The line that tells how far it is."""

    def __init__(self, files: list[Path], number: int) -> None:
        """`number` counts those that are no files too."""
        self._pace = Pace()
        self._sizes = {file: _size(file) for file in files} if sys.stderr.isatty() else {}
        self._all = sum(self._sizes.values())
        self._number = number
        self._name = ""

    def begin(self, source: Path | str) -> None:
        self._name = source if isinstance(source, str) else source.name
        self._show()

    def steps(self, source: Path | str) -> Steps:
        """What tells how far one of them is."""
        size = self._sizes.get(source, 0) if isinstance(source, Path) else 0
        return Steps(self._pace, Path(source), size, self._show)

    def finish(self, source: Path | str) -> None:
        self._pace.finish(str(source), self._sizes.get(source, 0) if isinstance(source, Path) else 0)
        show_progress()

    def _show(self) -> None:
        at = min(self._pace.files + 1, self._number)
        show_progress(f"{at}/{self._number} {self._name}", *self._pace.summary(self._all))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _sources(names: list[str]) -> tuple[list[Path | str], list[OSError]]:
    """The files that the names stand for, with `-` for standard input, and the folders that stay closed.

    In the order given; a folder's and a pattern's in the order of their names.
    """
    found: list[Path | str] = []
    unreadable: list[OSError] = []
    for name in names:
        if name == "-":
            found.append(name)
            continue
        closed_before = len(unreadable)
        files = files_of(name, unreadable.append)
        if not files and len(unreadable) == closed_before:
            _tell(f"{as_path(name)} holds no {' '.join(SUFFIXES)} file: name the files themselves")
        found += files
    return found, unreadable


def _add(
    place: Workspace, source: Path | str, options: Namespace, watched: _Watched
) -> Iterator[tuple[Article, str]]:
    """What is in the library now, of one source, and what was done for it."""
    content = source if isinstance(source, Path) else sys.stdin.buffer.read(MAX_BYTES + 1)
    path = source if isinstance(source, Path) else None
    steps = watched.steps(source)
    for article in read_articles(
        content,
        language=options.language,
        source_language=options.source_language,
        progress=partial(steps.tell, "reading"),
    ):
        steps.begin(article)
        known = find_duplicate(place, article)
        if known is not None and known.has_entities and not options.again:
            steps.end()
            yield known, ALREADY
            continue
        aliases = alias_files_for(path, place.folder)
        prepare = partial(_prepared, aliases=aliases, steps=steps)
        if known is not None and options.again:
            stored = prepare_again(place, known, article, prepare, force=options.force, tell=_tell)
            what = "prepared again"
        else:
            stored, what = _store(place, prepare(known or article), article.source)
        steps.end()
        yield stored, what


def _prepared(article: Article, *, aliases: Sequence[Path], steps: Steps) -> Article:
    """The article with its names and hints. Raises PreparationError."""
    whole = add_entities(article, aliases, progress=partial(steps.tell, "names"))
    return add_hints(whole, partial(steps.tell, "hints"))


def _store(place: Workspace, article: Article, source: str) -> tuple[Article, str]:
    """The article as it is in the library now, and what was done for it. Raises StoreError."""
    added = add(place.library, article, who=place.annotator)
    for warning in article.warnings:
        _tell(f"{source}: {warning}")
    if added.notice:
        _tell(added.notice)
    return added.article, "added" if added.is_changed else ALREADY


def _announce(article: Article, what: str) -> None:
    # On a terminal the progress line has said the rest.
    if what == ALREADY or not sys.stderr.isatty():
        _tell(f"{article.source}: {what} as {article.id} ({article.language}, {len(article)} sentences)")
    show_progress()
    try:
        print(visible(article.id), flush=True)
    except BrokenPipeError:
        # Whoever read the ids has had enough; the files that follow are still wanted.
        discard_output()


def _tell(message: str) -> None:
    show_progress()
    say(message)
