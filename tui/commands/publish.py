"""`postil publish`: make your split and merged sentences the article's segmentation for everybody."""

from __future__ import annotations

import msgspec

from tui.commands.context import Context
from tui.commands.errors import FOUND_A_PROBLEM
from tui.model.clock import now
from tui.model.repaired import with_publication
from tui.store.changes import change
from tui.store.protocol import NotPermitted
from tui.text.plurals import counted


class Options(msgspec.Struct, frozen=True, kw_only=True):
    article: str


def run(context: Context, options: Options) -> int:
    workspace = context.workspace
    if workspace.read_only:
        raise NotPermitted("publishing changes the library, which --read-only forbids: leave it out")
    article_id = workspace.library.find(options.article)
    with change(workspace.library, article_id, who=workspace.annotator, doing="publishing it") as held:
        article = held.load()
        work = workspace.store.load(article.id, workspace.annotator, article.text_sha256)
        published = with_publication(article, work.repairs.values(), workspace.annotator, now())
        if published is None:
            context.say(
                f"{workspace.annotator} has split or merged no sentence of {article.id}: nothing to publish"
            )
            return FOUND_A_PROBLEM
        held.save(published)
    made = published.publications[-1].repairs
    splits = sum(repair.kind == "split" for repair in made)
    context.streams.print(
        f"{article.id}: segmentation {published.segmentation}, {counted(len(published), 'sentence')} "
        f"({splits} split, {len(made) - splits} merged)"
    )
    others = [name for name in workspace.store.annotators(article.id) if name != workspace.annotator]
    if others:
        context.say(f"the annotations of {', '.join(others)} move to it when they next open the article")
    return 0
