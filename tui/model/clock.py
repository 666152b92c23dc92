"""Times as they are stored: UTC, ISO 8601, milliseconds, `Z`."""

from __future__ import annotations

import time


def now() -> str:
    return stamp(time.time())


def stamp(seconds: float) -> str:
    """`seconds` since the epoch as `2026-11-22T22:00:00.000Z`."""
    whole = int(seconds)
    milliseconds = int((seconds - whole) * 1000)
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(whole))}.{milliseconds:03d}Z"
