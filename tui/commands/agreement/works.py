"""The annotations that `postil agreement` compares: of several annotators, or of one annotator's two passes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from statistics import median

import msgspec

from tui.agreement.disagreements import versions
from tui.commands.context import Context
from tui.commands.corpus import Corpus, pass_name
from tui.model.annotation import Annotation
from tui.model.article import Article
from tui.model.second_pass import Sampled, sample
from tui.store.checks import misplaced
from tui.store.folder import FolderStore
from tui.store.protocol import Damaged

Works = Mapping[str, Mapping[int, Annotation]]
"""The annotations of one article by annotator and start of the sentence."""


class SecondPass(msgspec.Struct, frozen=True, kw_only=True):
    """The progress of an annotator's second pass."""

    annotator: str
    sampled: int
    """Sentences of the sample."""
    left: tuple[Sampled, ...]
    """Those that still have to be decided again."""
    days_between: float | None
    """The median time between the last changes of a sentence in both passes; None before the first is decided again."""


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """The articles and the annotators to compare."""

    articles: Collection[str]
    """As they are named on the command line; empty for all."""
    annotators: Collection[str]
    """Empty for all."""
    own: str | None
    """The one annotator whose two passes are compared."""


def articles_and_works(
    context: Context, corpus: Corpus, selection: Selection
) -> Iterator[tuple[Article, Works]]:
    """The selected articles that are annotated, with the annotations to compare.

    Raises StoreError, also for a span that is not the article's text.
    """
    for article_id in corpus.article_ids(selection.articles):
        passes = _passes(corpus, article_id, selection)
        if not passes or (selection.own is None and len(passes) < 2):
            continue
        works: dict[str, Mapping[int, Annotation]] = {}
        article = corpus.library.load(article_id)
        for name, annotator, store in passes:
            stored = store.read(article_id, annotator, article.text_sha256)
            if stored is None:
                continue
            if stored.meta.scheme != corpus.scheme:
                context.say(
                    f"{name} tagged {article_id} with scheme {stored.meta.scheme}, not {corpus.scheme}: left out"
                )
                continue
            for annotation in stored.annotations.values():
                wrong = misplaced(annotation, article.text)
                if wrong is not None:
                    raise Damaged(f"{name} on {article_id}: {wrong}: repair it with postil verify --repair")
            works[name] = stored.annotations
        if works:
            yield article, works


def second_pass(read: Iterable[tuple[Article, Works]], own: str) -> SecondPass:
    """The sample of the annotator's decided sentences, and how many of them are decided again."""
    again = pass_name(own, is_second=True)
    firsts: list[tuple[str, Annotation]] = []
    seconds: dict[tuple[str, int, int], Annotation] = {}
    for article, works in read:
        for start, end in zip(article.starts, article.ends, strict=True):
            decided = versions(works, start, end)
            if own in decided:
                firsts.append((article.id, decided[own]))
            if again in decided:
                seconds[article.id, start, end] = decided[again]
    sampled = sample(own, firsts)
    days = [
        _days(first, second)
        for article_id, first in firsts
        if (second := seconds.get((article_id, first.start, first.end))) is not None
    ]
    return SecondPass(
        annotator=own,
        sampled=len(sampled),
        left=tuple(
            sentence
            for sentence in sampled
            if (sentence.article, sentence.start, sentence.end) not in seconds
        ),
        days_between=median(days) if days else None,
    )


def _passes(corpus: Corpus, article_id: str, selection: Selection) -> list[tuple[str, str, FolderStore]]:
    """The name, the annotator and the store of each pass to compare."""
    own = selection.own
    if own is None:
        return [(name, name, corpus.store) for name in corpus.annotators(article_id, selection.annotators)]
    return [
        (pass_name(own, is_second), own, store)
        for is_second, store in ((False, corpus.store), (True, corpus.second_passes))
        if store.has_work(article_id, own)
    ]


def _days(first: Annotation, second: Annotation) -> float:
    since = datetime.fromisoformat(second.updated_at) - datetime.fromisoformat(first.updated_at)
    return since.total_seconds() / 86400
