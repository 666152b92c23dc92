"""Measuring the speed of the line to the terminal: the time until it answers a question sent after a frame.

The question is DSR 5 of ECMA-48, 8.3.35 (`ESC [ 5 n`). Every terminal answers it with `ESC [ 0 n`, after drawing
everything before it. The first question follows a large frame, the second one follows nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Verdict = Literal["nothing", "again", "fast", "slow"]

QUESTION = "\x1b[5n"
ANSWER = "\x1b[0n"

LARGE = 4096
"""Minimum size, in characters, of a frame that is followed by a question."""

SLOW_ANSWER = 0.3
"""Seconds for a question alone; with more, every key feels late."""

SLOW_FRAME = 0.3
"""Seconds that a frame takes in addition to the question alone."""

SLOW_RATE = 64_000
"""Characters per second; below this rate a full screen takes a noticeable part of a second."""


class LatencyProbe:
    """Asks twice. Times are seconds of any clock."""

    def __init__(self, *, is_enabled: bool) -> None:
        self._next_question: Literal["frame", "alone", ""] = "frame" if is_enabled else ""
        self._asked_at: float | None = None
        self._size = 0
        self._frame_delay = 0.0

    def should_probe(self, size: int, now: float) -> bool:
        """True if a question should follow a frame of `size` characters that is written now."""
        if self._next_question != "frame" or self._asked_at is not None or size < LARGE:
            return False
        self._size, self._asked_at = size, now
        return True

    def answered(self, now: float) -> Verdict:
        """The meaning of an answer; for `again` the question must be sent again immediately."""
        if self._asked_at is None:
            return "nothing"
        waited, self._asked_at = now - self._asked_at, None
        if self._next_question == "frame":
            if waited < min(SLOW_ANSWER, SLOW_FRAME):
                self._next_question = ""
                return "fast"
            self._next_question, self._frame_delay, self._asked_at = "alone", waited, now
            return "again"
        self._next_question = ""
        drawing = self._frame_delay - waited
        draws_slowly = drawing >= SLOW_FRAME and self._size / drawing < SLOW_RATE
        return "slow" if waited >= SLOW_ANSWER or draws_slowly else "fast"


def is_remote(environment: Mapping[str, str]) -> bool:
    """True if a remote terminal answers, and not a local program such as tmux or screen."""
    ssh = any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"))
    return ssh and not environment.get("TMUX") and not environment.get("STY")
