"""Annotators' new work is noticed by their files; where nothing changed nothing is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.model.annotation import Work
from tui.model.article import Article
from tui.review.reading import read_all
from tui.review.watching import Watch
from tui.session.session import Session
from tui.settings.scheme_file import load
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.writer import FolderWriter

Annotate = Callable[..., FolderWriter]


@pytest.fixture
def article(sample_article: Article, tmp_path: Path) -> Article:
    Library(tmp_path).save(sample_article)
    return sample_article


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path, scheme="news/1")


@pytest.fixture
def watch(tmp_path: Path, store: FolderStore, article: Article) -> Watch:
    return Watch(tmp_path, store, article, "news/1")


@pytest.fixture
def annotate(store: FolderStore, article: Article) -> Annotate:
    """Tag a sentence, and stay at work."""

    def tag(name: str, sentence: int, writer: FolderWriter | None = None) -> FolderWriter:
        writer = writer or store.open(article.id, name)
        step = Session(article, load(), Work(), name).tag(sentence, "fact").step
        assert step is not None
        writer.put(step)
        return writer

    return tag


def found(watch: Watch) -> dict[str, int]:
    """How many annotations of whom the next look finds."""
    return {name: len(work) for name, work in watch.look().items()}


def test_a_step_is_seen_while_its_annotator_is_at_work(watch: Watch, annotate: Annotate) -> None:
    assert found(watch) == {}
    writer = annotate("ana", 0)
    assert found(watch) == {"ana": 1}
    assert found(watch) == {}
    annotate("ana", 1, writer)
    annotate("bob", 1).close()
    assert found(watch) == {"ana": 2, "bob": 1}
    writer.close()
    # Folded: the same, in another file.
    assert found(watch) == {"ana": 2}
    assert found(watch) == {}


def test_what_cannot_be_read_is_looked_at_again(
    watch: Watch, annotate: Annotate, article: Article, tmp_path: Path
) -> None:
    annotate("ana", 0).close()
    path = tmp_path / "people" / "ana" / f"{article.id}.json"
    sound = path.read_bytes()
    path.write_bytes(sound[:-9])
    assert found(watch) == {}
    path.write_bytes(sound)
    assert found(watch) == {"ana": 1}


def test_neither_decisions_nor_second_passes_are_versions(
    watch: Watch, annotate: Annotate, store: FolderStore, article: Article, tmp_path: Path
) -> None:
    annotate("ana", 0).close()
    annotate("ana.again", 0).close()
    review = FolderStore(tmp_path, scheme="news/1", kind="review").open(article.id, "rita")
    annotate("rita", 0, review).close()
    assert found(watch) == {"ana": 1}
    assert list(read_all(store, article, "news/1").by_annotator) == ["ana"]


def test_what_is_left_out_is_told(store: FolderStore, annotate: Annotate, article: Article) -> None:
    annotate("ana", 0).close()
    read = read_all(store, article, "other/1")
    assert read.by_annotator == {}
    assert read.skipped == [f"ana tagged {article.id} with scheme news/1, not other/1: left out"]
