"""`postil tag`: what the tag keys do, from a script, by the same durable path."""

from __future__ import annotations

from argparse import Namespace

from tui.cli import UsageError
from tui.commands.context import say, workspace
from tui.commands.errors import FOUND_A_PROBLEM
from tui.commands.find_article import find_article
from tui.model.annotation import Step
from tui.session.resegmentation import migrate_to_segmentation
from tui.session.session import Outcome, Session
from tui.store.protocol import NotPermitted
from tui.text.clean import visible
from tui.workspace import Workspace

NONE = "none"


def run(options: Namespace) -> int:
    place = workspace(options)
    _check_tags(place, options)
    if place.read_only:
        raise NotPermitted("tagging changes something, which --read-only forbids: leave the option out")
    article, _ = find_article(place, options.article, options)
    writer = place.store.open(article.id, place.annotator, article)
    try:
        work = place.store.load(article.id, place.annotator, article.text_sha256)
        session = Session(article, place.scheme, work, place.annotator)
        carried = migrate_to_segmentation(session)
        count = len(session.article)
        if not 1 <= options.sentence <= count:
            raise UsageError(f"there is no sentence {options.sentence}: it has sentences 1 to {count}")
        outcomes = _apply(session, options)
        steps: list[Step] = [outcome.step for outcome in (carried, *outcomes) if outcome.step is not None]
        if steps:
            writer.put(*steps)
    finally:
        writer.close()
    if carried.message:
        say(carried.message)
    for outcome in outcomes:
        if not outcome.accepted:
            say(f"sentence {options.sentence} {outcome.message}")
        else:
            print(visible(f"sentence {options.sentence}: {outcome.message}"))
    return 0 if all(outcome.accepted for outcome in outcomes) else FOUND_A_PROBLEM


def _check_tags(place: Workspace, options: Namespace) -> None:
    known = [tag.id for tag in place.scheme.tags]
    for tag in options.tags:
        if tag not in (*known, NONE):
            raise UsageError(f"there is no tag {tag!r}: use {', '.join(known)} or {NONE}")
    if NONE in options.tags and len(options.tags) > 1:
        raise UsageError(f"{NONE} says that no tag applies: give it alone")


def _apply(session: Session, options: Namespace) -> list[Outcome]:
    index = options.sentence - 1
    outcomes: list[Outcome] = []
    for tag in options.tags:
        if tag == NONE:
            outcomes.append(session.clear(index) if options.remove else session.none(index))
        elif not options.remove:
            outcomes.append(session.tag(index, tag))
        else:
            said = session.annotation(index)
            if said is not None and tag in said.tags:
                outcomes.append(session.toggle(index, tag))
            else:
                outcomes.append(Outcome(step=None, message=f"has no tag {tag}", sentence=index))
    return outcomes
