"""`postil publish`: make one's own repairs of sentences the article's next segmentation, for everybody."""

from __future__ import annotations

from argparse import Namespace

from tui.commands.failures import FOUND_A_PROBLEM
from tui.commands.setting_up import say, workspace
from tui.model.clock import now
from tui.model.repaired import with_publication
from tui.store.protocol import NotPermitted
from tui.text.clean import visible


def run(options: Namespace) -> int:
    place = workspace(options)
    if place.read_only:
        raise NotPermitted("publishing changes the library, which --read-only forbids: leave the option out")
    article = place.library.load(place.library.find(options.article))
    work = place.store.load(article.id, place.annotator)
    published = with_publication(article, work.repairs.values(), place.annotator, now())
    if published is None:
        say(f"{place.annotator} has split or merged no sentence of {article.id}: nothing to publish")
        return FOUND_A_PROBLEM
    place.library.save(published)
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
