"""An annotator's second pass over a blind sample of their own sentences, for agreement with oneself.

It is stored as any annotator's work, under a name of its own, so that neither pass can touch the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from math import ceil

import msgspec

from tui.model.annotation import Annotation
from tui.model.identity import annotator_name

SHARE = 0.05
_SUFFIX = ".again"


class Sampled(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that is to be decided once more."""

    article: str
    start: int
    end: int


def second_name(annotator: str) -> str:
    """The name that the annotator's second pass is stored under. Raises ValueError where it would be too long."""
    return annotator_name(annotator + _SUFFIX)


def first_name(second: str) -> str:
    """Whose second pass is stored under that name."""
    return second.removesuffix(_SUFFIX)


def is_second_pass(annotator: str, annotators: Collection[str]) -> bool:
    """Whether the work of that name is a second pass of somebody's who is there too."""
    return annotator.endswith(_SUFFIX) and first_name(annotator) in annotators


def first_passes(annotators: Collection[str]) -> list[str]:
    """The names in their order, without the second passes: a second pass is nobody's opinion but its own's."""
    return [name for name in annotators if not is_second_pass(name, annotators)]


def sample(annotator: str, decided: Iterable[tuple[str, Annotation]]) -> list[Sampled]:
    """5 % of the decided sentences, rounded up; `decided` has each with its article's id.

    Which ones depends on nothing but annotator, article and bounds, so that the choice needs no storing and
    cannot be steered; their order is as haphazard.
    """
    sentences = [Sampled(article=article, start=said.start, end=said.end) for article, said in decided]
    sentences.sort(key=lambda sentence: _lot(annotator, sentence))
    return sentences[: ceil(SHARE * len(sentences))]


def _lot(annotator: str, sentence: Sampled) -> bytes:
    # Telling a second pass by its name needs no hash, and its import is on the way to the first paint.
    import hashlib

    words = f"{annotator}\n{sentence.article}\n{sentence.start}\n{sentence.end}"
    return hashlib.sha256(words.encode()).digest()
