"""The tables of stored work beside a plain TinyDB in memory: the same operations, failing disks and power cuts included."""

from __future__ import annotations

import contextlib
import random
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import msgspec
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tinydb import TinyDB, where
from tinydb.queries import QueryLike
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from tests.long import long_or_short
from tests.torture.simulated_disk import Cut, SimulatedDisk
from tests.torture.workload import FreeLock
from tui.model.annotation import Annotation
from tui.model.article import Article
from tui.model.identity import text_sha256
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.protocol import NotSaved

SENTENCES = 4
TEXT = "Un été. " * SENTENCES
ARTICLE = Article(
    id="un-ete-12345678",
    title="Un été",
    source="ete.txt",
    language="fr",
    text_sha256=text_sha256(TEXT),
    added_at="2026-11-22T22:00:00.000Z",
    text=TEXT,
    starts=list(range(0, 8 * SENTENCES, 8)),
    ends=list(range(7, 8 * SENTENCES, 8)),
    paragraphs=[0],
)
STATES = 12
"""What a power cut may leave, of which so many are looked at."""

Contents = dict[int, dict[str, Any]]
Call = Callable[[Table], Any]

indexes = st.integers(0, SENTENCES - 1)
numbers = st.lists(indexes.map(lambda index: 8 * index + 1), max_size=3, unique=True)
tags = st.lists(st.sampled_from(["fact", "opinion", "quote"]), max_size=2, unique=True)
notes = st.sampled_from(["", "é", "checked"])
fields = st.fixed_dictionaries({}, optional={"tags": tags, "note": notes, "unsure": st.booleans()})
conditions: st.SearchStrategy[QueryLike] = st.one_of(
    st.sampled_from(["fact", "quote"]).map(lambda tag: where("tags").any([tag])),
    st.booleans().map(lambda unsure: where("unsure") == unsure),
    notes.map(lambda note: where("note") == note),
    indexes.map(lambda index: where("start") < 8 * index),
)


def document(index: int, more: dict[str, Any]) -> Document:
    said = Annotation(
        segmentation=1,
        start=8 * index,
        end=8 * index + 7,
        text="Un été.",
        decided=True,
        created_at="2026-11-22T22:00:00.000Z",
        updated_at="2026-11-22T22:00:01.000Z",
    )
    return Document(msgspec.json.decode(msgspec.json.encode(said)) | more, 8 * index + 1)


documents = st.builds(document, indexes, fields)


def contents(table: Iterable[Document]) -> Contents:
    return {found.doc_id: dict(found) for found in table}


def plainly(result: Any) -> Any:
    """A result without the order of documents, which here is that of the text."""
    if isinstance(result, list):
        if all(isinstance(found, Document) for found in result):
            return contents(result)
        return sorted(result)
    return result


class Tables(RuleBasedStateMachine):
    """`stored` is over the journal on a simulated disk, `plain` is TinyDB's own."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        Library(self.folder).save(ARTICLE)
        self.choice = random.Random(1)
        self.fails = False

    @initialize()
    def begin(self) -> None:
        self.plain = TinyDB(storage=MemoryStorage).table("annotations")
        self.versions: list[Contents] = [{}]
        """What the last durable write left, and what came after it: a crash leaves one of them."""
        self.open(SimulatedDisk(self.folder))

    def open(self, disk: SimulatedDisk) -> None:
        sync = disk.sync

        def sync_or_fail(number: int) -> None:
            if self.fails:
                disk.give_up(disk.file(number))
                raise OSError(5, "Input/output error")
            sync(number)

        disk.sync = sync_or_fail
        self.disk = disk
        self.writer = FolderStore(self.folder, "news/1", disk, FreeLock).open(ARTICLE.id, "ana")
        self.writer.fold_at = 2_000
        self.stored = self.writer.database.table("annotations")

    def same(self, call: Call) -> None:
        """Both do the same: they return the same, or refuse, and contain the same afterwards."""
        before = contents(self.plain)
        expected, refusal, refused = None, None, None
        try:
            expected = call(self.plain)
        except (ValueError, RuntimeError) as error:
            refusal = type(error)
        after = contents(self.plain)
        try:
            assert plainly(call(self.stored)) == plainly(expected)
        except (ValueError, RuntimeError) as error:
            refused = type(error)
        except NotSaved:
            assert self.fails
            assert before != after
            self.versions.append(after)
        else:
            if before != after:
                self.versions = [after]
        assert refused is refusal
        assert contents(self.stored) == after
        # What a query remembers is forgotten with every write.
        assert contents(self.stored.search(where("decided") == True)) == after  # noqa: E712

    # -- writing -----------------------------------------------------------

    @rule(new=documents)
    def insert(self, new: Document) -> None:
        self.same(lambda table: table.insert(new))

    @rule(new=documents)
    def insert_without_a_number(self, new: Document) -> None:
        self.same(lambda table: table.insert(dict(new) if table is self.stored else new))

    @rule(new=st.lists(documents, max_size=3))
    def insert_multiple(self, new: list[Document]) -> None:
        self.same(lambda table: table.insert_multiple(new))

    @rule(new=documents)
    def upsert(self, new: Document) -> None:
        self.same(lambda table: table.upsert(new))

    @rule(more=fields, condition=conditions)
    def update(self, more: dict[str, Any], condition: QueryLike) -> None:
        self.same(lambda table: table.update(more, condition))

    @rule(more=fields, which=numbers)
    def update_by_number(self, more: dict[str, Any], which: list[int]) -> None:
        self.same(lambda table: table.update(more, doc_ids=which))

    @rule(more=fields)
    def update_all(self, more: dict[str, Any]) -> None:
        self.same(lambda table: table.update(more))

    @rule(condition=conditions)
    def update_with_a_function(self, condition: QueryLike) -> None:
        def turn(found: Any) -> None:
            found["tags"] = [*found["tags"][1:], "turned"][:2]
            found["unsure"] = not found["unsure"]

        self.same(lambda table: table.update(turn, condition))

    @rule(more=fields, condition=conditions, other=conditions)
    def update_multiple(self, more: dict[str, Any], condition: QueryLike, other: QueryLike) -> None:
        self.same(lambda table: table.update_multiple([(more, condition), ({"note": "twice"}, other)]))

    @rule(condition=conditions)
    def remove(self, condition: QueryLike) -> None:
        self.same(lambda table: table.remove(condition))

    @rule(which=numbers)
    def remove_by_number(self, which: list[int]) -> None:
        self.same(lambda table: table.remove(doc_ids=which))

    @rule(new=st.lists(documents, min_size=1, max_size=3), which=numbers)
    def several_in_one_step(self, new: list[Document], which: list[int]) -> None:
        def several(table: Table) -> None:
            for one in new:
                table.upsert(one)
            table.remove(doc_ids=which)

        def at_once(table: Table) -> None:
            before = self.writer.revision
            with self.writer.database.step("script.write", "wrote several"):
                several(table)
                assert contents(table) == contents(self.plain)
            assert self.writer.revision - before in (0, 1)

        self.same(lambda table: at_once(table) if table is self.stored else several(table))

    @rule(new=documents)
    def error_in_a_step(self, new: Document) -> None:
        with contextlib.suppress(ZeroDivisionError), self.writer.database.step("script.write", "in vain"):
            self.stored.upsert(new)
            raise ZeroDivisionError
        self.same(list)

    # -- reading -----------------------------------------------------------

    @rule(condition=conditions)
    def search_and_count(self, condition: QueryLike) -> None:
        self.same(lambda table: table.search(condition))
        self.same(lambda table: table.count(condition))
        self.same(lambda table: table.contains(condition))

    @rule(condition=conditions)
    def get(self, condition: QueryLike) -> None:
        found = self.stored.get(condition)
        fitting = contents(self.plain.search(condition))
        assert found is None if not fitting else contents([found]) == {min(fitting): fitting[min(fitting)]}  # pyright: ignore

    @rule(index=st.integers(0, SENTENCES), which=numbers)
    def get_by_number(self, index: int, which: list[int]) -> None:
        self.same(lambda table: table.get(doc_id=8 * index + 1))
        self.same(lambda table: table.contains(doc_id=8 * index + 1))
        self.same(lambda table: table.get(doc_ids=which))

    @rule()
    def read_all(self) -> None:
        self.same(lambda table: table.all())
        self.same(list)
        self.same(len)

    @rule()
    def clear_cache(self) -> None:
        self.same(lambda table: table.clear_cache())

    # -- what happens to the disk ------------------------------------------

    @rule()
    def tidy(self) -> None:
        self.writer.tidy()

    @rule()
    def disk_begins_or_ceases_to_fail(self) -> None:
        self.fails = not self.fails

    @rule()
    def close_and_open(self) -> None:
        self.fails = False
        self.writer.database.close()
        self.versions = [contents(self.plain)]
        self.open(self.disk.copy())

    @rule(new=documents, calls=st.integers(0, 12))
    def power_goes_while_writing(self, new: Document, calls: int) -> None:
        self.disk.cut_after = self.disk.calls + calls
        try:
            self.upsert(new)
        except Cut:
            self.versions.append(contents(self.plain))
        self.power_goes()

    @rule()
    def power_goes(self) -> None:
        """Of every state of the disk that it may leave, each shows one of the versions; work goes on from one."""
        self.fails = False
        states = list(self.disk.crash_states(self.choice, STATES))
        for state in states:
            assert self.left_on(state) in self.versions
        chosen = self.choice.choice(states)
        self.versions = [self.left_on(chosen)]
        self.plain.truncate()
        self.plain.insert_multiple(Document(said, number) for number, said in self.versions[0].items())
        self.open(chosen.copy())
        assert contents(self.stored) == self.versions[0]

    def left_on(self, disk: SimulatedDisk) -> Contents:
        """What someone reads who opens and closes the article there."""
        store = FolderStore(self.folder, "news/1", disk.copy(), FreeLock)
        with store.open(ARTICLE.id, "ana").database as work:
            return contents(work.table("annotations"))

    @invariant()
    def files_contain_what_was_acknowledged(self) -> None:
        if len(self.versions) == 1 and not self.fails:
            disk = self.disk
            disk.cut_after = None
            stored = FolderStore(self.folder, "news/1", disk, FreeLock).load(ARTICLE.id, "ana")
            read = {
                start + 1: msgspec.json.decode(msgspec.json.encode(said))
                for start, said in stored.annotations.items()
            }
            assert read == self.versions[0]

    def teardown(self) -> None:
        shutil.rmtree(self.folder)


TestTables = pytest.mark.longer(Tables.TestCase)
TestTables.settings = settings(max_examples=long_or_short(80, 25), stateful_step_count=30)
