"""Articles on their way into the library: read and searched for names in processes of their own, one after another.

An article is stored when it is whole, in one piece. Whatever ends this in between, nothing is half done.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, ParamSpec, TypeVar

from tui.model.article import Article
from tui.paths import SUFFIXES, as_path, files_of
from tui.prepare import PreparationError
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


class Adding:
    """Takes names of files, folders and patterns, also while it runs. Whoever shows it reads its attributes."""

    def __init__(
        self,
        library: Library,
        reading: PreparationWorker,
        recognising: PreparationWorker,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`reading` is this one's own and is ended with it, so that others need not wait for a long file.

        `clock` counts seconds.
        """
        self.changed: Callable[[], None] = lambda: None
        """Called when there is something new to show, at the end too."""
        self.arrived: Callable[[Article], None] = lambda _: None
        """Called with each article that was stored."""
        self.added = 0
        """Articles that are new, or have their names now."""
        self.known = 0
        """Articles that were in the library already."""
        self.done = 0
        """Files that are dealt with, one way or another."""
        self.file = ""
        """The name of the one under way."""
        self.problems: list[str] = []
        """What went wrong, one line each."""
        self.is_over = False
        self.was_stopped = False
        self.last: str | None = None
        """The id of the article that was stored or met last."""
        self._library = library
        self._reading = reading
        self._recognising = recognising
        self._clock = clock
        self._begun = clock()
        self._names: deque[str] = deque()
        self._files: deque[_File] = deque()
        self._bytes_done = 0

    def want(self, name: str) -> None:
        """Add this too."""
        self._names.append(name)

    @property
    def files(self) -> int:
        """How many there are in all, as far as they are known."""
        return self.done + len(self._files)

    @property
    def rate(self) -> float:
        """Files a second so far."""
        return self.done / max(0.001, self._clock() - self._begun)

    @property
    def seconds_left(self) -> float | None:
        """Until all are done, going by their bytes; None while nothing is known."""
        if not self._bytes_done:
            return None
        left = sum(file.size for file in self._files)
        return (self._clock() - self._begun) * left / self._bytes_done

    # -- the work ----------------------------------------------------------

    async def run(self) -> None:
        """Until all is done. Cancelling it leaves what is stored by then."""
        try:
            while True:
                while self._names:
                    await self._find(self._names.popleft())
                if not self._files:
                    return
                file = self._files[0]
                await self._add(file)
                self._files.popleft()
                self.done += 1
                self._bytes_done += file.size
        except asyncio.CancelledError:
            self.was_stopped = True
            raise
        finally:
            self.is_over = True
            await self._reading.aclose()
            self.changed()

    async def _find(self, name: str) -> None:
        unreadable: list[OSError] = []
        found = await asyncio.to_thread(_measured, name, unreadable.append)
        for error in unreadable:
            self.problems.append(
                f"{error.filename} cannot be looked into ({error.strerror}): ask its owner for the right to read"
            )
        if not found and not unreadable:
            self.problems.append(
                f"{as_path(name)} holds no {' '.join(SUFFIXES)} file: name the files themselves"
            )
        self._files += found
        self.changed()

    async def _add(self, file: _File) -> None:
        self.file = file.path.name
        self.changed()
        try:
            # Left early it must be closed at once: it keeps its process for itself.
            async with aclosing(self._reading.prepare_file(file.path)) as articles:
                async for article in articles:
                    await self._keep(article, file.path)
                    self.changed()
        except (PreparationError, StoreError) as error:
            # The other files are not this one's fault.
            self.problems.append(str(error))

    async def _keep(self, article: Article, path: Path) -> None:
        known = await asyncio.to_thread(self._library.with_text, article.text_sha256)
        if known is not None and known.has_entities:
            self.known += 1
            self.last = known.id
            return
        from tui.prepare.pipeline import alias_files_for

        wanted = known or article
        aliases = await asyncio.to_thread(alias_files_for, path, self._library.folder)
        prepared = await self._recognising.recognise(wanted, aliases)
        prepared = await self._recognising.find_hints(prepared)
        await _in_any_case(self._library.save, prepared)
        self.added += 1
        self.last = prepared.id
        self.arrived(prepared)


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
    if adding.done:
        parts.append(_rate(adding.rate))
    if adding.seconds_left is not None:
        parts.append(f"{_duration(adding.seconds_left)} left")
    if adding.problems:
        parts.append(f"{len(adding.problems)} failed")
    return " · ".join([*parts, adding.file])


def _rate(files_a_second: float) -> str:
    if files_a_second >= 1:
        return f"{files_a_second:.0f} a second"
    return f"{max(1, files_a_second * 60):.0f} a minute"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, seconds):.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.0f} h"


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
