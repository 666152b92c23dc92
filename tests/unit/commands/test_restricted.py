"""`--restricted`: nothing but the library's articles, whatever is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.cli import main

Postil = Callable[..., tuple[int, str, str]]


@pytest.fixture
def closed(
    tmp_path: Path, article: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run a restricted command where the environment names the library, and files of every kind lie about."""
    monkeypatch.setenv("POSTIL_ANNOTATIONS", str(tmp_path / "annotations"))
    monkeypatch.setenv("POSTIL_ANNOTATOR", "ana")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plain").write_text("Secret.", encoding="utf-8")
    (tmp_path / "keys.toml").write_text('[keys]\n"tag.fact" = ["z"]\n', encoding="utf-8")

    def run(*words: str) -> tuple[int, str, str]:
        code = main(["--restricted", *words])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


PATHS = [
    ["open", "./small.txt"],
    ["open", "small.txt"],
    ["./small.txt"],
    ["show", "/etc/passwd"],
    ["show", "../secret"],
    ["show", "-"],
    ["tag", "small.txt", "1", "fact"],
    ["tag", "-", "1", "fact"],
    ["add", "small.txt"],
    ["add", "-"],
    ["export", "--out", "out.jsonl"],
    ["keys", "--keymap", "keys.toml"],
    ["list", "--keymap", "/etc/passwd"],
    ["list", "--annotations", "elsewhere"],
    ["export", "--annotations", "elsewhere"],
]


@pytest.mark.parametrize("words", PATHS, ids=" ".join)
def test_no_path_is_taken(closed: Postil, tmp_path: Path, words: list[str]) -> None:
    before = sorted(tmp_path.rglob("*"))
    code, out, error = closed(*words)
    assert (code, out) == (3, "")
    assert "--restricted" in error
    assert error.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_without_a_dot_is_no_article_either(closed: Postil) -> None:
    code, out, error = closed("show", "plain")
    assert (code, out) == (2, "")
    assert "there is no article 'plain'" in error


def test_the_library_is_there_to_be_worked_on(closed: Postil, article: str) -> None:
    assert closed("tag", article[:6], "2", "fact")[0] == 0
    assert "2 F···" in closed("show", article)[1]
    assert closed("export", "--out", "-")[1].count("\n") == 1
    assert closed("keys", "--keymap", "default")[0] == 0
