"""A terminal that cannot show every letter."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.terminal import Terminal
from tui.resources import sample


def test_what_it_cannot_show_becomes_a_question_mark(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tui", "show", str(sample()), "--annotations", str(tmp_path)]
    terminal = Terminal(words, rows=60, environment={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    try:
        assert terminal.wait_for_end() == 0
        assert "inqui?tude" in terminal.screen
    finally:
        terminal.close()
