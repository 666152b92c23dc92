"""The sentences that several annotators decided, which the figures compare."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from tui.agreement.disagreements import Versions, versions
from tui.model.annotation import Annotation
from tui.model.article import Article


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of the published segmentation that at least two annotators decided."""

    by_annotator: Versions


def compared(article: Article, by_annotator: Mapping[str, Mapping[int, Annotation]]) -> list[Compared]:
    """The comparable sentences, in order. `by_annotator` has each annotator's annotations by their start."""
    sentences: list[Compared] = []
    for start, end in zip(article.starts, article.ends, strict=True):
        annotations = versions(by_annotator, start, end)
        if len(annotations) > 1:
            sentences.append(Compared(by_annotator=annotations))
    return sentences


def cut_otherwise(article: Article, annotations: Mapping[int, Annotation]) -> int:
    """The number of decided annotations that belong to no published sentence, and so cannot be compared."""
    ends = dict(zip(article.starts, article.ends, strict=True))
    return sum(
        annotation.decided and ends.get(annotation.start) != annotation.end
        for annotation in annotations.values()
    )
