"""`postil history`: who changed an article, what and when."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import msgspec

from tui.commands.context import Context
from tui.commands.corpus import Corpus, checked_names, pass_name
from tui.model.annotation import Annotation, Event
from tui.model.article import Article
from tui.store.checkpoint import SECOND_PASS
from tui.text.clean import visible
from tui.text.plurals import counted

SCHEMA = "postil.event/1"

_WORDS = 40
"""Characters of a sentence that a line shows, at most."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    article: str
    annotators: tuple[str, ...] = ()
    json: bool = False


def run(context: Context, options: Options) -> int:
    context.check_unused()
    corpus = Corpus.of(context)
    names = checked_names(options.annotators)
    article = corpus.library.load(corpus.library.find(options.article))
    passes = [
        (
            pass_name(name, is_second),
            is_second,
            store.history(article.id, name, text_sha256=article.text_sha256),
        )
        for is_second, store in ((False, corpus.store), (True, corpus.second_passes))
        for name in corpus.annotators(article.id, names, store)
    ]
    width = max((len(name) for name, _, _ in passes), default=0)
    streams = [_entries(name, is_second, events) for name, is_second, events in passes]
    count = 0
    for entry in heapq.merge(*streams, key=lambda entry: entry.event.step.at):
        count += 1
        if options.json:
            context.streams.print_json(_record(article, entry))
        else:
            for line in _lines(article, entry, width):
                context.streams.print(line)
    if not count:
        context.say("no one has annotated this article yet")
    return 0


class _Entry(NamedTuple):
    """An event, and the pass it belongs to."""

    pass_name: str
    is_second_pass: bool
    event: Event


def _entries(name: str, is_second_pass: bool, events: Iterator[Event]) -> Iterator[_Entry]:
    return (_Entry(name, is_second_pass, event) for event in events)


def _record(article: Article, entry: _Entry) -> dict[str, object]:
    event, step = entry.event, entry.event.step
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
        **({"pass": SECOND_PASS} if entry.is_second_pass else {}),
    }


def _lines(article: Article, entry: _Entry, width: int) -> Iterator[str]:
    """One line for each changed sentence, at least one."""
    step = entry.event.step
    head = (
        f"{_local(step.at)}  {visible(entry.pass_name):<{width}}  {entry.event.seq:>5}  {visible(step.label)}"
    )
    if not step.changes:
        yield head
    for change in step.changes:
        index = article.sentence_at(change.start)
        annotation = change.after or change.before
        words = annotation.text if annotation is not None else ""
        shown = words if len(words) <= _WORDS else words[:_WORDS].rstrip() + "…"
        yield (
            f"{head}  {index + 1}: {_summary(change.before)} → {_summary(change.after)}  "
            f"“{visible(shown.replace(chr(10), ' '))}”"
        )


def _summary(annotation: Annotation | None) -> str:
    """An annotation in a few words."""
    if annotation is None:
        return "–"
    parts = [*annotation.tags]
    if annotation.decided and not annotation.tags:
        parts.append("none")
    for count, name in ((len(annotation.spans), "mark"), (len(annotation.quotes), "quotation")):
        if count:
            parts.append(counted(count, name))
    parts += [
        word for word, is_so in (("unsure", annotation.unsure), ("note", bool(annotation.note))) if is_so
    ]
    return visible("+".join(parts)) or "–"


def _local(at: str) -> str:
    """A stored time in local time, to the second; unchanged if it is not a time."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except (ValueError, OverflowError):
        return visible(at)[:19]
