"""The cost of exporting half a million records, compared with a minimal loop that writes the same bytes."""

from __future__ import annotations

import filecmp
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench import synthetic
from bench.pty import BenchError, memory_of
from bench.table import Row, Section, at_most, at_most_times, figure
from bench.terminal import postil_command
from tui.model.annotation import Span, Work
from tui.model.article import Article, Entity, entity_blocks
from tui.model.clock import now
from tui.store.folder import FolderStore
from tui.store.library import Library

_ROOT = Path(__file__).resolve().parent.parent
_NAMED = ("conseil", "proposition")
"""Words used as entities: two in each sentence."""
_MARKED_EVERY = 5
"""One sentence in this many has a marked error."""
_LOOK_EVERY = 0.02
"""Seconds between two readings of the process's peak memory."""


class Extent(NamedTuple):
    """How much is measured."""

    articles: int = 500
    sentences: int = 1_000
    """Per article; all are annotated."""
    rounds: int = 3


QUICK = Extent(3, 20, 1)


def measure(extent: Extent) -> Section:
    """The rows of the table. Raises BenchError if a program fails or their outputs differ."""
    times: dict[str, list[float]] = defaultdict(list)
    memory: list[float] = []
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as name:
        folder = Path(name) / "annotations"
        for number in range(extent.articles):
            _annotate(folder, synthetic.article(extent.sentences, number * extent.sentences))
        exported, bare, again = (Path(name) / file for file in ("exported", "bare", "again"))
        commands = {
            exported: [*postil_command(), "export", "--annotations", str(folder)],
            bare: [sys.executable, "-m", "bench.bare_export", str(folder)],
            again: [sys.executable, "-m", "bench.bare_export", "--again", str(exported)],
        }
        for _ in range(extent.rounds):
            for out, command in commands.items():
                seconds, peak = _run(command, out)
                times[out.name].append(seconds)
                memory += [peak] if out is exported and peak is not None else []
                if not filecmp.cmp(exported, out, shallow=False):
                    raise BenchError(f"{' '.join(command)} wrote something different from postil export")
    took = {name: median(durations) for name, durations in times.items()}
    what = f"export of {extent.articles * extent.sentences:,} records"
    rows: list[Row] = [
        at_most_times(what, took["exported"], "s", 2, took["bare"], "a bare orjson loop"),
        figure(f"{what}: a bare orjson loop over the same files", took["bare"], "s"),
        figure(f"{what}: orjson reading and writing the exported lines", took["again"], "s"),
        at_most(f"{what}, peak memory", max(memory, default=None), "MB", 60),
    ]
    lines = [f"{extent.articles} articles of {extent.sentences:,} sentences; all write the same bytes"]
    return Section("Export", rows, lines)


def _annotate(folder: Path, article: Article) -> None:
    """Store the article with its entities, and an annotator's work on it."""
    article.prepared_by["entities"] = "bench"
    article.entity_blocks = entity_blocks(
        article,
        [
            Entity(start=at, end=at + len(name), label="ORG", origin="rule")
            for start in article.starts
            for name in _NAMED
            for at in [article.text.index(name, start)]
        ],
    )
    Library(folder).save(article)
    store = FolderStore(folder, scheme="news/1")
    annotations = {
        start: synthetic.annotation(article, index, _span(article, index))
        for index, start in enumerate(article.starts)
    }
    writer = store.open(article.id, "bench", article)
    writer.put(Work().step_to(Work(annotations=annotations), action="bench", label="bench", at=now()))
    writer.close()


def _span(article: Article, index: int) -> Span | None:
    if index % _MARKED_EVERY:
        return None
    start = article.starts[index]
    end = article.text.index(" ", start)
    return Span(
        id=f"{start:08x}",
        start=start,
        end=end,
        text=article.text[start:end],
        category="grammar",
        severity="minor",
        correction="La",
    )


def _run(command: Sequence[str], out: Path) -> tuple[float, float | None]:
    """The seconds it took, and its peak memory in megabytes. Raises BenchError."""
    peak: float | None = None
    with out.open("wb") as file, tempfile.TemporaryFile() as errors:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.DEVNULL, stdout=file, stderr=errors)
        while process.poll() is None:
            peak = memory_of(process.pid, "VmHWM") or peak
            time.sleep(_LOOK_EVERY)
        seconds = time.perf_counter() - begun
        if process.returncode:
            errors.seek(0)
            raise BenchError(
                f"{' '.join(command)}: {errors.read().decode('utf-8', 'replace').strip()[-300:]}"
            )
    return seconds, peak
