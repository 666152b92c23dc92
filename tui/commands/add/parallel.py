"""Many files prepared in parallel by several processes, and handed on in their order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from tui.commands.duplicates import find_duplicate
from tui.documents.document import ReadingOptions
from tui.model.article import Article
from tui.prepare import PreparationError
from tui.prepare.client import PreparationWorker
from tui.prepare.pipeline import alias_files_for
from tui.prepare.shown_path import shown_path
from tui.prepare.steps import Steps
from tui.store.protocol import StoreError
from tui.workspace import Workspace

_AHEAD = 8
"""Files that each process may prepare before the files ahead of them are done."""


class Item(NamedTuple):
    """One article of a file."""

    read: Article
    """As the file gives it."""
    known: Article | None
    """As it is in the library."""
    whole: Article | None
    """With its names and hints; None if the library has them already, or if they were not asked for."""


class Prepared(msgspec.Struct, frozen=True):
    """The result for one file."""

    path: Path
    articles: list[Item]
    problems: list[str]
    """What is wrong with the articles that were left out, one line each."""
    error: PreparationError | StoreError | None


async def prepared(
    workspace: Workspace,
    files: Sequence[Path],
    options: ReadingOptions,
    processes: int,
    watch: Callable[[Path], Steps],
    *,
    only_read: bool = False,
) -> AsyncGenerator[Prepared]:
    """The result for each file, in their order. `watch` makes the steps to which its progress is reported.

    With `only_read`, no names and hints are found. Closing the generator, or cancelling the task that waits for it, ends the processes.
    """
    waiting = iter(files)
    room = asyncio.Semaphore(processes * _AHEAD)
    begun: asyncio.Queue[asyncio.Future[Prepared]] = asyncio.Queue()
    lanes = [(PreparationWorker(), PreparationWorker()) for _ in range(processes)]

    async def drive(reading: PreparationWorker, recognising: PreparationWorker) -> None:
        """Prepare files one after another. A file is placed in the order when it is begun."""
        while await room.acquire() and (path := next(waiting, None)) is not None:
            result: asyncio.Future[Prepared] = asyncio.get_running_loop().create_future()
            begun.put_nowait(result)
            try:
                finder = None if only_read else recognising
                result.set_result(await _prepare(workspace, path, options, reading, finder, watch(path)))
            except Exception as error:  # noqa: BLE001 - raised again where the result is awaited
                result.set_exception(error)

    driving = [asyncio.ensure_future(drive(*lane)) for lane in lanes]
    try:
        for _ in files:
            yield await (await begun.get())
            room.release()
    finally:
        for task in driving:
            task.cancel()
        await asyncio.wait(driving)
        for lane in lanes:
            for process in lane:
                await process.aclose()


async def _prepare(
    workspace: Workspace,
    path: Path,
    options: ReadingOptions,
    reading: PreparationWorker,
    recognising: PreparationWorker | None,
    steps: Steps,
) -> Prepared:
    shown = shown_path(path)
    articles: list[Item] = []
    problems: list[str] = []
    try:
        aliases = alias_files_for(path, workspace.folder)
        articles_read = reading.prepare_file(
            path,
            options=options,
            report=problems.append,
            progress=partial(steps.tell, "reading"),
        )
        async with aclosing(articles_read):
            async for article in articles_read:
                steps.begin(article)
                known = find_duplicate(workspace, article)
                whole = None
                if recognising is not None and (known is None or not known.has_entities):
                    whole = await recognising.recognise(
                        known or article, aliases, progress=partial(steps.tell, "names"), shown=shown
                    )
                    whole = await recognising.find_hints(
                        whole, progress=partial(steps.tell, "hints"), shown=shown
                    )
                articles.append(Item(whole or article, known, whole))
                steps.end()
    except (PreparationError, StoreError) as error:
        return Prepared(path, articles, problems, error)
    return Prepared(path, articles, problems, None)
