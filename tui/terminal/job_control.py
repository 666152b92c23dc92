"""Suspending and resuming by the shell's job control (SIGTSTP and SIGCONT)."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from types import FrameType


def has_shell_above() -> bool:
    """True if a shell can resume this process; a session leader has no such shell."""
    return os.getpgrp() != os.getsid(0)


def watch_stops(loop: asyncio.AbstractEventLoop, reinitialise: Callable[[], None]) -> None:
    """Let SIGCONT restore the screen exactly once, however the process was stopped.

    Textual's own handler initialises the terminal on each SIGCONT. If the terminal had not been restored before
    that, our own mode would be restored at exit; and if the line has dropped, nothing can be initialised.
    `reinitialise` restores the terminal and initialises it again; it is called in the event loop.
    """
    stop, go_on = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
    if not (callable(stop) and callable(go_on)):
        return
    is_suspended = is_resuming = False

    def stopped(number: int, frame: FrameType | None) -> None:
        nonlocal is_suspended
        is_suspended = True
        stop(number, frame)

    def continued(number: int, frame: FrameType | None) -> None:
        nonlocal is_suspended, is_resuming
        if not os.isatty(0) or is_resuming:
            return
        if not is_suspended:
            # Not now: a frame may be being written.
            loop.call_soon_threadsafe(reinitialise)
            return
        # A shell may send one for `bg` and one for `fg` before the screen is restored.
        is_resuming = True
        while not _is_in_the_foreground():
            os.kill(os.getpid(), signal.SIGSTOP)
        is_suspended = False
        go_on(number, frame)
        is_resuming = False

    signal.signal(signal.SIGTSTP, stopped)
    signal.signal(signal.SIGCONT, continued)


def _is_in_the_foreground() -> bool:
    """True if we may write to the terminal; also without job control."""
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return True
