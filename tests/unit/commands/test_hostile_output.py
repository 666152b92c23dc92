"""What commands print on a terminal, of a library in which everything is hostile."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.corpus import file_names, texts
from tests.escapes import PRINTED, foreign, words
from tests.hostile_library import ALL, article_of, damage, fill, workspace_in
from tests.long import long_or_short
from tui.cli import main

OnTerminal = Callable[..., tuple[int, bytes]]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "annotations"
    fill(folder, titles=40)
    return folder


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A library with files that nobody can read, under every name."""
    folder = tmp_path / "annotations"
    workspace_in(folder).library.save(article_of(["Une phrase."], ALL, "un titre"))
    damage(folder, file_names())
    return folder


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch) -> OnTerminal:
    """Run a command in this process with a terminal as its standard output and error: exit code, what came."""

    def run(*arguments: str) -> tuple[int, bytes]:
        ours, theirs = pty.openpty()
        came = bytearray()

        def drain() -> None:
            while True:
                try:
                    data = os.read(ours, 1 << 16)
                except OSError:
                    return
                came.extend(data)

        reader = threading.Thread(target=drain)
        reader.start()
        with os.fdopen(theirs, "w", encoding="utf-8") as terminal, monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", terminal)
            patch.setattr(sys, "stderr", terminal)
            patch.setenv("TERM", "xterm-256color")
            patch.setenv("COLORTERM", "truecolor")
            patch.setenv("COLUMNS", "200")
            code = main(list(arguments))
        reader.join()
        os.close(ours)
        return code, bytes(came)

    return run


SOME = [
    os.fsdecode(text.replace("\0", "").encode("utf-8", "replace")[:200]) for text in [*texts().values()][::47]
] + [os.fsdecode(name) for name in file_names()]
"""What can be given as an argument: one case in 47, and every file name."""


def told_plainly(printed: bytes) -> str:
    """That nothing acts, and no error is unforeseen; what is told."""
    assert not foreign(printed, PRINTED)
    told = words(printed)
    assert "Traceback" not in told
    assert "unexpected" not in told
    return told


COMMANDS = [
    ["list"],
    ["list", "--json"],
    ["show", ALL],
    ["show", ALL, "--json"],
    ["history", ALL],
    ["history", ALL, "--json"],
    ["export"],
    ["export", ALL, "--untagged"],
    ["export", ALL, "--format", "corrected"],
    ["verify"],
    ["scheme", "migrate"],
    ["publish", ALL],
    ["tag", ALL, "70", "fact"],
    ["tag", ALL, "1", "none"],
    ["doctor"],
    ["config"],
    ["keys"],
    ["schema"],
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_nothing_acts_in_what_a_command_prints(
    on_terminal: OnTerminal, library: Path, arguments: list[str]
) -> None:
    common = ["--annotations", str(library)]
    if arguments[0] not in {"export", "history"}:
        common += ["--annotator", "ana"]
    _, printed = on_terminal(*arguments, *common)
    assert told_plainly(printed).strip()


@pytest.mark.parametrize(
    "arguments", [["list"], ["verify"], ["export"], ["list", "--json"], ["doctor"]], ids=" ".join
)
def test_nothing_acts_in_what_is_said_of_files_that_nobody_can_read(
    on_terminal: OnTerminal, damaged: Path, arguments: list[str]
) -> None:
    _, printed = on_terminal(*arguments, "--annotations", str(damaged))
    told = told_plainly(printed)
    assert "OWNED" in told or arguments[0] in {"export", "doctor"}


ARGUMENTS = [
    ["{}"],
    ["show", "{}"],
    ["export", "{}"],
    ["export", "--format", "{}"],
    ["export", "--out", "{}/x", ALL],
    ["tag", ALL, "{}", "fact"],
    ["tag", ALL, "1", "{}"],
    ["show", ALL, "{}"],
    ["show", ALL, "--{}"],
    ["list", "--annotator", "{}"],
    ["list", "--theme", "{}"],
    ["keys", "--keymap", "{}"],
    ["list", "--scheme", "{}"],
    ["scheme", "check", "{}"],
    ["scheme", "migrate", "--rename", "tag:{}=fact"],
    ["add", "./{}"],
    ["completion", "{}"],
]


@pytest.mark.longer
@pytest.mark.parametrize("arguments", ARGUMENTS, ids=" ".join)
def test_nothing_acts_in_what_is_said_of_arguments(
    on_terminal: OnTerminal,
    library: Path,
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POSTIL_ANNOTATIONS", str(library))
    monkeypatch.setenv("POSTIL_ANNOTATOR", "ana")
    for some in SOME[:: long_or_short(1, 3)]:
        _, printed = on_terminal(*(argument.format(some) for argument in arguments))
        assert told_plainly(printed).count("\n") < 90


def toml(words: str) -> str:
    """A string of TOML."""
    return json.dumps(words.encode("utf-8", "replace").decode())


FILES = {
    "keymap": lambda words: (
        f"name = {toml(words)}\n[keys]\n{toml(words)} = ['x']\n'tag.fact' = [{toml(words)}]\n"
    ),
    "keymap of one": lambda words: (
        f"name = {toml(words)}\n[keys]\n'tag.fact' = [{toml(words[1:2])}, {toml('ctrl+' + words[1:2])}]\n"
    ),
    "config": lambda words: (
        f"{toml(words)} = 1\ntheme = {toml(words)}\nlean = {toml(words)}\n[keys]\n{toml(words)} = [{toml(words)}]\n"
    ),
    "paths of config": lambda words: f"keymap = {toml(words)}\n",
    "annotator of config": lambda words: f"annotator = {toml(words)}\n",
    "annotations of config": lambda words: f"annotations = {toml(words)}\n",
    "scheme of config": lambda words: f"scheme = {toml(words)}\n",
    "scheme": lambda words: f"id = {toml(words)}\nversion = 1\nname = {toml(words)}\n{toml(words)} = 1\n",
    "no TOML": lambda words: words,
}


@pytest.mark.parametrize("kind", FILES)
def test_nothing_acts_in_what_is_said_of_files_of_settings(
    on_terminal: OnTerminal, library: Path, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for some in [*texts().values()][::47]:
        path = tmp_path / "settings.toml"
        path.write_bytes(FILES[kind](some).encode("utf-8", "surrogatepass"))
        common = [] if kind == "annotations of config" else ["--annotations", str(library)]
        with monkeypatch.context() as patch:
            if "config" in kind or kind == "no TOML":
                patch.setenv("POSTIL_CONFIG", str(path))
            option = {"keymap": "--keymap", "scheme": "--scheme"}.get(kind.partition(" ")[0], "--keymap")
            given = [] if "config" in kind else [option, str(path)]
            for command in ("keys", "config", "doctor")[: 3 if kind == "config" else 2]:
                _, printed = on_terminal(command, *given, *common)
                told_plainly(printed)


def test_nothing_acts_in_what_is_said_of_the_environment(
    on_terminal: OnTerminal, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for some in SOME[::5]:
        for variable in ("POSTIL_ANNOTATOR", "POSTIL_THEME", "POSTIL_KEYMAP", "POSTIL_SCHEME", "POSTIL_LEAN"):
            with monkeypatch.context() as patch:
                patch.setenv(variable, some)
                _, printed = on_terminal("config", "--annotations", str(library))
                told_plainly(printed)
    for command in ("config", "doctor", "list", "verify"):
        for some in SOME[::5]:
            monkeypatch.setenv("POSTIL_ANNOTATIONS", some)
            monkeypatch.setenv("SSH_CONNECTION", some)
            told_plainly(on_terminal(command, "--annotator", "ana")[1])


def test_nothing_acts_in_who_holds_a_lock(on_terminal: OnTerminal, library: Path) -> None:
    path = library / "people" / "ana" / f"{ALL}.lock"
    for some in SOME:
        with path.open("w", encoding="utf-8") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            plain = some.encode("utf-8", "replace").decode()
            json.dump({"pid": 66, "host": plain, "since": 6.6e9, "client": plain}, held)
            held.flush()
            code, printed = on_terminal(
                "tag", ALL, "9", "fact", "--annotations", str(library), "--annotator", "ana"
            )
            assert code == 3
            assert "has this article open" in told_plainly(printed)


def test_nothing_acts_in_a_traceback(
    on_terminal: OnTerminal, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(_: object) -> int:
        raise RuntimeError("\x1b]0;OWNED\x07\u202e\nand more")

    monkeypatch.setattr("tui.commands.list.run", break_down)
    monkeypatch.setenv("POSTIL_DEBUG", "1")
    code, printed = on_terminal("list", "--annotations", str(library))
    assert code == 1
    assert not foreign(printed, PRINTED)
    assert "break_down" in words(printed)
