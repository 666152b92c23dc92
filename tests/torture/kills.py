"""kill -9 at random moments: of `postil tag`, and of a process that works as the reader does."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.torture.report import Report
from tests.torture.scene import (
    CHECKOUT,
    Findings,
    check_submitted,
    check_writable,
    furnish,
    has_journal,
    is_mid_fold,
    recovered,
)
from tests.torture.working import kill_at_work
from tui.model.annotation import Step
from tui.model.article import Article
from tui.store.work_files import article_files

KILLS_EACH = 250
QUICK_KILLS_EACH = 12

KILLS_AN_ANNOTATOR = 5
"""How many kills the same files go through."""

FOLD_AT = (1, 2_000, 10_000, 1 << 18)
"""Bytes of the journal: a fold after every put, after a few, rarely, and as the program does."""

AT_WORK_FOR = 0.12
"""Seconds, at most."""

SAVES_FOR = 0.015
"""Seconds that `postil tag` lives on, at most, once it has taken the lock."""

TAGS = ("fact", "opinion", "quote", "translation_error")


class Tagging(NamedTuple):
    """One call of `postil tag`, which adds a step."""

    annotator: str
    sentence: int
    """Its index."""
    tag: str


def run(quick: bool) -> Report:
    """Kill both; whatever was acknowledged must be there, and nothing that was never submitted."""
    kills = QUICK_KILLS_EACH if quick else KILLS_EACH
    seed = 20261122 if quick else random.SystemRandom().randrange(1 << 32)
    found = Findings()
    with tempfile.TemporaryDirectory() as folder:
        _kill_the_command(Path(folder, "command"), kills, random.Random(seed), found)
        _kill_the_worker(Path(folder, "worker"), kills, random.Random(seed + 1), found)
    return found.report(f"kill -9 (seed {seed})")


def _count(folder: Path, article: Article, annotator: str, found: Findings) -> None:
    found.counts["kills"] += 1
    found.counts["left a journal"] += has_journal(folder, article.id, annotator)
    found.counts["mid-fold"] += is_mid_fold(folder, article.id, annotator)


# -- postil tag ------------------------------------------------------------


def _kill_the_command(folder: Path, kills: int, choice: random.Random, found: Findings) -> None:
    article = furnish(folder)
    lifetime = min(_lifetime(folder, article, number) for number in range(3))
    known: list[Step] = []
    for number in range(kills):
        annotator = f"ana{number // KILLS_AN_ANNOTATOR}"
        if number % KILLS_AN_ANNOTATOR == 0:
            known = []
        tagging = _something_new(annotator, article, known, choice)
        acknowledged = _kill_one(folder, article, tagging, lifetime, choice)
        found.counts["acknowledged"] += acknowledged
        _count(folder, article, annotator, found)
        where = f"postil tag, kill {number}"
        events = recovered(folder, article.id, annotator, found, where)
        if events is None:
            continue
        steps = [event.step for event in events]
        expected = [*known, *(step for step in steps[len(known) :][:1] if _is_it(step, tagging, article))]
        check_submitted(steps, expected, len(known) + acknowledged, found, where)
        known = steps
        if choice.random() < 0.5:
            check_writable(folder, article.id, annotator, found, where)


def _something_new(annotator: str, article: Article, known: list[Step], choice: random.Random) -> Tagging:
    """A tag that its sentence does not have yet."""
    done = {(step.cursor, step.action) for step in known}
    while True:
        index, tag = choice.randrange(len(article)), choice.choice(TAGS)
        if (article.starts[index], f"tag.{tag}") not in done:
            return Tagging(annotator, index, tag)


def _is_it(step: Step, tagging: Tagging, article: Article) -> bool:
    said = step.changes[0].after if step.changes else None
    return (
        step.action == f"tag.{tagging.tag}"
        and step.cursor == article.starts[tagging.sentence]
        and said is not None
        and tagging.tag in said.tags
    )


def _kill_one(
    folder: Path, article: Article, tagging: Tagging, lifetime: float, choice: random.Random
) -> bool:
    """Start it and kill it; whether it had said that the tag is saved."""
    lock = article_files(folder / "people", article.id, tagging.annotator).lock
    with subprocess.Popen(
        _command(folder, article, tagging), cwd=CHECKOUT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        if choice.random() < 0.5:
            time.sleep(lifetime * choice.uniform(2 / 3, 1))
        else:
            while process.poll() is None and not _is_signed_by(process.pid, lock):
                time.sleep(0.0005)
            time.sleep(choice.uniform(0, SAVES_FOR))
        process.kill()
        return process.stdout.read().startswith(b"sentence ")


def _is_signed_by(pid: int, lock: Path) -> bool:
    """Whether the process has taken the lock, which it does right before it begins to write."""
    try:
        return json.loads(lock.read_bytes())["pid"] == pid
    except (OSError, ValueError):
        return False


def _lifetime(folder: Path, article: Article, number: int) -> float:
    """Seconds that the command takes when nobody kills it."""
    begin = time.monotonic()
    subprocess.run(
        _command(folder, article, Tagging("timing", number, "fact")),
        cwd=CHECKOUT,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.monotonic() - begin


def _command(folder: Path, article: Article, tagging: Tagging) -> list[str]:
    where = ["--annotations", str(folder), "--annotator", tagging.annotator]
    return [sys.executable, "-m", "tui", "tag", article.id, str(tagging.sentence + 1), tagging.tag, *where]


# -- as the reader does ----------------------------------------------------


def _kill_the_worker(folder: Path, kills: int, choice: random.Random, found: Findings) -> None:
    article = furnish(folder)
    known: list[Step] = []
    for number in range(kills):
        annotator = f"ana{number // KILLS_AN_ANNOTATOR}"
        if number % KILLS_AN_ANNOTATOR == 0:
            known = []
        told = kill_at_work(
            folder,
            annotator,
            seed=choice.randrange(1 << 32),
            fold_at=choice.choice(FOLD_AT),
            delay=choice.uniform(0, AT_WORK_FOR),
        )
        found.counts["acknowledged"] += told.acknowledgements
        _count(folder, article, annotator, found)
        where = f"at work, kill {number}"
        for reason in told.refused:
            found.fault("unwritable", where, reason)
        events = recovered(folder, article.id, annotator, found, where)
        if events is None:
            continue
        steps = [event.step for event in events]
        check_submitted(steps, [*known, *told.submitted], max(len(known), told.saved), found, where)
        known = steps
        if choice.random() < 0.5:
            check_writable(folder, article.id, annotator, found, where)
