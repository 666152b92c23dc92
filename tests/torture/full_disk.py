"""A small file system that fills up: a tmpfs, which only root can mount."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.torture.report import Report
from tests.torture.scene import (
    Findings,
    check_submitted,
    check_writable,
    furnish,
    has_journal,
    recovered,
    store_in,
    workspace_in,
)
from tests.torture.working import kill_when_refused, some_steps
from tui.model.annotation import Step
from tui.model.article import Article
from tui.store.protocol import NotSaved, StoreError, Writer
from tui.store.writer import FolderWriter

SIZE = "300k"
ENOUGH = "4m"
"""Folding needs room for the journal's steps a second time."""

FILLER = 20_000
"""Bytes that are given back."""

REFUSALS = 5
"""Puts on the full disk before it is given space again."""

FOLD_AT = (1, 4_000, 30_000, 1 << 18)
"""Bytes of the journal: the disk fills up in a checkpoint, in a history, in a journal."""

ROUNDS = 5
QUICK_ROUNDS = 1

ANNOTATOR = "ana"


def run(quick: bool) -> Report:
    """What is acknowledged before the disk is full can be read then, and what waits is saved once it is not."""
    found = Findings()
    seeds = range(QUICK_ROUNDS if quick else ROUNDS)
    try:
        for seed, fold_at in itertools.product(seeds, FOLD_AT):
            where = f"fold at {fold_at}, seed {seed}"
            with small_disk() as folder:
                _fill_and_free(folder, fold_at, seed, found, f"freed, {where}")
            with small_disk() as folder:
                _fill_and_close(folder, fold_at, seed, found, f"closed, {where}")
            with small_disk() as folder:
                _fill_and_kill(folder, fold_at, seed, found, f"killed, {where}")
    except NoSmallDisk as error:
        return Report(f"full disk: skipped, {error}", {"skipped": 1}, [])
    return found.report("full disk")


class NoSmallDisk(Exception):
    """`str()` says why none can be had."""


@contextlib.contextmanager
def small_disk() -> Iterator[Path]:
    """A folder on a file system of 300 kB. Raises NoSmallDisk."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        raise NoSmallDisk("mounting a tmpfs needs root on Linux")
    with tempfile.TemporaryDirectory() as folder:
        options = ["-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder]
        mounted = subprocess.run(["mount", *options], capture_output=True, text=True, check=False)
        if mounted.returncode:
            raise NoSmallDisk(mounted.stderr.strip())
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def _fill_and_free(folder: Path, fold_at: int, seed: int, found: Findings, where: str) -> None:
    article, filler = _prepared(folder)
    writer, steps, saved = _work_until_full(folder, fold_at, seed, found)
    _check(folder, article, steps, saved, found, f"{where}: on the full disk")
    filler.unlink()
    try:
        saved = writer.put()
        if saved != len(steps):
            found.fault("missing", where, f"{len(steps)} steps waited, and the next put says {saved}")
        _check(folder, article, steps, len(steps), found, f"{where}: with space again")
        _enlarge(folder)
        writer.close()
    except StoreError as error:
        found.fault("unwritable", f"{where}: with space again", str(error))
        return
    if has_journal(folder, article.id, ANNOTATOR):
        found.fault("unwritable", where, "the journal is left after closing")
    _check(folder, article, steps, len(steps), found, f"{where}: after closing")


def _fill_and_close(folder: Path, fold_at: int, seed: int, found: Findings, where: str) -> None:
    article, filler = _prepared(folder)
    writer, steps, saved = _work_until_full(folder, fold_at, seed, found)
    try:
        writer.close()
        saved = len(steps)
    except NotSaved:
        found.counts["refused"] += 1
    _check(folder, article, steps, saved, found, f"{where}: after closing")
    filler.unlink()
    _enlarge(folder)
    check_writable(folder, article.id, ANNOTATOR, found, where)
    _check(folder, article, steps, saved, found, f"{where}: with space again")


def _fill_and_kill(folder: Path, fold_at: int, seed: int, found: Findings, where: str) -> None:
    article, filler = _prepared(folder)
    told = kill_when_refused(folder, ANNOTATOR, seed, fold_at, refusals=REFUSALS)
    found.counts["acknowledged"] += told.acknowledgements
    found.counts["refused"] += len(told.refused)
    _fill_to_the_brim(folder)
    _check(folder, article, told.submitted, told.saved, found, f"{where}: on the full disk")
    try:
        store_in(folder).open(article.id, ANNOTATOR).close()
    except StoreError as error:
        found.counts["opening refused"] += 1
        if not isinstance(error, NotSaved):
            found.fault("unwritable", f"{where}: on the full disk", str(error))
    _check(folder, article, told.submitted, told.saved, found, f"{where}: opened on the full disk")
    filler.unlink()
    _enlarge(folder)
    check_writable(folder, article.id, ANNOTATOR, found, where)
    _check(folder, article, told.submitted, told.saved, found, f"{where}: with space again")


def _fill_to_the_brim(folder: Path) -> None:
    with contextlib.suppress(OSError), (folder / "brim").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


def _enlarge(folder: Path) -> None:
    subprocess.run(["mount", "-o", f"remount,size={ENOUGH}", str(folder)], check=True)


def _prepared(folder: Path) -> tuple[Article, Path]:
    article = furnish(folder)
    filler = folder / "filler"
    filler.write_bytes(bytes(FILLER))
    return article, filler


def _work_until_full(
    folder: Path, fold_at: int, seed: int, found: Findings
) -> tuple[Writer, list[Step], int]:
    """The writer, with steps that wait; all steps; and how many of them were acknowledged."""
    choice = random.Random(seed)
    place = workspace_in(folder, ANNOTATOR)
    [article_id] = place.library.ids()
    opened = place.open(place.library.load(article_id))
    assert isinstance(opened.writer, FolderWriter), opened.notice
    opened.writer.fold_at = fold_at
    steps: list[Step] = []
    saved = refusals = 0
    while refusals < REFUSALS or saved == len(steps):
        some = some_steps(opened.session, choice)
        steps += some
        try:
            saved = opened.writer.put(*some)
            found.counts["acknowledged"] += 1
        except NotSaved:
            refusals += 1
        opened.writer.tidy()
    found.counts["refused"] += refusals
    return opened.writer, steps, saved


def _check(
    folder: Path, article: Article, submitted: list[Step], saved: int, found: Findings, where: str
) -> None:
    events = recovered(folder, article.id, ANNOTATOR, found, where)
    if events is not None:
        check_submitted([event.step for event in events], submitted, saved, found, where)
