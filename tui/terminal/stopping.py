"""Being stopped and going on: the shell's job control, as SIGTSTP and SIGCONT tell of it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from types import FrameType


def has_shell_above() -> bool:
    """Whether somebody could bring us back: whoever leads the session has no shell that could."""
    return os.getpgrp() != os.getsid(0)


def watch_stops(loop: asyncio.AbstractEventLoop, set_up_anew: Callable[[], None]) -> None:
    """Let SIGCONT bring the screen back once, whatever stopped us.

    Textual's own handler sets the terminal up anew on each one. Where it had not been restored before, what
    is restored at the end would then be our own mode; where the line has dropped, nothing can be set up.
    `set_up_anew` restores the terminal and sets it up again; it runs in the loop.
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
            # Not now: a frame may be on its way out.
            loop.call_soon_threadsafe(set_up_anew)
            return
        # A shell may send one for `bg` and one for `fg` before the screen is back.
        is_resuming = True
        while not _is_in_the_foreground():
            os.kill(os.getpid(), signal.SIGSTOP)
        is_suspended = False
        go_on(number, frame)
        is_resuming = False

    signal.signal(signal.SIGTSTP, stopped)
    signal.signal(signal.SIGCONT, continued)


def _is_in_the_foreground() -> bool:
    """Whether the terminal may be written to; also where there is no job control."""
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return True
