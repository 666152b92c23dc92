"""An hour's worth of keys: nothing is raised, lost, or kept that nobody needs. `python -m bench.soak [--keys N]`.

Random keys that decide, move, undo and redo are typed over five articles in one sitting, from one to the other by
the library. What the export then holds must be what the same keys make of a plain dictionary.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import msgspec

from bench.pty import BenchError, Frame, Program
from bench.terminal import output, percentile, postil_command

KEYS = 20_000
SEED = 2026
_ROOT = Path(__file__).resolve().parent.parent
_SENTENCES = 60
_NAMES = ("Alma", "Bruno", "Clara", "Denis", "Elsa")
_TAGS = {"f": "fact", "o": "opinion", "q": "quote", "t": "translation_error"}
_ALPHABET = ["\x1b[C", "\x1b[D", *"ffffooqqttFFOQTsxwuuuuUUjjkkgG"]
_STRETCH = 250
"""Keys in one article until it is left for another."""
_AT_ONCE = 10
"""Keys that are typed without waiting; one more is typed alone and timed."""
_QUIET = 0.03
_ESCAPE = "\x1b[27u"
"""In a way that cannot be taken for the beginning of another key."""

Said = tuple[frozenset[str], bool, bool]
"""Tags, decided, unsure."""

NOTHING: Said = (frozenset(), False, False)


@dataclass
class Plain:
    """An article's annotations as a dictionary, by the rules of the keys alone."""

    sentences: int
    said: dict[int, Said] = field(default_factory=dict[int, Said])
    cursor: int = 0
    done: list[tuple[int, Said, Said]] = field(default_factory=list[tuple[int, Said, Said]])
    undone: list[tuple[int, Said, Said]] = field(default_factory=list[tuple[int, Said, Said]])

    def press(self, key: str) -> None:
        """Do what a key does. The arrows only go from mark to mark: there are hints to go to."""
        if key.startswith("\x1b"):
            return
        tags, decided, unsure = self.said.get(self.cursor, NOTHING)
        if key in _TAGS:
            self._say((tags | {_TAGS[key]}, True, unsure))
            self._move(1)
        elif key.lower() in _TAGS:
            tag = _TAGS[key.lower()]
            left = tags - {tag}
            self._say((left, decided and bool(left), unsure) if tag in tags else (tags | {tag}, True, unsure))
        elif key == "s":
            self._say((frozenset(), True, unsure))
            self._move(1)
        elif key == "x":
            self._say((frozenset(), False, unsure))
        elif key == "w":
            self._say((tags, decided, not unsure))
        elif key in "uU":
            self._replay(key == "u")
        elif key in "jk":
            self._move(1 if key == "j" else -1)
        else:
            self.cursor = 0 if key == "g" else self.sentences - 1

    def _say(self, after: Said) -> None:
        before = self.said.get(self.cursor, NOTHING)
        if after != before:
            self.said[self.cursor] = after
            self.done.append((self.cursor, before, after))
            self.undone.clear()

    def _replay(self, back: bool) -> None:
        taken, given = (self.done, self.undone) if back else (self.undone, self.done)
        if taken:
            place, before, after = step = taken.pop()
            given.append(step)
            self.said[place] = before if back else after
            self.cursor = place

    def _move(self, step: int) -> None:
        self.cursor = min(self.sentences - 1, max(0, self.cursor + step))


class Soaked(NamedTuple):
    """What became of it."""

    keys: int
    differences: int
    """Sentences that the export has otherwise."""
    grown: float | None
    """Megabytes held at the end beyond those after the first tenth."""
    unanswered: int
    """Keys of those typed alone that had to draw something, and did not within two seconds."""
    p99: float | None
    slowest: float | None
    """Milliseconds from a key that was typed alone to the last byte of its frame."""
    worked: float | None
    """The most milliseconds of processor time of such a frame."""
    seconds: float


class _Record(msgspec.Struct):
    title: str
    sentence: int
    tags: list[str]
    decided: bool
    unsure: bool


def soak(keys: int = KEYS, seed: int = SEED) -> Soaked:
    """Raises BenchError when the program ends before it is told to, or says that something went wrong."""
    choice = random.Random(seed)
    plain = {name: Plain(_SENTENCES) for name in _NAMES}
    frames: list[Frame] = []
    unanswered = typed = 0
    early: float | None = None
    last = ""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        where = ["--annotations", str(Path(folder) / "annotations"), "--annotator", "bench"]
        for name in _NAMES:
            path = Path(folder) / f"{name}.txt"
            path.write_text(_text(name), encoding="utf-8")
            output([*postil_command(), "add", str(path), "--language", "en", *where[:2]])
        with Program([*postil_command(), *where], _ROOT) as postil:
            postil.wait_for("Library")
            while typed < keys:
                # Another one: what the library says of the same would stand there already, and not be sent.
                last = name = choice.choice([other for other in _NAMES if other != last])
                _open(postil, name)
                for _ in range(min(_STRETCH, keys - typed) // (_AT_ONCE + 1) or 1):
                    together = choice.choices(_ALPHABET, k=_AT_ONCE)
                    for key in together:
                        plain[name].press(key)
                    postil.press("".join(together))
                    postil.settle(_QUIET)
                    # Undecided, then decided anew: always a change, wherever the cursor is.
                    for key in ("x", "F"):
                        plain[name].press(key)
                    postil.press("x")
                    postil.settle(_QUIET)
                    frame = postil.key("F")
                    unanswered += frame is None
                    frames += [frame] if frame else []
                    typed += _AT_ONCE + 2
                postil.press_until("l", "Library")
                postil.settle(_QUIET)
                if early is None and typed >= keys / 10:
                    early = postil.memory()
            late = postil.memory()
            postil.press("\x11")
            code = postil.wait_for_end()
            if code or b"Traceback" in postil.said:
                raise BenchError(f"it ended with {code}: {bytes(postil.said[-300:])!r}")
        exported = output([*postil_command(), "export", *where[:2]])
    return Soaked(
        keys=typed,
        differences=_differences(exported, plain),
        grown=None if early is None or late is None else late - early,
        unanswered=unanswered,
        p99=percentile([frame.last for frame in frames], 99),
        slowest=percentile([frame.last for frame in frames], 100),
        worked=percentile([frame.worked for frame in frames if frame.worked is not None], 100),
        seconds=time.monotonic() - began,
    )


def _text(name: str) -> str:
    # Every third sentence has a doubled word, at which a hint points.
    lines = [
        f"{name} said on day {number} that the {'the ' * (number % 3 == 0)}harbour would stay open."
        for number in range(_SENTENCES)
    ]
    return f"{name} and the harbour\n\n" + " ".join(lines[:-1]) + "\n"


def _open(postil: Program, name: str) -> None:
    """From the library, by its filter, once the one before is gone."""
    postil.press_until(f"{_ESCAPE}/{name}\r", f"1 of {len(_NAMES)}: {name}")
    postil.press_until("\r", " decided")
    postil.settle(_QUIET)


def _differences(exported: bytes, plain: dict[str, Plain]) -> int:
    found: dict[tuple[str, int], Said] = {}
    for line in exported.splitlines():
        record = msgspec.json.decode(line, type=_Record)
        found[record.title.split()[0], record.sentence - 1] = (
            frozenset(record.tags),
            record.decided,
            record.unsure,
        )
    wanted = {(name, place): said for name, own in plain.items() for place, said in own.said.items()}
    places = found.keys() | wanted.keys()
    return sum(found.get(place, NOTHING) != wanted.get(place, NOTHING) for place in places)


def main(argv: Sequence[str] | None = None) -> int:
    """Print what became of it; 1 where something is not as it must be."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--keys", type=int, default=KEYS)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args(argv)
    try:
        result = soak(asked.keys, asked.seed)
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    for name, value in result._asdict().items():
        print(f"{name:<12} {value:.1f}" if isinstance(value, float) else f"{name:<12} {value}")
    return 1 if result.differences or result.unanswered or (result.grown or 0) > 5 else 0


if __name__ == "__main__":
    sys.exit(main())
