"""The promise through the screen: what the reader called saved before it was killed is there afterwards."""

from __future__ import annotations

import random
import re
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import pyte

from tests.terminal import Terminal
from tests.torture.report import Report
from tests.torture.scene import CHECKOUT, Findings, furnish, recovered, replayed
from tui.model.article import Article

KILLS = 100
QUICK_KILLS = 5

REOPENED = 10
"""After every so manyeth kill the reader itself is opened again and must show what was found."""

KEYS = {"f": ("fact",), "o": ("opinion",), "q": ("quote",), "t": ("translation_error",), "s": ()}
"""Each decides the current sentence, with these tags, and goes on."""

SAVES_FOR = 0.3
"""Seconds that the reader lives on, at most, once it has all keys."""

SETTLED = 0.5
"""Of so many kills the first key was called saved before the others came; the rest may hit the first save."""

COLUMNS, ROWS = 120, 40
END_OF_FRAME = b"\x1b[?2026l"
HEADER = re.compile(r"\b(\d+)/\d+ decided\s+saved\b")


class TextInputMode(NamedTuple):
    """How keys come: so many at once, at most, and the longest pause between two times, in seconds."""

    at_once: int
    pause: float


HANDS = (TextInputMode(41, 0.0), TextInputMode(6, 0.03), TextInputMode(1, 0.02), TextInputMode(1, 0.12))
"""A paste, a burst, a script, a person."""


def run(quick: bool) -> Report:
    """Type, kill, and compare what the last whole frame called saved with what is stored."""
    seed = 20261122 if quick else random.SystemRandom().randrange(1 << 32)
    choice = random.Random(seed)
    found = Findings()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        article = furnish(folder)
        for number in range(QUICK_KILLS if quick else KILLS):
            _kill(folder, article, f"ana{number}", number, choice, found)
    return found.report(f"kill -9 through the screen (seed {seed})")


def _kill(
    folder: Path, article: Article, annotator: str, number: int, choice: random.Random, found: Findings
) -> None:
    is_slow = number % 4 != 0
    keys = [choice.choice("foqts") for _ in article.starts]
    typed, raw = _type_and_kill(_command(folder, article, annotator, is_slow), keys, choice)
    where = f"kill {number}, annotator {annotator}"
    called_saved = last_called_saved(raw, found)
    found.counts["kills"] += 1
    found.counts["kills on a slow disk"] += is_slow
    found.counts["typed"] += typed
    found.counts["called saved"] += called_saved
    events = recovered(folder, article.id, annotator, found, where)
    if events is None:
        return
    said = replayed(events)
    stored = [said[start].tags if start in said and said[start].decided else None for start in article.starts]
    decided = sum(tags is not None for tags in stored)
    found.counts["stored"] += decided
    wanted = [KEYS[key] for key in keys]
    right = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(stored, wanted, strict=True)))
    if right < called_saved:
        found.fault("missing", where, f"{called_saved} were called saved, the first {right} are stored")
    if right < decided or decided > typed:
        found.fault("phantom", where, f"{''.join(keys[:typed])} was typed, stored are {stored}")
    if number % REOPENED == 0:
        _reopen(_command(folder, article, annotator, is_slow=False), decided, len(article), found, where)


def _type_and_kill(command: list[str], keys: list[str], choice: random.Random) -> tuple[int, bytes]:
    """How many keys it was sent, and everything that it wrote to the terminal."""
    terminal = Terminal(command, columns=COLUMNS, rows=ROWS, folder=CHECKOUT)
    try:
        terminal.wait_for(f"0/{len(keys)} decided")
        typed = 0
        if choice.random() < SETTLED:
            terminal.send(keys[0])
            terminal.wait_for(lambda screen: _decided(screen) == 1)
            typed = 1
        hand = choice.choice(HANDS)
        typing = len(keys) * hand.pause / (hand.at_once + 1)
        limit = time.monotonic() + choice.uniform(0, typing + SAVES_FOR)
        while time.monotonic() < limit:
            if typed < len(keys):
                some = keys[typed : typed + choice.randint(1, hand.at_once)]
                terminal.send("".join(some))
                typed += len(some)
            until = min(limit, time.monotonic() + choice.uniform(0, hand.pause))
            while (left := until - time.monotonic()) > 0:
                terminal.read(left)
        terminal.signal(signal.SIGKILL)
        terminal.wait_for_end()
        return typed, bytes(terminal.raw)
    finally:
        terminal.close()


def last_called_saved(raw: bytes, found: Findings) -> int:
    """How many sentences the last whole frame that said `saved` said to be decided."""
    last = 0
    for header in headers(raw):
        found.counts["frames"] += 1
        last = _decided(header) or last
    return last


def _decided(header: str) -> int | None:
    """How many sentences it says are decided, if it says that they are saved."""
    shown = HEADER.search(header)
    return None if shown is None else int(shown[1])


def headers(raw: bytes) -> Iterator[str]:
    """The screen's first line at the end of each whole frame."""
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    for frame in raw.split(END_OF_FRAME)[:-1]:
        stream.feed(frame + END_OF_FRAME)
        yield "".join(screen.buffer[0][column].data for column in range(COLUMNS))


def _reopen(command: list[str], decided: int, sentences: int, found: Findings, where: str) -> None:
    terminal = Terminal(command, columns=COLUMNS, rows=ROWS, folder=CHECKOUT)
    try:
        terminal.wait_for(f"{decided}/{sentences} decided")
        found.counts["reopened"] += 1
    except AssertionError as error:
        found.fault("missing", where, f"the reader does not show {decided} decided: {error}")
    finally:
        terminal.close()


def _command(folder: Path, article: Article, annotator: str, is_slow: bool) -> list[str]:
    program = "tests.torture.slow_disk" if is_slow else "tui"
    where = ["--annotations", str(folder), "--annotator", annotator]
    return [sys.executable, "-m", program, "open", article.id, *where]
