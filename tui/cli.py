"""The command line: it finds the command, reads its options and runs it. It imports nothing that commands need."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn, cast

from tui import __version__
from tui.commands.arguments import offer
from tui.commands.registry import COMMANDS, closest_command
from tui.commands.usage import UsageError, discard_output
from tui.terminal.streams import prepare_streams, write_json_only

if TYPE_CHECKING:
    import msgspec

    from tui.commands.options import Command

DESCRIPTION = """\
Read news articles in the terminal and tag each sentence with one key:
fact, opinion, quote, translation error. A tag is on disk before the screen
says "saved". Export everything as JSONL."""

EXAMPLES = """\
examples:
  postil                          open the library
  postil article.txt              add an article and open it
  cat article.txt | postil -      the same from a pipe
  postil add articles/ '*.md'     add many articles
  postil tag sous-les 3 fact      tag sentence 3 from a script
  postil export > tags.jsonl      export all annotations, one record for each sentence

ARTICLE is an id, the beginning of one, a path, or - (standard input).
postil COMMAND --help explains a command, postil config shows the settings in force.
Environment: POSTIL_CONFIG, POSTIL_ANNOTATIONS, POSTIL_ANNOTATOR, POSTIL_THEME, POSTIL_KEYMAP,
POSTIL_SCHEME, POSTIL_LEAN, NO_COLOR. POSTIL_DEBUG=1 shows tracebacks."""

VALUE_OPTIONS = ("--annotations", "--annotator", "--keymap", "--scheme", "--theme")
"""Common options that take a value."""


_NAMES = {
    "article": ("the name of an article", "give an id from postil list, the beginning of one, or a path"),
    "articles": ("the name of an article", "give an id from postil list, or the beginning of one"),
    "paths": ("the name of a file", "give a file, a folder, a pattern, or -"),
    "words": ("the name of a file or article", "give a scheme file to check, an article id to migrate"),
}
"""Arguments that name something: how a message calls them, and how to fix an empty one."""


HELP_WIDTH = 84
"""Columns. Fixed, because asking the terminal needs another module at every start."""


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line that says where to read on."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}: see {self.prog} --help")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    debugging = os.environ.get("POSTIL_DEBUG") == "1"
    prepare_streams()
    if sys.stdout is None:
        return _fail("standard output is closed: send it to a file, a pipe or a terminal", 4)
    command = ""
    try:
        if "_ARGCOMPLETE" in os.environ:
            _complete(build_parser(list(COMMANDS)))
        given = _parsed(words)
        command = given.command
        _refuse_empty(given)
        code = _run(given)
        sys.stdout.flush()
        return code
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 0
    except KeyboardInterrupt:
        return _stopped(command, words)
    except BrokenPipeError:
        discard_output()
        return 0
    except UsageError as error:
        return _fail(str(error), 2)
    except Exception as error:  # noqa: BLE001 - any error becomes one line
        from tui.commands.errors import explained, traceback_lines

        for line in traceback_lines(error) if debugging else ():
            _print_error(line)
        return _fail(*explained(error))


def _run(given: argparse.Namespace) -> int:
    """Run the command that was given; returns its exit code, or 1 if annotations of others or a part of the input were refused."""
    encoding = sys.stdout.encoding
    if given.command == "schema" or getattr(given, "json", False):
        write_json_only()
    from tui.commands.options import context_of, options_of

    command = cast(
        "Command[msgspec.Struct]", import_module(f"tui.commands.{given.command.replace('-', '_')}")
    )
    context = context_of(given, encoding)
    refused = False
    try:
        code = command.run(context, options_of(given, command.Options))
    finally:
        # The reader and the library show it themselves.
        if given.command != "open":
            refused = context.say_refused()
    return code or int(refused or context.has_left_out)


def _parsed(words: Sequence[str]) -> argparse.Namespace:
    all_words = with_command(words)
    try:
        return build_parser(all_words).parse_args(all_words)
    except UsageError as error:
        # Arguments that `open` does not know may be those of a mistyped command.
        index = _first_positional(words)
        meant = None if index is None or words[index] in COMMANDS else closest_command(words[index])
        if index is None or meant is None:
            raise
        raise UsageError(
            f"there is no command {words[index][:60]!r}: did you mean postil {meant}?"
        ) from error


def _refuse_empty(options: argparse.Namespace) -> None:
    """Raises UsageError for an empty name or value: it usually comes from an unset variable.

    An empty path would be the current folder, and an empty prefix would match every article.
    """
    given = vars(options)
    for name, (what, fix) in _NAMES.items():
        value: str | list[str] | None = given.get(name)
        for word in [value] if isinstance(value, str) else value or []:
            if not word.strip():
                raise UsageError(f"{what} is empty: {fix}")
            if "\0" in word:
                raise UsageError(f"{what} has a NUL character: {fix}")
    values = ("encoding", "out", "reviewer", "text-field", "title-field")
    for name in (*values, *(option[2:] for option in VALUE_OPTIONS)):
        if given.get(name.replace("-", "_")) == "":
            raise UsageError(f"the value of --{name} is empty: give one, or leave out --{name}")


def with_command(words: Sequence[str]) -> list[str]:
    """The words, with `open` before the article if they name no command."""
    index = _first_positional(words)
    if index is None:
        if any(word in {"-h", "--help", "--version"} for word in words):
            return list(words)
        return ["open", *words]
    if words[index] in COMMANDS:
        return list(words)
    return [*words[:index], "open", *words[index:]]


def _first_positional(words: Sequence[str]) -> int | None:
    skip = False
    for index, word in enumerate(words):
        if skip:
            skip = False
        elif word in VALUE_OPTIONS:
            skip = True
        elif word == "-" or not word.startswith("-"):
            return index
        elif word == "--":
            return None
    return None


def build_parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """A parser for the commands among `words`, since each costs time. If help is asked for, it lists all commands."""
    parser = Parser(
        prog="postil",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=_help_formatter,
        allow_abbrev=False,
        parents=[_common_options()],
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    lists_all = COMMANDS.keys().isdisjoint(words) or not {"-h", "--help"}.isdisjoint(words)
    for name, (does, examples, add_arguments) in COMMANDS.items():
        if name not in words:
            if lists_all:
                commands.add_parser(name, help=does, formatter_class=_help_formatter, allow_abbrev=False)
            continue
        command = commands.add_parser(
            name,
            help=does,
            description=f"{does[0].upper()}{does[1:]}.",
            epilog="examples:\n" + "\n".join(f"  {line}" for line in examples),
            formatter_class=_help_formatter,
            allow_abbrev=False,
            parents=[_common_options(filters=name in {"export", "history", "agreement", "report"})],
        )
        add_arguments(command)
    return parser


def _help_formatter(prog: str) -> argparse.HelpFormatter:
    return argparse.RawDescriptionHelpFormatter(prog, width=HELP_WIDTH)


def _common_options(*, filters: bool = False) -> Parser:
    """With `filters`, `--annotator` selects annotations, and may be repeated."""
    # SUPPRESS: an option may be given before or after the command, and its default overwrites nothing.
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS, formatter_class=_help_formatter)
    group = common.add_argument_group("common options")
    group.add_argument("--annotations", metavar="DIR", help="folder of articles and annotations")
    if filters:
        group.add_argument(
            "--annotator",
            dest="annotators",
            metavar="NAME",
            action="append",
            help="only annotations of NAME (repeatable)",
        )
    else:
        group.add_argument(
            "--annotator", metavar="NAME", help="name to annotate under (default: your login name)"
        )
    offer(
        group.add_argument("--keymap", metavar="NAME|FILE", help="keys: a keymap that ships, or a file"),
        "keymaps",
    )
    group.add_argument("--scheme", metavar="FILE", help="tags, categories and severities (default: news)")
    theme = group.add_argument(
        "--theme", metavar="NAME", help="auto, dark, light, contrast, okabe-ito, ansi or mono"
    )
    offer(theme, "themes")
    group.add_argument(
        "--lean", action=argparse.BooleanOptionalAction, help="paint less, for a slow connection"
    )
    group.add_argument("--read-only", action="store_true", help="change nothing")
    group.add_argument("--restricted", action="store_true", help="use no paths, only articles of the library")
    group.add_argument(
        "--version", action="version", version=f"postil {__version__}", help="print the version"
    )
    return common


def _complete(parser: argparse.ArgumentParser) -> None:
    import argcomplete

    argcomplete.autocomplete(parser)


def _fail(message: str, code: int) -> int:
    _print_error(f"postil: {message}")
    return code


def _stopped(command: str, words: Sequence[str]) -> int:
    from tui.commands.interruption import message
    from tui.commands.progress_line import show_progress

    with contextlib.suppress(OSError, ValueError):
        show_progress()
    return _fail(message(command, words), 130)


def _print_error(line: str) -> None:
    from tui.text.clean import visible

    # If standard error is closed, the exit code has to do.
    with contextlib.suppress(OSError, ValueError):
        print(visible(line), file=sys.stderr)
