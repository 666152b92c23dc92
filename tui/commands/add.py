"""`postil add`: add articles to the library, with their names and hints."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from functools import partial
from pathlib import Path

import msgspec

from tui.commands.context import Context
from tui.commands.duplicates import find_duplicate
from tui.commands.errors import FOUND_A_PROBLEM, NOT_PERMITTED, exit_code
from tui.commands.parallel import prepared
from tui.commands.progress_line import show_progress
from tui.commands.repreparation import prepare_again
from tui.commands.streams import Streams
from tui.commands.usage import discard_output
from tui.documents.decoding import MAX_BYTES
from tui.documents.document import Layout, ReadingOptions
from tui.input_paths import SUFFIXES, as_path, files_of
from tui.model.article import Article
from tui.prepare import PreparationError
from tui.prepare.pace import Pace
from tui.prepare.pipeline import alias_files_for
from tui.prepare.steps import Steps
from tui.prepare.sync_client import add_entities, add_hints, end_processes, read_articles
from tui.store.changes import add
from tui.store.protocol import NotPermitted, StoreError
from tui.text.cores import cores

ALREADY = "already in the library"

_MANY = 16
"""From this number of files on, it pays to start processes that each load a model."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    paths: tuple[str, ...]
    language: str | None = None
    source_language: str | None = None
    encoding: str | None = None
    layout: Layout | None = None
    text_field: str | None = None
    title_field: str | None = None
    again: bool = False
    force: bool = False

    @property
    def reading(self) -> ReadingOptions:
        return ReadingOptions(
            language=self.language,
            source_language=self.source_language,
            encoding=self.encoding,
            layout=self.layout,
            text_field=self.text_field,
            title_field=self.title_field,
        )


def run(context: Context, options: Options) -> int:
    if context.restricted:
        raise NotPermitted("--restricted reads no paths: ask the library's owner to add articles")
    if context.workspace.read_only:
        raise NotPermitted("adding changes the library, which --read-only forbids: leave it out")
    try:
        return _Adding(context, options).run()
    finally:
        end_processes()


class _Adding:
    """One run of the command."""

    def __init__(self, context: Context, options: Options) -> None:
        self._streams = context.streams
        self._workspace = context.workspace
        self._options = options
        self._code = 0
        """The worst exit code yet."""

    def run(self) -> int:
        """Returns the exit code."""
        sources = self._sources()
        files = [source for source in sources if isinstance(source, Path)]
        if len(files) == len(sources) >= _MANY and cores() > 1 and not self._options.again:
            asyncio.run(self._add_parallel(files))
            return self._code
        progress = _Progress(self._streams, files, len(sources))
        for source in sources:
            progress.begin(source)
            try:
                for article, outcome in self._add(source, progress):
                    self._announce(article, outcome)
            except (PreparationError, StoreError) as error:
                # The other files may be fine.
                self._fail(error)
            finally:
                progress.finish(source)
        return self._code

    async def _add_parallel(self, files: list[Path]) -> None:
        """If it is stopped, only whole articles are in the library."""
        progress = _Progress(self._streams, files, len(files))
        progress.begin(files[0])
        results = prepared(self._workspace, files, self._options.reading, cores(), progress.steps)
        async with aclosing(results):
            async for result in results:
                for article, is_known in result.articles:
                    try:
                        if is_known:
                            self._announce(article, ALREADY)
                        else:
                            self._announce(*self._store(article, article.source))
                    except StoreError as error:
                        self._fail(error)
                for problem in result.problems:
                    self._report(problem)
                if result.error is not None:
                    self._fail(result.error)
                progress.finish(result.path)
                progress.begin(result.path)
        show_progress()

    def _sources(self) -> list[Path | str]:
        """The files that the paths name, with `-` for standard input, in the order given.

        The files of a folder or pattern are in the order of their names.
        """
        sources: list[Path | str] = []
        for name in self._options.paths:
            if name == "-":
                sources.append(name)
                continue
            unreadable: list[OSError] = []
            files = files_of(name, unreadable.append)
            for error in unreadable:
                self._fail_to_list(error)
            if not files and not unreadable:
                self._say(f"{as_path(name)} has no {' '.join(SUFFIXES)} file: name the files themselves")
            sources += files
        return sources

    def _add(self, source: Path | str, progress: _Progress) -> Iterator[tuple[Article, str]]:
        """The articles of a source as they are in the library now, and what happened to each."""
        is_file = isinstance(source, Path)
        content = source if is_file else self._streams.input.buffer.read(MAX_BYTES + 1)
        steps = progress.steps(source)
        for article in read_articles(
            content,
            options=self._options.reading,
            report=self._report,
            progress=partial(steps.tell, "reading"),
        ):
            steps.begin(article)
            known = find_duplicate(self._workspace, article)
            if known is not None and known.has_entities and not self._options.again:
                steps.end()
                yield known, ALREADY
                continue
            aliases = alias_files_for(source if is_file else None, self._workspace.folder)
            prepare = partial(_prepared, aliases=aliases, steps=steps)
            if known is not None and self._options.again:
                stored = prepare_again(
                    self._workspace, known, article, prepare, force=self._options.force, tell=self._say
                )
                outcome = "prepared again"
            else:
                stored, outcome = self._store(prepare(known or article), article.source)
            steps.end()
            yield stored, outcome

    def _store(self, article: Article, source: str) -> tuple[Article, str]:
        """The article as it is in the library now, and what happened to it. Raises StoreError."""
        added = add(self._workspace.library, article, who=self._workspace.annotator)
        for warning in article.warnings:
            self._say(f"{source}: {warning}")
        if added.notice:
            self._say(added.notice)
        return added.article, "added" if added.is_changed else ALREADY

    def _announce(self, article: Article, outcome: str) -> None:
        # On a terminal the progress line has shown the rest.
        if outcome == ALREADY or not self._streams.errors.isatty():
            size = f"{article.language}, {len(article)} sentences"
            self._say(f"{article.source}: {outcome} as {article.id} ({size})")
        show_progress()
        try:
            self._streams.print(article.id)
            self._streams.output.flush()
        except BrokenPipeError:
            # No one reads the ids any more; the remaining files are still added.
            discard_output()

    def _fail(self, error: PreparationError | StoreError) -> None:
        self._say(str(error))
        self._code = max(self._code, exit_code(error) or FOUND_A_PROBLEM)

    def _report(self, problem: str) -> None:
        """Show what is wrong with one of the articles in a file; the others are added."""
        self._say(problem)
        self._code = max(self._code, FOUND_A_PROBLEM)

    def _fail_to_list(self, error: OSError) -> None:
        self._say(f"{error.filename} cannot be listed ({error.strerror}): ask its owner for read access")
        code = NOT_PERMITTED if isinstance(error, PermissionError) else FOUND_A_PROBLEM
        self._code = max(self._code, code)

    def _say(self, message: str) -> None:
        show_progress()
        self._streams.say(message)


def _prepared(article: Article, *, aliases: Sequence[Path], steps: Steps) -> Article:
    """The article with its names and hints. Raises PreparationError."""
    whole = add_entities(article, aliases, progress=partial(steps.tell, "names"))
    return add_hints(whole, partial(steps.tell, "hints"))


class _Progress:
    """The line that shows how much is done."""

    def __init__(self, streams: Streams, files: list[Path], number: int) -> None:
        """`number` is that of all sources, standard input too."""
        self._pace = Pace()
        self._sizes = {file: _size(file) for file in files} if streams.errors.isatty() else {}
        self._all = sum(self._sizes.values())
        self._number = number
        self._name = ""

    def begin(self, source: Path | str) -> None:
        self._name = source if isinstance(source, str) else source.name
        self._show()

    def steps(self, source: Path | str) -> Steps:
        """The steps of one source, for those who prepare it to report."""
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
