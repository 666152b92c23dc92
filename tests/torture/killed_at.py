"""A process that is killed at a call that changes files: before the call, or in the middle of a write.

`python -m tests.torture.killed_at NUMBER ARGUMENT...` is `postil ARGUMENT...`, killed at the call of that number.
The arguments `trash remove ARTICLE` and `trash restore` do what the library's keys do.
"""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ParamSpec, TypeVar

from tui.cli import main
from tui.commands import add, publish
from tui.commands import scheme as scheme_command
from tui.store import recovery, trash, verify
from tui.store.folder import FolderStore

# What a child needs is loaded before it is made, which makes it quick.
_LOADED = (add, publish, scheme_command, recovery, trash, verify)

_CALLS = (
    *("write", "pwrite", "ftruncate", "truncate", "fsync", "fdatasync", "fchmod", "chmod"),
    *("rename", "replace", "link", "unlink", "remove", "mkdir", "rmdir"),
)
_CHANGING = os.O_CREAT | os.O_WRONLY | os.O_RDWR | os.O_TRUNC

Given = ParamSpec("Given")
Result = TypeVar("Result")


class _Counting:
    """Counts the calls, and ends the process at one of them."""

    def __init__(self, number: int) -> None:
        self._left = number

    def count(self, finish: Callable[[], object] | None = None) -> None:
        """`finish` is done before the end."""
        self._left -= 1
        if self._left == 0:
            if finish is not None:
                finish()
            os.kill(os.getpid(), signal.SIGKILL)

    def wrapped(self, call: Callable[Given, Result]) -> Callable[Given, Result]:
        @functools.wraps(call)
        def counted(*given: Given.args, **named: Given.kwargs) -> Result:
            self.count()
            return call(*given, **named)

        return counted


def arm(number: int) -> None:
    """Kill this process at its `number`th call that changes a file."""
    counting = _Counting(number)
    really_open, really_pwrite = os.open, os.pwrite

    def open_counted(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if flags & _CHANGING:
            counting.count()
        return really_open(path, flags, mode, dir_fd=dir_fd)

    def pwrite_counted(descriptor: int, data: bytes | memoryview, offset: int) -> int:
        counting.count()
        # Killed while it writes, a process leaves some of it.
        counting.count(lambda: really_pwrite(descriptor, data[: len(data) // 2], offset))
        return really_pwrite(descriptor, data, offset)

    for name in _CALLS:
        setattr(os, name, counting.wrapped(getattr(os, name)))
    os.open, os.pwrite = open_counted, pwrite_counted


def killed(number: int, words: Sequence[str]) -> int:
    """Run `postil WORDS...` in a process of its own; its exit code, -9 if it was killed at the call (0: at none)."""
    making = multiprocessing.get_context("forkserver")
    making.set_forkserver_preload([__name__])
    process = making.Process(target=_run, args=(number, list(words)))
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def _run(number: int, words: list[str]) -> None:
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
        if number:
            arm(number)
        sys.exit(run(words))


def run(words: list[str]) -> int:
    """`postil WORDS...`, or what the library does with its trash."""
    if words[0] != "trash":
        return main(words)
    what, folder, annotator, label, *article = words[1:]
    place = trash.Trash(Path(folder), FolderStore(Path(folder), scheme=label))
    if what == "remove":
        place.remove(article[0], annotator)
        return 0
    for removed in place.removals(annotator):
        place.restore(removed)
    return 0


if __name__ == "__main__":
    arm(int(sys.argv[1]))
    sys.exit(run(sys.argv[2:]))
