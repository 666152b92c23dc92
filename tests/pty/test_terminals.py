"""Every kind of terminal, every size and any environment: the reader works, or one line says what to do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.terminal import PATIENCE, Terminal
from tui.resources import sample

Start = Callable[..., Terminal]

RGB, PALETTE = re.compile(rb"[34]8;2;"), re.compile(rb"[34]8;5;")
OWN = re.compile(rb"\x1b\[(?:[\d;]*;)?(?:3[1-7]|9[0-7])m")


class Kind(NamedTuple):
    """A terminal, and what it may be sent of colours."""

    name: str
    environment: dict[str, str]
    colours: str = "rgb"
    size: tuple[int, int] = (100, 30)


HOSTILE = {
    "COLUMNS": "abc",
    "LINES": "-4",
    "COLORTERM": "junk\x1b[31m",
    "LC_ALL": "xx_YY.nonsense",
    "ESCDELAY": "soon",
    "TEXTUAL_FPS": "-7",
    "TEXTUAL_COLOR_SYSTEM": "junk",
    "TEXTUAL_DRIVER": "os:path",
    "TEXTUAL_ANIMATIONS": "junk",
    "TEXTUAL_FILTERS": "x,y",
    "TEXTUAL_PRESS": "x,ctrl+q",
    "TEXTUAL_SCREENSHOT": "1",
    "UNICODE_VERSION": "junk",
    "JUPYTER_COLUMNS": "abc",
}

KINDS = [
    Kind("xterm-256color", {"COLORTERM": ""}, "256"),
    Kind("tmux-256color", {"COLORTERM": "truecolor"}, size=(300, 100)),
    Kind("screen-256color", {"COLORTERM": ""}, "256", size=(40, 10)),
    Kind("xterm", {"COLORTERM": ""}, "own"),
    Kind("linux", {"COLORTERM": "", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "own"),
    Kind("xterm-256color", {"NO_COLOR": "1"}, "none"),
    Kind("../../x", HOSTILE, "own"),
]


def test_the_reader_works_on_every_kind_of_terminal(start: Start, tmp_path: Path) -> None:
    # Each starts on its own articles, and no more at a time than there are cores here.
    def run(numbered: tuple[int, Kind]) -> tuple[str, str]:
        number, kind = numbered
        columns, rows = kind.size
        terminal = start(
            *("open", str(sample())),
            annotations=tmp_path / str(number),
            environment={"TERM": kind.name, **kind.environment},
            columns=columns,
            rows=rows,
        )
        terminal.wait_for("0/41 decided")
        terminal.send("f")
        terminal.wait_for(lambda screen: "1/41 decided" in screen and "▌" in screen)
        assert "\\u" not in terminal.screen
        terminal.send("\x11")
        assert terminal.wait_for_end() == 0
        return kind.colours, told(bytes(terminal.raw))

    with ThreadPoolExecutor(2) as pool:
        assert [one for one in pool.map(run, enumerate(KINDS)) if one[0] != one[1]] == []


def told(raw: bytes) -> str:
    if RGB.search(raw):
        return "rgb"
    if PALETTE.search(raw):
        return "256"
    return "own" if OWN.search(raw) else "none"


@pytest.mark.parametrize(
    ("environment", "fix"),
    [
        ({"TERM": "dumb"}, "use postil show"),
        ({"TERM": ""}, "use postil show"),
        ({"PYTHONIOENCODING": "latin-1"}, "unset PYTHONIOENCODING"),
        ({"POSTIL_LEAN": "junk"}, "set it to 1 or 0"),
        ({"POSTIL_THEME": "junk"}, "use one of"),
    ],
)
def test_what_cannot_be_drawn_on_is_refused_in_one_line(
    start: Start, environment: dict[str, str], fix: str
) -> None:
    terminal = start("open", str(sample()), environment=environment, columns=200)
    assert terminal.wait_for_end() == 2
    assert fix in terminal.screen
    assert len(terminal.screen.split()) > 5
    assert terminal.screen.strip().count("\n") == 0


def test_resized_while_it_is_used(start: Start) -> None:
    terminal = start("open", str(sample()), columns=120, rows=40)
    terminal.wait_for("0/41 decided")
    terminal.resize(40, 10)
    terminal.wait_for(lambda screen: "decided" in screen and "▌" in screen)
    terminal.resize(39, 9)
    terminal.wait_for("39x9 is too small")
    terminal.resize(160, 50)
    terminal.wait_for(lambda screen: "0/41 decided" in screen and "too small" not in screen)
    terminal.send("f")
    terminal.wait_for("1/41 decided")
    terminal.resize(20, 3)
    terminal.wait_for("make it 40x10")
    terminal.send("\x11")
    assert terminal.wait_for_end() == 0


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_within_tmux(tmp_path: Path) -> None:
    def tmux(*words: str) -> str:
        command = ["tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null", *words]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout

    def wait_for(wanted: str) -> str:
        limit = time.monotonic() + PATIENCE
        while wanted not in (screen := tmux("capture-pane", "-p")) and time.monotonic() < limit:
            time.sleep(0.05)
        assert wanted in screen
        return screen

    postil = [sys.executable, "-m", "tui", "open", str(sample()), "--annotator", "ana"]
    postil += ["--annotations", str(tmp_path / "annotations")]
    tmux("new-session", "-d", "-x", "100", "-y", "30", *postil)
    try:
        wait_for("0/41 decided")
        tmux("send-keys", "Down", "f")
        wait_for("1/41 decided")
        tmux("send-keys", "n", "é", "Escape")
        screen = wait_for("fact")
        assert next(line for line in screen.split("\n") if "F···" in line).count("patron") == 1
        tmux("send-keys", "C-q")
    finally:
        tmux("kill-server")


@pytest.mark.skipif(shutil.which("screen") is None, reason="GNU screen is not installed")
def test_within_screen(tmp_path: Path) -> None:
    sockets = tmp_path / "sockets"
    sockets.mkdir(mode=0o700)
    environment = {"SCREENDIR": str(sockets)}
    postil = [sys.executable, "-m", "tui", "open", str(sample()), "--annotator", "ana"]
    postil += ["--annotations", str(tmp_path / "annotations")]
    screen = Terminal(
        ["screen", "-c", "/dev/null", "-U", *postil],
        columns=100,
        rows=30,
        environment=environment,
    )
    try:
        screen.wait_for("0/41 decided")
        screen.send("\x1b[B")
        screen.send("f")
        screen.wait_for(lambda shown: "1/41 decided" in shown and "F···   Le patron" in shown)
        screen.resize(80, 24)
        screen.wait_for(lambda shown: "h help" in shown.split("\n")[23])
        screen.send("\x11")
        assert screen.wait_for_end() == 0
    finally:
        screen.close()
        # It outlives its terminal.
        quit_it = ["screen", "-X", "quit"]
        subprocess.run(quit_it, env={**os.environ, **environment}, capture_output=True, check=False)
