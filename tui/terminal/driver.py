"""Textual's terminal driver, with a reader of keys that a torn or dropped line does not confuse."""

from __future__ import annotations

import os
import selectors
import signal
import time
from typing import TYPE_CHECKING

from textual.drivers.linux_driver import LinuxDriver

from tui.terminal.key_reader import KeyReader
from tui.terminal.sequences import LONE_ESCAPE
from tui.terminal.thrift import thrifty

if TYPE_CHECKING:
    from tui.app import PostilApp

_LOOK_UP = 0.1
"""Seconds after which the reader of keys sees that it should end."""

_READ = 4096
"""Bytes."""


class TerminalDriver(LinuxDriver):
    """For a terminal on standard input and standard error."""

    _app: PostilApp

    def write(self, data: str) -> None:
        """Write what draws the same as `data`."""
        super().write(thrifty(data))

    def run_input_thread(self) -> None:
        """Read keys until the driver ends, or the terminal has gone."""
        keys = KeyReader(self._app.bound_keys, lone_escape())
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                deadline = keys.deadline
                wait = _LOOK_UP if deadline is None else max(0.0, min(_LOOK_UP, deadline - time.monotonic()))
                # What has come meanwhile was not late: only this process was.
                if not selector.select(wait):
                    messages = keys.expire(time.monotonic())
                elif data := _read(self.fileno):
                    messages = keys.feed(data, time.monotonic())
                else:
                    os.kill(os.getpid(), signal.SIGHUP)
                    return
                for message in messages:
                    self.process_message(message)


def lone_escape() -> float:
    """Seconds; ESCDELAY, in milliseconds, says otherwise where it is a number."""
    try:
        return min(5.0, max(0.001, int(os.environ["ESCDELAY"]) / 1000))
    except (KeyError, ValueError):
        return LONE_ESCAPE


def _read(terminal: int) -> bytes:
    """What has come; nothing where the terminal has gone."""
    try:
        return os.read(terminal, _READ)
    except OSError:
        return b""
