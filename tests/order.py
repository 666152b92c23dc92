"""The order in which the tests run, and which of them share a process: what is slow first, and one server for all.

`make test` runs all but those marked `long`; `make test-all` runs these, and those marked `longer` with more cases.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SLOW_FIRST = ("torture", "ssh", "pty", "packaging", "growth", "pilot", "browser")
"""Folders of tests, the slowest first; all others come after them."""

TOGETHER = {
    "ssh": "one sshd, its accounts and what they have written",
    "packaging/test_wheel.py": "one wheel",
}
"""Tests that run one after the other in one process, by folder or file, and what they share."""


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def arrange(items: list[pytest.Item], tests: Path) -> None:
    """Put the slow tests first, and give those that share something one group of xdist's."""
    for item in items:
        path = item.path.relative_to(tests).as_posix()
        for shared in TOGETHER:
            if path == shared or path.startswith(f"{shared}/"):
                item.add_marker(pytest.mark.xdist_group(shared))
    items.sort(key=lambda item: _rank(item.path.relative_to(tests).parts[0]))


def _rank(folder: str) -> int:
    return SLOW_FIRST.index(folder) if folder in SLOW_FIRST else len(SLOW_FIRST)
