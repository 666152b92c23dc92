"""`postil history`: who did what when to an article."""

from __future__ import annotations

import heapq
import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime

import msgspec

from tui.commands.export import Place
from tui.commands.setting_up import check_given, say
from tui.model.annotation import Annotation, Event
from tui.model.article import Article
from tui.text.clean import escape_json, visible

SCHEMA = "postil.event/1"

_WORDS = 40
"""Characters of a sentence that a line shows."""


def run(options: Namespace) -> int:
    check_given(options)
    place = Place.of(options)
    article_id = place.library.find(options.article)
    article = place.library.load(article_id)
    names = place.annotators(article_id, options, second_passes=True)
    streams: list[Iterator[Event]] = [place.store.history(article_id, name) for name in names]
    width = max((len(name) for name in names), default=0)
    count = 0
    for event in heapq.merge(*streams, key=lambda event: event.step.at):
        count += 1
        if options.json:
            line = json.dumps(_record(article, event), ensure_ascii=False)
            print(escape_json(line) if sys.stdout.isatty() else line)
        else:
            for line in _lines(article, event, width):
                print(line)
    if not count:
        say("nothing was done to this article yet: postil opens it")
    return 0


def _record(article: Article, event: Event) -> dict[str, object]:
    step = event.step
    return {
        "schema": SCHEMA,
        "article": article.id,
        "annotator": event.annotator,
        "seq": event.seq,
        "at": step.at,
        "action": step.action,
        "label": step.label,
        "changes": msgspec.to_builtins(step.changes),
        "entities": msgspec.to_builtins(step.entities),
        "sentences": msgspec.to_builtins(step.sentences),
    }


def _lines(article: Article, event: Event, width: int) -> Iterator[str]:
    """One line a sentence that changed, at least one."""
    step = event.step
    head = f"{_local(step.at)}  {visible(event.annotator):<{width}}  {event.seq:>5}  {visible(step.label)}"
    if not step.changes:
        yield head
    for change in step.changes:
        index = article.sentence_at(change.start)
        said = change.after or change.before
        words = said.text if said is not None else ""
        shown = words if len(words) <= _WORDS else words[:_WORDS].rstrip() + "…"
        yield (
            f"{head}  {index + 1}: {_said(change.before)} → {_said(change.after)}  "
            f"“{visible(shown.replace(chr(10), ' '))}”"
        )


def _said(said: Annotation | None) -> str:
    """An annotation in a few words."""
    if said is None:
        return "–"
    parts = [*said.tags]
    if said.decided and not said.tags:
        parts.append("none")
    for count, name in ((len(said.spans), "mark"), (len(said.quotes), "quotation")):
        if count:
            parts.append(f"{count} {name}{'s' if count > 1 else ''}")
    parts += [word for word, is_so in (("unsure", said.unsure), ("note", bool(said.note))) if is_so]
    return visible("+".join(parts)) or "–"


def _local(at: str) -> str:
    """A time of the store's in local time, to the second; as it is where it is none."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except (ValueError, OverflowError):
        return visible(at)[:19]
