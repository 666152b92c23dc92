"""How long a function and a file may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINES_OF_A_FUNCTION = 60
LINES_OF_A_FILE = 400

LONGER = {"tui/reader/screen.py": 470}
"""Files that are longer, and how long they may be: each is to be split."""

FILES = sorted(
    str(path.relative_to(ROOT))
    for folder in ("tui", "bench", "scripts")
    for path in (ROOT / folder).rglob("*.py")
)


def too_long(source: str, limit: int = LINES_OF_A_FILE) -> Iterator[str]:
    """One line about the file and about each function that is too long."""
    lines = source.count("\n")
    if lines > limit:
        yield f"split the file: {lines} lines, at most {limit}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LINES_OF_A_FUNCTION:
                yield f"split {node.name} (line {node.lineno}): {length} lines, at most {LINES_OF_A_FUNCTION}"


@pytest.mark.parametrize("name", FILES)
def test_no_file_and_no_function_is_too_long(name: str) -> None:
    source = (ROOT / name).read_text(encoding="utf-8")
    assert list(too_long(source, LONGER.get(name, LINES_OF_A_FILE))) == []


def test_no_exception_is_left_over() -> None:
    """An exception goes when its file has been split."""
    lengths = {
        name: (ROOT / name).read_text(encoding="utf-8").count("\n")
        for name in LONGER
        if (ROOT / name).exists()
    }
    assert [name for name in LONGER if lengths.get(name, 0) <= LINES_OF_A_FILE] == []


def test_what_is_too_long_is_named_with_its_line() -> None:
    body = "    x = 1\n"
    assert list(too_long("def f():\n" + body * 59)) == []
    assert list(too_long("y = 2\nasync def g():\n" + body * 60)) == ["split g (line 2): 61 lines, at most 60"]
    assert list(too_long("x = 1\n" * 400)) == []
    assert list(too_long("x = 1\n" * 401)) == ["split the file: 401 lines, at most 400"]
