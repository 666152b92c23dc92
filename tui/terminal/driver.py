"""Textual's terminal driver, with a key reader that copes with split sequences and dropped lines."""

from __future__ import annotations

import os
import selectors
import signal
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.terminal.compact import compact
from tui.terminal.key_reader import Answered, KeyReader
from tui.terminal.latency_probe import QUESTION, LatencyProbe, is_remote
from tui.terminal.row_cache import RowCache
from tui.terminal.sequences import LONE_ESCAPE, LONE_ESCAPE_REMOTE

if TYPE_CHECKING:
    from tui.app_base import AppBase

_LOOK_UP = 0.1
"""Seconds between two checks whether the input thread should end."""

_READ = 4096
"""Maximum number of bytes per read."""


class SlowLine(Message):
    """The line to the terminal is slow."""


class TerminalDriver(LinuxDriver):
    """Driver for a terminal on standard input and standard error."""

    _app: AppBase

    _latency_probe = LatencyProbe(is_enabled=False)
    _row_cache = RowCache()

    def start_application_mode(self) -> None:
        """Take over the terminal, at the start and after each suspension."""
        app = self._app
        self._row_cache = RowCache()
        app.forget_terminal = self._row_cache.forget
        self._latency_probe = LatencyProbe(
            is_enabled=app.may_become_lean and not app.is_lean and is_remote(os.environ)
        )
        super().start_application_mode()

    def write(self, data: str) -> None:
        """Write the shortest output that draws the same as `data`."""
        frame = compact(self._row_cache.skip_unchanged(data))
        super().write(frame)
        if self._latency_probe.should_probe(len(frame), time.monotonic()):
            super().write(QUESTION)

    def process_message(self, message: Message) -> None:
        """Pass on messages from the terminal, except those that do not concern the app."""
        if isinstance(message, Answered):
            verdict = self._latency_probe.answered(time.monotonic())
            if verdict == "again":
                super().write(QUESTION)
            elif verdict == "slow":
                self._handle_slow_line()
        elif not (isinstance(message, TerminalSupportsSynchronizedOutput) and self._app.is_lean):
            super().process_message(message)

    def _handle_slow_line(self) -> None:
        """Switch off mouse reports, which are sent for every cell the mouse crosses, and report a slow line."""
        self._disable_mouse_support()
        self._mouse = False
        self.send_message(SlowLine())

    def run_input_thread(self) -> None:
        """Read keys until the driver ends or the terminal is gone."""
        keys = KeyReader(self._app.bound_keys, lone_escape(os.environ))
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                deadline = keys.deadline
                wait = _LOOK_UP if deadline is None else max(0.0, min(_LOOK_UP, deadline - time.monotonic()))
                # Input that is already here was not late: only this process was.
                if not selector.select(wait):
                    messages = keys.expire(time.monotonic())
                elif data := _read(self.fileno):
                    messages = keys.feed(data, time.monotonic())
                else:
                    os.kill(os.getpid(), signal.SIGHUP)
                    return
                for message in messages:
                    self.process_message(message)


def lone_escape(environment: Mapping[str, str]) -> float:
    """Seconds after which an escape character is the key `escape`: from ESCDELAY (milliseconds) or the default.

    Over SSH, ESCDELAY cannot make it shorter than the default there.
    """
    least = LONE_ESCAPE_REMOTE if is_remote(environment) else 0.001
    try:
        seconds = int(environment["ESCDELAY"]) / 1000
    except (KeyError, ValueError):
        seconds = LONE_ESCAPE
    return min(5.0, max(least, seconds))


def _read(terminal: int) -> bytes:
    """The available input; empty if the terminal is gone."""
    try:
        return os.read(terminal, _READ)
    except OSError:
        return b""
