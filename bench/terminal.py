"""The terminal side, measured on a pty and compared with the smallest Textual app and SLATE.

The programs take turns within one run, so that other load on the machine affects them all.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median

import msgspec

from bench import floor_app
from bench.pty import BenchError, Frame, Program, environment
from bench.table import Row, at_most, at_most_times, figure
from tui.resources import sample

_ROOT = Path(__file__).resolve().parent.parent

_MOVES = 10
_TAGS = 9
"""Keys in a row before the other program's turn. The number of tags, which toggle, is odd: in the end one more or
one less sentence is decided, so that what is drawn later has changed."""

_PAGES = "   bbb" * 3

_FRAME_LIMIT = 33.0
_MOVE_BYTES = 1300
_TAG_BYTES = {"shown": 500, "hidden": 250}


class Rounds(msgspec.Struct, frozen=True):
    """Number of measurements of each kind."""

    starts: int = 21
    helps: int = 21
    keys: int = 12
    pages: int = 6
    later: float = 1.2
    """Seconds without output after which the keys before have had all their effect."""


QUICK = Rounds(starts=1, helps=1, keys=1, pages=1, later=0.1)


class _Shown(msgspec.Struct, frozen=True):
    """The needed part of `postil show --json`: the text, and its sentences as code point spans."""

    text: str
    sentences: list[tuple[int, int]]


@dataclass(frozen=True)
class _Programs:
    """The programs to compare, on the same sentences."""

    sentences: list[str]
    floor: list[str]
    postil: list[str]
    slate: list[str] | None
    """None if SLATE is not installed."""

    @property
    def words(self) -> str:
        """The first words of the second sentence, as the first sentence is also the title."""
        return " ".join(self.sentences[1].split()[:2])


@dataclass
class _Keys:
    """The output drawn for the keys of one kind."""

    frames: list[Frame] = field(default_factory=list[Frame])
    unanswered: int = 0
    later: list[int] = field(default_factory=list[int])
    """Bytes written after typing paused, for each block of keys."""

    def last(self, percent: float) -> float | None:
        """Milliseconds to the last byte of a frame."""
        return percentile([frame.last for frame in self.frames], percent)

    def worked(self, percent: float) -> float | None:
        """Milliseconds of processor time of a frame."""
        return percentile([frame.worked for frame in self.frames if frame.worked is not None], percent)

    @property
    def size(self) -> float | None:
        return median(frame.size for frame in self.frames) if self.frames else None

    @property
    def later_size(self) -> float | None:
        return median(self.later) if self.later else None

    @property
    def whole_size(self) -> float | None:
        """Bytes of a key followed by a pause: its frame, and what is written later."""
        return self.size + (self.later_size or 0) if self.size is not None else None


def measure(rounds: Rounds) -> list[Row]:
    """All rows. Raises BenchError if a program does not do what is to be measured."""
    with tempfile.TemporaryDirectory() as name:
        programs = _prepare(Path(name))
        starts, floor_memory = _starts(programs, rounds.starts)
        helps = _helps(rounds.helps)
        keys, memory = _keys(programs, rounds)
    return [
        *_start_rows(starts),
        at_most_times("postil --help", helps["postil"], "ms", 4, helps["pass"], "python -c pass"),
        figure("python -c pass", helps["pass"], "ms"),
        *_key_rows(keys),
        figure("peak memory, smallest Textual app once painted", floor_memory, "MB"),
        figure("peak memory, Postil after all these keys", memory["postil"], "MB"),
        figure("peak memory, SLATE after all these keys", memory.get("slate"), "MB"),
    ]


def percentile(values: Sequence[float], percent: float) -> float | None:
    """The percentile by nearest rank; None without values."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)] if ordered else None


def bouncing(down: str, up: str, last: int) -> Iterator[str]:
    """Keys that move from the first of `last + 1` sentences to the last and back, endlessly."""
    while True:
        yield from down * last
        yield from up * last


# -- preparing -------------------------------------------------------------


def _prepare(folder: Path) -> _Programs:
    annotations = ["--annotations", str(folder / "annotations")]
    postil = postil_command()
    article = output([*postil, "add", str(sample()), *annotations]).decode().strip()
    shown = msgspec.json.decode(output([*postil, "show", article, "--json", *annotations]), type=_Shown)
    sentences = [shown.text[start:end] for start, end in shown.sentences]
    lines = folder / "sample.txt"
    lines.write_text("\n".join(sentences), encoding="utf-8")
    slate = installed("slate")
    return _Programs(
        sentences=sentences,
        floor=[sys.executable, "-m", "bench.floor_app"],
        postil=[*postil, "open", article, *annotations, "--annotator", "bench"],
        slate=slate and [*slate, str(lines), "-s", "line", "-o", "-l", str(folder / "slate")],
    )


def postil_command() -> list[str]:
    """The installed Postil, or the one in this folder."""
    return installed("postil") or [sys.executable, "-m", "tui"]


def installed(name: str) -> list[str] | None:
    """The command of a program in this Python's environment; None if it is not installed."""
    path = Path(sys.executable).with_name(name)
    return [str(path)] if path.exists() else None


def output(command: Sequence[str]) -> bytes:
    """The output of a command. Raises BenchError if it fails."""
    done = subprocess.run(
        command,
        cwd=_ROOT,
        env=environment(os.environ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise BenchError(f"{' '.join(command)}: {done.stderr.decode('utf-8', 'replace').strip()}")
    return done.stdout


# -- starting --------------------------------------------------------------


def _starts(programs: _Programs, rounds: int) -> tuple[dict[str, float], float | None]:
    """Median milliseconds to each program's first paint, and the memory of the smallest app."""
    compared = {"floor": (programs.floor, floor_app.WORDS), "postil": (programs.postil, programs.words)}
    if programs.slate:
        compared["slate"] = (programs.slate, programs.words)
    times: dict[str, list[float]] = defaultdict(list)
    memory: float | None = None
    for round_number in range(rounds + 1):
        for name, (command, words) in compared.items():
            with Program(command, _ROOT) as program:
                took = program.wait_for(words)
                if name == "floor":
                    memory = program.peak_memory()
            # The first start of each only warms the caches.
            if round_number > 0:
                times[name].append(took)
    return {name: median(values) for name, values in times.items()}, memory


def _start_rows(starts: dict[str, float]) -> list[Row]:
    floor = starts["floor"]
    return [
        at_most_times("first paint, Postil", starts["postil"], "ms", 1.25, floor, "smallest Textual app"),
        figure("first paint, smallest Textual app", floor, "ms"),
        figure("first paint, SLATE", starts.get("slate"), "ms"),
    ]


def _helps(rounds: int) -> dict[str, float]:
    """Median milliseconds of `postil --help` and of an empty Python program."""
    compared = {"postil": [*postil_command(), "--help"], "pass": [sys.executable, "-c", "pass"]}
    times: dict[str, list[float]] = defaultdict(list)
    for round_number in range(rounds + 1):
        for name, command in compared.items():
            began = time.perf_counter()
            output(command)
            if round_number > 0:
                times[name].append((time.perf_counter() - began) * 1e3)
    return {name: median(values) for name, values in times.items()}


# -- typing ----------------------------------------------------------------


def _keys(programs: _Programs, rounds: Rounds) -> tuple[dict[str, _Keys], dict[str, float | None]]:
    """The output for each kind of key, and the peak memory of each program at the end."""
    keys: dict[str, _Keys] = defaultdict(_Keys)
    memory: dict[str, float | None] = {}
    last = len(programs.sentences) - 1
    with Program(programs.postil, _ROOT) as postil:
        postil.wait_for(programs.words)
        postil.settle(rounds.later)
        if programs.slate is None:
            _type(postil, None, rounds, last, keys)
        else:
            with Program(programs.slate, _ROOT) as slate:
                slate.wait_for(programs.words)
                slate.settle(rounds.later)
                _type(postil, slate, rounds, last, keys)
                memory["slate"] = slate.peak_memory()
        memory["postil"] = postil.peak_memory()
    return keys, memory


def _type(postil: Program, slate: Program | None, rounds: Rounds, last: int, keys: dict[str, _Keys]) -> None:
    our_moves, slate_moves = bouncing("j", "k", last), bouncing("o", "i", last)
    for _ in range(rounds.keys):
        for panel in ("shown", "hidden"):
            moves, tags = keys[f"move, panel {panel}"], keys[f"tag, panel {panel}"]
            _type_keys(postil, islice(our_moves, _MOVES), moves)
            moves.later.append(postil.settle(rounds.later))
            _type_keys(postil, "F" * _TAGS, tags)
            tags.later.append(postil.settle(rounds.later))
            _toggle_panel(postil)
        if slate:
            _type_keys(slate, islice(slate_moves, 2 * _MOVES), keys["move, SLATE"])
            _type_labels(slate, keys["label, SLATE"])
    for _ in range(rounds.pages):
        for panel in ("shown", "hidden"):
            postil.press("g")
            postil.settle(rounds.later)
            _type_keys(postil, _PAGES, keys[f"page, panel {panel}"])
            _toggle_panel(postil)


def _type_keys(program: Program, typed: Iterable[str], keys: _Keys) -> None:
    """Type some keys, each after the frame of the one before has ended."""
    for key in typed:
        frame = program.key(key)
        if frame is None:
            keys.unanswered += 1
        else:
            keys.frames.append(frame)


def _type_labels(slate: Program, keys: _Keys) -> None:
    """Labelling in SLATE takes two keys; only the second one is measured."""
    for _ in range(_TAGS):
        slate.key(" ")
        _type_keys(slate, "a", keys)


def _toggle_panel(postil: Program) -> None:
    if postil.key("d") is None:
        raise BenchError("Postil's panel did not toggle with d")


_OURS = ("move, panel shown", "move, panel hidden", "tag, panel shown", "tag, panel hidden")
_PAGING = ("page, panel shown", "page, panel hidden")
_THEIRS = {"move": "move, SLATE", "tag": "label, SLATE"}


def _key_rows(keys: dict[str, _Keys]) -> list[Row]:
    rows: list[Row] = []
    for kind in _OURS:
        theirs = keys[_THEIRS[kind.partition(",")[0]]]
        what = f"key to last byte, p50: {kind}"
        rows.append(at_most_times(what, keys[kind].last(50), "ms", 1, theirs.last(50), "SLATE"))
    rows += [
        figure(f"key to last byte, p50: {kind}", keys[kind].last(50), "ms")
        for kind in (*_PAGING, *_THEIRS.values())
    ]
    rows += [
        at_most(f"key to last byte, p99: {kind}", keys[kind].last(99), "ms", _FRAME_LIMIT)
        for kind in (*_OURS, *_PAGING)
    ]
    rows += [figure(f"key to last byte, p99: {kind}", keys[kind].last(99), "ms") for kind in _THEIRS.values()]
    rows += [
        figure(f"processor time of a frame, p99: {kind}", keys[kind].worked(99), "ms")
        for kind in (*_OURS, *_PAGING, *_THEIRS.values())
    ]
    for panel in ("shown", "hidden"):
        move, tag = f"move, panel {panel}", f"tag, panel {panel}"
        rows.append(
            at_most(f"bytes in total, then a pause: {move}", keys[move].whole_size, "bytes", _MOVE_BYTES)
        )
        rows.append(
            at_most(f"bytes in total, then a pause: {tag}", keys[tag].whole_size, "bytes", _TAG_BYTES[panel])
        )
    rows += [
        figure(f"bytes of a frame: {kind}", keys[kind].size, "bytes")
        for kind in (*_OURS, *_PAGING, *_THEIRS.values())
    ]
    rows += [
        figure(f"bytes that follow once typing pauses: {kind}", keys[kind].later_size, "bytes")
        for kind in _OURS
    ]
    ours = sum(keys[kind].unanswered for kind in (*_OURS, *_PAGING))
    rows.append(at_most("keys of Postil that drew nothing", ours, "", 0))
    return rows
