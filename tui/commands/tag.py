"""`postil tag`: tag from a script, by the same durable path as the keys."""

from __future__ import annotations

import msgspec

from tui.commands.context import Context
from tui.commands.errors import FOUND_A_PROBLEM
from tui.commands.find_article import find_article
from tui.commands.usage import UsageError
from tui.model.annotation import Step
from tui.model.scheme import Scheme
from tui.session.resegmentation import migrate_to_segmentation
from tui.session.session import Outcome, Session
from tui.store.protocol import NotPermitted

NONE = "none"


class Options(msgspec.Struct, frozen=True, kw_only=True):
    article: str
    sentence: int
    tags: tuple[str, ...]
    remove: bool = False


def run(context: Context, options: Options) -> int:
    workspace = context.workspace
    _check_tags(workspace.scheme, options.tags)
    if workspace.read_only:
        raise NotPermitted("tagging changes annotations, which --read-only forbids: leave it out")
    article, _ = find_article(context, options.article)
    writer = workspace.store.open(article.id, workspace.annotator, article)
    try:
        work = workspace.store.load(article.id, workspace.annotator, article.text_sha256)
        session = Session(article, workspace.scheme, work, workspace.annotator)
        migrated = migrate_to_segmentation(session)
        count = len(session.article)
        if not 1 <= options.sentence <= count:
            there = f"sentences 1 to {count}" if count > 1 else "one sentence only"
            raise UsageError(f"there is no sentence {options.sentence}: the article has {there}")
        outcomes = _apply(session, options)
        steps: list[Step] = [outcome.step for outcome in (migrated, *outcomes) if outcome.step is not None]
        if steps:
            writer.put(*steps)
    finally:
        writer.close()
    if migrated.message:
        context.say(migrated.message)
    for outcome in outcomes:
        if not outcome.accepted:
            context.say(f"sentence {options.sentence} {outcome.message}")
        else:
            context.streams.print(f"sentence {options.sentence}: {outcome.message}")
    return 0 if all(outcome.accepted for outcome in outcomes) else FOUND_A_PROBLEM


def _check_tags(scheme: Scheme, tags: tuple[str, ...]) -> None:
    known = [tag.id for tag in scheme.tags]
    for tag in tags:
        if tag not in (*known, NONE):
            raise UsageError(f"there is no tag {tag!r}: use {', '.join(known)} or {NONE}")
    if NONE in tags and len(tags) > 1:
        raise UsageError(f"{NONE} means that no tag applies: give it alone")


def _apply(session: Session, options: Options) -> list[Outcome]:
    index = options.sentence - 1
    outcomes: list[Outcome] = []
    for tag in options.tags:
        if tag == NONE:
            outcomes.append(session.clear(index) if options.remove else session.none(index))
        elif not options.remove:
            outcomes.append(session.tag(index, tag))
        else:
            annotation = session.annotation(index)
            if annotation is not None and tag in annotation.tags:
                outcomes.append(session.toggle(index, tag))
            else:
                outcomes.append(Outcome(step=None, message=f"has no tag {tag}", sentence=index))
    return outcomes
