"""While nobody types, nothing is written: over a slow line it would be in the way, and on a train it costs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tui.resources import sample

STILL = 0.5
"""Seconds without output after which what a key or the start caused has ended."""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """The sample in the reader, its names looked for before."""
    postil = [sys.executable, "-m", "tui", "--annotations", str(tmp_path / "annotations")]
    for words in (["add", str(sample()), "--language", "en"], ["show", "sous", "--json"]):
        subprocess.run([*postil, *words], stdin=subprocess.DEVNULL, capture_output=True, check=True)
    terminal = Terminal([*postil, "open", "sous"])
    yield terminal
    terminal.close()


def written_in(terminal: Terminal, seconds: float) -> bytes:
    before = len(terminal.raw)
    terminal.read(seconds)
    return bytes(terminal.raw[before:])


def settle(terminal: Terminal) -> None:
    # A start writes a handful of times, not for ever.
    written = [written_in(terminal, STILL)]
    while written[-1] and len(written) < 20:
        written.append(written_in(terminal, STILL))
    assert written[-1] == b"", written


def test_a_page_is_drawn_once_however_often_it_is_laid_out(terminal: Terminal) -> None:
    terminal.wait_for("41 decided")
    settle(terminal)
    first = b"revient sur un vieux"
    assert terminal.raw.count(first) == 1
    # A terminal whose size changes may have lost anything.
    for columns in (121, 120):
        settle(terminal)
        drawn = terminal.raw.count(first)
        terminal.resize(columns, 40)
        terminal.wait_for(lambda _, drawn=drawn: terminal.raw.count(first) > drawn)
        settle(terminal)
        assert terminal.raw.count(first) == drawn + 1


def test_nothing_is_written_while_nobody_types(terminal: Terminal) -> None:
    terminal.wait_for("41 decided")
    settle(terminal)
    terminal.send("f")
    terminal.wait_for("1/41 decided")
    settle(terminal)
    assert written_in(terminal, 1.2) == b""
    terminal.send("l")
    terminal.wait_for("Library")
    settle(terminal)
    assert written_in(terminal, 1.2) == b""
