"""Running work in parallel processes, and how many of them to use."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar, cast

_MOST = 4
"""Maximum number of processes; each needs a few hundred megabytes for a model."""

Part = TypeVar("Part")
Result = TypeVar("Result")

LONG = 500_000
"""Length of a text, in code points, from which starting processes pays off."""

_PIECE = 200_000
"""Minimum length of a piece of text, in code points."""


class ProcessKilled(Exception):
    """A process that was working on a part of the text was killed; `str()` is one line."""


def cores() -> int:
    """The number of processes to run in parallel."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(_MOST, allowed)


def parallel(
    work: Callable[[Part], Result], parts: Iterable[Part], length: int
) -> Iterator[tuple[int, Result]]:
    """The result of `work` for each part, with the part's number, in order of completion.

    `length` is the length of the text. For a long text one process per core is started, on systems where they
    can share what `work` refers to, such as a model. Raises ProcessKilled if one of them is killed, for
    example because memory runs out.
    """
    if length < LONG or sys.platform != "linux" or (processes := cores()) < 2:
        yield from ((number, work(part)) for number, part in enumerate(parts))
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool

    # The processes are forked for each text: they see what `work` refers to only if it exists before the fork.
    fork = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(processes, fork, initializer=_share, initargs=(work,))
    try:
        numbers = {pool.submit(_work, part): number for number, part in enumerate(parts)}
        for done in as_completed(numbers):
            yield numbers.pop(done), cast(Result, done.result())
    except BrokenProcessPool as error:
        raise ProcessKilled(
            "a process working on it was killed, because of its time or memory: split it"
        ) from error
    except BaseException:
        # The results of the remaining parts are not needed. A process that is killed while it sends one leaves half
        # of it in the pipe, and the pool waits for the other half for ever.
        for process in multiprocessing.active_children():
            if process.pid is not None:
                os.kill(process.pid, signal.SIGUSR1)
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def map_pieces(
    work: Callable[[tuple[int, int]], Result],
    text: str,
    progress: Callable[[float], None] = lambda _: None,
    ending: str = "\n",
) -> list[Result]:
    """The result of `work` for each piece of a text, in order. A piece is the start and end of some whole lines.

    A piece ends with `ending`, or the text does. `progress` receives the share that is done, 0 to 1. Raises ProcessKilled.
    """
    results: dict[int, Result] = {}
    pieces = list(_pieces(text, ending))
    for number, result in parallel(work, pieces, len(text)):
        results[number] = result
        progress(len(results) / len(pieces))
    return [results[number] for number in range(len(pieces))]


def _pieces(text: str, ending: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        last = text.find(ending, start + _PIECE)
        end = len(text) if last < 0 else last + len(ending)
        yield start, end
        start = end


class _Stopped(BaseException):
    """The result of the part at hand is not needed any more."""


class _Child:
    """What a process that was forked for it knows of its work."""

    work: Callable[..., object]
    is_working = False
    is_stopped = False


def _share(work: Callable[..., object]) -> None:
    _Child.work = work
    signal.signal(signal.SIGUSR1, _stop)
    # An interrupt goes to the parent process, which stops its children.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _stop(*_: object) -> None:
    _Child.is_stopped = True
    if _Child.is_working:
        raise _Stopped


def _work(part: object) -> object:
    if _Child.is_stopped:
        raise _Stopped
    _Child.is_working = True
    try:
        return _Child.work(part)
    finally:
        _Child.is_working = False
