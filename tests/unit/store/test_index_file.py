"""The index of the library: rows are looked up and added one at a time, and damage costs no more than a new reading."""

from __future__ import annotations

import os
import random
from pathlib import Path
from unittest import mock

import pytest
from tinydb import TinyDB, where
from tinydb.storages import MemoryStorage
from tinydb.table import Document

from tui.model.article import Article
from tui.store import open_library
from tui.store.article_table import LibraryDatabase
from tui.store.disk import Disk
from tui.store.folder import FolderStore
from tui.store.index import Entry, Row, index_of
from tui.store.index_file import FILE_NAME, IndexFile
from tui.store.library import Library
from tui.store.protocol import Unsupported


def row(article: str, title: str = "A title") -> Row:
    entry = Entry(
        id=article,
        title=title,
        language="fr",
        source_language=None,
        source="a.txt",
        sentences=5,
        added_at="2026-11-22T22:00:00.000Z",
        has_entities=True,
        text_sha256="0" * 64,
    )
    return Row(file=(1, 2, 3), entry=entry)


def many(count: int) -> dict[str, Row]:
    return {
        f"article-{number:05}": row(f"article-{number:05}", "é" * (number % 90)) for number in range(count)
    }


def sized(index: IndexFile[Row]) -> int:
    return index.path.stat().st_size


@pytest.fixture
def index(tmp_path: Path) -> IndexFile[Row]:
    return index_of(tmp_path)


def test_each_row_is_found_among_many(index: IndexFile[Row]) -> None:
    rows = many(1500)
    index.update(rows)
    assert index.rows() == rows
    for article in rows:
        assert index.row(article) == rows[article]
    for absent in ("", "a", "article-00000-", "article-007", "article-99999", "zebra", "é\n"):
        assert index.row(absent) is None


def test_a_long_row_is_found(index: IndexFile[Row]) -> None:
    rows = many(9) | {"article-00004": row("article-00004", "long " * 4000)}
    index.update(rows)
    assert [index.row(article) for article in rows] == list(rows.values())


def test_a_look_up_reads_little_and_an_addition_writes_little(index: IndexFile[Row]) -> None:
    index.update(many(5000))
    size = sized(index)
    read: list[int] = []
    real = Disk.read_at

    def counted(disk: Disk, number: int, length: int, offset: int) -> bytes:
        data = real(disk, number, length, offset)
        read.append(len(data))
        return data

    with mock.patch.object(Disk, "read_at", counted), mock.patch.object(Disk, "read") as read_whole:
        assert index.row("article-04321") is not None
        index.update({"article-04321b": row("article-04321b")})
        assert index.row("article-04321b") is not None
    read_whole.assert_not_called()
    assert sum(read) < size // 4
    assert sized(index) - size < 500


def test_the_last_row_of_an_article_counts(index: IndexFile[Row]) -> None:
    index.update(many(3))
    index.update({"article-00001": row("article-00001", "new"), "article-00002": None, "more": row("more")})
    index.update({"more": row("more", "newer")})
    assert index.row("article-00001") == row("article-00001", "new")
    assert index.row("article-00002") is None
    assert index.row("more") == row("more", "newer")
    assert list(index.rows()) == ["article-00000", "article-00001", "more"]


def test_what_was_added_is_sorted_in_before_it_is_long(index: IndexFile[Row]) -> None:
    index.update(many(1))
    sizes: list[int] = []
    for number in range(300):
        index.update({"more": row("more", f"{number:03}" * 100)})
        sizes.append(sized(index))
    assert max(sizes) < 80_000
    assert min(sizes[1:]) < 2000
    assert index.row("more") == row("more", "299" * 100)


def test_random_changes_give_what_a_dict_gives(index: IndexFile[Row]) -> None:
    choice, expected = random.Random(20261122), many(50)
    index.update(expected)
    with mock.patch("tui.store.index_file._MOST_UNSORTED", 5000):
        for number in range(400):
            article = f"article-{choice.randrange(80):05}"
            new = None if choice.random() < 0.3 else row(article, str(number))
            index.update({article: new})
            if new is None:
                expected.pop(article, None)
            else:
                expected[article] = new
            assert index.row(article) == new
    assert index.rows() == expected
    assert list(index.rows()) == sorted(expected)


def test_no_damaged_row_is_believed(index: IndexFile[Row]) -> None:
    rows = many(12)
    index.update(rows)
    added = {"more": row("more"), "most": row("most")}
    index.update(added)
    whole = index.path.read_bytes()
    for place in range(0, len(whole), 19):
        index.path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert index.rows().items() <= (rows | added).items()
        for article, expected in (rows | added).items():
            assert index.row(article) in (expected, None)


def test_what_another_process_left_unfinished_hides_nothing(index: IndexFile[Row]) -> None:
    index.update(many(2))
    with index.path.open("ab") as file:
        file.write(b'\n{"id":"torn","row":{"fi')
    index.update({"more": row("more")})
    assert list(index.rows()) == ["article-00000", "article-00001", "more"]
    assert index.row("more") == row("more")


def test_a_file_with_a_second_name_is_not_written_to(index: IndexFile[Row], tmp_path: Path) -> None:
    index.update(many(2))
    other = tmp_path / "other"
    os.link(index.path, other)
    before = other.read_bytes()
    index.update({"more": row("more")})
    assert other.read_bytes() == before


# -- as a TinyDB table -------------------------------------------------------


def test_the_table_does_what_tinydb_does(index: IndexFile[Row]) -> None:
    plain = TinyDB(storage=MemoryStorage).table("articles")
    plain.document_id_class = str  # pyright: ignore
    index.update(many(1))
    index.update({"article-00000": None})
    table = LibraryDatabase(index).table()
    documents = [
        {"id": article, "title": title, "language": language, "source_language": None, "source": "a.txt"}
        | {"sentences": count, "added_at": "", "has_entities": False, "text_sha256": "", "file": [1, 2, 3]}
        | {"layout": "lines", "encoding": "utf-8", "encoding_guess": False}
        for article, title, language, count in (("b", "B", "fr", 3), ("a", "A", "en", 2), ("c", "C", "fr", 9))
    ]
    assert table.insert(documents[0]) == "b"
    assert table.insert_multiple(documents[1:]) == ["a", "c"]
    plain.insert_multiple(Document(found, found["id"]) for found in documents)  # pyright: ignore
    french = where("language") == "fr"
    for other in (table, plain):
        assert sorted(found["id"] for found in other.search(french)) == ["b", "c"]
        assert other.get(doc_id="a")["title"] == "A"  # pyright: ignore
        assert other.contains(doc_id="d") is False  # pyright: ignore
        assert sorted(other.update({"sentences": 10}, french)) == ["b", "c"]
        assert other.count(where("sentences") == 10) == 2
        assert other.remove(where("title") == "B") == ["b"]
        assert other.upsert(Document({"title": "AA"}, "a")) == ["a"]  # pyright: ignore
        with pytest.raises(ValueError, match="already exists"):
            other.insert(Document(documents[2], "c"))  # pyright: ignore
    key = lambda found: found["id"]  # noqa: E731
    assert sorted(table.all(), key=key) == sorted(plain.all(), key=key)
    assert len(table) == 2
    for refused in (
        table.truncate,
        LibraryDatabase(index).drop_tables,
        lambda: LibraryDatabase(index).table("x"),
    ):
        with pytest.raises(Unsupported):
            refused()


@pytest.mark.parametrize("wrong", [{"id": "b"}, {"colour": "red"}, {"sentences": "many"}, {"file": [1]}])
def test_what_is_no_row_is_refused(index: IndexFile[Row], wrong: dict[str, object]) -> None:
    index.update({"a": row("a")})
    table = LibraryDatabase(index).table()
    with pytest.raises(ValueError, match="the row of a cannot be stored"):
        table.update(wrong, doc_ids=["a"])  # pyright: ignore
    assert index.rows() == {"a": row("a")}


def test_a_script_finds_the_articles_of_the_library(folder: Path, article: Article) -> None:
    with open_library(folder) as library:
        [found] = library.search(where("language") == "fr")
        assert (found["id"], found["sentences"]) == (article.id, 5)


def test_an_article_is_found_and_tagged_without_the_index(
    folder: Path, article: Article, store: FolderStore
) -> None:
    with mock.patch.object(IndexFile, "rows") as rows, mock.patch.object(IndexFile, "row") as one:
        library = Library(folder)
        library.load(library.find(article.id[:5]))
        store.open(article.id, "ana").close()
    rows.assert_not_called()
    one.assert_not_called()
    assert not (folder / "articles" / FILE_NAME).exists()
