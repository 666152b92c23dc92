"""`postil hints`: the probable errors of an article, for a terminal or a pipe."""

from __future__ import annotations

import msgspec

from tui.commands.context import Context
from tui.commands.find_article import find_article
from tui.commands.show import with_hints
from tui.commands.usage import UsageError
from tui.formats.prepared import prepared_hint
from tui.model.article import Article
from tui.model.hint import Hint, HintIndex


class Options(msgspec.Struct, frozen=True, kw_only=True):
    article: str | None = None
    json: bool = False
    only: tuple[str, ...] = ()
    """Names of detectors; empty for all."""
    min_confidence: float = 0.0
    stats: bool = False


def run(context: Context, options: Options) -> int:
    _check_detectors(options.only)
    if options.stats:
        from tui.commands.hints_stats import print_stats

        return print_stats(context, options.article, options.only, as_json=options.json)
    if options.article is None:
        raise UsageError("postil hints needs an article: name one, or add --stats")
    article, _ = find_article(context, options.article)
    article = with_hints(context, article)
    hints = [
        hint
        for hint in HintIndex(article.hint_blocks)
        if hint.confidence >= options.min_confidence and (not options.only or hint.detector in options.only)
    ]
    if options.json:
        # The list that is in the prepared article.
        encoded = msgspec.json.encode([prepared_hint(article, hint) for hint in hints])
        context.streams.print_json_text(encoded.decode("utf-8"))
    else:
        for hint in hints:
            context.streams.print(_line(article, hint))
    return 0


def _check_detectors(names: tuple[str, ...]) -> None:
    from tui.hints.registry import BY_NAME

    for name in names:
        if name not in BY_NAME:
            raise UsageError(f"there is no detector {name[:60]!r}: use one of {', '.join(BY_NAME)}")


def _line(article: Article, hint: Hint) -> str:
    """`9 glued major 0.90  laacquisition → l'acquisition  (reason)`, with the sentence's number on screen first."""
    number = article.sentence_at(hint.start) + 1
    words = article.text[hint.start : hint.end]
    if hint.correction is not None:
        words += f" → {hint.correction or 'nothing'}"
    return f"{number} {hint.detector} {hint.severity} {hint.confidence:.2f}  {words}  ({hint.reason})"
