"""`postil hints`: what the machine points at in an article, for the eye or for a pipe."""

from __future__ import annotations

import sys
from argparse import Namespace

import msgspec

from tui.cli import UsageError
from tui.commands.context import workspace
from tui.commands.find_article import find_article
from tui.commands.show import with_hints
from tui.formats.prepared import prepared_hint
from tui.model.article import Article
from tui.model.hint import Hint, HintIndex
from tui.text.clean import escape_json, visible


def run(options: Namespace) -> int:
    _check_names(options.only)
    if options.stats:
        from tui.commands.hints_stats import tell

        return tell(options)
    if options.article is None:
        raise UsageError(
            "postil hints needs an article: name one, or add --stats for how often hints were right"
        )
    place = workspace(options)
    article, _ = find_article(place, options.article, options)
    article = with_hints(place, article)
    wanted = [
        hint
        for hint in HintIndex(article.hint_blocks)
        if hint.confidence >= options.min_confidence and (not options.only or hint.detector in options.only)
    ]
    if options.json:
        _print_json(article, wanted)
    else:
        for hint in wanted:
            print(_line(article, hint))
    return 0


def _check_names(names: list[str]) -> None:
    from tui.hints.registry import BY_NAME

    for name in names:
        if name not in BY_NAME:
            raise UsageError(f"there is no detector {name[:60]!r}: use one of {', '.join(BY_NAME)}")


def _line(article: Article, hint: Hint) -> str:
    """`9 glued major 0.90  laacquisition → l'acquisition  (reason)`: the sentence's number, as on screen, first."""
    number = article.sentence_at(hint.start) + 1
    words = article.text[hint.start : hint.end]
    if hint.correction is not None:
        words += f" → {hint.correction or 'nothing'}"
    line = f"{number} {hint.detector} {hint.severity} {hint.confidence:.2f}  {words}  ({hint.reason})"
    return visible(line)


def _print_json(article: Article, hints: list[Hint]) -> None:
    """The list that is in the prepared article."""
    encoded = msgspec.json.encode([prepared_hint(article, hint) for hint in hints]).decode("utf-8")
    print(escape_json(encoded) if sys.stdout.isatty() else encoded)
