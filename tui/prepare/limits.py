"""Limits on the processor time and memory for preparing a text, depending on its size.

They are limits of the process (`setrlimit`), so they also stop third-party code. On systems that lack them
(Windows), or lack one of them (macOS has no RLIMIT_AS), preparation runs without.
"""

from __future__ import annotations

import math
import os
import signal
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress

import msgspec

try:
    import resource
except ImportError:  # Windows
    resource = None

SECONDS_VARIABLE = "POSTIL_READING_SECONDS"
"""Environment variable that sets the seconds a step may take, regardless of the text's size."""
_SECONDS = 120
_SECONDS_A_MEGABYTE = 60
"""A model needs about 15 seconds per megabyte to find names, on one core."""
_MEGABYTES = 4096
_MEGABYTES_A_MEGABYTE = 120
_MEGABYTE = 2**20


class Limits(msgspec.Struct, frozen=True):
    """The limits of one request; 0 means no limit."""

    seconds: int = 0
    """Processor time."""
    megabytes: int = 0
    """Address space."""


def limits_for(size: int, environment: Mapping[str, str] = os.environ) -> Limits:
    """The limits for a text of `size` bytes or code points."""
    setting = environment.get(SECONDS_VARIABLE, "")
    is_number = setting.isascii() and setting.isdecimal() and len(setting) < 8
    return Limits(
        (int(setting) if is_number else 0) or _SECONDS + size * _SECONDS_A_MEGABYTE // _MEGABYTE,
        _MEGABYTES + size * _MEGABYTES_A_MEGABYTE // _MEGABYTE,
    )


@contextmanager
def enforced(limits: Limits) -> Generator[None]:
    """Enforce the limits until the end of the block. Each block has the full limits.

    If the time is exceeded, SIGXCPU ends the process; if the memory is exceeded, MemoryError is raised.
    """
    if resource is None:
        yield
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    time_limit, memory_limit = resource.getrlimit(resource.RLIMIT_CPU), resource.getrlimit(resource.RLIMIT_AS)
    if limits.seconds:
        _lower(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime) + limits.seconds)
        # SIGXCPU would write a core file.
        _lower(resource.RLIMIT_CORE, 0)
    if limits.megabytes:
        _lower(resource.RLIMIT_AS, limits.megabytes * _MEGABYTE)
    try:
        yield
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, memory_limit)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, time_limit)


def memory_message(what: str, limits: Limits) -> str:
    """One line for the user: `what` exceeded its memory limit."""
    return f"{what} takes more than {limits.megabytes / 1024:.0f} GB of memory to read: split it"


def end_message(what: str, limits: Limits, code: int) -> str:
    """One line for the user: the process ended while working on `what`. `code` is negative for a signal."""
    if hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU and limits.seconds:
        return f"{what} takes more than {_in_words(limits.seconds)} of processor time to read: split it"
    if code < 0:
        return f"{what}: the preparation process was killed by {_signal_name(-code)}: try again"
    return f"{what}: the preparation process ended with code {code}: try again"


def _lower(kind: int, value: int) -> None:
    """Set the soft limit to `value`, unless the system's limit is already lower."""
    assert resource is not None
    soft, hard = resource.getrlimit(kind)
    for limit in (soft, hard):
        if limit != resource.RLIM_INFINITY:
            value = min(value, limit)
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (value, hard))


def _in_words(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    return f"{round(seconds / 60)} minutes"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
