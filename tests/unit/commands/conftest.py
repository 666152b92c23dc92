"""Commands over a folder of the test's own, and a small article there."""

from __future__ import annotations

import contextlib
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.cli import main

Postil = Callable[..., tuple[int, str, str]]


@pytest.fixture
def postil(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Postil:
    """Run a command over a folder of the test's own: exit code, standard output, standard error."""

    def run(*words: str, annotator: str = "ana") -> tuple[int, str, str]:
        common = ["--annotations", str(tmp_path / "annotations")]
        if words[0] not in {"export", "history", "agreement", "report"}:
            common += ["--annotator", annotator]
        code = main([*words, *common])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


SMALL = "Un titre\nParis est une ville. Elle est belle.\nMusk a dit non.\n"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A library that `postil add` has made of a small article, and the article's id: made once, to be copied."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "small.txt").write_text(SMALL, encoding="utf-8")
    printed = io.StringIO()
    command = ["add", str(folder / "small.txt"), "--annotations", str(folder / "annotations")]
    with contextlib.redirect_stdout(printed):
        assert main([*command, "--annotator", "ana"]) == 0
    return folder / "annotations", printed.getvalue().strip()


@pytest.fixture
def article(prepared: tuple[Path, str], tmp_path: Path) -> str:
    """The id of a small article in the library."""
    (tmp_path / "small.txt").write_text(SMALL, encoding="utf-8")
    annotations, article_id = prepared
    shutil.copytree(annotations, tmp_path / "annotations", dirs_exist_ok=True)
    return article_id
