"""Lean painting: asked for, and by itself where the terminal answers late."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from tests.terminal import Terminal
from tui.resources import sample

QUESTION, ANSWER = b"\x1b[5n", b"\x1b[0n"
MOUSE_ON, MOUSE_OFF = b"\x1b[?1003h", b"\x1b[?1003l"
OWN_COLOURS = re.compile(rb"[34]8;2;")
FAR = {"SSH_CONNECTION": "10.0.0.1 50000 10.0.0.2 22"}

Start = Callable[..., Terminal]


def answer_late(terminal: Terminal, nth: int) -> None:
    terminal.wait_for(lambda _: terminal.raw.count(QUESTION) >= nth)
    time.sleep(0.35)
    terminal.send_bytes(ANSWER)


def test_a_slow_line_is_noticed_and_spared(start: Start) -> None:
    terminal = start("open", str(sample()), environment=FAR)
    answer_late(terminal, 1)
    answer_late(terminal, 2)
    terminal.wait_for("the connection is slow")
    assert MOUSE_OFF in terminal.raw
    terminal.send("jf")
    terminal.wait_for("1/41 decided")
    # What was on its way by then may still come.
    painted = len(terminal.raw)
    terminal.send("fGg")
    terminal.wait_for("2/41 decided")
    assert not OWN_COLOURS.search(terminal.raw[painted:])


@pytest.mark.parametrize("words", [["--no-lean"], ["--lean"]])
def test_whoever_has_said_what_is_wanted_is_not_measured(start: Start, words: list[str]) -> None:
    terminal = start("open", str(sample()), *words, environment=FAR)
    terminal.wait_for("0/41 decided")
    terminal.send("f")
    terminal.wait_for("1/41 decided")
    assert QUESTION not in terminal.raw
    is_lean = words == ["--lean"]
    assert (MOUSE_ON in terminal.raw) is not is_lean
    assert bool(OWN_COLOURS.search(terminal.raw)) is not is_lean
