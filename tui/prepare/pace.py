"""How fast long work goes, and how long it will take, in words."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """Counts what is done of many files. `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.files = 0
        """Done."""
        self.bytes = 0
        """Of those files."""
        self._partly: dict[str, float] = {}
        self._clock = clock
        self._begun = clock()

    def partly(self, file: str, size: float) -> None:
        """So many bytes of a file that is under way are done."""
        self._partly[file] = size

    def finish(self, file: str, size: int) -> None:
        """A file of so many bytes is done, one way or another."""
        self._partly.pop(file, None)
        self.files += 1
        self.bytes += size

    @property
    def bytes_so_far(self) -> float:
        """Those of files that are under way too."""
        return self.bytes + sum(self._partly.values())

    def seconds_left(self, size: int) -> float | None:
        """Until `size` bytes in all are done; None while nothing is known."""
        done = self.bytes_so_far
        return (self._clock() - self._begun) * max(0.0, size - done) / done if done else None

    def told(self, size: int) -> list[str]:
        """The rate and the time left of `size` bytes in all, as far as they are known: `38 a second`, `26 s left`."""
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
