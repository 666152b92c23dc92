from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from tui.model.annotation import Annotation, Quote, Span
from tui.model.article import Article, Entity, entity_blocks

SENTENCES = ("Un été à Rome.", "😀 Musk a dit « non.", "Trois à Rome.", "Quatre, la fin.")


@pytest.fixture
def article() -> Article:
    text = "\n".join(SENTENCES)
    starts = [text.index(sentence) for sentence in SENTENCES]
    article = Article(
        id="un-ete-12345678",
        title="Un été",
        source="ete.txt",
        language="fr",
        source_language="it",
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        added_at="2026-11-22T22:00:00.000Z",
        prepared_by={"sentences": "test 1", "entities": "test 1"},
        text=text,
        starts=starts,
        ends=[start + len(sentence) for start, sentence in zip(starts, SENTENCES, strict=True)],
        paragraphs=[0, 2],
    )
    found = [(text.index("Rome"), "LOC"), (text.index("Musk"), "PER"), (text.rindex("Rome"), "LOC")]
    entities = [Entity(start=start, end=start + 4, label=label, origin="model") for start, label in found]
    article.entity_blocks = entity_blocks(article, entities)
    return article


@pytest.fixture
def say(article: Article) -> Callable[..., Annotation]:
    """An annotation of the sentence with the given index, or of any range."""

    def make(
        index: int,
        *tags: str,
        end: int | None = None,
        spans: tuple[Span, ...] = (),
        quotes: tuple[Quote, ...] = (),
        note: str = "",
    ) -> Annotation:
        start = article.starts[index]
        end = article.ends[index] if end is None else end
        return Annotation(
            segmentation=1,
            start=start,
            end=end,
            text=article.text[start:end],
            tags=tags,
            decided=bool(tags),
            spans=spans,
            quotes=quotes,
            note=note,
            created_at="2026-11-22T22:00:00.000Z",
            updated_at="2026-11-22T22:00:01.000Z",
            active_ms=14200,
        )

    return make


@pytest.fixture
def rich(article: Article, say: Callable[..., Annotation]) -> Annotation:
    """What is said about the second sentence: one of everything."""
    start = article.starts[1]
    error = article.text.index("dit")
    return say(
        1,
        "quote",
        "translation_error",
        spans=(
            Span(id="s1", start=error, end=error + 3, text="dit", category="grammar", severity="minor"),
            Span(id="s2", start=start, end=start, text="", severity="major", correction="Et"),
        ),
        quotes=(
            Quote(id="q1", start=start + 13, end=start + 18, text="« non", speaker="Musk", closed=False),
        ),
        note="odd",
    )
