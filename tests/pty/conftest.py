"""The real program on a real pty."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal import Terminal

Start = Callable[..., Terminal]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start `postil ARGUMENTS...` with an annotations folder of the test's own."""
    started: list[Terminal] = []

    def run(*arguments: str, annotations: Path = tmp_path / "annotations", **options: object) -> Terminal:
        command = [
            sys.executable,
            "-m",
            "tui",
            *arguments,
            "--annotations",
            str(annotations),
            "--annotator",
            "ana",
        ]
        terminal = Terminal(command, **options)  # type: ignore[arg-type]
        started.append(terminal)
        return terminal

    yield run
    for terminal in started:
        terminal.close()
