"""Each command gets typed options, and argparse stays in the modules of the command line."""

from __future__ import annotations

import argparse
import ast
from importlib import import_module
from pathlib import Path

import msgspec
import pytest

import tui
from tui.cli import build_parser
from tui.commands.context import CommonOptions
from tui.commands.options import Command, context_of, options_of
from tui.commands.registry import COMMANDS

ARGPARSE_MODULES = {"cli.py", "commands/arguments.py", "commands/options.py", "commands/registry.py"}
"""The command line's own modules: the parser, the table of commands, and the step to typed options."""

REQUIRED = {
    "add": ["a.txt"],
    "completion": ["bash"],
    "history": ["a"],
    "publish": ["a"],
    "report": ["a"],
    "review": ["a"],
    "scheme": ["check"],
    "show": ["a"],
    "tag": ["a", "1", "fact"],
}
"""The arguments that a command cannot do without."""

COMMON = {
    "annotations",
    "annotator",
    "command",
    "keymap",
    "lean",
    "read_only",
    "restricted",
    "scheme",
    "theme",
}


def module_of(name: str) -> Command[msgspec.Struct]:
    return import_module(f"tui.commands.{name.replace('-', '_')}")  # pyright: ignore[reportReturnType]


def parsed(*words: str) -> argparse.Namespace:
    return build_parser(words).parse_args(words)


def mentions_argparse(source: str) -> bool:
    """True if a module imports argparse or names its Namespace."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names) if any(name.name == "argparse" for name in names):
                return True
            case ast.ImportFrom(module="argparse"):
                return True
            case ast.Name(id="Namespace") | ast.Attribute(attr="Namespace"):
                return True
            case _:
                pass
    return False


@pytest.mark.parametrize(
    "source",
    [
        "import argparse",
        "import sys, argparse as a",
        "from argparse import Namespace",
        "def run(options: Namespace): pass",
        "def f():\n    import argparse",
        "x: 'a'\ny = a.Namespace()",
    ],
)
def test_argparse_is_noticed(source: str) -> None:
    assert mentions_argparse(source)


def test_no_module_below_the_command_line_knows_argparse() -> None:
    package = Path(tui.__file__).parent
    mentioning = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "_data" not in path.parts and mentions_argparse(path.read_text(encoding="utf-8"))
    }
    assert mentioning == ARGPARSE_MODULES


@pytest.mark.parametrize("name", COMMANDS)
def test_the_options_of_a_command_are_those_of_its_parser(name: str) -> None:
    given = parsed(name, *REQUIRED.get(name, []))
    dests = set(vars(given)) - COMMON
    fields = set(module_of(name).Options.__struct_fields__)
    # `--annotator` of a command that selects annotations is not there unless it is given.
    assert fields - {"annotators"} == dests


@pytest.mark.parametrize("name", COMMANDS)
def test_what_the_parser_reads_has_the_types_of_the_options(name: str) -> None:
    options = options_of(parsed(name, *REQUIRED.get(name, [])), module_of(name).Options)
    assert msgspec.convert(msgspec.to_builtins(options), type(options)) == options


def test_the_common_options_are_those_of_the_parser() -> None:
    assert set(CommonOptions.__struct_fields__) | {"command"} == COMMON
    given = parsed("list", "--annotations", "a", "--annotator", "b", "--keymap", "c", "--scheme", "d",
                   "--theme", "e", "--lean", "--read-only", "--restricted")  # fmt: skip
    assert context_of(given).options == CommonOptions(
        annotations="a",
        annotator="b",
        keymap="c",
        scheme="d",
        theme="e",
        lean=True,
        read_only=True,
        restricted=True,
    )
    assert context_of(parsed("list")).options == CommonOptions()


def test_a_value_of_another_type_is_refused() -> None:
    given = argparse.Namespace(article="a", json="yes")
    with pytest.raises(msgspec.ValidationError, match="json"):
        options_of(given, module_of("show").Options)


def test_annotators_are_selected_before_the_command_and_after_it() -> None:
    given = parsed("--annotator", "ana", "export", "--annotator", "ben", "--annotator", "eva")
    options = options_of(given, module_of("export").Options)
    assert msgspec.to_builtins(options)["annotators"] == ("ben", "eva", "ana")
