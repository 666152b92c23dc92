"""Keys whose bytes arrive 200 ms apart, on a real terminal. `make test-all` tries every key, split at every byte."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS, IGNORE_SEQUENCE

from tests.long import IS_LONG, long_or_short
from tests.terminal import PATIENCE, Terminal
from tui.resources import sample
from tui.terminal.key_reader import KeyReader

CHECKOUT = Path(__file__).resolve().parents[2]

GAP = 0.2
"""Seconds between two bytes."""

END = "@"
"""What is typed after a key, to know that all of it was heard."""

SOME = [
    "\x1b[A",
    "\x1bOP",
    "\x1b[5~",
    "\x1b[Z",
    "\x1bx",
    "\x1bf",
    "\x1b[1;5C",
    "\x1b[3~",
    "\x1b[97;;97u",
    "é",
    "你",
    "🦊",
]
PASTE = "\x1b[200~é\x1b[201~"
EVERY = [
    *SOME,
    PASTE,
    # Alt with a character is only a key where it does something; an escape character twice is twice the key.
    *(
        key
        for key, names in ANSI_SEQUENCES_KEYS.items()
        if names is not IGNORE_SEQUENCE and "\x1b" not in key[1:] and len(key) != 2
    ),
]


class Try(NamedTuple):
    """One key, and the parts that it arrives in."""

    key: str
    parts: tuple[bytes, ...]


def split(key: str) -> Iterator[Try]:
    """At every byte at once, then at each one alone."""
    data = key.encode()
    yield Try(key, tuple(data[place : place + 1] for place in range(len(data))))
    if len(data) > 2:
        yield from (Try(key, (data[:place], data[place:])) for place in range(1, len(data)))


def meant(key: str) -> list[str]:
    """What a key is when all of it arrives at once; its own tests say that this is right."""
    reader = KeyReader({"alt+x", "ctrl+right"})
    messages = [*reader.feed(key.encode(), 0.0), *reader.expire(10.0)]
    return [
        one.key if isinstance(one, events.Key) else f"paste {one.text!r}"
        for one in messages
        if isinstance(one, events.Key | events.Paste)
    ]


@pytest.fixture
def echoes(tmp_path: Path) -> Iterator[Callable[[int], list[tuple[Terminal, Path]]]]:
    """Start so many programs that write down the keys they hear."""
    started: list[tuple[Terminal, Path]] = []

    def start(number: int) -> list[tuple[Terminal, Path]]:
        for place in range(number):
            heard = tmp_path / f"heard-{place}"
            heard.touch()
            command = [sys.executable, "-m", "tests.pty.key_echo", str(heard)]
            started.append((Terminal(command, columns=40, rows=10, folder=CHECKOUT), heard))
        for terminal, _ in started:
            terminal.wait_for("listening")
        return started

    yield start
    for terminal, _ in started:
        terminal.close()


@pytest.mark.longer
def test_keys_split_at_their_bytes_are_still_those_keys(
    echoes: Callable[[int], list[tuple[Terminal, Path]]],
) -> None:
    # One at a time on a terminal: the longest go first, so that all end at about the same time.
    tries = [one for key in EVERY for one in split(key)] if IS_LONG else [next(split(key)) for key in SOME]
    tries.sort(key=lambda one: len(one.parts), reverse=True)
    terminals = echoes(long_or_short(12, 4))
    with ThreadPoolExecutor(len(terminals)) as pool:
        shares = [tries[place :: len(terminals)] for place in range(len(terminals))]
        wrong = [one for found in pool.map(try_all, terminals, shares) for one in found]
    assert wrong == []


def try_all(echo: tuple[Terminal, Path], tries: list[Try]) -> list[tuple[Try, list[str]]]:
    """Those that were heard as something else, and as what; thrice, since a busy machine may make a gap longer."""
    wrong: list[tuple[Try, list[str]]] = []
    for one in tries:
        heard: list[str] = []
        for _ in range(3):
            heard = try_one(*echo, one)
            if heard == meant(one.key):
                break
        else:
            wrong.append((one, heard))
    return wrong


def try_one(terminal: Terminal, written: Path, one: Try) -> list[str]:
    written.write_text("")
    for place, part in enumerate(one.parts):
        if place:
            time.sleep(GAP)
        terminal.send_bytes(part)
    if one.key == "\x1b":
        # What follows must not be taken for a part of it.
        time.sleep(2 * GAP)
    terminal.send_bytes(END.encode())
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        heard = written.read_text(encoding="utf-8").split("\n")[:-1]
        if heard and heard[-1] == "at":
            return heard[:-1]
        terminal.read(0.02)
    return ["nothing"]


def test_the_reader_takes_slow_keys(start: Callable[..., Terminal]) -> None:
    terminal = start("open", str(sample()))
    terminal.wait_for("0/41 decided")
    for key in "\x1b[B", "n", "你", "\r":
        send_slowly(terminal, key)
    send_slowly(terminal, "\x1b[A")
    terminal.send("f")
    terminal.wait_for(lambda screen: "F···" in screen and "Sentence 2" in screen and "你" in screen)


def send_slowly(terminal: Terminal, key: str) -> None:
    for byte in key.encode():
        terminal.send_bytes(bytes([byte]))
        time.sleep(GAP)


def test_a_long_paste_in_pieces_is_kept_whole(start: Callable[..., Terminal], tmp_path: Path) -> None:
    note = "Une phrase à noter – 漢字. " * 250
    terminal = start("open", str(sample()))
    terminal.wait_for("0/41 decided")
    terminal.send("n")
    data = f"\x1b[200~{note}\x1b[201~".encode()
    for place in range(0, len(data), 1021):
        terminal.send_bytes(data[place : place + 1021])
    terminal.wait_for("à noter")
    terminal.send("\r")
    terminal.wait_for("wrote the note")
    terminal.send("\x11")
    assert terminal.wait_for_end() == 0
    [database] = (tmp_path / "annotations" / "people" / "ana").glob("*.json")
    [said] = json.loads(database.read_bytes())["annotations"].values()
    assert len(note) == 6_250
    assert said["note"] == note.strip()
