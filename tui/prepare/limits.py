"""How much processor time and memory the preparation of a text may take, by the size of the text.

The limits are those of a process (`setrlimit`): they end whatever runs, also a third party's code, at any place.
Systems without them (Windows), or that keep only one of them (macOS has no RLIMIT_AS), go on without.
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
"""The environment variable for the seconds that a step may take, regardless of the size."""
_SECONDS = 120
_SECONDS_A_MEGABYTE = 60
"""A model takes about 15 seconds for the names of a megabyte, on one core."""
_MEGABYTES = 4096
_MEGABYTES_A_MEGABYTE = 120
_MEGABYTE = 2**20


class Limits(msgspec.Struct, frozen=True):
    """What one request may take; 0 for no limit."""

    seconds: int = 0
    """Of processor time."""
    megabytes: int = 0
    """Of address space."""


def limits_for(size: int, environment: Mapping[str, str] = os.environ) -> Limits:
    """What a text of `size` bytes, or code points, may take."""
    asked = environment.get(SECONDS_VARIABLE, "")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 8
    return Limits(
        (int(asked) if is_number else 0) or _SECONDS + size * _SECONDS_A_MEGABYTE // _MEGABYTE,
        _MEGABYTES + size * _MEGABYTES_A_MEGABYTE // _MEGABYTE,
    )


@contextmanager
def kept(limits: Limits) -> Generator[None]:
    """Keep to the limits until the end of the block; then the next block has all of its own.

    Beyond the seconds the process is ended by SIGXCPU; beyond the memory it has MemoryError.
    """
    if resource is None:
        yield
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    time_limit, memory_limit = resource.getrlimit(resource.RLIMIT_CPU), resource.getrlimit(resource.RLIMIT_AS)
    if limits.seconds:
        _lower(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime) + limits.seconds)
        # Ended so, it leaves no core file.
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


def out_of_memory(what: str, limits: Limits) -> str:
    """One line for what met its limit of memory."""
    return f"{what} takes more than {limits.megabytes / 1024:.0f} GB of memory to read: split it"


def ended(what: str, limits: Limits, code: int) -> str:
    """One line for what the process was at work on when it ended; `code` is negative for a signal."""
    if hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU and limits.seconds:
        return f"{what} takes more than {_in_words(limits.seconds)} of processor time to read: split it"
    if code < 0:
        return f"{what}: the preparation process was killed by {_signal_name(-code)}: try again"
    return f"{what}: the preparation process ended with code {code}: try again"


def _lower(kind: int, wanted: int) -> None:
    """A limit of the system stays where it is lower."""
    assert resource is not None
    soft, hard = resource.getrlimit(kind)
    for limit in (soft, hard):
        if limit != resource.RLIM_INFINITY:
            wanted = min(wanted, limit)
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (wanted, hard))


def _in_words(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    return f"{round(seconds / 60)} minutes"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
