"""Long work on the event loop, done in slices of a few milliseconds."""

from __future__ import annotations

import asyncio

_BREATH = 0.001
"""Seconds. With none, the thread that reads keys waits half a second at times for its turn of the interpreter."""


async def yield_to_event_loop() -> None:
    """Let keys be read and painted before the next slice."""
    await asyncio.sleep(_BREATH)
