"""Many files prepared by processes side by side, and handed on in their order."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from functools import partial
from pathlib import Path

import msgspec

from tui.commands.duplicates import find_duplicate
from tui.model.article import Article
from tui.prepare import PreparationError
from tui.prepare.client import PreparationWorker
from tui.prepare.pipeline import alias_files_for
from tui.prepare.steps import Steps
from tui.store.protocol import StoreError
from tui.workspace import Workspace

_AHEAD = 8
"""Files that are prepared before those that come first are done, for each process."""


class Prepared(msgspec.Struct, frozen=True):
    """What came of a file."""

    path: Path
    articles: list[tuple[Article, bool]]
    """Each, and whether it is in the library as it is here."""
    error: PreparationError | StoreError | None


async def prepared(
    workspace: Workspace,
    files: Sequence[Path],
    options: Namespace,
    processes: int,
    watch: Callable[[Path], Steps],
) -> AsyncGenerator[Prepared]:
    """What comes of each file, in their order. `watch` gives what is told how far a file is.

    Closing it, or cancelling who waits for it, ends the processes.
    """
    waiting = iter(files)
    room = asyncio.Semaphore(processes * _AHEAD)
    begun: asyncio.Queue[asyncio.Future[Prepared]] = asyncio.Queue()
    lanes = [(PreparationWorker(), PreparationWorker()) for _ in range(processes)]

    async def drive(reading: PreparationWorker, recognising: PreparationWorker) -> None:
        """Prepare files one after another; each has its place in the order from when it was begun."""
        while await room.acquire() and (path := next(waiting, None)) is not None:
            result: asyncio.Future[Prepared] = asyncio.get_running_loop().create_future()
            begun.put_nowait(result)
            try:
                result.set_result(await _prepare(workspace, path, options, reading, recognising, watch(path)))
            except Exception as error:  # noqa: BLE001 - whoever waits for it is told, and ends all
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
    options: Namespace,
    reading: PreparationWorker,
    recognising: PreparationWorker,
    steps: Steps,
) -> Prepared:
    articles: list[tuple[Article, bool]] = []
    try:
        aliases = alias_files_for(path, workspace.folder)
        said = {"language": options.language, "source_language": options.source_language}
        reading_told = partial(steps.tell, "reading")
        async with aclosing(reading.prepare_file(path, **said, progress=reading_told)) as read:
            async for article in read:
                steps.begin(article)
                known = find_duplicate(workspace, article)
                if known is not None and known.has_entities:
                    articles.append((known, True))
                else:
                    whole = await recognising.recognise(
                        known or article, aliases, progress=partial(steps.tell, "names")
                    )
                    whole = await recognising.find_hints(whole, progress=partial(steps.tell, "hints"))
                    articles.append((whole, False))
                steps.end()
    except (PreparationError, StoreError) as error:
        return Prepared(path, articles, error)
    return Prepared(path, articles, None)
