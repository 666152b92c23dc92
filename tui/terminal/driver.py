"""Textual's terminal driver, with a reader of keys that a torn or dropped line does not confuse."""

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
from tui.terminal.sequences import LONE_ESCAPE, LONE_ESCAPE_FAR

if TYPE_CHECKING:
    from tui.app_base import AppBase

_LOOK_UP = 0.1
"""Seconds after which the reader of keys sees that it should end."""

_READ = 4096
"""Bytes."""


class SlowLine(Message):
    """The line to the terminal is slow."""


class TerminalDriver(LinuxDriver):
    """For a terminal on standard input and standard error."""

    _app: AppBase

    _gauge = LatencyProbe(is_wanted=False)
    _unchanged = RowCache()

    def start_application_mode(self) -> None:
        """Take the terminal over, at first and after each suspension."""
        app = self._app
        self._unchanged = RowCache()
        app.forget_terminal = self._unchanged.forget
        self._gauge = LatencyProbe(
            is_wanted=app.may_become_lean and not app.is_lean and is_remote(os.environ)
        )
        super().start_application_mode()

    def write(self, data: str) -> None:
        """Write what draws the same as `data`."""
        frame = compact(self._unchanged.skip_unchanged(data))
        super().write(frame)
        if self._gauge.should_probe(len(frame), time.monotonic()):
            super().write(QUESTION)

    def process_message(self, message: Message) -> None:
        """Pass on what the terminal said, but for what is no concern of the app."""
        if isinstance(message, Answered):
            verdict = self._gauge.answered(time.monotonic())
            if verdict == "again":
                super().write(QUESTION)
            elif verdict == "slow":
                self._paint_less()
        elif not (isinstance(message, TerminalSupportsSynchronizedOutput) and self._app.is_lean):
            super().process_message(message)

    def _paint_less(self) -> None:
        """Be told nothing of the mouse any longer, which speaks with every cell that it crosses."""
        self._disable_mouse_support()
        self._mouse = False
        self.send_message(SlowLine())

    def run_input_thread(self) -> None:
        """Read keys until the driver ends, or the terminal has gone."""
        keys = KeyReader(self._app.bound_keys, lone_escape(os.environ))
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


def lone_escape(environment: Mapping[str, str]) -> float:
    """Seconds. ESCDELAY, in milliseconds, says otherwise where it is a number; it shortens nothing over SSH."""
    least = LONE_ESCAPE_FAR if is_remote(environment) else 0.001
    try:
        wanted = int(environment["ESCDELAY"]) / 1000
    except (KeyError, ValueError):
        wanted = LONE_ESCAPE
    return min(5.0, max(least, wanted))


def _read(terminal: int) -> bytes:
    """What has come; nothing where the terminal has gone."""
    try:
        return os.read(terminal, _READ)
    except OSError:
        return b""
