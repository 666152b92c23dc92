"""How much of the machine long work may use, and one piece of work done by as many processes."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar, cast

_MOST = 4
"""Processes that each take some hundred megabytes for a model."""

Part = TypeVar("Part")
Result = TypeVar("Result")

LONG = 500_000
"""Code points of a text from which on it pays to start processes."""

_PIECE = 200_000
"""Code points of a piece of text, at least."""


class ProcessKilled(Exception):
    """A process that worked on a part of the text was killed; `str()` is one line."""


def cores() -> int:
    """Processes that may work side by side."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(_MOST, allowed)


def side_by_side(
    work: Callable[[Part], Result], parts: Iterable[Part], length: int
) -> Iterator[tuple[int, Result]]:
    """What comes of each part, as it is done, with its number; of a text of `length` code points.

    A long text is worked on by as many processes as there are cores, where these can share what `work` holds,
    such as a model. Raises ProcessKilled when one of them is killed, for want of memory for instance.
    """
    if length < LONG or sys.platform != "linux" or (processes := cores()) < 2:
        yield from ((number, work(part)) for number, part in enumerate(parts))
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool

    # They are forked for each text: what `work` holds is in their memory only if it was there before.
    fork = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(processes, fork, initializer=_share, initargs=(work,))
    try:
        numbers = {pool.submit(_work, part): number for number, part in enumerate(parts)}
        for done in as_completed(numbers):
            yield numbers.pop(done), cast(Result, done.result())
    except BrokenProcessPool as error:
        raise ProcessKilled(
            "a process that was at work on it was killed, for its time or its memory: split it"
        ) from error
    except BaseException:
        # Nobody wants what they are still at work on.
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def of_pieces(
    work: Callable[[tuple[int, int]], Result],
    text: str,
    progress: Callable[[float], None] = lambda _: None,
) -> list[Result]:
    """What comes of each piece of a text, in order. A piece is some whole lines, from one offset to another.

    `progress` is told the share that is done, 0 to 1. Raises ProcessKilled.
    """
    found: dict[int, Result] = {}
    pieces = list(_pieces(text))
    for number, result in side_by_side(work, pieces, len(text)):
        found[number] = result
        progress(len(found) / len(pieces))
    return [found[number] for number in range(len(pieces))]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        line_feed = text.find("\n", start + _PIECE)
        end = len(text) if line_feed < 0 else line_feed + 1
        yield start, end
        start = end


_shared: list[Callable[..., object]] = []
"""What is to be done, in a process that was forked to do it."""


def _share(work: Callable[..., object]) -> None:
    _shared.append(work)
    # Whoever stops the work stops the process that started these, which ends them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _work(part: object) -> object:
    return _shared[-1](part)
