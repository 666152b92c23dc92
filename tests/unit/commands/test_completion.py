"""What the shell is offered: articles, tags and settings, and nothing heavy is imported for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def offered(line: str, folder: Path) -> list[str]:
    """What a shell would be offered after `line`."""
    answer = folder / "answer"
    environment = {
        **os.environ,
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
        "POSTIL_ANNOTATIONS": str(folder / "annotations"),
    }
    subprocess.run([sys.executable, "-m", "tui"], env=environment, cwd=folder, check=True)
    return [word.strip() for word in answer.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("before", ["show", "open", "export", "--theme dark tag"])
def test_articles_by_their_ids(before: str, article: str, tmp_path: Path) -> None:
    assert offered(f"postil {before} un-t", tmp_path) == [article]


def test_commands_tags_and_settings(article: str, tmp_path: Path) -> None:
    assert offered("postil exp", tmp_path) == ["export"]
    assert offered(f"postil tag {article} 2 tr", tmp_path) == ["translation_error"]
    assert offered("postil list --theme l", tmp_path) == ["light"]
    assert offered("postil list --keymap ", tmp_path) == ["arrows", "azerty", "default", "emacs", "vim"]
    assert offered("postil list --keymap def", tmp_path) == ["default"]
    assert offered("postil schema da", tmp_path) == ["database"]
    assert offered("postil add --encoding cp125", tmp_path)[:3] == ["cp1250", "cp1251", "cp1252"]
    assert offered("postil add --layout ", tmp_path) == ["paragraphs", "wrapped", "lines"]
    assert offered("postil list --where 'encoding_guess = ", tmp_path) == [
        "encoding_guess = true",
        "encoding_guess = false",
    ]


def test_a_library_that_cannot_be_read_offers_nothing(tmp_path: Path) -> None:
    (tmp_path / "annotations").mkdir()
    (tmp_path / "annotations" / "articles").touch()
    assert offered("postil show un", tmp_path) == []


def test_argcomplete_is_imported_for_nothing_else() -> None:
    code = "import sys; from tui.cli import main; main(['schema']); sys.exit('argcomplete' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
