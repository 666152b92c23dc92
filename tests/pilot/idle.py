"""Waiting until an app under Textual's Pilot rests: no message is on its way, and the process does nothing.

Textual's own waiting naps for 20 ms at a time, twice a key, which is most of the time of a test that types.
"""

from __future__ import annotations

from asyncio import sleep
from collections.abc import Iterator
from time import monotonic, process_time

from textual._context import active_app
from textual.message_pump import MessagePump

_NAP = 0.004
"""Seconds."""
_AT_REST = _NAP / 10
"""Processor time, in seconds, that an app at rest may use in a nap."""


async def wait_for_idle(min_sleep: float = _NAP, max_sleep: float = 1) -> None:
    """In place of Textual's function of this name, with the same arguments, in seconds."""
    start = monotonic()
    while (elapsed := monotonic() - start) < max_sleep:
        used = process_time()
        await sleep(_NAP)
        is_at_rest = process_time() - used < _AT_REST
        if is_at_rest and elapsed + _NAP >= min_sleep and not any(p.message_queue_size for p in _pumps()):
            return


def _pumps() -> Iterator[MessagePump]:
    app = active_app.get()
    yield app
    for screen in app.screen_stack:
        yield from screen.walk_children(with_self=True)
