"""`postil publish`: make one's own repairs of sentences the article's next segmentation, for everybody."""

from __future__ import annotations

from argparse import Namespace

from tui.commands.context import say, workspace
from tui.commands.errors import FOUND_A_PROBLEM
from tui.model.clock import now
from tui.model.repaired import with_publication
from tui.store.changes import change
from tui.store.protocol import NotPermitted
from tui.text.clean import visible


def run(options: Namespace) -> int:
    place = workspace(options)
    if place.read_only:
        raise NotPermitted("publishing changes the library, which --read-only forbids: leave the option out")
    article_id = place.library.find(options.article)
    with change(place.library, article_id, who=place.annotator, doing="publishing it") as held:
        article = held.load()
        work = place.store.load(article.id, place.annotator, article.text_sha256)
        published = with_publication(article, work.repairs.values(), place.annotator, now())
        if published is None:
            say(f"{place.annotator} has split or merged no sentence of {article.id}: nothing to publish")
            return FOUND_A_PROBLEM
        held.save(published)
    made = published.publications[-1].repairs
    splits = sum(repair.kind == "split" for repair in made)
    told = (
        f"{article.id}: segmentation {published.segmentation}, {len(published)} sentences "
        f"({splits} split, {len(made) - splits} merged)"
    )
    print(visible(told))
    others = [name for name in place.store.annotators(article.id) if name != place.annotator]
    if others:
        say(f"{', '.join(others)}: what they said is taken over when they next open it")
    return 0
