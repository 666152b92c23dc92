"""An annotator's second pass over a blind sample of their own sentences, for agreement with oneself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from math import ceil
from typing import NamedTuple

import msgspec

from tui.model.annotation import Annotation

SHARE = 0.05

Works = Mapping[str, Mapping[int, Annotation]]
"""An annotator's annotations, by the article's id, then by the start of the sentence."""


class Sampled(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that is to be decided once more."""

    article: str
    start: int
    end: int


def sample(annotator: str, decided: Iterable[tuple[str, Annotation]]) -> list[Sampled]:
    """5 % of the decided sentences, rounded up; `decided` has each with its article's id.

    Which ones depends only on annotator, article and bounds, so that the choice needs no storing and
    cannot be steered; so does their order.
    """
    sentences = [Sampled(article=article, start=said.start, end=said.end) for article, said in decided]
    sentences.sort(key=lambda sentence: _blind_order_key(annotator, sentence))
    return sentences[: ceil(SHARE * len(sentences))]


def could_be_second_pass(annotator: str, first: Works, second: Works) -> bool:
    """True if `second` has annotations, and only on sentences that `sample` can have drawn from `first`.

    A sample is drawn from all articles or from some that were named, and from what was decided by then: so it
    is tried with all articles, with those of `second`, and with the one of the sentence, as they are now and
    as they were when the sentence was decided again.
    """
    drawn_from = [
        _Drawn(_blind_order_key(annotator, sentence), sentence, said.created_at)
        for article, said in _said(first)
        if said.decided
        for sentence in [Sampled(article=article, start=said.start, end=said.end)]
    ]
    by_sentence = {found.sentence: found for found in drawn_from}
    again = list(_said(second))
    for article, said in again:
        found = by_sentence.get(Sampled(article=article, start=said.start, end=said.end))
        if found is None or said.created_at < found.since:
            return False
        if not _can_be_drawn(found, said.created_at, drawn_from, second):
            return False
    return any(said.decided for _, said in again)


class _Drawn(NamedTuple):
    lot: bytes
    sentence: Sampled
    since: str
    """When the first pass annotated it."""


def _said(works: Works) -> Iterator[tuple[str, Annotation]]:
    return ((article, said) for article, by_start in works.items() for said in by_start.values())


def _can_be_drawn(found: _Drawn, at: str, everything: list[_Drawn], articles: Collection[str]) -> bool:
    for among in (
        everything,
        [other for other in everything if other.sentence.article in articles],
        [other for other in everything if other.sentence.article == found.sentence.article],
    ):
        for drawn_from in (among, [other for other in among if other.since <= at]):
            before = sum(other.lot < found.lot for other in drawn_from)
            if before < ceil(SHARE * len(drawn_from)):
                return True
    return False


def _blind_order_key(annotator: str, sentence: Sampled) -> bytes:
    # Opening a stored article needs no hash, and its import is on the way to the first paint.
    import hashlib

    words = f"{annotator}\n{sentence.article}\n{sentence.start}\n{sentence.end}"
    return hashlib.sha256(words.encode()).digest()
