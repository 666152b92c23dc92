"""What is read line by line takes no memory for the lines that were read."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.model.annotation import Annotation, Change, Event, Step
from tui.model.article import Article
from tui.store.checkpoint import Database, Meta, encode
from tui.store.disk import DISK
from tui.store.folder import FolderStore
from tui.store.journal import NO_EVENT, Header, entry, header_line
from tui.store.loading import apply, reached, read_stored
from tui.store.verify import verify
from tui.store.work_files import ArticleFiles, article_files

FEW, MANY = 1_000, 4_000
"""Steps."""
ROOM = 400_000
"""Bytes: a block of the file, and what Python itself takes."""


@pytest.fixture
def files(folder: Path, article: Article) -> ArticleFiles:
    files = article_files(folder / "people", article.id, "ana")
    files.folder.mkdir(parents=True)
    return files


def write(path: Path, article: Article, count: int) -> Database:
    """A log of so many steps; returns the database that they lead to."""
    meta = Meta(
        article=article.id, annotator="ana", text_sha256=article.text_sha256, scheme="news/1", segmentation=1
    )
    database = Database(meta=meta, annotations={})
    lines = [header_line(Header(meta=meta, after=0, prev=NO_EVENT))]
    for seq in range(1, count + 1):
        index = seq % len(article)
        said = Annotation(
            segmentation=1,
            start=article.starts[index],
            end=article.ends[index],
            text=article.sentence_text(index),
            note=f"note {seq} " + "x" * 100,
            created_at="",
            updated_at="",
        )
        change = Change(before=database.annotations.get(said.start), after=said)
        step = Step(action="note", label="wrote a note", at="", changes=(change,), cursor=said.start)
        written = entry(Event(seq=seq, annotator="ana", step=step), database.state.chain)
        apply(database, step)
        database.state = reached(database.state, written)
        lines.append(written.line)
    path.write_bytes(b"".join(lines))
    return database


def peak(act: Callable[[], object]) -> int:
    """Bytes that it takes at most."""
    act()
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_reading_a_journal_takes_no_more_for_more_of_it(files: ArticleFiles, article: Article) -> None:
    for count in (FEW, MANY):
        write(files.journal, article, count)
        assert peak(lambda: read_stored(files, DISK)) < 2 * ROOM


def test_opening_after_a_crash_and_folding_take_three_times_the_journal_at_most(
    files: ArticleFiles, article: Article, store: FolderStore
) -> None:
    write(files.journal, article, MANY)
    journal = files.journal.read_bytes()

    def sitting() -> None:
        for path in (files.checkpoint, files.previous, files.history):
            path.unlink(missing_ok=True)
        files.journal.write_bytes(journal)
        store.open(article.id, "ana").close()

    assert peak(sitting) < 3 * len(journal) + ROOM


@pytest.mark.parametrize("name", ["history", "journal"])
@pytest.mark.parametrize("what", ["history", "verify"])
def test_steps_stream(
    files: ArticleFiles, article: Article, folder: Path, store: FolderStore, name: str, what: str
) -> None:
    def read() -> None:
        if what == "history":
            assert sum(1 for _ in store.history(article.id, "ana")) == count
        else:
            assert [problem for found in verify(folder) for problem in found.problems] == []

    for count in (FEW, MANY):
        database = write(getattr(files, name), article, count)
        if name == "history":
            files.checkpoint.write_bytes(b"".join(encode(database)))
        assert peak(read) < 3 * ROOM


def test_the_history_backwards_streams(files: ArticleFiles, article: Article, store: FolderStore) -> None:
    database = write(files.history, article, MANY)
    files.checkpoint.write_bytes(b"".join(encode(database)))
    newest_first = lambda: sum(1 for _ in store.history(article.id, "ana", newest_first=True))  # noqa: E731
    assert newest_first() == MANY
    assert peak(newest_first) < 2 * ROOM


def test_a_repair_takes_the_lines_once_or_twice(
    files: ArticleFiles, article: Article, store: FolderStore
) -> None:
    database = write(files.history, article, MANY)
    history = files.history.read_bytes()
    checkpoint = b"".join(encode(database)).replace(b"note", b"nota", 1)

    def repair() -> None:
        files.history.write_bytes(history)
        files.checkpoint.write_bytes(checkpoint)
        files.previous.unlink(missing_ok=True)
        assert store.repair(article.id, "ana").lost == []

    assert peak(repair) < 3 * len(history) + ROOM
