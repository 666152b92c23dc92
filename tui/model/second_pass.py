"""An annotator's second pass over a blind sample of their own sentences, to measure self-agreement."""

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
    """A sentence to be decided a second time."""

    article: str
    start: int
    end: int


def sample(annotator: str, decided: Iterable[tuple[str, Annotation]]) -> list[Sampled]:
    """5 % of the decided sentences, rounded up. `decided` pairs each annotation with its article's id.

    The choice and its order depend only on annotator, article and bounds, so they need not be stored and
    cannot be influenced.
    """
    sentences = [
        Sampled(article=article, start=annotation.start, end=annotation.end)
        for article, annotation in decided
    ]
    sentences.sort(key=lambda sentence: _blind_order_key(annotator, sentence))
    return sentences[: ceil(SHARE * len(sentences))]


def could_be_second_pass(annotator: str, first: Works, second: Works) -> bool:
    """True if `second` has annotations, and only on sentences that `sample` could have drawn from `first`.

    A sample is drawn from all articles or from some of them, and from what was decided at the time. So three
    sets are tried: all articles, those of `second`, and the sentence's own article; each as it is now and as
    it was when the sentence was decided again.
    """
    drawn_from = [
        _Drawn(_blind_order_key(annotator, sentence), sentence, annotation.created_at)
        for article, annotation in _annotations(first)
        if annotation.decided
        for sentence in [Sampled(article=article, start=annotation.start, end=annotation.end)]
    ]
    by_sentence = {drawn.sentence: drawn for drawn in drawn_from}
    again = list(_annotations(second))
    for article, annotation in again:
        drawn = by_sentence.get(Sampled(article=article, start=annotation.start, end=annotation.end))
        if drawn is None or annotation.created_at < drawn.since:
            return False
        if not _can_be_drawn(drawn, annotation.created_at, drawn_from, second):
            return False
    return any(annotation.decided for _, annotation in again)


class _Drawn(NamedTuple):
    order_key: bytes
    sentence: Sampled
    since: str
    """Time of the annotation in the first pass."""


def _annotations(works: Works) -> Iterator[tuple[str, Annotation]]:
    return ((article, annotation) for article, by_start in works.items() for annotation in by_start.values())


def _can_be_drawn(drawn: _Drawn, at: str, everything: list[_Drawn], articles: Collection[str]) -> bool:
    for among in (
        everything,
        [other for other in everything if other.sentence.article in articles],
        [other for other in everything if other.sentence.article == drawn.sentence.article],
    ):
        for drawn_from in (among, [other for other in among if other.since <= at]):
            before = sum(other.order_key < drawn.order_key for other in drawn_from)
            if before < ceil(SHARE * len(drawn_from)):
                return True
    return False


def _blind_order_key(annotator: str, sentence: Sampled) -> bytes:
    # Imported here: opening a stored article needs no hash, and a module-level import would delay the first paint.
    import hashlib

    words = f"{annotator}\n{sentence.article}\n{sentence.start}\n{sentence.end}"
    return hashlib.sha256(words.encode()).digest()
