"""ctrl+c is answered with one line that says what is kept, whatever the command."""

from __future__ import annotations

import io
import sys
from importlib import import_module
from typing import NoReturn

import pytest

from tui.cli import main
from tui.commands.interruption import KEPT, message
from tui.commands.registry import COMMANDS

ARGUMENTS = {
    "show": ["x"],
    "add": ["x.txt"],
    "tag": ["x", "1", "fact"],
    "hints": ["x"],
    "history": ["x"],
    "review": ["x"],
    "publish": ["x"],
    "scheme": ["check", "x"],
    "report": ["x"],
    "completion": ["bash"],
}


def _interrupted(*_: object) -> NoReturn:
    raise KeyboardInterrupt


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_that_it_was_stopped(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = import_module(f"tui.commands.{command.replace('-', '_')}")
    monkeypatch.setattr(module, "run", _interrupted)
    assert main([command, *ARGUMENTS.get(command, [])]) == 130
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == f"postil: {message(command, [])}\n"
    assert printed.err.startswith("postil: stopped: ")


@pytest.mark.parametrize(
    ("command", "words", "kept"),
    [
        ("add", ["a.txt", "b.txt"], "whole articles that were added stay, run it again for the others"),
        ("open", ["a.txt"], "whole articles that were added stay, no annotation was changed"),
        ("tag", ["a", "1", "fact"], "tags that were saved stay: postil history lists them"),
        ("export", ["--out", "x"], "a file is whole or as it was, run it again"),
        ("agreement", ["--redo"], "answers that you gave stay, run it again for the others"),
        ("agreement", [], "nothing was changed"),
        ("verify", ["--repair"], "what was repaired stays so, run it again for the others"),
        ("verify", [], "nothing was changed"),
        ("scheme", ["migrate"], "nothing was changed"),
        (
            "scheme",
            ["migrate", "--apply"],
            "articles that were moved stay so, run it again for the others",
        ),
        ("list", ["--json"], "nothing was changed"),
        ("", [], "nothing was changed"),
    ],
)
def test_what_is_kept(command: str, words: list[str], kept: str) -> None:
    assert message(command, words) == f"stopped: {kept}"


def test_only_commands_that_there_are_keep_something() -> None:
    assert {command for command, _ in KEPT} <= COMMANDS.keys()


class _Closed(io.StringIO):
    def write(self, text: str) -> NoReturn:
        raise OSError(9, "Bad file descriptor")


def test_with_standard_error_closed_the_exit_code_has_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("tui.commands.schema"), "run", _interrupted)
    monkeypatch.setattr(sys, "stderr", _Closed())
    assert main(["schema"]) == 130
