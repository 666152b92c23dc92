"""A process that is killed at a call that changes files: before the call, or in the middle of a write.

`python -m tests.torture.killed_at NUMBER ARGUMENT...` is `postil ARGUMENT...`, killed at the call of that number.
Without arguments it is what a Killer starts.
The arguments `trash remove ARTICLE` and `trash restore` do what the library's keys do.
"""

from __future__ import annotations

import functools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ParamSpec, TypeVar

from tests.torture.scene import CHECKOUT
from tui.cli import main
from tui.commands import publish
from tui.commands import scheme as scheme_command
from tui.commands.add import command as add
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


class Killer:
    """Runs commands in processes that are killed, each made by one that has loaded everything, which is quick."""

    def __enter__(self) -> Killer:
        command = [sys.executable, "-m", __spec__.name]
        self._process = subprocess.Popen(
            command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def run(self, number: int, words: Sequence[str]) -> int:
        """Run `postil WORDS...`, killed at its `number`th call (0: at none); its exit code, -9 if it was killed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps([number, *words])}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def _serve() -> None:
    # The text stream must not have been read from: a command sets how it reads.
    for line in sys.stdin.buffer:
        number, *words = json.loads(line)
        pid = os.fork()
        if pid == 0:
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in range(3):
                os.dup2(nowhere, stream)
            # Ours was read from, and can no longer be set up as a command does it.
            sys.stdin = os.fdopen(0)
            if number:
                arm(number)
            os._exit(run(words))
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


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
    if len(sys.argv) == 1:
        _serve()
        sys.exit()
    arm(int(sys.argv[1]))
    sys.exit(run(sys.argv[2:]))
