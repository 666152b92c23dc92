"""The arguments of each command. It imports nothing that the commands need."""

from __future__ import annotations

import argparse
from importlib import import_module

FORMATS = ("jsonl", "corrected")
SHELLS = ("bash", "zsh", "fish")


def offer(action: argparse.Action, what: str) -> None:
    """Let the shell complete the action's value; `what` is a function of `commands.completion`."""

    def completer(prefix: str, parsed_args: argparse.Namespace, **_: object) -> list[str]:
        offered = getattr(import_module("tui.commands.completion"), what)
        return offered(prefix, parsed_args)

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


def _language(code: str) -> str:
    if not (code.isascii() and code.isalpha() and 2 <= len(code) <= 3):
        raise argparse.ArgumentTypeError(f"{code[:60]!r} is no language code, give two letters such as fr")
    return code.lower()


def _share(number: str) -> float:
    try:
        share = float(number)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{number[:60]!r} is no number from 0 to 1, give one such as 0.75")
    return share


def of_open(parser: argparse.ArgumentParser) -> None:
    _add_article(parser, "?")


def of_show(parser: argparse.ArgumentParser) -> None:
    _add_article(parser)
    parser.add_argument("--json", action="store_true", help="the prepared article as one JSON object")


def of_add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="+", help="files, folders, patterns, or -")
    parser.add_argument("--language", metavar="CODE", type=_language, help="of the text (default: detected)")
    parser.add_argument(
        "--source-language", metavar="CODE", type=_language, help="that it was translated from"
    )
    parser.add_argument("--again", action="store_true", help="prepare anew what is in the library already")
    parser.add_argument(
        "--force", action="store_true", help="with --again: also move sentences that carry annotations"
    )


def of_list(parser: argparse.ArgumentParser) -> None:
    _add_where(parser, "articles", "article_expressions")
    parser.add_argument("--json", action="store_true", help="one JSON object an article and line")


def of_tag(parser: argparse.ArgumentParser) -> None:
    _add_article(parser)
    parser.add_argument(
        "sentence", metavar="SENTENCE", type=int, help="its number as shown on screen, from 1"
    )
    tags = parser.add_argument("tags", metavar="TAG", nargs="+", help="tag ids, or none: no tag applies")
    offer(tags, "tag_ids")
    parser.add_argument("--remove", action="store_true", help="take the tags away")


def of_export(parser: argparse.ArgumentParser) -> None:
    _add_article(parser, "*")
    parser.add_argument("--format", metavar="FMT", default="jsonl", help=f"one of: {', '.join(FORMATS)}")
    parser.add_argument(
        "--out", metavar="FILE", help="default: standard output; a folder for several corrected texts"
    )
    parser.add_argument(
        "--status", metavar="STATUS", help="only unreviewed, accepted, amended or rejected ones"
    )
    parser.add_argument(
        "--adjudicated", action="store_true", help="one record a sentence: as settled, or as all agree"
    )
    _add_where(parser, "sentences", "record_expressions")
    parser.add_argument("--reviewer", metavar="NAME", help="only this reviewer's decisions count")
    parser.add_argument("--untagged", action="store_true", help="also the sentences nothing is said about")
    parser.add_argument(
        "--second-pass", action="store_true", help="only second passes (postil agreement --redo)"
    )


def of_hints(parser: argparse.ArgumentParser) -> None:
    _add_article(parser, "?")
    parser.add_argument("--json", action="store_true", help="the list that postil show --json holds")
    only = parser.add_argument(
        "--only", metavar="DETECTOR", action="append", default=[], help="only this one's (repeatable)"
    )
    offer(only, "detectors")
    parser.add_argument(
        "--min-confidence", metavar="X", type=_share, default=0.0, help="0 to 1: only hints as sure as that"
    )
    parser.add_argument(
        "--stats",
        action="store_true",
        help="how often annotators accepted each detector's hints, in one article or in all",
    )


def of_history(parser: argparse.ArgumentParser) -> None:
    _add_article(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object a step and line")


def of_agreement(parser: argparse.ArgumentParser) -> None:
    _add_article(parser, "*")
    parser.add_argument("--json", action="store_true", help="every figure, as one JSON object")
    parser.add_argument(
        "--self", action="store_true", help="compare your blind second pass (5 %%) with your first"
    )
    parser.add_argument("--redo", action="store_true", help="make that second pass first, a line a sentence")


def of_review(parser: argparse.ArgumentParser) -> None:
    _add_article(parser)
    parser.add_argument("--blind", action="store_true", help="without the annotators' names")


def of_scheme(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="check|migrate", choices=("check", "migrate"))
    parser.add_argument("words", metavar="FILE|ARTICLE", nargs="*", help="check: files; migrate: articles")
    parser.add_argument(
        "--rename",
        metavar="KIND:OLD=NEW",
        action="append",
        default=[],
        help="tag, category or severity that has another name in the scheme (repeatable)",
    )
    parser.add_argument("--apply", action="store_true", help="do it; else it is only told")


def of_publish(parser: argparse.ArgumentParser) -> None:
    _add_article(parser)


def of_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--repair", action="store_true", help="mend your own files; damaged ones are kept beside"
    )


def of_keys(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as one JSON object")


def of_config(parser: argparse.ArgumentParser) -> None:
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--json", action="store_true", help="as one JSON object")
    asked.add_argument("--path", action="store_true", help="only where the config file lies")
    asked.add_argument("--init", action="store_true", help="write an example to it, where there is none")


def of_schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "which",
        nargs="?",
        choices=("record", "article", "database", "scheme"),
        default="record",
        help="of what",
    )


def of_doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object a check and line")


def of_serve_setup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="look at this host, and say what is unsafe")
    parser.add_argument(
        "--person",
        metavar="NAME",
        action="append",
        default=[],
        help="print what registers that account and makes its folder (repeatable); run it as root",
    )
    parser.add_argument("--group", metavar="NAME", default="postil", help="of everyone (default: postil)")
    parser.add_argument(
        "--reviewers", metavar="NAME", default="postil-reviewers", help="group of those who also review"
    )
    parser.add_argument("--python", metavar="FILE", help="the interpreter that has Postil (default: this)")
    parser.add_argument("--json", action="store_true", help="with --check: one JSON object a line")


def of_report(parser: argparse.ArgumentParser) -> None:
    _add_article(parser)
    parser.add_argument(
        "-o", "--out", metavar="FILE", help="default: standard output, or ID.html where that is a terminal"
    )


def of_completion(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=SHELLS)
