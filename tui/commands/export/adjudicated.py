"""`postil export --adjudicated`: one record a sentence, as a reviewer settled it or as its annotators agree."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from tui.cli import UsageError
from tui.commands.context import say
from tui.commands.export.command import Place, decisions_on
from tui.formats.records import Record, records
from tui.model.article import Article
from tui.review.adjudicated import Adjudicated, Provenance, adjudicated, conflicts, in_force
from tui.review.reading import Read, read_all

_MOST_TOLD = 50
"""Sentences that are listed, at most."""


class AdjudicatedRecord(Record, frozen=True, kw_only=True, gc=False):
    """A record that tells where its version comes from."""

    provenance: Provenance


def refuse_two_reviewers(place: Place, options: Namespace) -> bool:
    """List the sentences that two reviewers settled; whether there are any. Raises UsageError, StoreError."""
    if getattr(options, "annotators", None) or getattr(options, "annotator", None):
        raise UsageError("--adjudicated is everybody's work: leave --annotator out")
    found: list[str] = []
    for article_id in place.articles(options):
        decisions = decisions_on(place, article_id, options)
        twice = conflicts(decisions)
        if twice:
            article = place.library.load(article_id)
            found += [
                f"{article_id} sentence {article.sentence_at(start) + 1}: {', '.join(reviewers)}"
                for start, reviewers in twice.items()
            ]
    for line in found[:_MOST_TOLD]:
        say(line)
    if len(found) > _MOST_TOLD:
        say(f"and {len(found) - _MOST_TOLD} more")
    if found:
        count = "1 sentence was" if len(found) == 1 else f"{len(found)} sentences were"
        say(f"{count} settled by two reviewers: choose one with --reviewer NAME")
    return bool(found)


def adjudicated_records(place: Place, options: Namespace, unread: list[str]) -> Iterator[Record]:
    """In the order of article and start. What is not settled is left out, and that is told.

    The articles on which somebody's work cannot be read are added to `unread`.
    """
    for article_id in place.articles(options):
        article = place.library.load(article_id)
        read = read_all(place.store, article, place.scheme)
        for reason in read.skipped:
            say(reason)
        if not read.is_whole:
            unread.append(article_id)
        yield from _of(place, article, read, options)


def _of(place: Place, article: Article, read: Read, options: Namespace) -> Iterator[Record]:
    decisions = in_force(decisions_on(place, article.id, options))
    chosen: dict[int, Adjudicated] = {}
    open_ones = 0
    for found in adjudicated(article, read.by_annotator, decisions):
        if isinstance(found, Adjudicated):
            chosen[found.annotation.start] = found
        else:
            open_ones += 1
    moved = sum(found.has_moved for found in chosen.values())
    if open_ones:
        say(f"{article.id}: {open_ones} sentences on which annotators differ are not settled: left out")
    if moved:
        say(f"{article.id}: {moved} sentences were annotated otherwise since they were settled: review them")
    for record in records(
        article, (found.annotation for found in chosen.values()), annotator="", scheme=place.scheme
    ):
        found = chosen[record.start]
        if options.status is None or record.status == options.status:
            yield _with_provenance(record, found)


def _with_provenance(record: Record, found: Adjudicated) -> AdjudicatedRecord:
    values = {name: getattr(record, name) for name in Record.__struct_fields__}
    values |= {"annotator": found.annotator, "provenance": found.provenance}
    return AdjudicatedRecord(**values)
