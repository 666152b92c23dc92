"""Running a program on a pseudo-terminal, and timing its output."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

COLUMNS, ROWS = 120, 40

QUIET = 0.06
"""Seconds without output after which a frame has ended."""

PATIENCE = 30.0
"""Seconds after which expected output counts as missing."""

ANSWER_WITHIN = 2.0
"""Seconds within which a key must draw something, or it counts as drawing nothing."""

_DROPPED = ("NO_COLOR", "PYTHONDONTWRITEBYTECODE", "TERM_PROGRAM", "POSTIL_DEBUG")
_TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}

_MODE_QUERY = re.compile(rb"\x1b\[\?(\d+)\$p")
_KNOWN_MODES = {b"2026": b"2"}
"""The only mode we report: synchronized output, switched off."""

_ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-Z\\^-~])")


class BenchError(Exception):
    """Something could not be measured; `str()` is one line that says why."""


class Frame(NamedTuple):
    """The output drawn for a key. Milliseconds count from the key."""

    first: float
    last: float
    size: int
    """Bytes until no output came for `QUIET` seconds."""
    worked: float | None = None
    """Milliseconds of processor time until then, independent of other load; None if not available."""


class Program:
    """A program on a terminal of `COLUMNS` by `ROWS`. As a context manager it ends the program."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        """Start it in `folder`."""
        self._name = " ".join(command)
        self._output = bytearray()
        self._answered = 0
        self._ended = False
        self._began = time.perf_counter()
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            _become(command, folder)

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def wait_for(self, words: str) -> float:
        """Read until the words have been written; returns milliseconds since the start.

        Raises BenchError if the program ends before that, or does not write them in time.
        """
        expected = words.encode()
        limit = self._began + PATIENCE
        while time.perf_counter() < limit and self._read(1.0) is not None:
            now = time.perf_counter()
            if expected in _ESCAPES.sub(b"", self._output):
                return (now - self._began) * 1e3
        shown = _ESCAPES.sub(b"", self._output)[-300:].decode("utf-8", "replace").strip()
        raise BenchError(f"{self._name} never showed {words!r}: {shown!r}")

    def press_until(self, keys: str, words: str) -> None:
        """Press keys and read until the words are written. Raises BenchError if they are not written in time."""
        before = len(self._output)
        self.press(keys)
        limit = time.perf_counter() + PATIENCE
        while words.encode() not in _ESCAPES.sub(b"", self._output[before:]):
            if time.perf_counter() > limit or self._read(1.0) is None:
                raise BenchError(f"{self._name} never showed {words!r} after {keys!r}")

    def press(self, key: str) -> None:
        """Press a key. Raises BenchError if the program has ended."""
        try:
            os.write(self._terminal, key.encode())
        except OSError as error:
            raise BenchError(f"{self._name} ended before the key {key!r}") from error

    def key(self, key: str) -> Frame | None:
        """Press a key and read until its frame has ended; None if nothing was drawn."""
        worked = self.processor_time()
        pressed = time.perf_counter()
        self.press(key)
        return self._frame(pressed, worked)

    def resize(self, columns: int, rows: int) -> Frame | None:
        """Resize the terminal and read until the frame has ended; None if nothing was drawn."""
        worked = self.processor_time()
        began = time.perf_counter()
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        return self._frame(began, worked)

    def settle(self, quiet: float) -> int:
        """Read until nothing was written for `quiet` seconds; returns the number of bytes."""
        size = 0
        while read := self._read(quiet):
            size += read
        return size

    def peak_memory(self) -> float | None:
        """Peak memory in megabytes (10^6 bytes); None if not available."""
        return memory_of(self._pid, "VmHWM")

    def memory(self) -> float | None:
        """Current memory in megabytes (10^6 bytes); None if not available."""
        return memory_of(self._pid, "VmRSS")

    @property
    def output(self) -> bytearray:
        """Everything the program has written."""
        return self._output

    def wait_for_end(self) -> int:
        """Read until the program ends; returns its exit code. Raises BenchError if it does not end in time."""
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            if self._read(0.05) is None:
                _, status = os.waitpid(self._pid, 0)
                self._ended = True
                return os.waitstatus_to_exitcode(status)
        raise BenchError(f"{self._name} never ended")

    def close(self) -> None:
        """Terminate the program, by force if necessary."""
        if self._ended:
            os.close(self._terminal)
            return
        limit = time.monotonic() + 5
        os.kill(self._pid, signal.SIGTERM)
        while os.waitpid(self._pid, os.WNOHANG)[0] == 0:
            if time.monotonic() > limit:
                os.kill(self._pid, signal.SIGKILL)
                os.waitpid(self._pid, 0)
                break
            # Its last output has to be read, or it may block.
            self._read(0.01)
        os.close(self._terminal)

    def processor_time(self) -> float | None:
        """Processor time of all its threads in milliseconds; None if not available (only on Linux)."""
        try:
            lines = [path.read_text() for path in Path(f"/proc/{self._pid}/task").glob("*/schedstat")]
        except OSError:
            return None
        return sum(int(line.split()[0]) for line in lines) / 1e6 if lines else None

    def _frame(self, began: float, worked: float | None) -> Frame | None:
        first = last = 0.0
        size = 0
        while read := self._read(QUIET if size else ANSWER_WITHIN):
            last = (time.perf_counter() - began) * 1e3
            first = first or last
            size += read
        if not size:
            return None
        after = self.processor_time()
        return Frame(first, last, size, after - worked if after is not None and worked is not None else None)

    def _read(self, seconds: float) -> int | None:
        """The number of bytes read; 0 if none came in time, None if the program has closed its end."""
        ready, _, _ = select.select([self._terminal], [], [], seconds)
        if not ready:
            return 0
        try:
            data = os.read(self._terminal, 1 << 16)
        except OSError:
            return None
        self._output += data
        self._answer()
        return len(data) or None

    def _answer(self) -> None:
        """Answer the program's mode queries as a terminal does."""
        for query in _MODE_QUERY.finditer(self._output, self._answered):
            state = _KNOWN_MODES.get(query[1], b"0")
            os.write(self._terminal, b"\x1b[?" + query[1] + b";" + state + b"$y")
            self._answered = query.end()


def memory_of(pid: int, line: str) -> float | None:
    """A memory line of a process's status on Linux, in megabytes (10^6 bytes); None if not available."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    match = re.search(rf"{line}:\s*(\d+) kB", status)
    return int(match[1]) * 1024 / 1e6 if match else None


def environment(inherited: Mapping[str, str]) -> dict[str, str]:
    """The environment of the programs: a colour terminal, and bytecode caching as usual."""
    return {name: value for name, value in inherited.items() if name not in _DROPPED} | _TERMINAL


def _become(command: Sequence[str], folder: Path) -> None:
    """In the child: never returns."""
    try:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        os.chdir(folder)
        os.execvpe(command[0], list(command), environment(os.environ))
    except OSError as error:
        os.write(2, f"{command[0]}: {error}".encode())
    finally:
        os._exit(127)
