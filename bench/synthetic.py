"""Synthetic articles with any number of sentences of typical news length, and annotations for them."""

from __future__ import annotations

from tui.model.annotation import Annotation, Span
from tui.model.article import Article
from tui.model.identity import text_sha256

_SENTENCE = (
    "Le conseil a annoncé hier que la proposition numéro {} serait examinée avant la fin du mois prochain."
)
_AT = "2026-01-01T00:00:00.000Z"


def article(sentences: int, first: int = 0) -> Article:
    """An article in one paragraph, without entities; the sentences count from `first`."""
    parts = [_SENTENCE.format(number) for number in range(first, first + sentences)]
    text = " ".join(parts)
    starts: list[int] = []
    offset = 0
    for part in parts:
        starts.append(offset)
        offset += len(part) + 1
    sha256 = text_sha256(text)
    return Article(
        id=f"bench-{sha256[:8]}",
        title="Bench",
        source="bench.txt",
        language="fr",
        text_sha256=sha256,
        added_at=_AT,
        text=text,
        starts=starts,
        ends=[start + len(part) for start, part in zip(starts, parts, strict=True)],
        paragraphs=[0],
    )


def annotation(of: Article, index: int, span: Span | None = None) -> Annotation:
    """The annotation of a sentence tagged as a fact, with an error if one is given."""
    return Annotation(
        segmentation=1,
        start=of.starts[index],
        end=of.ends[index],
        text=of.sentence_text(index),
        tags=("fact",) if span is None else ("fact", "translation_error"),
        decided=True,
        spans=() if span is None else (span,),
        created_at=_AT,
        updated_at=_AT,
    )
