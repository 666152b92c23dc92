"""Adding articles in the background: each file is prepared in a process of its own, on every core.

An article is stored when it is complete, including its names, so stopping or a crash leaves nothing half done.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import aclosing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, ParamSpec, TypeVar

from tui.input_paths import as_path, files_of
from tui.model.article import Article
from tui.prepare import PreparationError
from tui.prepare.pace import Pace
from tui.prepare.shown_path import shown_path
from tui.prepare.steps import Steps
from tui.store.changes import add
from tui.store.library import Library
from tui.store.protocol import StoreError
from tui.text.plurals import counted

if TYPE_CHECKING:
    from tui.prepare.client import PreparationWorker

Given = ParamSpec("Given")
Result = TypeVar("Result")


class _File(NamedTuple):
    path: Path
    size: int
    """Bytes."""


class Lane(NamedTuple):
    """The processes that prepare one file at a time, in parallel with other lanes."""

    reading: PreparationWorker
    recognising: PreparationWorker
    """A second process, since a process that reads a file answers nothing else until the file is done."""
    is_shared: bool = False
    """True if the reader uses the recogniser too, so that it must not be ended."""
    begins_at: int = 1
    """The lane is used once this number of files is waiting."""


class Adding:
    """Adds files, folders and patterns; more can be given while it runs. Screens show its attributes."""

    def __init__(
        self,
        library: Library,
        lanes: Sequence[Lane],
        clock: Callable[[], float] = time.monotonic,
        who: str = "",
    ) -> None:
        """The processes of the lanes end when this job ends, except shared ones.

        `clock` returns seconds. `who` is the annotator who adds the articles; others see the name meanwhile.
        """
        self.changed: Callable[[], None] = lambda: None
        """Called when there is something new to show, and at the end."""
        self.arrived: Callable[[Article], None] = lambda _: None
        """Called with each article that was stored."""
        self.added = 0
        """Articles that are new, or whose names are new."""
        self.known = 0
        """Articles that were in the library already."""
        self.file = ""
        """The name of the file that was begun last."""
        self.problems: list[str] = []
        """What could not be added and why, one line each."""
        self.warnings: list[str] = []
        """What to check in articles that were added, one line each."""
        self.is_over = False
        self.was_stopped = False
        self.last: str | None = None
        """The id of the article that was stored last, or found in the library last."""
        self._library = library
        self._who = who
        self._lanes = lanes
        self.pace = Pace(clock)
        self._names: deque[str] = deque()
        self._files: deque[_File] = deque()
        self._under_way: list[_File] = []
        self._texts: dict[str, asyncio.Lock] = {}
        self._finding = asyncio.Lock()
        self._news = asyncio.Event()

    def want(self, name: str) -> None:
        """Add this file, folder or pattern too."""
        self._names.append(name)
        self._news.set()

    @property
    def done(self) -> int:
        """Files that are finished, with or without success."""
        return self.pace.files

    @property
    def files(self) -> int:
        """All files found so far."""
        return self.done + len(self._under_way) + len(self._files)

    @property
    def size(self) -> int:
        """The size of all files found so far, in bytes."""
        return self.pace.bytes + sum(file.size for file in (*self._under_way, *self._files))

    @property
    def share(self) -> float:
        """The share that is done, 0 to 1."""
        return min(1.0, self.pace.bytes_so_far / self.size) if self.size else 0.0

    # -- the work ----------------------------------------------------------

    async def run(self) -> None:
        """Run until all files are finished. If it is cancelled, the articles stored so far stay."""
        lanes = [asyncio.ensure_future(self._drive(lane)) for lane in self._lanes]
        try:
            await asyncio.gather(*lanes)
        except asyncio.CancelledError:
            self.was_stopped = True
            raise
        finally:
            for lane in lanes:
                lane.cancel()
            await asyncio.wait(lanes)
            self.is_over = True
            for lane in self._lanes:
                await lane.reading.aclose()
                if not lane.is_shared:
                    await lane.recognising.aclose()
            self.changed()

    async def _drive(self, lane: Lane) -> None:
        """Add files until none is waiting and no lane is at work: `want` may be called meanwhile."""
        begins_at = lane.begins_at
        while True:
            async with self._finding:
                while self._names:
                    await self._find(self._names.popleft())
            if len(self._files) >= begins_at:
                begins_at = 1
                file = self._files.popleft()
                self._under_way.append(file)
                # If this is cancelled, the file stays in the list: it is not finished.
                await self._add(file, lane)
                self._under_way.remove(file)
                self.pace.finish(str(file.path), file.size)
                self._news.set()
            elif not self._files and not self._under_way:
                return
            else:
                self._news.clear()
                await self._news.wait()

    async def _find(self, name: str) -> None:
        unreadable: list[OSError] = []
        measured = await asyncio.to_thread(_measured, name, unreadable.append)
        for error in unreadable:
            self.problems.append(
                f"{error.filename} cannot be listed ({error.strerror}): ask its owner for read access"
            )
        if not measured and not unreadable:
            self.problems.append(
                f"{shown_path(as_path(name))} has no files that Postil reads: name the files themselves"
            )
        self._files += measured
        self.changed()

    def _tell(self) -> None:
        # The screen that shows it may have changed since the steps were made.
        self.changed()

    async def _add(self, file: _File, lane: Lane) -> None:
        self.file = file.path.name
        self.changed()
        steps = Steps(self.pace, file.path, file.size, self._tell)
        try:
            # Closed at once if this ends early: until then its process does nothing else.
            async with aclosing(
                lane.reading.prepare_file(
                    file.path, report=self.problems.append, progress=partial(steps.tell, "reading")
                )
            ) as articles:
                async for article in articles:
                    steps.begin(article)
                    # Another lane may be adding the same text.
                    async with self._texts.setdefault(article.text_sha256, asyncio.Lock()):
                        await self._keep(article, file, lane, steps)
                    steps.end()
                    self.changed()
        except (PreparationError, StoreError) as error:
            # The other files may be fine.
            self.problems.append(str(error))

    async def _keep(self, article: Article, file: _File, lane: Lane, steps: Steps) -> None:
        known = await asyncio.to_thread(self._library.with_text, article.text_sha256)
        if known is not None and known.has_entities:
            self.known += 1
            self.last = known.id
            return
        from tui.prepare.pipeline import alias_files_for

        unnamed = known or article
        aliases = await asyncio.to_thread(alias_files_for, file.path, self._library.folder)
        shown = shown_path(file.path)
        prepared = await lane.recognising.recognise(
            unnamed, aliases, progress=partial(steps.tell, "names"), shown=shown
        )
        prepared = await lane.recognising.find_hints(
            prepared, progress=partial(steps.tell, "hints"), shown=shown
        )
        added = await _in_any_case(partial(add, self._library, prepared, who=self._who))
        if added.is_changed:
            self.added += 1
            self.arrived(added.article)
        else:
            self.known += 1
        self.warnings += [f"{shown}: {warning}" for warning in prepared.warnings]
        if added.notice:
            self.warnings.append(added.notice)
        self.last = added.article.id


def summary(adding: Adding) -> str:
    """The result, in one line."""
    parts: list[str] = []
    if adding.was_stopped:
        left = adding.files - adding.done
        parts.append(f"stopped with {counted(left, 'file')} to go")
    if adding.added or not (adding.known or adding.problems):
        parts.append(f"{counted(adding.added, 'article')} added")
    if adding.known:
        parts.append(f"{adding.known} in the library already")
    if adding.problems:
        parts.append(f"{len(adding.problems)} could not be added")
    if adding.warnings:
        parts.append(counted(len(adding.warnings), "warning"))
    return ", ".join(parts)


def progress(adding: Adding) -> str:
    """The progress, in one line; what matters least comes last, where the line may be cut."""
    if not adding.file:
        return "looking for files …"
    parts = [f"adding {min(adding.done + 1, adding.files)} of {adding.files}"]
    parts += adding.pace.summary(adding.size)
    if adding.problems:
        parts.append(f"{len(adding.problems)} failed")
    return " · ".join([*parts, adding.file])


def _measured(name: str, unreadable: Callable[[OSError], None]) -> list[_File]:
    return [_File(path, _size(path)) for path in files_of(name, unreadable)]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


async def _in_any_case(call: Callable[Given, Result], *given: Given.args, **named: Given.kwargs) -> Result:
    """Run the call in a thread, and wait until it ends even if this is cancelled meanwhile."""
    running = asyncio.ensure_future(asyncio.to_thread(call, *given, **named))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise
