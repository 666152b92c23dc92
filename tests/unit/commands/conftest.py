"""Commands over a folder of the test's own, and a small article there."""

from __future__ import annotations

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


@pytest.fixture
def article(postil: Postil, tmp_path: Path) -> str:
    """The id of a small article in the library."""
    path = tmp_path / "small.txt"
    path.write_text("Un titre\nParis est une ville. Elle est belle.\nMusk a dit non.\n", encoding="utf-8")
    code, out, _ = postil("add", str(path))
    assert code == 0
    return out.strip()
