"""ctrl+z gives the terminal back to the shell, and fg brings the reader back as it was."""

from __future__ import annotations

import json
import os
import shlex
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal import PATIENCE, Terminal
from tui.resources import sample
from tui.store.protocol import Locked
from tui.workspace import Workspace

LEFT, ENTERED = b"\x1b[?1049l", b"\x1b[?1049h"
"""The alternate screen."""

PROMPT = b"ready>"

Shell = Callable[[], Terminal]


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """A shell with job control that has just been told to open the sample."""
    started: list[Terminal] = []

    def start() -> Terminal:
        environment = {"PS1": PROMPT.decode(), "ENV": "", "HISTFILE": "", "HOME": str(tmp_path)}
        terminal = Terminal(["sh", "-i"], environment=environment)
        started.append(terminal)
        wait_for_bytes(terminal, PROMPT, 1)
        words = [sys.executable, "-m", "tui", "open", str(sample()), "--annotator", "ana"]
        words += ["--annotations", str(tmp_path / "annotations")]
        terminal.send(shlex.join(words) + "\n")
        terminal.wait_for("0/41 decided")
        return terminal

    yield start
    for terminal in started:
        terminal.close()


def wait_for_bytes(terminal: Terminal, wanted: bytes, times: int) -> None:
    terminal.wait_for(lambda _: terminal.raw.count(wanted) >= times)


def reader_in(annotations: Path) -> int:
    """The process that holds the article."""
    [lock] = (annotations / "people" / "ana").glob("*.lock")
    return json.loads(lock.read_bytes())["pid"]


def suspend(terminal: Terminal, nth: int) -> None:
    """The `nth` ctrl+z: the shell is back, and so is the terminal as the shell had it."""
    terminal.send("\x1a")
    wait_for_bytes(terminal, LEFT, nth)
    wait_for_bytes(terminal, PROMPT, 1 + nth)
    # A shell that edits lines has a mode of its own at its prompt: what it gives to a command is what counts.
    terminal.send("clear; jobs; stty -a\n")
    terminal.wait_for(lambda screen: "topped" in screen and {"echo", "icanon"} <= set(screen.split()))


def leave(terminal: Terminal) -> None:
    """ctrl+q: the reader ends, and the shell has the terminal as it had it before."""
    prompts = terminal.raw.count(PROMPT)
    terminal.send("\x11")
    # The alternate screen is left a moment before the modes are set back, and setting them back drops what was
    # typed in between: only the prompt says that the shell reads again.
    wait_for_bytes(terminal, PROMPT, prompts + 1)
    terminal.send("clear; stty -a; exit 7\n")
    assert terminal.wait_for_end() == 7
    assert {"echo", "icanon"} <= set(terminal.screen.split())


def test_ctrl_z_and_fg(shell: Shell) -> None:
    terminal = shell()
    terminal.send("fo")
    terminal.wait_for("2/41 decided")
    for nth, decided in ((1, 3), (2, 4)):
        suspend(terminal, nth)
        terminal._screen.reset()
        terminal.send("fg\n")
        wait_for_bytes(terminal, ENTERED, 1 + nth)
        for shown in (f"{decided - 1}/41 decided", "▌", "Sous les yeux", "En soutien", "━"):
            terminal.wait_for(shown)
        terminal.send("f")
        terminal.wait_for(f"{decided}/41 decided")
    leave(terminal)


def test_in_the_background_it_waits_for_fg(shell: Shell) -> None:
    terminal = shell()
    suspend(terminal, 1)
    terminal.send("clear; bg\n")
    terminal.send("jobs\n")
    terminal.wait_for(lambda screen: "tty output" in screen or screen.count("topped") > 0)
    terminal._screen.reset()
    terminal.send("fg\n")
    terminal.wait_for("0/41 decided")
    terminal.send("f")
    terminal.wait_for("1/41 decided")
    leave(terminal)


def test_fg_right_after_bg(shell: Shell) -> None:
    terminal = shell()
    suspend(terminal, 1)
    terminal._screen.reset()
    terminal.send("bg; fg\n")
    terminal.wait_for("0/41 decided")
    terminal.send("f")
    terminal.wait_for("1/41 decided")
    leave(terminal)


def test_a_signal_to_go_on_that_nothing_had_stopped_leaves_no_trace(shell: Shell, tmp_path: Path) -> None:
    terminal = shell()
    os.kill(reader_in(tmp_path / "annotations"), signal.SIGCONT)
    wait_for_bytes(terminal, ENTERED, 2)
    terminal.send("f")
    terminal.wait_for("1/41 decided")
    leave(terminal)


def test_a_line_that_drops_while_it_is_suspended_ends_it_with_everything_saved(
    shell: Shell, tmp_path: Path, workspace_in: Callable[..., Workspace]
) -> None:
    terminal = shell()
    terminal.send("fo")
    terminal.wait_for("2/41 decided")
    suspend(terminal, 1)
    reader = reader_in(tmp_path / "annotations")
    terminal.hang_up()
    workspace = workspace_in(tmp_path / "annotations")
    [article] = workspace.library.ids()
    limit = time.monotonic() + PATIENCE
    while is_locked(workspace, article):
        if time.monotonic() > limit:
            os.kill(reader, signal.SIGKILL)
            pytest.fail("the suspended reader holds the article for ever")
    said = workspace.store.load(article, "ana").annotations
    assert [said[start].tags for start in sorted(said)] == [("fact",), ("opinion",)]


def is_locked(workspace: Workspace, article: str) -> bool:
    try:
        workspace.store.open(article, "ana").close()
    except Locked:
        return True
    return False


def test_without_a_shell_above_nothing_is_suspended(start: Callable[..., Terminal]) -> None:
    terminal = start("open", str(sample()))
    terminal.wait_for("0/41 decided")
    terminal.send("\x1a")
    terminal.wait_for("no shell is waiting")
    terminal.send("f")
    terminal.wait_for("1/41 decided")
