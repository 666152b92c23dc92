"""How long a function and a file may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINES_OF_A_FUNCTION = 60
LINES_OF_A_FILE = 400

FILES = sorted(
    str(path.relative_to(ROOT))
    for folder in ("tui", "bench", "scripts")
    for path in (ROOT / folder).rglob("*.py")
)


def too_long(source: str) -> Iterator[str]:
    """One line about the file and about each function that is too long."""
    lines = source.count("\n")
    if lines > LINES_OF_A_FILE:
        yield f"split the file: {lines} lines, at most {LINES_OF_A_FILE}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LINES_OF_A_FUNCTION:
                yield f"split {node.name} (line {node.lineno}): {length} lines, at most {LINES_OF_A_FUNCTION}"


@pytest.mark.parametrize("name", FILES)
def test_no_file_and_no_function_is_too_long(name: str) -> None:
    source = (ROOT / name).read_text(encoding="utf-8")
    assert list(too_long(source)) == []


def test_what_is_too_long_is_named_with_its_line() -> None:
    body = "    x = 1\n"
    assert list(too_long("def f():\n" + body * 59)) == []
    assert list(too_long("y = 2\nasync def g():\n" + body * 60)) == ["split g (line 2): 61 lines, at most 60"]
    assert list(too_long("x = 1\n" * 400)) == []
    assert list(too_long("x = 1\n" * 401)) == ["split the file: 401 lines, at most 400"]
