"""`postil review`: everybody's work on an article side by side, to be settled."""

from __future__ import annotations

import gc
import sys
from argparse import Namespace

from tui.cli import UsageError
from tui.commands.context import workspace
from tui.commands.find_article import find_article
from tui.commands.open import check_terminal, show_on_terminal


def run(options: Namespace) -> int:
    if not sys.stdout.isatty():
        raise UsageError("a review is made on a terminal: postil export and postil agreement are for scripts")
    check_terminal()
    # As in `postil open`: the reader collects after the first paint.
    gc.disable()
    place = workspace(options)
    article, _ = find_article(place, options.article, options)
    opened = place.open_review(article, blind=options.blind)
    if opened.reviewing is not None and not opened.reviewing.columns and not opened.notice:
        opened.notice = "nobody has annotated this article yet: their work appears here as they do"
    return show_on_terminal(place, opened)
