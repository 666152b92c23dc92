from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.model.annotation import Annotation, Change, Step
from tui.model.article import Article, Entity, EntityCount, entity_blocks
from tui.store.folder import FolderStore
from tui.store.library import Library

SENTENCES = ("Un été à Rome.", "Musk a dit « non ».", "😀 Trois.", "Quatre.", "Cinq, la fin.")


def build(article_id: str = "un-ete-12345678", sentences: tuple[str, ...] = SENTENCES) -> Article:
    text = " ".join(sentences)
    starts = [0]
    for sentence in sentences[:-1]:
        starts.append(starts[-1] + len(sentence) + 1)
    article = Article(
        id=article_id,
        title="Un été",
        source="ete.txt",
        language="fr",
        source_language="it",
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        added_at="2026-11-22T22:00:00.000Z",
        prepared_by={"sentences": "test 1", "entities": "test 1"},
        text=text,
        starts=starts,
        ends=[start + len(sentence) for start, sentence in zip(starts, sentences, strict=True)],
        paragraphs=[0, 2],
        entity_counts=[EntityCount(text="Musk", label="PER", count=1)],
    )
    if len(sentences) > 1:
        where = text.find("Musk")
        found = [Entity(start=where, end=where + 4, label="PER", origin="model")] if where >= 0 else []
        article.entity_blocks = entity_blocks(article, found)
    return article


@pytest.fixture
def make_article() -> Callable[..., Article]:
    return build


@pytest.fixture
def article() -> Article:
    return build()


@pytest.fixture
def folder(tmp_path: Path, article: Article) -> Path:
    """An annotations folder that holds the article."""
    folder = tmp_path / "annotations"
    Library(folder).save(article)
    return folder


@pytest.fixture
def store(folder: Path) -> FolderStore:
    return FolderStore(folder, scheme="news/1")


@pytest.fixture
def step_on(article: Article) -> Callable[..., Step]:
    """A step that tags the sentence with the given index, or clears it when no tags are given."""

    def make(index: int, *tags: str) -> Step:
        after = Annotation(
            segmentation=1,
            start=article.starts[index],
            end=article.ends[index],
            text=article.sentence_text(index),
            tags=tags,
            decided=True,
            created_at="2026-11-22T22:00:00.000Z",
            updated_at="2026-11-22T22:00:01.000Z",
        )
        return Step(
            action="tag.fact",
            label="tagged fact",
            at=after.updated_at,
            changes=(Change(before=None, after=after) if tags else Change(before=after, after=None),),
            cursor=after.start,
        )

    return make
