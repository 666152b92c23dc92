"""`postil history`: who did what when to an article."""

from __future__ import annotations

import heapq
import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import msgspec

from tui.commands.context import check_given, say
from tui.commands.export.command import Place, pass_name
from tui.model.annotation import Annotation, Event
from tui.model.article import Article
from tui.store.checkpoint import SECOND_PASS
from tui.text.clean import escape_json, visible

SCHEMA = "postil.event/1"

_WORDS = 40
"""Characters of a sentence that a line shows."""


def run(options: Namespace) -> int:
    check_given(options)
    place = Place.of(options)
    article_id = place.library.find(options.article)
    article = place.library.load(article_id)
    passes = [
        (
            pass_name(name, is_second),
            is_second,
            store.history(article_id, name, text_sha256=article.text_sha256),
        )
        for is_second, store in ((False, place.store), (True, place.seconds))
        for name in place.annotators(article_id, options, store)
    ]
    width = max((len(who) for who, _, _ in passes), default=0)
    streams = [_told(*one) for one in passes]
    count = 0
    for told in heapq.merge(*streams, key=lambda told: told.event.step.at):
        count += 1
        if options.json:
            line = json.dumps(_record(article, told), ensure_ascii=False)
            print(escape_json(line) if sys.stdout.isatty() else line)
        else:
            for line in _lines(article, told, width):
                print(line)
    if not count:
        say("nothing was done to this article yet: postil opens it")
    return 0


class _Told(NamedTuple):
    who: str
    is_second_pass: bool
    event: Event


def _told(who: str, is_second_pass: bool, events: Iterator[Event]) -> Iterator[_Told]:
    return (_Told(who, is_second_pass, event) for event in events)


def _record(article: Article, told: _Told) -> dict[str, object]:
    event, step = told.event, told.event.step
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
        **({"pass": SECOND_PASS} if told.is_second_pass else {}),
    }


def _lines(article: Article, told: _Told, width: int) -> Iterator[str]:
    """One line a sentence that changed, at least one."""
    step = told.event.step
    head = f"{_local(step.at)}  {visible(told.who):<{width}}  {told.event.seq:>5}  {visible(step.label)}"
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
