"""`postil export --adjudicated`: one record for each sentence, as a reviewer or all its annotators decided."""

from __future__ import annotations

from collections.abc import Iterator

from tui.commands.context import Context
from tui.commands.corpus import Corpus
from tui.commands.export.command import Options, chosen_reviewer
from tui.commands.usage import UsageError
from tui.formats.records import Record, records
from tui.model.article import Article
from tui.review.adjudicated import Adjudicated, Provenance, adjudicated, conflicts, in_force
from tui.review.reading import Read, read_all
from tui.text.plurals import counted

_MOST_LISTED = 50
"""Sentences that are listed, at most."""


class AdjudicatedRecord(Record, frozen=True, kw_only=True, gc=False):
    """A record with the source of its version."""

    provenance: Provenance


def refuse_two_reviewers(context: Context, corpus: Corpus, options: Options) -> bool:
    """List the sentences that two reviewers decided; True if there are any. Raises UsageError, StoreError."""
    if options.annotators:
        raise UsageError("--adjudicated exports everybody's work: leave out --annotator")
    reviewer = chosen_reviewer(options)
    lines: list[str] = []
    for article_id in corpus.article_ids(options.articles):
        twice = conflicts(corpus.decisions(article_id, reviewer))
        if twice:
            article = corpus.library.load(article_id)
            lines += [
                f"{article_id} sentence {article.sentence_at(start) + 1}: {', '.join(reviewers)}"
                for start, reviewers in twice.items()
            ]
    for line in lines[:_MOST_LISTED]:
        context.say(line)
    if len(lines) > _MOST_LISTED:
        context.say(f"and {len(lines) - _MOST_LISTED} more")
    if lines:
        count = counted(len(lines), "sentence was", "sentences were")
        context.say(f"{count} decided by two reviewers: choose one with --reviewer NAME")
    return bool(lines)


def adjudicated_records(
    context: Context, corpus: Corpus, options: Options, unread: list[str]
) -> Iterator[Record]:
    """In the order of article and start. Unresolved sentences are left out, with a message.

    Adds to `unread` the articles on which somebody's work cannot be read.
    """
    for article_id in corpus.article_ids(options.articles):
        article = corpus.library.load(article_id)
        read = read_all(corpus.store, article, corpus.scheme)
        for reason in read.skipped:
            context.say(reason)
        if not read.is_whole:
            unread.append(article_id)
        yield from _records_of(context, corpus, article, read, options)


def _records_of(
    context: Context, corpus: Corpus, article: Article, read: Read, options: Options
) -> Iterator[Record]:
    decisions = in_force(corpus.decisions(article.id, chosen_reviewer(options)))
    chosen: dict[int, Adjudicated] = {}
    unresolved = 0
    for version in adjudicated(article, read.by_annotator, decisions):
        if isinstance(version, Adjudicated):
            chosen[version.annotation.start] = version
        else:
            unresolved += 1
    moved = sum(version.has_moved for version in chosen.values())
    if unresolved:
        skipped = counted(
            unresolved,
            "sentence with unresolved disagreements is",
            "sentences with unresolved disagreements are",
        )
        context.say(f"{article.id}: {skipped} left out")
    if moved:
        context.say(
            f"{article.id}: annotations of {counted(moved, 'sentence')} changed after the review: review again"
        )
    annotations = (version.annotation for version in chosen.values())
    for record in records(article, annotations, annotator="", scheme=corpus.scheme):
        if options.status is None or record.status == options.status:
            yield _with_provenance(record, chosen[record.start])


def _with_provenance(record: Record, version: Adjudicated) -> AdjudicatedRecord:
    values = {name: getattr(record, name) for name in Record.__struct_fields__}
    values |= {"annotator": version.annotator, "provenance": version.provenance}
    return AdjudicatedRecord(**values)
