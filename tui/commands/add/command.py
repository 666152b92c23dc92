"""`postil add`: add articles to the library, with their names and hints."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from functools import partial
from pathlib import Path

import msgspec

from tui.commands.add.dry_run import DryRun
from tui.commands.add.parallel import Item, prepared
from tui.commands.add.progress import AddProgress
from tui.commands.add.repreparation import prepare_again
from tui.commands.add.sources import Source, shown, sources_of
from tui.commands.add.unused_options import of_the_run, without_effect
from tui.commands.context import Context
from tui.commands.duplicates import find_duplicate
from tui.commands.errors import FOUND_A_PROBLEM, exit_code
from tui.commands.progress_line import show_progress
from tui.commands.usage import discard_output
from tui.documents.decoding import MAX_BYTES
from tui.documents.document import Layout, ReadingOptions
from tui.model.article import Article
from tui.prepare import PreparationError
from tui.prepare.pipeline import alias_files_for
from tui.prepare.steps import Steps
from tui.prepare.sync_client import add_entities, add_hints, end_processes, read_articles
from tui.store.changes import add
from tui.store.protocol import NotPermitted, StoreError
from tui.text.cores import cores
from tui.text.plurals import counted

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
    dry_run: bool = False

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
    if context.workspace.read_only and not options.dry_run:
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
        self._dry_run = DryRun(context.streams) if options.dry_run else None
        self._code = 0
        """The worst exit code yet."""

    def run(self) -> int:
        """Returns the exit code."""
        options = self._options
        sources = sources_of(options.paths, self._fail_with)
        for line in of_the_run(options.reading, sources, again=options.again, force=options.force):
            self._say(line)
        files = [source for source in sources if isinstance(source, Path)]
        if len(files) == len(sources) >= _MANY and cores() > 1 and not options.again:
            asyncio.run(self._add_parallel(files))
        else:
            self._add_each(sources, files)
        if self._dry_run is not None:
            self._say(self._dry_run.summary())
        return self._code

    def _add_each(self, sources: Sequence[Source], files: Sequence[Path]) -> None:
        progress = AddProgress(self._streams, files, len(sources))
        for source in sources:
            progress.begin(source)
            try:
                for item, steps in self._read(source, progress):
                    self._take(source, item, steps)
            except (PreparationError, StoreError) as error:
                # The other files may be fine.
                self._fail(error)
            finally:
                progress.finish(source)

    async def _add_parallel(self, files: list[Path]) -> None:
        """If it is stopped, only whole articles are in the library."""
        progress = AddProgress(self._streams, files, len(files))
        progress.begin(files[0])
        results = prepared(
            self._workspace,
            files,
            self._options.reading,
            cores(),
            progress.steps,
            only_read=self._options.dry_run,
        )
        async with aclosing(results):
            async for result in results:
                for item in result.articles:
                    try:
                        self._take(result.path, item, None)
                    except StoreError as error:
                        self._fail(error)
                for problem in result.problems:
                    self._report(problem)
                if result.error is not None:
                    self._fail(result.error)
                progress.finish(result.path)
                progress.begin(result.path)
        show_progress()

    def _read(self, source: Source, progress: AddProgress) -> Iterator[tuple[Item, Steps]]:
        """The articles of a source, without names. Raises PreparationError, StoreError."""
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
            yield Item(article, find_duplicate(self._workspace, article), None), steps
            steps.end()

    def _take(self, source: Source, item: Item, steps: Steps | None) -> None:
        """Add the article, or show what would be done. Raises PreparationError, StoreError.

        Without `steps`, the item has the names and hints that it needs.
        """
        known, again = item.known, self._options.again
        note = ""
        if known is not None:
            note = without_effect(self._options.reading, known, item.read, again=again)
        elif again:
            note = "its text is not in the library, so it is new"
        if self._dry_run is not None:
            show_progress()
            article = item.read if known is None or again else known
            title = article.title if known is None else known.title
            article = msgspec.structs.replace(article, title=title)
            self._dry_run.show(shown(source), article, known, again=again, note=note)
            return
        is_whole = known is not None and known.has_entities and not again
        if known is not None and is_whole:
            self._announce(source, known, ALREADY, note)
            return
        prepare = partial(self._prepared, source, steps)
        if known is not None and again:
            stored = prepare_again(
                self._workspace, known, item.read, prepare, force=self._options.force, tell=self._say
            )
            self._announce(source, stored, "prepared again", note)
        else:
            stored, outcome = self._store(source, item.whole or prepare(known or item.read))
            self._announce(source, stored, outcome, note)

    def _prepared(self, source: Source, steps: Steps | None, article: Article) -> Article:
        """The article with its names and hints. Raises PreparationError."""
        aliases = alias_files_for(source if isinstance(source, Path) else None, self._workspace.folder)
        assert steps is not None
        whole = add_entities(article, aliases, progress=partial(steps.tell, "names"), shown=shown(source))
        return add_hints(whole, partial(steps.tell, "hints"), shown=shown(source))

    def _store(self, source: Source, article: Article) -> tuple[Article, str]:
        """The article as it is in the library now, and what happened to it. Raises StoreError."""
        added = add(self._workspace.library, article, who=self._workspace.annotator)
        for warning in article.warnings:
            self._say(f"{shown(source)}: {warning}")
        if added.notice:
            self._say(added.notice)
        return added.article, "added" if added.is_changed else ALREADY

    def _announce(self, source: Source, article: Article, outcome: str, note: str) -> None:
        # On a terminal the progress line has shown the rest.
        if outcome == ALREADY or note or not self._streams.errors.isatty():
            size = f"{article.language}, {counted(len(article), 'sentence')}"
            more = f": {note}" if note else ""
            self._say(f"{shown(source)}: {outcome} as {article.id} ({size}){more}")
        show_progress()
        try:
            self._streams.print(article.id)
            self._streams.output.flush()
        except BrokenPipeError:
            # No one reads the ids any more; the remaining files are still added.
            discard_output()

    def _fail(self, error: PreparationError | StoreError) -> None:
        self._fail_with(str(error), exit_code(error) or FOUND_A_PROBLEM)

    def _report(self, problem: str) -> None:
        """Show what is wrong with one of the articles in a file; the others are added."""
        self._fail_with(problem, FOUND_A_PROBLEM)

    def _fail_with(self, message: str, code: int) -> None:
        self._say(message)
        self._code = max(self._code, code)

    def _say(self, message: str) -> None:
        show_progress()
        self._streams.say(message)
