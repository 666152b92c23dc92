"""An empty name is no article, no file and no folder: it is refused in one line, and nothing is done."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from tests.unit.commands.conftest import Postil
from tui.cli import main
from tui.commands.registry import COMMANDS

NAMED = {"ARTICLE", "PATH", "FILE|ARTICLE"}
GIVEN = {"tag": ["{}", "1", "fact"], "scheme": ["check", "{}"]}
EMPTY = ["", " ", "\t", "\n ", "\u00a0"]


def _takes_a_name(command: str) -> bool:
    parser = argparse.ArgumentParser()
    COMMANDS[command][2](parser)
    return any(action.metavar in NAMED for action in parser._actions)


TAKING = [command for command in COMMANDS if _takes_a_name(command)]


@pytest.fixture
def here(article: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with a text that is not in the library."""
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "new.txt").write_text("Un texte nouveau.\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_commands_that_take_a_name_are_known() -> None:
    assert len(TAKING) >= 12


@pytest.mark.parametrize("command", TAKING)
def test_an_empty_name_is_refused_and_nothing_is_done(
    postil: Postil, here: Path, tmp_path: Path, command: str
) -> None:
    before = everything(tmp_path)
    for name in EMPTY:
        words = [word.format(name) for word in GIVEN.get(command, ["{}"])]
        code, out, error = postil(command, *words)
        assert (code, out) == (2, "")
        assert error.startswith("postil: the name of a")
        assert " is empty: give " in error
        assert error.count("\n") == 1
    assert everything(tmp_path) == before


@pytest.mark.parametrize(
    "words", [["add"], ["export"], ["agreement"], ["scheme", "check"], ["scheme", "migrate"]]
)
def test_one_empty_name_among_others_is_enough(
    postil: Postil, here: Path, tmp_path: Path, words: list[str]
) -> None:
    before = everything(tmp_path)
    code, out, error = postil(*words, "new.txt", "")
    assert (code, out) == (2, "")
    assert " is empty: give " in error
    assert everything(tmp_path) == before


@pytest.mark.parametrize("name", ["", "  "])
def test_an_empty_word_is_no_article_without_a_command(
    here: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main([name, "--annotations", str(tmp_path / "annotations")]) == 2
    assert "the name of an article is empty" in capsys.readouterr().err


@pytest.mark.parametrize("command", TAKING)
def test_a_name_with_a_nul_is_refused(postil: Postil, article: str, command: str) -> None:
    words = [word.format("a\0b") for word in GIVEN.get(command, ["{}"])]
    code, out, error = postil(command, *words)
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert "NUL" in error


@pytest.mark.parametrize("command", ["show", "open", "hints", "tag"])
@pytest.mark.parametrize("name", [".", "..", "./", "texts", "texts/"])
def test_a_folder_is_no_article(postil: Postil, here: Path, tmp_path: Path, command: str, name: str) -> None:
    (here / "texts").mkdir()
    (here / "texts" / "a.txt").write_text("Encore un texte.\n", encoding="utf-8")
    before = everything(tmp_path)
    words = [word.format(name) for word in GIVEN.get(command, ["{}"])]
    code, out, error = postil(command, *words)
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert "is a folder: name one file in it, or add all with postil add" in error
    assert everything(tmp_path) == before


@pytest.mark.parametrize(
    "option", ["out", "annotations", "annotator", "keymap", "scheme", "theme", "reviewer"]
)
def test_an_empty_value_is_not_taken_for_the_default(
    here: Path, article: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    common = [] if option == "annotations" else ["--annotations", str(tmp_path / "annotations")]
    assert main(["export", f"--{option}", "", *common]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)


def test_adding_to_an_empty_folder_name_adds_nowhere(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("POSTIL_ANNOTATIONS", str(tmp_path / "default"))
    assert main(["add", "new.txt", "--annotations", ""]) == 2
    assert "the value of --annotations is empty" in capsys.readouterr().err
    assert not (tmp_path / "default").exists()
