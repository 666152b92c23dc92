"""An annotator's work as a TinyDB database: queries read it, and every write is one durable step."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest
import tinydb
from tinydb import where
from tinydb.table import Document

from tui.model.annotation import Step
from tui.model.article import Article
from tui.store.database import WorkDatabase
from tui.store.folder import FolderStore
from tui.store.protocol import NotSaved, Unsupported
from tui.store.tables import JournalTable
from tui.store.writer import FolderWriter

StepOn = Callable[..., Step]


@pytest.fixture
def writer(store: FolderStore, article: Article) -> Iterator[FolderWriter]:
    writer = store.open(article.id, "ana")
    yield writer
    writer.close()


@pytest.fixture
def work(writer: FolderWriter) -> WorkDatabase:
    return writer.database


@pytest.fixture(name="annotations")
def annotation_table(work: WorkDatabase) -> JournalTable:
    return work.table("annotations")


@pytest.fixture
def journal(folder: Path, article: Article) -> Path:
    return folder / "people" / "ana" / f"{article.id}.journal"


@pytest.fixture
def checkpoint(journal: Path) -> Path:
    return journal.with_suffix(".json")


def document(article: Article, index: int, **more: object) -> Document:
    start = article.starts[index]
    said: dict[str, object] = {
        "segmentation": 1,
        "start": start,
        "end": article.ends[index],
        "text": article.sentence_text(index),
        "tags": ["fact"],
        "decided": True,
        "created_at": "2026-11-22T22:00:00.000Z",
        "updated_at": "2026-11-22T22:00:01.000Z",
    }
    return Document(said | more, start + 1)


def lines(journal: Path) -> int:
    return journal.read_bytes().count(b"\n")


# -- the product's writes ----------------------------------------------------


def test_a_step_is_written_through_the_database(
    writer: FolderWriter, work: WorkDatabase, step_on: StepOn
) -> None:
    with mock.patch.object(WorkDatabase, "commit", side_effect=work.commit) as commit:
        writer.put(step_on(1, "quote"))
    commit.assert_called_once()
    assert [found["tags"] for found in work.table("annotations")] == [["quote"]]


def test_opening_and_reading_import_no_tinydb_and_the_first_step_does(folder: Path, article: Article) -> None:
    code = f"""
import sys
from pathlib import Path
from tui.store import open_work
from tui.store.folder import FolderStore
store = FolderStore(Path({str(folder)!r}), scheme="news/1")
writer = store.open({article.id!r}, "ana")
store.load({article.id!r}, "ana")
print("tinydb" in sys.modules)
writer.put()
print("tinydb" in sys.modules)
writer.close()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_a_write_clears_what_queries_remember(writer: FolderWriter, step_on: StepOn) -> None:
    annotations = writer.database.table("annotations")
    decided = where("decided") == True  # noqa: E712
    assert annotations.search(decided) == []
    writer.put(step_on(1, "quote"))
    assert annotations.count(decided) == 1
    annotations.update({"unsure": True})
    assert [found["unsure"] for found in annotations.search(decided)] == [True]


# -- tables ------------------------------------------------------------------


def test_what_a_table_writes_is_what_stock_tinydb_reads(
    writer: FolderWriter, work: WorkDatabase, annotations: JournalTable, article: Article, checkpoint: Path
) -> None:
    numbers = annotations.insert_multiple(document(article, index) for index in (3, 0))
    work.table("sentences").insert({"start": 7, "end": 6, "kind": "split", "updated_at": "now"})
    expected = {name: list(work.table(name)) for name in ("annotations", "sentences", "state")}
    writer.close()
    assert numbers == [article.starts[3] + 1, article.starts[0] + 1]
    with tinydb.TinyDB(checkpoint, access_mode="r") as stock:
        for name, documents in expected.items():
            assert stock.table(name).all() == documents
            assert [found.doc_id for found in stock.table(name)] == [found.doc_id for found in documents]


def test_a_document_without_a_number_gets_that_of_its_start(
    annotations: JournalTable, article: Article
) -> None:
    number = annotations.insert(dict(document(article, 2)))
    assert number == article.starts[2] + 1
    with pytest.raises(ValueError, match="add `start`"):
        annotations.insert({"tags": ["fact"]})


def test_put_replaces_as_a_whole_and_upsert_merges(annotations: JournalTable, article: Article) -> None:
    annotations.put(document(article, 1, note="checked", unsure=True))
    annotations.upsert(document(article, 1))
    assert annotations.get(doc_id=article.starts[1] + 1)["note"] == "checked"  # pyright: ignore
    annotations.put(document(article, 1))
    assert annotations.get(doc_id=article.starts[1] + 1)["note"] == ""  # pyright: ignore


def test_what_a_query_returns_is_a_copy(annotations: JournalTable, article: Article) -> None:
    annotations.put(document(article, 1))
    annotations.all()[0]["tags"].append("quote")
    assert annotations.all()[0]["tags"] == ["fact"]


def test_documents_come_in_the_order_of_the_text(annotations: JournalTable, article: Article) -> None:
    for index in (3, 0, 2):
        annotations.put(document(article, index))
    assert [found["start"] for found in annotations] == [article.starts[index] for index in (0, 2, 3)]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"text": "something else"}, "not the article's text"),
        ({"start": 3}, "belongs to 4"),
        ({"colour": "red"}, "'colour' is not one of its keys"),
        ({"tags": "fact"}, "Expected"),
        ({"spans": [{"id": "1", "start": 0, "end": 0, "text": "", "severity": "minor", "x": 1}]}, "'x'"),
        ({"tags": [], "decided": False}, "remove it instead"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(
    annotations: JournalTable, article: Article, more: dict[str, object], message: str
) -> None:
    annotations.put(document(article, 2))
    before = annotations.all()
    with pytest.raises(ValueError, match=message):
        annotations.put(document(article, 1, **more))
    with pytest.raises(ValueError, match=message):
        annotations.insert_multiple([document(article, 0), document(article, 1, **more)])
    assert annotations.all() == before


def test_a_change_that_changes_nothing_is_no_step(
    writer: FolderWriter, annotations: JournalTable, article: Article
) -> None:
    annotations.put(document(article, 1))
    revision = writer.revision
    annotations.put(document(article, 1))
    annotations.update({"decided": True})
    annotations.remove(where("note") == "none of these")
    assert writer.revision == revision


def test_a_write_keeps_where_the_annotator_was(
    writer: FolderWriter, annotations: JournalTable, article: Article, step_on: StepOn
) -> None:
    writer.put(step_on(3, "quote"))
    annotations.put(document(article, 1))
    assert writer.database.table("state").all()[0]["cursor"] == article.starts[3]


# -- steps -------------------------------------------------------------------


def test_a_step_over_two_tables_is_one_line(
    work: WorkDatabase, annotations: JournalTable, article: Article, journal: Path
) -> None:
    annotations.put(document(article, 0))
    before = lines(journal)
    musk = article.text.index("Musk")
    with work.step("script.check", "checked by a script"):
        annotations.insert_multiple([document(article, 1), document(article, 2)])
        annotations.update({"unsure": True}, where("start") == article.starts[1])
        annotations.remove(doc_ids=[article.starts[0] + 1])
        work.table("entities").insert(
            {"start": musk, "end": musk + 4, "text": "Musk", "label": "ORG", "updated_at": "now"}
        )
        assert len(annotations) == 2
    assert lines(journal) == before + 1
    step = json.loads(journal.read_bytes().splitlines()[-1])["step"]
    assert (step["action"], step["label"]) == ("script.check", "checked by a script")
    assert [len(step[name]) for name in ("changes", "entities")] == [3, 1]
    assert [found["unsure"] for found in annotations] == [True, False]


def test_an_error_in_a_step_writes_nothing(
    writer: FolderWriter, work: WorkDatabase, annotations: JournalTable, article: Article
) -> None:
    annotations.put(document(article, 0))
    query = where("tags").any(["fact"])

    def fail() -> None:
        with work.step("script.check", "checked"):
            annotations.put(document(article, 1))
            assert annotations.count(query) == 2
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert writer.revision == 1
    assert annotations.count(query) == 1


def test_a_step_in_a_step_is_refused(work: WorkDatabase) -> None:
    with (
        pytest.raises(Unsupported, match="end it first"),
        work.step("script.check", "checked"),
        work.step("script.check", "checked"),
    ):
        pass


def test_a_failed_sync_is_not_acknowledged_and_the_next_write_saves_both(
    writer: FolderWriter, annotations: JournalTable, article: Article, store: FolderStore
) -> None:
    annotations.put(document(article, 0))

    disk = writer._disk  # pyright: ignore[reportPrivateUsage]
    failing = mock.patch.object(disk, "sync", side_effect=OSError(5, "Input/output error"))
    with failing, pytest.raises(NotSaved):
        annotations.put(document(article, 1))
    assert annotations.contains(doc_id=article.starts[1] + 1)
    assert writer.revision == 2
    annotations.put(document(article, 2))
    assert sorted(store.load(article.id, "ana").annotations) == [article.starts[index] for index in (0, 1, 2)]


# -- what the files do not offer ---------------------------------------------


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        (lambda work: work.drop_tables(), "cannot be dropped"),
        (lambda work: work.drop_table("annotations"), "cannot be dropped"),
        (
            lambda work: work.table("notes"),
            "there is no table 'notes': use annotations, entities, sentences or state",
        ),
        (lambda work: work.table("annotations").truncate(), "remove the documents that you mean"),
        (lambda work: work.table("state").update({"revision": 1}), "can only be read"),
        (lambda work: work.search(where("unsure") == True), r'use table\("annotations"\).search'),  # noqa: E712
        (lambda work: work.insert({"start": 0}), "there is no default table"),
        (list, "there is no default table"),
        (len, "there is no default table"),
        (lambda work: work.storage.write({}), "change their documents"),
    ],
)
def test_what_tinydb_offers_and_the_files_do_not_is_a_clear_error(
    work: WorkDatabase, operation: Callable[[WorkDatabase], object], message: str
) -> None:
    with pytest.raises(Unsupported, match=message):
        operation(work)


def test_the_database_describes_itself(
    work: WorkDatabase, annotations: JournalTable, article: Article
) -> None:
    annotations.put(document(article, 0))
    assert repr(work) == "<WorkDatabase annotations: 1, entities: 0, sentences: 0, state: 1>"
    assert work.tables() == {"annotations", "entities", "sentences", "state"}
    assert not hasattr(work, "colour")
    assert work
