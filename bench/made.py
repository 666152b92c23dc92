"""Articles of any number of sentences about as long as those of news, and what an annotator says of them."""

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
    place = 0
    for part in parts:
        starts.append(place)
        place += len(part) + 1
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


def said(of: Article, index: int, span: Span | None = None) -> Annotation:
    """A sentence that is tagged as a fact, with an error in it if one is given."""
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
