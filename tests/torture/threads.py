"""One thread at work on files, held or killed before its so-many-th call, while others go on."""

from __future__ import annotations

import contextlib
import functools
import io
import os
import sys
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, cast
from unittest import mock

from tui.store.disk import Disk

_OF_DISK = tuple(name for name in vars(Disk) if not name.startswith("_"))
_OF_SYSTEM = ("open", "scandir", "mkdir", "rmdir", "unlink", "ftruncate", "pwrite")
"""What the locks and the library do without a `Disk`."""

LONGEST = 20.0
"""Seconds that anything here may take; it takes milliseconds."""


class Killed(BaseException):
    """The thread does nothing more to any file, as a process after kill -9."""


class HeldThread:
    """Runs `work` until its call number `at`, the first being 1, and then until each further one; None for all of it."""

    def __init__(
        self, work: Callable[[], object], at: int | None = None, *further: int, dies: bool = False
    ) -> None:
        self.calls: list[str] = []
        self.error: BaseException | None = None
        self._work = work
        self._at = at
        self._further = list(further)
        self._dies = dies
        self._is_dead = False
        self._stopped = threading.Event()
        self._go = threading.Event()
        self._inside = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> str:
        """Returns the call before which it is held now; nothing where it has ended, or was killed."""
        self._thread.start()
        if not self._stopped.wait(LONGEST):
            raise RuntimeError(f"neither ends nor comes to call {self._at}: {self.calls[-5:]}")
        return "" if self._has_ended else self.calls[-1]

    def go_on(self) -> str:
        """To the next of its calls; returns as `start`."""
        self._at = self._further.pop(0)
        self._stopped.clear()
        go, self._go = self._go, threading.Event()
        go.set()
        if not self._stopped.wait(LONGEST):
            raise RuntimeError(f"neither ends nor comes to call {self._at}: {self.calls[-5:]}")
        return "" if self._has_ended else self.calls[-1]

    def finish(self) -> None:
        """Let it go on to its end."""
        self._go.set()
        self._thread.join(LONGEST)
        if self._thread.is_alive():
            raise RuntimeError(f"does not end: {self.calls[-5:]}")

    @property
    def was_killed(self) -> bool:
        return self._is_dead

    @property
    def _has_ended(self) -> bool:
        return self.error is not None or self._is_done

    _is_done = False

    def _run(self) -> None:
        _here.thread = self
        try:
            self._work()
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is told
            self.error = error
        finally:
            self._is_done = True
            self._stopped.set()

    def call(self, name: str, real: Callable[..., Any], *args: Any, **options: Any) -> Any:
        if self._inside:
            return real(*args, **options)
        if self._is_dead:
            raise Killed
        self.calls.append(name)
        if len(self.calls) == self._at:
            if self._dies:
                self._is_dead = True
                raise Killed
            go = self._go
            self._stopped.set()
            if not go.wait(LONGEST):
                raise RuntimeError(
                    f"held for too long at {name}, call {self._at}: is another waiting for it?"
                )
        self._inside = True
        try:
            return real(*args, **options)
        finally:
            self._inside = False


_here = threading.local()


def _watched(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(real)
    def call(*args: Any, **options: Any) -> Any:
        thread: HeldThread | None = getattr(_here, "thread", None)
        return real(*args, **options) if thread is None else thread.call(name, real, *args, **options)

    return call


def _computed_once(cached: Any, instance: Any, owner: type | None = None) -> Any:
    """What a cached property gives, without its lock."""
    if instance is None:
        return cached
    values = vars(instance)
    if cached.attrname not in values:
        values[cached.attrname] = cached.func(instance)
    return values[cached.attrname]


@contextlib.contextmanager
def watched_calls() -> Generator[None]:
    """Let threads be held in it. Nothing is synced: here no power goes."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.object(os, "fsync"))
        # Up to Python 3.11 one lock serves all instances. Here each thread stands for a process.
        stack.enter_context(mock.patch.object(functools.cached_property, "__get__", _computed_once))
        for name in _OF_DISK:
            stack.enter_context(mock.patch.object(Disk, name, _watched(name, getattr(Disk, name))))
        for name in _OF_SYSTEM:
            real = getattr(os, name)
            watched = _watched(f"os.{name}", real)
            for able in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks):
                if real in able:
                    able.add(watched)
                    stack.callback(able.discard, watched)
            stack.enter_context(mock.patch.object(os, name, watched))
        try:
            import fcntl
        except ImportError:
            pass
        else:
            stack.enter_context(mock.patch.object(fcntl, "flock", _watched("flock", fcntl.flock)))
        yield


@contextlib.contextmanager
def descriptors_closed() -> Generator[None]:
    """Close what is left open by what runs in it: the system does so, and frees the locks, when a process is killed."""
    before = _open_descriptors()
    try:
        yield
    finally:
        for number in _open_descriptors() - before:
            os.close(number)


def _open_descriptors() -> set[int]:
    found: set[int] = set()
    for number in [int(path.name) for path in Path("/dev/fd").iterdir()]:
        # One of them was that of the listing.
        with contextlib.suppress(OSError):
            os.fstat(number)
            found.add(number)
    return found


# -- what each thread prints -------------------------------------------------


class _Stream:
    """Standard output or error, of each thread its own."""

    def __init__(self, usual: Any) -> None:
        self._usual = usual
        self._local = threading.local()

    def begin(self) -> io.BytesIO:
        data = io.BytesIO()
        self._local.file = io.TextIOWrapper(data, encoding="utf-8", write_through=True)
        return data

    def end(self) -> None:
        # Detached, so that the bytes outlive it.
        self._local.file.detach()
        del self._local.file

    def __getattr__(self, name: str) -> Any:
        return getattr(getattr(self._local, "file", self._usual), name)


def printed(work: Callable[[], int]) -> tuple[int, str, str]:
    """What `work` returns, and what it prints to standard output and error; both must be `streams_of_threads`."""
    streams = cast(list[_Stream], [sys.stdout, sys.stderr])
    data = [stream.begin() for stream in streams]
    try:
        code = work()
    finally:
        for stream in streams:
            stream.end()
    out, err = (one.getvalue().decode() for one in data)
    return code, out, err


@contextlib.contextmanager
def streams_of_threads() -> Generator[None]:
    """Let every thread print to a place of its own."""
    with (
        mock.patch.object(sys, "stdout", _Stream(sys.stdout)),
        mock.patch.object(sys, "stderr", _Stream(sys.stderr)),
    ):
        yield
