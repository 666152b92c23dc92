"""The cost of one durable tag: Postil's store compared with an append and fsync of the same bytes, and with others.

Everything is measured in one run, in turns, on the file system of the current folder, since fsync on a memory file
system is not worth measuring.
"""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from bench import synthetic
from bench.table import Row, Section, at_most_times, figure
from tui.model.annotation import Change, Step
from tui.model.article import Article
from tui.store.disk import DISK
from tui.store.files import replace_file
from tui.store.folder import FolderStore
from tui.store.library import Library

ANNOTATOR = "bench"


class Extent(NamedTuple):
    """How much is measured."""

    sizes: tuple[int, ...] = (10, 1_000, 10_000)
    """Annotations stored before measuring."""
    puts: int = 300
    """Each figure is the median of this many puts; peers that rewrite everything get a tenth."""


QUICK = Extent(sizes=(10, 50), puts=5)

Put = Callable[[int], object]
"""Stores one tag durably; the argument is the sentence's index."""


def measure(extent: Extent) -> Section:
    """Measure a durable tag at each size, then a fold and a replay at the largest."""
    rows: list[Row] = []
    medians: dict[int, float] = {}
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as name:
        for size in extent.sizes:
            folder = Path(name) / str(size)
            folder.mkdir()
            times = _one_size(folder, size, extent.puts)
            medians[size] = times["Postil"]
            floor = times["append + fsync"]
            what = f"durable tag at {size:,} annotations"
            rows.append(at_most_times(what, _ms(times["Postil"]), "ms", 1.3, _ms(floor), "append + fsync"))
            rows += [figure(f"{what}: {peer}", _ms(times[peer]), "ms") for peer in times if peer != "Postil"]
            shutil.rmtree(folder)
        first, last = extent.sizes[0], extent.sizes[-1]
        flat = f"durable tag at {last:,} annotations, compared with one at {first:,}"
        rows.append(at_most_times(flat, _ms(medians[last]), "ms", 1.3, _ms(medians[first]), f"at {first:,}"))
        rows += _folding(Path(name), last, extent.puts)
        where = _file_system(Path(name))
    lines = [f"on {where}; a tag is put, and the journal folded outside the measured time"]
    return Section("Store", rows, lines)


def _one_size(folder: Path, size: int, puts: int) -> dict[str, float]:
    """Median seconds of each peer, measured in turns."""
    article = synthetic.article(size)
    with (
        _postil(folder / "postil", article) as (postil, event_bytes),
        _append(folder / "floor", event_bytes) as floor,
        _sqlite(folder / "sqlite", article) as sqlite,
        _rewrite(folder / "rewrite.json", article) as rewrite,
        _tinydb(folder / "tinydb.json", article) as stock,
    ):
        quick: dict[str, Put] = {"append + fsync": floor, "Postil": postil, "SQLite WAL FULL": sqlite}
        slow: dict[str, Put] = {"atomic rewrite": rewrite, "stock TinyDB": stock}
        times = _in_turns(quick, size, puts)
        return times | _in_turns(slow, size, max(3, puts // 10))


def _in_turns(peers: dict[str, Put], size: int, rounds: int) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in peers}
    names = list(peers)
    gc.collect()
    gc.disable()
    try:
        for number in range(rounds):
            # The first in a round writes to an idle disk, so each comes first in turn.
            for turn in range(len(names)):
                name = names[(number + turn) % len(names)]
                begun = time.perf_counter()
                peers[name](number * 7 % size)
                taken[name].append(time.perf_counter() - begun)
    finally:
        gc.enable()
    return {name: statistics.median(times) for name, times in taken.items()}


def _folding(folder: Path, size: int, events: int) -> list[Row]:
    """A fold of all annotations, and opening with a journal of `events` events."""
    article = synthetic.article(size)
    store = _store(folder / "folding", article)
    writer = store.open(article.id, ANNOTATOR)
    writer.put(*(_step(article, index) for index in range(size)))
    writer.fold_at = 0
    begun = time.perf_counter()
    writer.tidy()
    fold = time.perf_counter() - begun
    writer.fold_at = 1 << 40
    writer.put(*(_step(article, number % size) for number in range(events)))
    begun = time.perf_counter()
    store.load(article.id, ANNOTATOR)
    load = time.perf_counter() - begun
    writer.close()
    return [
        figure(f"fold of {size:,} annotations with as many events", _ms(fold), "ms"),
        figure(f"load of {size:,} annotations and a journal of {events:,} events", _ms(load), "ms"),
    ]


# -- what is measured ------------------------------------------------------


@contextmanager
def _postil(folder: Path, article: Article) -> Generator[tuple[Put, int], None, None]:
    """Postil's writer, and the number of bytes it appends for a tag."""
    store = _store(folder, article)
    writer = store.open(article.id, ANNOTATOR)
    steps = [_step(article, index) for index in range(len(article))]
    writer.put(*steps)
    writer.close()
    writer = store.open(article.id, ANNOTATOR)
    writer.fold_at = 1 << 40
    writer.put(steps[0])
    journal = folder / "people" / ANNOTATOR / f"{article.id}.journal"
    before = journal.stat().st_size
    writer.put(*steps[: min(10, len(steps))])
    event_bytes = (journal.stat().st_size - before) // min(10, len(steps))
    yield (lambda index: writer.put(steps[index])), event_bytes
    writer.close()


@contextmanager
def _append(path: Path, size: int) -> Generator[Put, None, None]:
    """The durable minimum: the same number of bytes appended to a file, and fsync."""
    data = b"x" * size
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def put(_: int) -> None:
        os.write(number, data)
        DISK.sync(number)

    put(0)
    yield put
    os.close(number)


@contextmanager
def _sqlite(path: Path, article: Article) -> Generator[Put, None, None]:
    """SQLite: one row per sentence, `journal_mode=WAL` and `synchronous=FULL`."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE annotations (start INTEGER PRIMARY KEY, annotation TEXT)")
    connection.execute("BEGIN")
    for index in range(len(article)):
        connection.execute("INSERT INTO annotations VALUES (?, ?)", _row(article, index))
    connection.execute("COMMIT")

    def put(index: int) -> None:
        connection.execute("INSERT OR REPLACE INTO annotations VALUES (?, ?)", _row(article, index))

    put(0)
    yield put
    connection.close()


@contextmanager
def _rewrite(path: Path, article: Article) -> Generator[Put, None, None]:
    """Rewriting the whole database: temporary file, fsync, rename, fsync of the folder."""
    annotations = {str(index + 1): synthetic.annotation(article, index) for index in range(len(article))}

    def put(index: int) -> None:
        annotations[str(index + 1)] = synthetic.annotation(article, index)
        replace_file(path, (msgspec.json.encode({"annotations": annotations}),))

    put(0)
    yield put


@contextmanager
def _tinydb(path: Path, article: Article) -> Generator[Put, None, None]:
    """Stock TinyDB: it rewrites its file in place, with an fsync."""
    import tinydb

    documents = {
        str(index + 1): msgspec.to_builtins(synthetic.annotation(article, index))
        for index in range(len(article))
    }
    path.write_bytes(msgspec.json.encode({"annotations": documents}))
    database: Any = tinydb.TinyDB(path)
    table = database.table("annotations")

    def put(index: int) -> None:
        table.update(msgspec.to_builtins(synthetic.annotation(article, index)), doc_ids=[index + 1])

    yield put
    database.close()


# -- an article's tags -----------------------------------------------------


def _store(folder: Path, article: Article) -> FolderStore:
    Library(folder).save(article)
    return FolderStore(folder, scheme="news/1")


def _step(article: Article, index: int) -> Step:
    annotation = synthetic.annotation(article, index)
    change = Change(before=None, after=annotation)
    return Step(
        action="tag.fact",
        label="tagged fact",
        at=annotation.updated_at,
        changes=(change,),
        cursor=annotation.start,
    )


def _row(article: Article, index: int) -> Sequence[object]:
    annotation = synthetic.annotation(article, index)
    return annotation.start, msgspec.json.encode(annotation).decode()


def _ms(seconds: float) -> float:
    return seconds * 1000


def _file_system(folder: Path) -> str:
    from tui.store.network import linux_mounts, type_at

    try:
        mounts = linux_mounts(Path("/proc/self/mountinfo").read_text(encoding="utf-8"))
    except OSError:
        return "a file system of unknown type"
    return type_at(folder.resolve(), mounts) or "a file system of unknown type"
