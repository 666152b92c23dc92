"""`postil review`: everybody's annotations of an article side by side, so that you can resolve disagreements."""

from __future__ import annotations

import gc

import msgspec

from tui.commands.context import Context
from tui.commands.find_article import find_article
from tui.commands.open import check_terminal, show_on_terminal
from tui.commands.usage import UsageError


class Options(msgspec.Struct, frozen=True, kw_only=True):
    article: str
    blind: bool = False


def run(context: Context, options: Options) -> int:
    if not context.streams.is_terminal:
        raise UsageError("a review needs a terminal: in scripts, use postil export and postil agreement")
    check_terminal()
    # As in `postil open`: the reader collects after the first paint.
    gc.disable()
    article, _ = find_article(context, options.article)
    opened = context.workspace.open_review(article, blind=options.blind)
    if opened.reviewing is not None and not opened.reviewing.columns and not opened.notice:
        opened.notice = "no one has annotated this article yet: annotations appear here as they are made"
    return show_on_terminal(context, opened)
