"""Articles on their way into the library: read and searched for names in processes of their own, a file a core.

An article is stored when it is whole, in one piece. Whatever ends this in between, nothing is half done.
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

from tui.input_paths import SUFFIXES, as_path, files_of
from tui.model.article import Article
from tui.prepare import PreparationError
from tui.prepare.pace import Pace
from tui.prepare.steps import Steps
from tui.store.changes import add
from tui.store.library import Library
from tui.store.protocol import StoreError

if TYPE_CHECKING:
    from tui.prepare.client import PreparationWorker

Given = ParamSpec("Given")
Result = TypeVar("Result")


class _File(NamedTuple):
    path: Path
    size: int
    """Bytes."""


class Lane(NamedTuple):
    """Adds one file at a time, next to others that do the same."""

    reading: PreparationWorker
    recognising: PreparationWorker
    """Another process: one that reads answers nothing else until its file is done."""
    is_shared: bool = False
    """True if others use the recogniser too, so that it must not be ended."""
    begins_at: int = 1
    """Files that have to be waiting for it to begin."""


class Adding:
    """Takes names of files, folders and patterns, also while it runs. Whoever shows it reads its attributes."""

    def __init__(
        self,
        library: Library,
        lanes: Sequence[Lane],
        clock: Callable[[], float] = time.monotonic,
        who: str = "",
    ) -> None:
        """The processes of the lanes are this one's own and are ended with it.

        `clock` counts seconds; `who` adds them, for the message to others.
        """
        self.changed: Callable[[], None] = lambda: None
        """Called when there is something new to show, at the end too."""
        self.arrived: Callable[[Article], None] = lambda _: None
        """Called with each article that was stored."""
        self.added = 0
        """Articles that are new, or have their names now."""
        self.known = 0
        """Articles that were in the library already."""
        self.file = ""
        """The name of the one that was begun last."""
        self.problems: list[str] = []
        """What went wrong, one line each."""
        self.is_over = False
        self.was_stopped = False
        self.last: str | None = None
        """The id of the article that was stored or met last."""
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
        """Add this too."""
        self._names.append(name)
        self._news.set()

    @property
    def done(self) -> int:
        """Files that are dealt with, one way or another."""
        return self.pace.files

    @property
    def files(self) -> int:
        """How many there are in all, as far as they are known."""
        return self.done + len(self._under_way) + len(self._files)

    @property
    def size(self) -> int:
        """Bytes in all, as far as they are known."""
        return self.pace.bytes + sum(file.size for file in (*self._under_way, *self._files))

    @property
    def share(self) -> float:
        """What part of it is done, 0 to 1."""
        return min(1.0, self.pace.bytes_so_far / self.size) if self.size else 0.0

    # -- the work ----------------------------------------------------------

    async def run(self) -> None:
        """Until all is done. Cancelling it leaves what is stored by then."""
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
        """Add files until none is left, and none is under way that more might be wanted after."""
        begins_at = lane.begins_at
        while True:
            async with self._finding:
                while self._names:
                    await self._find(self._names.popleft())
            if len(self._files) >= begins_at:
                begins_at = 1
                file = self._files.popleft()
                self._under_way.append(file)
                # Where this is cancelled the file stays under way: it is not done.
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
                f"{error.filename} cannot be looked into ({error.strerror}): ask its owner for the right to read"
            )
        if not measured and not unreadable:
            self.problems.append(
                f"{as_path(name)} holds no {' '.join(SUFFIXES)} file: name the files themselves"
            )
        self._files += measured
        self.changed()

    def _tell(self) -> None:
        """Whoever shows it may be another by now."""
        self.changed()

    async def _add(self, file: _File, lane: Lane) -> None:
        self.file = file.path.name
        self.changed()
        steps = Steps(self.pace, file.path, file.size, self._tell)
        try:
            # Left early it must be closed at once: it keeps its process for itself.
            async with aclosing(
                lane.reading.prepare_file(file.path, progress=partial(steps.tell, "reading"))
            ) as articles:
                async for article in articles:
                    steps.begin(article)
                    # The same text may be on its way in another lane.
                    async with self._texts.setdefault(article.text_sha256, asyncio.Lock()):
                        await self._keep(article, file, lane, steps)
                    steps.end()
                    self.changed()
        except (PreparationError, StoreError) as error:
            # The other files are not this one's fault.
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
        prepared = await lane.recognising.recognise(unnamed, aliases, progress=partial(steps.tell, "names"))
        prepared = await lane.recognising.find_hints(prepared, progress=partial(steps.tell, "hints"))
        added = await _in_any_case(partial(add, self._library, prepared, who=self._who))
        if added.is_changed:
            self.added += 1
            self.arrived(added.article)
        else:
            self.known += 1
        if added.notice:
            self.problems.append(added.notice)
        self.last = added.article.id


def summary(adding: Adding) -> str:
    """What came of it, in one line."""
    parts: list[str] = []
    if adding.was_stopped:
        left = adding.files - adding.done
        parts.append(f"stopped with {_counted(left, 'file')} to go")
    if adding.added or not (adding.known or adding.problems):
        parts.append(f"{_counted(adding.added, 'article')} added")
    if adding.known:
        parts.append(f"{adding.known} in the library already")
    if adding.problems:
        parts.append(f"{len(adding.problems)} could not be added")
    return ", ".join(parts)


def progress(adding: Adding) -> str:
    """How far it is, in one line; what matters least comes last."""
    if not adding.file:
        return "looking for files …"
    parts = [f"adding {min(adding.done + 1, adding.files)} of {adding.files}"]
    parts += adding.pace.summary(adding.size)
    if adding.problems:
        parts.append(f"{len(adding.problems)} failed")
    return " · ".join([*parts, adding.file])


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _measured(name: str, unreadable: Callable[[OSError], None]) -> list[_File]:
    return [_File(path, _size(path)) for path in files_of(name, unreadable)]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


async def _in_any_case(call: Callable[Given, Result], *given: Given.args, **named: Given.kwargs) -> Result:
    """Run it in a thread, and wait for its end even when this is cancelled meanwhile."""
    running = asyncio.ensure_future(asyncio.to_thread(call, *given, **named))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise
