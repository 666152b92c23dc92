"""Work that several processes share comes whole, and leaves none of them behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from tui.text import cores
from tui.text.cores import LONG, ProcessKilled, parallel

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "cores", lambda: 2)


def test_each_part_is_worked_on_once_whatever_the_length() -> None:
    add = 7

    def work(part: int) -> tuple[int, int]:
        return part + add, os.getpid()

    for length in 0, LONG:
        found = dict(parallel(work, range(50), length))
        assert {number: result for number, (result, _) in found.items()} == {n: n + 7 for n in range(50)}
        own = {process for _, process in found.values()} == {os.getpid()}
        assert own == (length == 0)
    assert multiprocessing.active_children() == []


def test_a_killed_process_is_told() -> None:
    def work(part: int) -> int:
        if part == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return part

    with pytest.raises(ProcessKilled, match="because of its time or memory"):
        list(parallel(work, range(10), LONG))
    assert multiprocessing.active_children() == []


def test_whoever_stops_looking_ends_what_is_under_way() -> None:
    def work(part: int) -> int:
        if part:
            signal.pause()
        return part

    found = parallel(work, range(3), LONG)
    assert next(found) == (0, 0)
    assert isinstance(found, Generator)
    found.close()
    assert multiprocessing.active_children() == []


def test_what_goes_wrong_goes_wrong_here() -> None:
    def work(part: int) -> float:
        return 1 / part

    with pytest.raises(ZeroDivisionError):
        list(parallel(work, [1, 0, 1], LONG))
    assert multiprocessing.active_children() == []


def test_stopped_while_results_are_sent_it_ends() -> None:
    """Results that are larger than a pipe's buffer, of which only the first is taken."""
    source = (
        "from tui.text import cores\n"
        "def work(part): return bytes(30_000_000)\n"
        "results = cores.parallel(work, range(8), cores.LONG)\n"
        "next(results)\n"
        "results.close()\n"
        "print('ended')\n"
    )
    for _ in range(3):
        ended = subprocess.run(
            [sys.executable, "-c", source], cwd=ROOT, capture_output=True, timeout=60, check=True
        )
        assert ended.stdout == b"ended\n"
