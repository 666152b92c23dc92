"""The speed of long work, and the time that it still needs."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """Measures progress over many files. `clock` returns seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.files = 0
        """Finished files."""
        self.bytes = 0
        """Total size of the finished files."""
        self._in_progress: dict[str, float] = {}
        self._clock = clock
        self._begun = clock()

    def update(self, file: str, size: float) -> None:
        """Record that `size` bytes of an unfinished file are done."""
        self._in_progress[file] = size

    def finish(self, file: str, size: int) -> None:
        """Record that a file of `size` bytes is finished, with or without success."""
        self._in_progress.pop(file, None)
        self.files += 1
        self.bytes += size

    @property
    def bytes_so_far(self) -> float:
        """Bytes that are done, including those of unfinished files."""
        return self.bytes + sum(self._in_progress.values())

    def seconds_left(self, size: int) -> float | None:
        """Estimated seconds until `size` bytes in total are done; None if nothing is done yet."""
        done = self.bytes_so_far
        return (self._clock() - self._begun) * max(0.0, size - done) / done if done else None

    def summary(self, size: int) -> list[str]:
        """The rate and the time left for `size` bytes in total, if known: `38 a second`, `26 s left`."""
        seconds = max(0.001, self._clock() - self._begun)
        parts: list[str] = []
        if self.files:
            parts.append(_rate(self.files / seconds))
        elif self.bytes_so_far:
            parts.append(f"{max(1, self.bytes_so_far / seconds / 1000):.0f} kB a second")
        left = self.seconds_left(size)
        return parts if left is None else [*parts, f"{_duration(left)} left"]


def _rate(files_a_second: float) -> str:
    if files_a_second >= 1:
        return f"{files_a_second:.0f} a second"
    return f"{max(1, files_a_second * 60):.0f} a minute"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, seconds):.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.0f} h"
