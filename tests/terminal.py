"""A program on a real pty, read back through a terminal emulator."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte

PATIENCE = 30.0
"""Seconds after which something that should appear never will."""


class Terminal:
    """A program on a pty of its own; `screen` is what a person would see."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        piped: bytes | None = None,
    ) -> None:
        self.raw = bytearray()
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        ours = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in {"NO_COLOR", "POSTIL_ANNOTATIONS"}
        }
        pipe = os.pipe() if piped is not None else None
        self.pid, self._terminal = pty.fork()
        size = struct.pack("HHHH", rows, columns, 0, 0)
        if self.pid == 0:
            # Before the program starts, or it may have asked for the size already.
            fcntl.ioctl(1, termios.TIOCSWINSZ, size)
            if pipe is not None:
                os.dup2(pipe[0], 0)
                os.close(pipe[1])
            if folder is not None:
                os.chdir(folder)
            os.execvpe(command[0], list(command), {**kept, **ours, **(environment or {})})
        # Another test program that held this end too would keep the terminal alive.
        os.set_inheritable(self._terminal, False)
        if pipe is not None and piped is not None:
            os.close(pipe[0])
            with os.fdopen(pipe[1], "wb") as end:
                end.write(piped)
        self.exit_code: int | None = None

    @property
    def screen(self) -> str:
        return "\n".join(line.rstrip() for line in self._rows())

    @property
    def emulator(self) -> pyte.Screen:
        return self._screen

    def row_with(self, words: str) -> str:
        """The first row of the screen that holds `words`; empty where none does, as in the middle of a frame."""
        return next((line for line in self._rows() if words in line), "")

    def _rows(self) -> list[str]:
        """`display` of pyte fails where half a wide character was written over."""
        screen = self._screen
        return ["".join(screen.buffer[y][x].data for x in range(screen.columns)) for y in range(screen.lines)]

    def send(self, keys: str) -> None:
        self.send_bytes(keys.encode())

    def send_bytes(self, data: bytes) -> None:
        os.write(self._terminal, data)

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds: float) -> bool:
        """Feed what comes within so many seconds to the emulator; False once the program has closed its end."""
        # No select(2): it knows no descriptor beyond 1023.
        waiting = select.poll()
        waiting.register(self._terminal, select.POLLIN)
        if not waiting.poll(max(0.0, seconds) * 1000):
            return True
        try:
            data = os.read(self._terminal, 1 << 16)
        except OSError:
            return False
        if b"\x1b[?2026$p" in data:
            os.write(self._terminal, b"\x1b[?2026;2$y")
        self.raw += data
        self._stream.feed(data)
        return bool(data)

    def wait_for(self, wanted: str | Callable[[str], bool]) -> None:
        """Read until a whole frame holds `wanted`; fails with the screen when none ever does."""
        shows = (lambda screen: wanted in screen) if isinstance(wanted, str) else wanted
        limit = time.monotonic() + PATIENCE
        while self._is_in_frame or not shows(self.screen):
            if time.monotonic() > limit or not self.read(1.0):
                assert shows(self.screen), self._why_not(wanted, time.monotonic() > limit)
                return

    def _why_not(self, wanted: str | Callable[[str], bool], is_late: bool) -> str:
        """First what is wrong and what to do, then the screen and the last bytes."""
        if isinstance(wanted, str):
            what = repr(wanted)
        else:
            code = wanted.__code__
            what = f"what {Path(code.co_filename).name}:{code.co_firstlineno} waits for"
        if is_late:
            why = f"not shown in {PATIENCE:.0f} s: compare it with the screen below, and change the program or the test"
        else:
            why = "not shown before the program ended: look for its error on the screen below"
        return f"{what} was {why}\n{self.screen}\n{bytes(self.raw[-2000:])!r}"

    @property
    def _is_in_frame(self) -> bool:
        """Whether the program has begun to paint a frame, and not ended it."""
        return self.raw.rfind(b"\x1b[?2026h") > self.raw.rfind(b"\x1b[?2026l")

    def wait_for_end(self) -> int:
        """Read until the program ends; returns its exit code, negative for a signal, -9 when it never ends."""
        limit = time.monotonic() + PATIENCE
        while self.read(1.0) and time.monotonic() < limit:
            pass
        code = self._waited()
        if code:
            # Only a test that fails shows it.
            print(
                f"the program ended with {code}: look for the reason on its last screen\n{self.screen}\n{bytes(self.raw[-2000:])!r}"
            )
        return code

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def hang_up(self) -> int:
        """Take the terminal away, as a dropped line does; the exit code, -9 when the program never ends."""
        os.close(self._terminal)
        self._terminal = -1
        return self._waited()

    def _waited(self) -> int:
        executioner = threading.Timer(PATIENCE, os.kill, (self.pid, signal.SIGKILL))
        executioner.start()
        _, status = os.waitpid(self.pid, 0)
        executioner.cancel()
        self.exit_code = os.waitstatus_to_exitcode(status)
        return self.exit_code

    def close(self) -> None:
        if self.exit_code is None:
            os.kill(self.pid, signal.SIGKILL)
            self._waited()
        if self._terminal >= 0:
            os.close(self._terminal)
            self._terminal = -1
