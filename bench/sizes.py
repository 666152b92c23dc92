"""The cost of a start, a key and memory, from the sample's 41 sentences to 200,000.

The texts are repeated English news sentences, five to a paragraph. At each size Postil and SLATE alternate, and
so do the first paints of all sizes.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench import floor_app
from bench.plot import plot
from bench.pty import COLUMNS, ROWS, Frame, Program
from bench.sentences import gold_files, read_gold
from bench.table import Row, at_most, at_most_times, figure
from bench.terminal import installed, output, percentile, postil_command

SIZES = (41, 1_000, 10_000, 100_000, 200_000)
"""Sentences."""
LINES = 86_000
"""Lines of the file for the memory comparison."""

_ROOT = Path(__file__).resolve().parent.parent
_KEYS = {
    "move": "jjjjjkkkkk",
    "page": "   bbb",
    "far jump": "GgGg",
    "tag": "FFFFFFF",
    "undo": "uuUU",
}
"""The keys typed for each kind, one at a time."""
_SEARCHED = "presiden"
_SLATE_MOVES = "oooooiiiii"
_FRAME_LIMIT = 33.0


@dataclass
class Cost:
    """The cost at one size."""

    paints: list[float] = field(default_factory=list[float])
    """Milliseconds from each start to the first sentence."""
    frames: dict[str, list[Frame]] = field(default_factory=lambda: defaultdict(list[Frame]))
    memory: float | None = None
    """Peak memory in megabytes."""
    slate: list[Frame] = field(default_factory=list[Frame])
    """Frames of moves in SLATE."""
    slate_memory: float | None = None

    def p50(self, kind: str) -> float | None:
        """Median milliseconds to the last byte."""
        return percentile([frame.last for frame in self.frames[kind]], 50)


class Extent(NamedTuple):
    """How much is measured."""

    sizes: Sequence[int] = SIZES
    lines: int = LINES
    rounds: int = 5
    quiet: float = 1.2
    """Seconds without output after which the keys before have had all their effect."""
    keys: int = 10
    """Maximum number of keys of one kind in a row."""


QUICK = Extent((41, 80), 100, 1, 0.03, 1)


def measure(extent: Extent) -> tuple[list[Row], str]:
    """The rows, and a plot of cost against size as SVG. Raises BenchError."""
    sentences = list(_sentences())
    costs: dict[int, Cost] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        opened = _prepare_all(folder, sentences, {*extent.sizes, extent.lines})
        for size in extent.sizes:
            costs[size] = Cost()
            _type(opened[size], folder / f"{size}.lines", costs[size], extent)
            _tell(f"typed into {size:,} sentences")
        floor = _start({size: opened[size] for size in extent.sizes}, sentences, costs, extent.rounds)
        _tell("started each in turn")
        book = Cost()
        lines = extent.lines
        _type(opened[lines], folder / f"{lines}.lines", book, extent._replace(rounds=1))
        ours, theirs = book.memory, book.slate_memory
    rows = [
        figure("first paint, smallest Textual app", floor, "ms"),
        *_rows(costs),
        at_most_times(f"peak memory, {lines:,} lines", ours, "MB", 0.5, theirs, "SLATE"),
        figure(f"peak memory, {lines:,} lines, SLATE", theirs, "MB"),
    ]
    return rows, _plot(costs)


# -- texts -----------------------------------------------------------------


def _sentences() -> Iterator[str]:
    [gold] = [path for path in gold_files(None) if path.name.startswith("en_pud")]
    for record in read_gold(gold):
        for start, end in record.sentences:
            yield " ".join(record.text[start:end].split())


def _prepare_all(folder: Path, sentences: Sequence[str], sizes: Collection[int]) -> dict[int, list[str]]:
    """The commands that open articles of these sizes; they are prepared in parallel, largest first."""

    def prepare(size: int) -> list[str]:
        command = _prepare(folder, sentences, size)
        _tell(f"prepared {size:,} sentences")
        return command

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        order = sorted(sizes, reverse=True)
        return dict(zip(order, pool.map(prepare, order), strict=True))


def _prepare(folder: Path, sentences: Sequence[str], size: int) -> list[str]:
    """The command that opens an article of about `size` sentences, prepared with names."""
    text = list(islice(cycle(sentences), size))
    path = folder / f"{size}.txt"
    paragraphs = (" ".join(text[start : start + 5]) for start in range(0, size, 5))
    path.write_text("\n\n".join(paragraphs), encoding="utf-8")
    (folder / f"{size}.lines").write_text("\n".join(text), encoding="utf-8")
    where = ["--annotations", str(folder / f"{size}.annotations")]
    # In English, names are found by their capitals: a language model would take many minutes.
    article = output([*postil_command(), "add", str(path), "--language", "en", *where]).decode().strip()
    output([*postil_command(), "show", article, "--json", *where])
    return [*postil_command(), "open", article, *where, "--annotator", "bench"]


# -- measuring -------------------------------------------------------------


def _start(
    opened: Mapping[int, list[str]], sentences: Sequence[str], costs: Mapping[int, Cost], rounds: int
) -> float:
    """Start each program in turn; returns the median start of the smallest Textual app."""
    words = " ".join(sentences[1].split()[:2])
    floors: list[float] = []
    for number in range(rounds + 1):
        with Program([sys.executable, "-m", "bench.floor_app"], _ROOT) as floor:
            least = floor.wait_for(floor_app.WORDS)
        floors += [least] if number else []
        for size, command in opened.items():
            with Program(command, _ROOT) as postil:
                took = postil.wait_for(words)
            # The first start of each only warms the caches.
            if number:
                costs[size].paints.append(took)
    return median(floors)


def _type(command: Sequence[str], lines: Path, cost: Cost, extent: Extent) -> None:
    """Type into Postil and SLATE alternately."""
    slate_command = installed("slate")
    with contextlib.ExitStack() as programs:
        postil = programs.enter_context(Program(command, _ROOT))
        postil.wait_for(" decided")
        postil.settle(extent.quiet)
        slate: Program | None = None
        if slate_command is not None:
            labels = lines.with_suffix(".labels")
            slate = programs.enter_context(
                Program([*slate_command, str(lines), "-s", "line", "-o", "-l", str(labels)], _ROOT)
            )
            slate.settle(2 * extent.quiet)
        for _ in range(extent.rounds):
            _type_once(postil, cost, extent)
            if slate is not None:
                cost.slate += filter(None, map(slate.key, _SLATE_MOVES[: extent.keys]))
        cost.memory = postil.peak_memory()
        cost.slate_memory = slate.peak_memory() if slate is not None else None


def _type_once(postil: Program, cost: Cost, extent: Extent) -> None:
    for kind, keys in _KEYS.items():
        postil.press("g")
        postil.settle(extent.quiet)
        cost.frames[kind] += filter(None, map(postil.key, keys[: extent.keys]))
    postil.key("/")
    cost.frames["search"] += filter(None, map(postil.key, _SEARCHED[: extent.keys]))
    postil.press("\r")
    postil.settle(extent.quiet)
    for columns in (80, COLUMNS):
        cost.frames["resize"] += filter(None, [postil.resize(columns, ROWS)])


# -- reporting ---------------------------------------------------------------


def _tell(done: str) -> None:
    print(f"  {done}", file=sys.stderr)


def _rows(costs: Mapping[int, Cost]) -> list[Row]:
    small, large = min(costs), max(costs)
    rows: list[Row] = []
    for size, cost in costs.items():
        paint = median(cost.paints)
        if size == large:
            first = median(costs[small].paints)
            rows.append(at_most_times(f"first paint, {size:,}", paint, "ms", 2, first, "the sample's size"))
        else:
            rows.append(figure(f"first paint, {size:,}", paint, "ms"))
    for kind in (*_KEYS, "search", "resize"):
        for size, cost in costs.items():
            what = f"key to last byte, p50: {kind}, {size:,}"
            theirs = percentile([frame.last for frame in cost.slate], 50)
            if kind in {"move", "tag"} and size in {small, large}:
                rows.append(at_most_times(what, cost.p50(kind), "ms", 1, theirs, "SLATE"))
            else:
                rows.append(figure(what, cost.p50(kind), "ms"))
    for kind in (*_KEYS, "search"):
        frames = [frame.last for frame in costs[large].frames[kind]]
        rows.append(
            at_most(f"key to last byte, p99: {kind}, {large:,}", percentile(frames, 99), "ms", _FRAME_LIMIT)
        )
    for kind in (*_KEYS, "search", "resize"):
        for size in (small, large):
            worked = [frame.worked for frame in costs[size].frames[kind] if frame.worked is not None]
            what = f"processor time of a frame, p50: {kind}, {size:,}"
            rows.append(figure(what, percentile(worked, 50), "ms"))
    for size, cost in costs.items():
        rows.append(
            figure(
                f"key to last byte, p50: move, {size:,}, SLATE",
                percentile([f.last for f in cost.slate], 50),
                "ms",
            )
        )
        moves = [frame.size for frame in cost.frames["move"]]
        rows.append(figure(f"bytes of a frame: move, {size:,}", median(moves) if moves else None, "bytes"))
        rows.append(figure(f"peak memory, {size:,}", cost.memory, "MB"))
    return rows


def _plot(costs: Mapping[int, Cost]) -> str:
    def line(value: Callable[[Cost], float | None]) -> dict[int, float]:
        return {size: cost_value for size, cost in costs.items() if (cost_value := value(cost)) is not None}

    ours = {kind: line(lambda cost, kind=kind: cost.p50(kind)) for kind in (*_KEYS, "search")}
    ours["first paint"] = line(lambda cost: median(cost.paints))
    theirs = {"move, SLATE": line(lambda cost: percentile([frame.last for frame in cost.slate], 50))}
    return plot(ours, theirs)
