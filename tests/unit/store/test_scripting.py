"""A script opens one annotator's work: to read it, or as its only writer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import where
from tinydb.table import Document

from tui.model.annotation import Step
from tui.model.article import Article
from tui.store import open_library, open_work
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.protocol import Locked, NoSuchArticle, NotPermitted, Unsupported

StepOn = Callable[..., Step]


@pytest.fixture
def worked(store: FolderStore, article: Article, step_on: StepOn) -> FolderStore:
    """A store with two annotated sentences, one in the checkpoint and one in the journal alone."""
    writer = store.open(article.id, "ana")
    writer.put(step_on(0, "fact"))
    writer.close()
    store.open(article.id, "ana").put(step_on(1, "quote"))
    return store


@pytest.fixture
def folded(store: FolderStore, article: Article, step_on: StepOn) -> FolderStore:
    writer = store.open(article.id, "ana")
    writer.put(step_on(0, "fact"), step_on(1, "quote"))
    writer.close()
    return store


def test_importing_the_package_imports_no_tinydb() -> None:
    code = "import sys, tui.store; print([n for n in ('tinydb', 'msgspec', 'textual') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_reading_sees_the_journal_takes_no_lock_and_writes_nothing(
    worked: FolderStore, folder: Path, article: Article
) -> None:
    def names() -> list[tuple[str, int]]:
        return sorted((path.name, path.stat().st_mtime_ns) for path in folder.rglob("*"))

    before = names()
    # The writer above is still open.
    with open_work(folder, "ana", article.id) as work:
        assert work.table("annotations").search(where("tags").any(["quote"]))[0]["text"] == (
            article.sentence_text(1)
        )
        with pytest.raises(NotPermitted, match="write=True"):
            work.table("annotations").remove(where("start") == 0)
        with pytest.raises(NotPermitted, match="write=True"):
            work.commit()
    assert names() == before


def test_a_writer_takes_the_lock_and_gives_it_up(folded: FolderStore, folder: Path, article: Article) -> None:
    with open_work(str(folder), "ana", article.id[:4], write=True) as work:
        work.table("annotations").update({"unsure": True}, where("tags").any(["quote"]))
        with pytest.raises(Locked):
            open_work(folder, "ana", article.id, write=True)
        with pytest.raises(Locked):
            folded.open(article.id, "ana")
    assert [found.unsure for found in folded.scan(article.id, "ana")] == [False, True]
    folded.open(article.id, "ana").close()


def test_the_lock_is_given_up_after_an_error(folded: FolderStore, folder: Path, article: Article) -> None:
    def fail() -> None:
        with open_work(folder, "ana", article.id, write=True) as work:
            work.table("annotations").remove(doc_ids=[1])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    folded.open(article.id, "ana").close()
    assert [found.start for found in folded.scan(article.id, "ana")] == [article.starts[1]]


def test_what_was_never_begun_is_empty_and_needs_a_scheme_to_write(folder: Path, article: Article) -> None:
    with open_work(folder, "ben", article.id) as work:
        assert len(work.table("annotations")) == 0
    assert not (folder / "people").exists()
    with pytest.raises(NotPermitted, match='scheme="news/1"'):
        open_work(folder, "ben", article.id, write=True)
    said = {
        "segmentation": 1,
        "start": 0,
        "end": article.ends[0],
        "text": article.sentence_text(0),
        "note": "from a script",
        "created_at": "2026-11-22T22:00:00.000Z",
        "updated_at": "2026-11-22T22:00:00.000Z",
    }
    with open_work(folder, "ben", article.id, write=True, scheme="news/1") as work:
        work.table("annotations").put(Document(said, 1))
    with open_work(folder, "ben", article.id) as work:
        assert work.table("annotations").get(doc_id=1)["note"] == "from a script"  # pyright: ignore


def test_work_of_another_scheme_is_refused_if_the_scheme_is_given(
    folded: FolderStore, folder: Path, article: Article
) -> None:
    with pytest.raises(NotPermitted, match="news/1"):
        open_work(folder, "ana", article.id, write=True, scheme="other/1")


def test_an_unknown_article_is_named(folder: Path) -> None:
    with pytest.raises(NoSuchArticle, match="nothing-like-it"):
        open_work(folder, "ana", "nothing-like-it")


@pytest.mark.parametrize(("action", "label"), [(None, None), ("x", None), (5, "x")])
def test_a_step_without_a_label_is_refused_and_nothing_is_written(
    folded: FolderStore, folder: Path, article: Article, action: str, label: str
) -> None:
    with open_work(folder, "ana", article.id, write=True) as work:
        before = work.table("annotations").all()
        with pytest.raises(ValueError, match="which are texts"), work.step(action, label):
            work.table("annotations").update({"unsure": True})
        assert work.table("annotations").all() == before
    assert [stored.unsure for stored in folded.scan(article.id, "ana")] == [False, False]


def test_the_list_of_articles_can_only_be_read(folded: FolderStore, folder: Path, article: Article) -> None:
    with open_library(folder) as library, pytest.raises(Unsupported, match="change those"):
        library.table("articles").update({"title": "x"})
    assert [entry.title for entry in Library(folder).entries()] == [article.title]
