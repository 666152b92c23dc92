"""The options and arguments of each command. It imports nothing that commands need."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.commands.context import Context

FORMATS = ("jsonl", "corrected")
SHELLS = ("bash", "zsh", "fish")


def offer(action: argparse.Action, what: str) -> None:
    """Let the shell complete the action's value with the values that `what` of `commands.completion` returns."""

    def completer(prefix: str, parsed_args: argparse.Namespace, **_: object) -> list[str]:
        from tui.commands.options import context_of

        values: Callable[[Context, str], Iterable[str]] = getattr(
            import_module("tui.commands.completion"), what
        )
        return [value for value in values(context_of(parsed_args), prefix) if value.startswith(prefix)]

    action.completer = completer  # type: ignore[attr-defined]


def _add_article(parser: argparse.ArgumentParser, nargs: str | None = None) -> None:
    action = parser.add_argument(
        "article" if nargs != "*" else "articles",
        metavar="ARTICLE",
        nargs=nargs,
        help="an id, the beginning of one, a path, or -",
    )
    offer(action, "article_ids")


def _add_where(parser: argparse.ArgumentParser, what: str, completions: str) -> None:
    where = parser.add_argument(
        "--where", metavar="EXPR", help=f"only {what} that match, e.g. 'tag = opinion and unsure'"
    )
    offer(where, completions)


def _sentence_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise argparse.ArgumentTypeError(f"{text[:60]!r} is not the number of a sentence: give one such as 3")
    return int(text)


def _language(code: str) -> str:
    if not (code.isascii() and code.isalpha() and 2 <= len(code) <= 3):
        raise argparse.ArgumentTypeError(f"{code[:60]!r} is not a language code: give two letters such as fr")
    return code.lower()


def _share(number: str) -> float:
    try:
        share = float(number)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(
            f"{number[:60]!r} is not a number from 0 to 1: give one such as 0.75"
        )
    return share


def _encoding(name: str) -> str:
    """Python's name of a text encoding."""
    from tui.documents.encodings import text_encoding

    encoding = text_encoding(name)
    if encoding is None:
        raise argparse.ArgumentTypeError(
            f"{name[:60]!r} is not an encoding that Python knows: give one such as cp1252, shift_jis or utf-16"
        )
    return encoding


def of_open(parser: argparse.ArgumentParser) -> None:
    _add_article(parser, "?")


def of_show(parser: argparse.ArgumentParser) -> None:
    _add_article(parser)
    parser.add_argument("--json", action="store_true", help="print the prepared article as one JSON object")


def of_add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", help="files, folders, patterns, or -")
    parser.add_argument(
        "--language", metavar="CODE", type=_language, help="language of the text (default: detected)"
    )
    parser.add_argument(
        "--source-language", metavar="CODE", type=_language, help="language it was translated from"
    )
    encoding = parser.add_argument(
        "--encoding", metavar="NAME", type=_encoding, help="encoding of the files (default: detected)"
    )
    offer(encoding, "encodings")
    layout = parser.add_mutually_exclusive_group()
    layout.add_argument(
        "--layout",
        choices=("paragraphs", "wrapped", "lines"),
        metavar="LAYOUT",
        help="what a line is: paragraphs, wrapped or lines (default: detected)",
    )
    layout.add_argument(
        "--wrapped", dest="layout", action="store_const", const="wrapped", help="the same as --layout wrapped"
    )
    parser.add_argument("--text-field", metavar="NAME", help="field of a JSON line that has the text")
    parser.add_argument("--title-field", metavar="NAME", help="field of a JSON line that has the title")
    parser.add_argument(
        "--again", action="store_true", help="prepare articles again that are in the library already"
    )
    parser.add_argument(
        "--force", action="store_true", help="with --again: change sentences even if they have annotations"
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="show title, language, encoding, layout, sentences and warnings of each article; store nothing",
    )


def of_list(parser: argparse.ArgumentParser) -> None:
    _add_where(parser, "articles", "article_expressions")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line for each article")


def of_tag(parser: argparse.ArgumentParser) -> None:
    _add_article(parser)
    parser.add_argument(
        "sentence", metavar="SENTENCE", type=_sentence_number, help="its number on the screen, from 1"
    )
    tags = parser.add_argument("tags", metavar="TAG", nargs="+", help="tag ids, or none if no tag applies")
    offer(tags, "tag_ids")
    parser.add_argument("--remove", action="store_true", help="remove these tags")


def of_export(parser: argparse.ArgumentParser) -> None:
    _add_article(parser, "*")
    parser.add_argument("--format", metavar="FMT", default="jsonl", help=f"one of: {', '.join(FORMATS)}")
    parser.add_argument(
        "--out",
        metavar="FILE",
        help="write to FILE, or to a folder for several corrected texts (default: standard output)",
    )
    parser.add_argument(
        "--status", metavar="STATUS", help="only sentences that are unreviewed, accepted, amended or rejected"
    )
    parser.add_argument(
        "--adjudicated",
        action="store_true",
        help="one record for each sentence that is resolved or that all agree on",
    )
    _add_where(parser, "sentences", "record_expressions")
    parser.add_argument("--reviewer", metavar="NAME", help="use only this reviewer's decisions")
    parser.add_argument("--untagged", action="store_true", help="include sentences without annotations")
    parser.add_argument(
        "--second-pass", action="store_true", help="export second passes (see postil agreement --redo)"
    )


def of_hints(parser: argparse.ArgumentParser) -> None:
    _add_article(parser, "?")
    parser.add_argument(
        "--json", action="store_true", help="print the list of hints that postil show --json has"
    )
    only = parser.add_argument(
        "--only",
        metavar="DETECTOR",
        action="append",
        default=[],
        help="only hints of this detector (repeatable)",
    )
    offer(only, "detectors")
    parser.add_argument(
        "--min-confidence",
        metavar="X",
        type=_share,
        default=0.0,
        help="only hints with at least this confidence, from 0 to 1",
    )
    parser.add_argument(
        "--stats",
        action="store_true",
        help="how often annotators accepted each detector's hints, in one article or all",
    )


def of_history(parser: argparse.ArgumentParser) -> None:
    _add_article(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object a line for each step")


def of_agreement(parser: argparse.ArgumentParser) -> None:
    _add_article(parser, "*")
    parser.add_argument("--json", action="store_true", help="print all figures as one JSON object")
    parser.add_argument(
        "--self",
        dest="compares_passes",
        action="store_true",
        help="compare your blind second pass (5 %%) with your first",
    )
    parser.add_argument(
        "--redo",
        action="store_true",
        help="make or continue that second pass first, one line for each sentence",
    )


def of_review(parser: argparse.ArgumentParser) -> None:
    _add_article(parser)
    parser.add_argument("--blind", action="store_true", help="hide the annotators' names")


def of_scheme(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="check|migrate", choices=("check", "migrate"))
    parser.add_argument("words", metavar="FILE|ARTICLE", nargs="*", help="check: files; migrate: articles")
    parser.add_argument(
        "--rename",
        metavar="KIND:OLD=NEW",
        action="append",
        default=[],
        help="new name of a tag, category or severity (repeatable)",
    )
    parser.add_argument("--apply", action="store_true", help="make the changes (default: only show them)")


def of_publish(parser: argparse.ArgumentParser) -> None:
    _add_article(parser)


def of_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--repair", action="store_true", help="repair your own files; the damaged ones are kept"
    )


def of_keys(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def of_config(parser: argparse.ArgumentParser) -> None:
    output = parser.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="print one JSON object")
    output.add_argument("--path", action="store_true", help="print only the path of the config file")
    output.add_argument("--init", action="store_true", help="write an example config file if none exists")


def of_schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "which",
        nargs="?",
        choices=("record", "article", "database", "scheme"),
        default="record",
        help="what to describe (default: record)",
    )


def of_doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object a line for each check")


def of_serve_setup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="check this host and print what is unsafe")
    parser.add_argument(
        "--person",
        metavar="NAME",
        action="append",
        default=[],
        help="print a script that registers this account and makes its folder (repeatable); run it as root",
    )
    parser.add_argument(
        "--group", metavar="NAME", default="postil", help="group of all annotators (default: postil)"
    )
    parser.add_argument(
        "--reviewers",
        metavar="NAME",
        default="postil-reviewers",
        help="group of those who also review (default: postil-reviewers)",
    )
    parser.add_argument(
        "--python", metavar="FILE", help="Python interpreter that has Postil (default: this one)"
    )
    parser.add_argument(
        "--json", action="store_true", help="with --check: print one JSON object a line for each check"
    )


def of_report(parser: argparse.ArgumentParser) -> None:
    _add_article(parser)
    parser.add_argument(
        "-o",
        "--out",
        metavar="FILE",
        help="write to FILE (default: standard output, or ID.html if that is a terminal)",
    )


def of_completion(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=SHELLS)
