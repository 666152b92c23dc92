"""How fast the line to the terminal is: the time until the terminal answers a question behind what was painted.

The question is DSR 5 of ECMA-48, 8.3.35 (`ESC [ 5 n`), which every terminal answers with `ESC [ 0 n` at once, but not
before it has drawn what came before. The first answer is waited for behind a large frame, the second one for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Verdict = Literal["nothing", "again", "fast", "slow"]

QUESTION = "\x1b[5n"
ANSWER = "\x1b[0n"

LARGE = 4096
"""Characters of a frame that is worth a question."""

SLOW_ANSWER = 0.3
"""Seconds for a question alone: every key is felt to be late."""

SLOW_FRAME = 0.3
"""Seconds that a frame takes beyond what the question takes alone."""

SLOW_RATE = 64_000
"""Characters a second; below that a screenful takes a good part of a second."""


class LatencyProbe:
    """Asks twice. Times are seconds of any clock."""

    def __init__(self, *, is_wanted: bool) -> None:
        self._asks: Literal["frame", "alone", ""] = "frame" if is_wanted else ""
        self._asked_at: float | None = None
        self._size = 0
        self._behind_frame = 0.0

    def should_probe(self, size: int, now: float) -> bool:
        """Whether to ask behind a frame of so many characters that is written now."""
        if self._asks != "frame" or self._asked_at is not None or size < LARGE:
            return False
        self._size, self._asked_at = size, now
        return True

    def answered(self, now: float) -> Verdict:
        """What an answer means; `again` wants the question at once."""
        if self._asked_at is None:
            return "nothing"
        waited, self._asked_at = now - self._asked_at, None
        if self._asks == "frame":
            if waited < min(SLOW_ANSWER, SLOW_FRAME):
                self._asks = ""
                return "fast"
            self._asks, self._behind_frame, self._asked_at = "alone", waited, now
            return "again"
        self._asks = ""
        drawing = self._behind_frame - waited
        draws_slowly = drawing >= SLOW_FRAME and self._size / drawing < SLOW_RATE
        return "slow" if waited >= SLOW_ANSWER or draws_slowly else "fast"


def is_remote(environment: Mapping[str, str]) -> bool:
    """Whether a terminal far away would answer, and not a program beside us that draws for it."""
    ssh = any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"))
    return ssh and not environment.get("TMUX") and not environment.get("STY")
