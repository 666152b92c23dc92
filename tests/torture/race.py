"""Readers without a lock, while a writer folds all the time.

`python -m tests.torture.race FOLDER FILE FOLD_AT` writes until it is killed. Its step number `n` is the
note `n` on the sentence `(n - 1) % sentences`, and `FILE` holds the last number that was acknowledged.
"""

from __future__ import annotations

import mmap
import random
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from tests.torture.report import Report
from tests.torture.scene import CHECKOUT, Findings, furnish, store_in
from tui.model.annotation import Annotation, Change, Step
from tui.model.article import Article
from tui.settings import scheme_file as scheme
from tui.store.disk import Disk
from tui.store.files import identity
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.protocol import StoreError
from tui.store.work_files import article_files
from tui.store.writer import FolderWriter

READS = 3_000
QUICK_READS = 150

FOLDS_SEEN = 3
"""Reads with a fold under way that there must be, for each form: where a disk is slow, more reads are
made until there are."""

MOST_READS = 200
"""Times the reads asked for, then the race ends without them."""

LATEST = 10
"""Events of the history that a read looks at."""

PUTS_A_SITTING = 40
"""Then the writer closes the article, which folds too, and opens it again."""

FOLD_AT = (1, 1_500, 6_000)
"""Bytes of the journal: after every put, every other, every eighth or so."""

ANNOTATOR = "ana"
WIDTH = 8
"""Bytes of the number in the file."""

LONGEST_PAUSE = 0.0005
"""Seconds."""


class HesitantDisk(Disk):
    """It may pause before each file that it reads, so that a fold comes between two of them."""

    def read(self, path: Path, start: int = 0, at: int | None = None) -> bytes:
        time.sleep(random.uniform(0, LONGEST_PAUSE))
        return super().read(path, start, at)


def run(quick: bool) -> Report:
    """Every read must see a state at least as new as what was acknowledged before it began, and no error."""
    reads = (QUICK_READS if quick else READS) // len(FOLD_AT)
    found = Findings()
    for fold_at in FOLD_AT:
        with tempfile.TemporaryDirectory() as folder:
            _race(Path(folder), fold_at, reads, found)
    return found.report("reads against folds")


def _race(folder: Path, fold_at: int, reads: int, found: Findings) -> None:
    article = furnish(folder)
    label = scheme.load().label
    stores = (FolderStore(folder, label), FolderStore(folder, label, HesitantDisk()))
    checkpoint = article_files(folder / "people", article.id, ANNOTATOR).checkpoint
    number_file = folder / "acknowledged"
    number_file.write_bytes(bytes(WIDTH))
    command = [sys.executable, "-m", "tests.torture.race", str(folder), str(number_file), str(fold_at)]
    with (
        number_file.open("rb") as file,
        mmap.mmap(file.fileno(), WIDTH, prot=mmap.PROT_READ) as shared,
        subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE) as process,
    ):
        assert process.stdout is not None
        # Not before there is something to read.
        process.stdout.readline()
        folds = 0
        for number in range(reads * MOST_READS):
            if number >= reads and folds >= FOLDS_SEEN:
                break
            where = f"read {number}, fold at {fold_at}"
            acknowledged, version = int.from_bytes(shared[:], "little"), identity(checkpoint)
            found.counts["reads"] += 1
            try:
                look = _look_at_history if number % 3 == 2 else _look_at_annotations
                seen = look(stores[number % 2], article, found, where)
            except StoreError as error:
                found.fault("unreadable", where, str(error))
                continue
            if seen < acknowledged:
                found.fault("missing", where, f"{acknowledged} was acknowledged before, {seen} was read")
            folds += identity(checkpoint) != version
        found.counts["reads with a fold under way"] += folds
        if process.poll() is not None:
            found.fault("unwritable", f"fold at {fold_at}", "the writer has ended by itself")
        process.kill()
        found.counts["acknowledged"] += int.from_bytes(shared[:], "little")


def _look_at_annotations(store: FolderStore, article: Article, found: Findings, where: str) -> int:
    """The number of the last step that they include."""
    said = store.load(article.id, ANNOTATOR).annotations
    notes = {start: int(annotation.note) for start, annotation in said.items()}
    seen = max(notes.values(), default=0)
    latest = range(max(1, seen - len(article) + 1), seen + 1)
    if notes != {article.starts[(number - 1) % len(article)]: number for number in latest}:
        found.fault(
            "missing", where, f"the annotations are no state that there was: {sorted(notes.values())}"
        )
    return seen


def _look_at_history(store: FolderStore, article: Article, found: Findings, where: str) -> int:
    """The number of its last event."""
    latest = store.history(article.id, ANNOTATOR, newest_first=True)
    numbers = [event.seq for event in islice(latest, LATEST)]
    seen = max(numbers, default=0)
    if numbers != list(range(seen, max(0, seen - LATEST), -1)):
        found.fault("missing", where, f"the history, newest first, goes {numbers}")
    return seen


def _write(folder: Path, number_file: Path, fold_at: int) -> None:
    [article_id] = Library(folder).ids()
    article = Library(folder).load(article_id)
    store = store_in(folder)
    FolderWriter.fold_at = fold_at
    number = 0
    with number_file.open("r+b") as file, mmap.mmap(file.fileno(), WIDTH) as shared:
        while True:
            writer = store.open(article.id, ANNOTATOR)
            for _ in range(PUTS_A_SITTING):
                number = writer.put(_step(article, number + 1))
                shared[:] = number.to_bytes(WIDTH, "little")
                writer.tidy()
            writer.close()
            if number == PUTS_A_SITTING:
                print("begun", flush=True)


def _step(article: Article, number: int) -> Step:
    index = (number - 1) % len(article)
    said = Annotation(
        segmentation=article.segmentation,
        start=article.starts[index],
        end=article.ends[index],
        text=article.sentence_text(index),
        note=str(number),
        created_at="",
        updated_at="",
    )
    change = Change(before=None, after=said)
    return Step(action="note", label="wrote the note", at="", changes=(change,), cursor=said.start)


if __name__ == "__main__":
    _write(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
