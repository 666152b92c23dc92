"""The layers hold, the light commands stay light, and what needs POSIX says so."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent.parent

HEAVY = ("textual", "rich", "spacy", "tinydb", "trafilatura", "anyascii")


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, cwd=CHECKOUT, check=False
    )


def test_packages_import_only_what_lies_below_them() -> None:
    checked = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))],
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


def test_spacy_is_imported_by_name_in_one_module_only() -> None:
    by_name = re.compile(r"""(?:import_module|__import__)\(\s*["']spacy""")
    importing = [
        path.name
        for path in (CHECKOUT / "tui").rglob("*.py")
        if by_name.search(path.read_text(encoding="utf-8"))
    ]
    assert importing == ["spacy_french.py"]


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["export"],
        ["export", "--help"],
        ["list"],
        ["keys"],
        ["tag", "x", "1", "fact"],
        ["agreement"],
    ],
)
def test_commands_that_do_not_paint_import_nothing_heavy(words: list[str], tmp_path: Path) -> None:
    code = f"""
import sys
from tui.cli import main
main(sys.argv[1:])
print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""
    done = run(code, *words, *([] if "--help" in words else ["--annotations", str(tmp_path)]))
    assert done.stderr.splitlines()[-1] == "[]"


def test_opening_a_stored_article_imports_no_preparation(tmp_path: Path) -> None:
    code = """
import sys
import tui.app, tui.commands.open, tui.commands.find_article, tui.commands.options, tui.workspace
print(sorted(name for name in sys.modules if name.startswith(("tui.prepare.", "tui.text."))))
"""
    assert run(code).stdout.strip() == "['tui.text.bounded_toml', 'tui.text.clean']"


def test_the_recogniser_of_names_is_loaded_only_when_names_are_looked_for() -> None:
    code = """
import sys
from tui.prepare import pipeline
from tui.text import entities, aliases
before = "tui.text.names.finder" in sys.modules
entities.recognise("Anna.", "en", aliases.NONE, None)
print(before, "tui.text.names.finder" in sys.modules, [name for name in ("numpy", "spacy") if name in sys.modules])
"""
    assert run(code).stdout.strip() == "False True []"


LATER = (
    "hashlib",
    "secrets",
    "tui.session.resegmentation",
    "tui.store.recovery",
    "tui.store.history",
    "tui.hints.find",
)
"""What opening a stored article can do without: each of them takes a while to import."""


def test_the_first_paint_waits_for_nothing_that_comes_later(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("One thing. Another.", encoding="utf-8")
    where = ["--annotations", str(tmp_path / "annotations")]
    article = run("from tui.cli import main; main()", "add", str(text), *where).stdout.strip()
    code = f"""
import sys
import tui.app, tui.commands.open
from tui.commands.find_article import find_article
from tui.commands.context import CommonOptions, Context
from tui.commands.streams import Streams
context = Context(CommonOptions(annotations=sys.argv[2], annotator="ana"), Streams.standard())
context.workspace.open(find_article(context, sys.argv[1])[0])
print([name for name in {LATER!r} if name in sys.modules])
"""
    assert run(code, article, where[1]).stdout.splitlines()[-1] == "[]"


FOR_POSIX = {"tui.serving.checks", "tui.terminal.driver"}
"""Imported only after a look at the platform."""


def test_only_modules_for_posix_need_posix() -> None:
    modules = {
        ".".join(path.relative_to(CHECKOUT).with_suffix("").parts).removesuffix(".__init__")
        for path in (CHECKOUT / "tui").rglob("*.py")
        if "_data" not in path.parts and path.name != "__main__.py"
    }
    code = """
import importlib, sys
for name in ("fcntl", "pwd", "termios", "grp", "tty", "pty"):
    sys.modules[name] = None
for name in sys.argv[1:]:
    importlib.import_module(name)
"""
    done = run(code, *sorted(modules - FOR_POSIX))
    assert done.returncode == 0, done.stderr[-600:]
