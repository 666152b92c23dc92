"""A terminal that cannot show every letter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.pty.conftest import Start
from tests.terminal import Terminal
from tui.resources import sample


def has_latin_1() -> bool:
    asked = [sys.executable, "-c", "import locale; locale.setlocale(locale.LC_ALL, 'en_US.ISO-8859-1')"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def test_what_it_cannot_show_becomes_a_question_mark(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tui", "show", str(sample()), "--annotations", str(tmp_path)]
    terminal = Terminal(words, rows=60, environment={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    try:
        assert terminal.wait_for_end() == 0
        assert "inqui?tude" in terminal.screen
    finally:
        terminal.close()


C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize("command", ["open", "review"])
@pytest.mark.parametrize(
    ("environment", "fix"),
    [
        ({"PYTHONIOENCODING": "latin-1"}, "unset PYTHONIOENCODING"),
        ({"PYTHONIOENCODING": "cp1252"}, "unset PYTHONIOENCODING"),
        pytest.param(
            {"LC_ALL": "en_US.ISO-8859-1"},
            "export LC_ALL=C.UTF-8",
            marks=pytest.mark.skipif(not has_latin_1(), reason="there is no such locale"),
        ),
    ],
)
def test_the_reader_says_in_one_line_that_it_needs_utf8(
    start: Start, command: str, environment: dict[str, str], fix: str
) -> None:
    terminal = start(command, str(sample()), columns=200, environment=environment)
    assert terminal.wait_for_end() == 2
    assert f"iso8859-1: {fix}" in terminal.screen or f"cp1252: {fix}" in terminal.screen
    assert terminal.screen.strip().count("\n") == 0


@pytest.mark.parametrize("environment", [C_LOCALE, {"PYTHONIOENCODING": "ascii:strict"}])
def test_the_reader_draws_where_the_locale_says_nothing_of_the_terminal(
    start: Start, environment: dict[str, str]
) -> None:
    terminal = start(str(sample()), environment=environment)
    terminal.wait_for("Gestion des Atréides")
    terminal.send("\x11")
    assert terminal.wait_for_end() == 0
    assert "Traceback" not in terminal.screen


@pytest.mark.parametrize("words", [["list"], ["doctor"], ["keys"]])
def test_on_a_latin_1_terminal_commands_end_well(start: Start, words: list[str]) -> None:
    terminal = start(*words, environment={"PYTHONIOENCODING": "latin-1"})
    assert terminal.wait_for_end() == (1 if words == ["doctor"] else 0)
    assert "unexpected" not in terminal.screen
