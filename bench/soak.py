"""A long session of keys: no error, no lost annotation, no memory leak. `python -m bench.soak [--keys N]`.

Random keys that decide, move, undo and redo are typed in five articles in one session, which goes through the
library from one to the next. The export must then match the result of the same keys on a plain dictionary.
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
"""Keys typed in one article before opening another."""
_AT_ONCE = 10
"""Keys typed without waiting; then one more is typed alone and timed."""
_QUIET = 0.03
_ESCAPE = "\x1b[27u"
"""The key `escape`, encoded so that it cannot be the start of another key."""

State = tuple[frozenset[str], bool, bool]
"""Tags, decided, unsure."""

NOTHING: State = (frozenset(), False, False)


@dataclass
class Plain:
    """A model of an article's annotations: a dictionary changed by the rules of the keys."""

    sentences: int
    states: dict[int, State] = field(default_factory=dict[int, State])
    cursor: int = 0
    done: list[tuple[int, State, State]] = field(default_factory=list[tuple[int, State, State]])
    undone: list[tuple[int, State, State]] = field(default_factory=list[tuple[int, State, State]])

    def press(self, key: str) -> None:
        """Apply a key. The arrow keys only move between marks, here hints."""
        if key.startswith("\x1b"):
            return
        tags, decided, unsure = self.states.get(self.cursor, NOTHING)
        if key in _TAGS:
            self._set((tags | {_TAGS[key]}, True, unsure))
            self._move(1)
        elif key.lower() in _TAGS:
            tag = _TAGS[key.lower()]
            left = tags - {tag}
            self._set((left, decided and bool(left), unsure) if tag in tags else (tags | {tag}, True, unsure))
        elif key == "s":
            self._set((frozenset(), True, unsure))
            self._move(1)
        elif key == "x":
            self._set((frozenset(), False, unsure))
        elif key == "w":
            self._set((tags, decided, not unsure))
        elif key in "uU":
            self._replay(key == "u")
        elif key in "jk":
            self._move(1 if key == "j" else -1)
        else:
            self.cursor = 0 if key == "g" else self.sentences - 1

    def _set(self, after: State) -> None:
        before = self.states.get(self.cursor, NOTHING)
        if after != before:
            self.states[self.cursor] = after
            self.done.append((self.cursor, before, after))
            self.undone.clear()

    def _replay(self, back: bool) -> None:
        taken, given = (self.done, self.undone) if back else (self.undone, self.done)
        if taken:
            index, before, after = step = taken.pop()
            given.append(step)
            self.states[index] = before if back else after
            self.cursor = index

    def _move(self, step: int) -> None:
        self.cursor = min(self.sentences - 1, max(0, self.cursor + step))


class Soaked(NamedTuple):
    """The result of a run."""

    keys: int
    differences: int
    """Sentences that differ in the export."""
    grown: float | None
    """Growth of memory in megabytes since the first tenth of the keys."""
    unanswered: int
    """Keys typed alone that should have drawn something but did not within two seconds."""
    p99: float | None
    slowest: float | None
    """Milliseconds from a key typed alone to the last byte of its frame."""
    worked: float | None
    """Maximum processor time of such a frame, in milliseconds."""
    seconds: float


class _Record(msgspec.Struct):
    title: str
    sentence: int
    tags: list[str]
    decided: bool
    unsure: bool


def soak(keys: int = KEYS, seed: int = SEED) -> Soaked:
    """Run the session. Raises BenchError if the program ends early or reports an error."""
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
                # Not the same article again: its row in the library would be unchanged and not be sent.
                last = name = choice.choice([other for other in _NAMES if other != last])
                _open(postil, name)
                for _ in range(min(_STRETCH, keys - typed) // (_AT_ONCE + 1) or 1):
                    together = choice.choices(_ALPHABET, k=_AT_ONCE)
                    for key in together:
                        plain[name].press(key)
                    postil.press("".join(together))
                    postil.settle(_QUIET)
                    # Clear and decide again: always a change, wherever the cursor is.
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
            if code or b"Traceback" in postil.output:
                raise BenchError(f"it ended with {code}: {bytes(postil.output[-300:])!r}")
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
    # Every third sentence has a repeated word, which gets a hint.
    lines = [
        f"{name} said on day {number} that the {'the ' * (number % 3 == 0)}harbour would stay open."
        for number in range(_SENTENCES)
    ]
    return f"{name} and the harbour\n\n" + " ".join(lines[:-1]) + "\n"


def _open(postil: Program, name: str) -> None:
    """Open an article from the library by its filter."""
    postil.press_until(f"{_ESCAPE}/{name}\r", f"1 of {len(_NAMES)}: {name}")
    postil.press_until("\r", " decided")
    postil.settle(_QUIET)


def _differences(exported: bytes, plain: dict[str, Plain]) -> int:
    exported_states: dict[tuple[str, int], State] = {}
    for line in exported.splitlines():
        record = msgspec.json.decode(line, type=_Record)
        exported_states[record.title.split()[0], record.sentence - 1] = (
            frozenset(record.tags),
            record.decided,
            record.unsure,
        )
    expected = {(name, index): state for name, own in plain.items() for index, state in own.states.items()}
    keys = exported_states.keys() | expected.keys()
    return sum(exported_states.get(index, NOTHING) != expected.get(index, NOTHING) for index in keys)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the result; returns 1 if something went wrong."""
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
