"""`docs/articles.md` says what Postil does."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from tests.unit.commands.conftest import Postil
from tui.commands import arguments
from tui.documents.document import LAYOUTS

PAGE = (Path(__file__).parents[4] / "docs" / "articles.md").read_text(encoding="utf-8")

TEXTS = {
    "winter.md": "# A cold winter\n\nSnow fell in May. "
    "The buses stopped, and the schools were closed for two days.\n",
    "radio/stadt.txt": "Die Stadt und der Fluss\n\n"
    "Der Fluss ist seit Jahren zu warm. Nun will die Stadt neue Bäume am Ufer pflanzen.\n",
}
"""The files of the example."""


def test_the_example_prints_what_the_page_shows(
    postil: Postil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    [example] = re.findall(r"```\n\$ postil (add --dry-run .*)\n((?:.*\n)+?)```", PAGE)
    code, out, _ = postil(*example[0].split())
    assert (code, out) == (0, example[1])


def test_every_option_of_reading_is_explained() -> None:
    parser = argparse.ArgumentParser()
    arguments.of_add(parser)
    options = {word for action in parser._actions for word in action.option_strings if word.startswith("--")}
    assert [option for option in sorted(options - {"--help"}) if f"`{option}" not in PAGE] == []


def test_every_layout_is_explained() -> None:
    for layout in LAYOUTS:
        assert f"| `{layout}` |" in PAGE
