"""The real program on a disk that is slow now and then: `python -m tests.torture.slow_disk ARGUMENT...`.

A screen that says "saved" too early is then caught: on a fast disk the write is done before the next frame.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from tui.store.disk import Disk

LONGEST = 0.12
"""Seconds."""

HOW_OFTEN = 0.6

Given = ParamSpec("Given")
Result = TypeVar("Result")


def slowed(call: Callable[Given, Result]) -> Callable[Given, Result]:
    """The same, after a pause now and then."""

    def slow(*given: Given.args, **named: Given.kwargs) -> Result:
        if random.random() < HOW_OFTEN:
            time.sleep(random.uniform(0, LONGEST))
        return call(*given, **named)

    return slow


if __name__ == "__main__":
    Disk.write = slowed(Disk.write)
    Disk.sync = slowed(Disk.sync)

    from tui.cli import main

    sys.exit(main())
