"""The command line: what the commands and their options are. It imports nothing that they need."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NoReturn, cast

from tui import __version__
from tui.commands.arguments import offer
from tui.commands.registry import COMMANDS
from tui.terminal.streams import prepare_streams, write_json_only

DESCRIPTION = """\
Read a news article in the terminal and tag each sentence with one key:
fact, opinion, quote, translation error. Every tag is on disk before the
screen says "saved", and leaves as JSONL."""

EXAMPLES = """\
examples:
  postil                          the library
  postil article.txt              add an article and open it
  cat article.txt | postil -      the same from a pipe
  postil add articles/ '*.md'     bring in many
  postil tag sous-les 3 fact      tag sentence 3 from a script
  postil export > tags.jsonl      everything, one JSON record a sentence

postil COMMAND --help tells more. ARTICLE is an id, the beginning of one, a path, or - (standard input).
postil config tells which settings are in force. Environment: POSTIL_CONFIG, POSTIL_ANNOTATIONS,
POSTIL_ANNOTATOR, POSTIL_THEME, POSTIL_KEYMAP, POSTIL_SCHEME, POSTIL_LEAN, NO_COLOR; POSTIL_DEBUG=1 shows
tracebacks."""

VALUE_OPTIONS = ("--annotations", "--annotator", "--keymap", "--scheme", "--theme")
"""Common options that are followed by a value."""


_NAMES = {
    "article": ("the name of an article", "give an id from postil list, the beginning of one, or a path"),
    "articles": ("the name of an article", "give an id from postil list, or the beginning of one"),
    "paths": ("the name of a file", "give a file, a folder, a pattern, or -"),
    "words": ("the name of a file or article", "give a scheme file to check, an article id to migrate"),
}
"""Arguments that name something: what an empty one is called, and how to fix it."""


class UsageError(Exception):
    """Wrong use; `str()` is one line with the fix."""


HELP_WIDTH = 84
"""Columns. Fixed, since asking the terminal takes a module of its own, at every start."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and where to read on."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}: see {self.prog} --help")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    debugging = os.environ.get("POSTIL_DEBUG") == "1"
    prepare_streams()
    if sys.stdout is None:
        return _fail("standard output is closed: send it to a file, a pipe or a terminal", 4)
    try:
        if "_ARGCOMPLETE" in os.environ:
            _complete(build_parser(list(COMMANDS)))
        options = _parsed(words)
        _refuse_empty(options)
        options.output_encoding = sys.stdout.encoding
        if options.command == "schema" or getattr(options, "json", False):
            write_json_only()
        run = cast(
            "Callable[[argparse.Namespace], int]",
            import_module(f"tui.commands.{options.command.replace('-', '_')}").run,
        )
        code = _run(run, options)
        sys.stdout.flush()
        return code
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 0
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        discard_output()
        return 0
    except UsageError as error:
        return _fail(str(error), 2)
    except Exception as error:  # noqa: BLE001 - the last place where it can be told in a line
        from tui.commands.errors import explained, traceback_lines

        for line in traceback_lines(error) if debugging else ():
            _tell(line)
        return _fail(*explained(error))


def _run(run: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    """The command's exit code, or 1 where it left out annotations that are not whose they seem to be."""
    refused = False
    try:
        code = run(options)
    finally:
        # The reader and the library show it themselves.
        if options.command != "open" and getattr(options, "stores", ()):
            from tui.commands.context import say_refused

            refused = say_refused(options)
    return code or int(refused)


def _parsed(given: Sequence[str]) -> argparse.Namespace:
    words = with_command(given)
    try:
        return build_parser(words).parse_args(words)
    except UsageError as error:
        # Arguments that `open` does not know may be those of a command that was mistyped.
        place = _first_positional(given)
        meant = None if place is None or given[place] in COMMANDS else closest_command(given[place])
        if place is None or meant is None:
            raise
        raise UsageError(
            f"there is no command {given[place][:60]!r}: did you mean postil {meant}?"
        ) from error


def _refuse_empty(options: argparse.Namespace) -> None:
    """Raises UsageError for an empty name or value: it usually comes from a variable that is not set.

    An empty path would be the current folder, and every article's id begins with an empty prefix.
    """
    given = vars(options)
    for name, (what, fix) in _NAMES.items():
        value: str | list[str] | None = given.get(name)
        for word in [value] if isinstance(value, str) else value or []:
            if not word.strip():
                raise UsageError(f"{what} is empty: {fix}")
            if "\0" in word:
                raise UsageError(f"{what} has a NUL character: {fix}")
    for name in ("out", "reviewer", *(option[2:] for option in VALUE_OPTIONS)):
        if given.get(name) == "":
            raise UsageError(f"the value of --{name} is empty: give one, or leave --{name} out")


def closest_command(word: str) -> str | None:
    """The command that `word` may be a slip of the fingers for."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, COMMANDS, n=1)), None)


def with_command(words: Sequence[str]) -> list[str]:
    """The words with `open` before the article where no command is named."""
    place = _first_positional(words)
    if place is None:
        if any(word in {"-h", "--help", "--version"} for word in words):
            return list(words)
        return ["open", *words]
    if words[place] in COMMANDS:
        return list(words)
    return [*words[:place], "open", *words[place:]]


def _first_positional(words: Sequence[str]) -> int | None:
    skip = False
    for place, word in enumerate(words):
        if skip:
            skip = False
        elif word in VALUE_OPTIONS:
            skip = True
        elif word == "-" or not word.startswith("-"):
            return place
        elif word == "--":
            return None
    return None


def build_parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """The parser; it knows only the commands among `words`, since each costs time, and all where help is asked for."""
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
    """With `filters`, `--annotator` says whose annotations are wanted, and may be repeated."""
    # SUPPRESS lets each be given before the command or after it: what is not given overwrites nothing.
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS, formatter_class=_help_formatter)
    group = common.add_argument_group("common options")
    group.add_argument("--annotations", metavar="DIR", help="where articles and annotations lie")
    if filters:
        group.add_argument(
            "--annotator", dest="annotators", metavar="NAME", action="append", help="only theirs (repeatable)"
        )
    else:
        group.add_argument("--annotator", metavar="NAME", help="who annotates (default: your login name)")
    offer(group.add_argument("--keymap", metavar="NAME|FILE", help="which key does what"), "keymaps")
    group.add_argument("--scheme", metavar="FILE", help="tags, categories and severities (default: news)")
    theme = group.add_argument(
        "--theme", metavar="NAME", help="auto, dark, light, contrast, okabe-ito, ansi or mono"
    )
    offer(theme, "themes")
    group.add_argument(
        "--lean", action=argparse.BooleanOptionalAction, help="paint as little as can be, for a slow line"
    )
    group.add_argument("--read-only", action="store_true", help="change nothing")
    group.add_argument("--restricted", action="store_true", help="no paths: only the library's articles")
    group.add_argument("--version", action="version", version=f"postil {__version__}", help="print it")
    return common


def _complete(parser: argparse.ArgumentParser) -> None:
    import argcomplete

    argcomplete.autocomplete(parser)


def _fail(message: str, code: int) -> int:
    _tell(f"postil: {message}")
    return code


def _tell(line: str) -> None:
    from tui.text.clean import visible

    # Where standard error is closed the exit code has to do.
    with contextlib.suppress(OSError, ValueError):
        print(visible(line), file=sys.stderr)


def discard_output() -> None:
    """Let nothing that is still printed meet the closed pipe again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
