"""How much of the machine long work may use."""

from __future__ import annotations

import os

_MOST = 4
"""Processes that each take some hundred megabytes for a model."""


def cores() -> int:
    """Processes that may work side by side."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(_MOST, allowed)
