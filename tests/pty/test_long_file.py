"""A file that takes a while to read: how far it is is told, and it can be stopped with nothing half done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal import Terminal

Start = Callable[..., Terminal]

PARAGRAPH = "The council met today. It talked about the harbour, as Mr. Smith had asked. Nobody else came."


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.txt"
    path.write_text("\n\n".join([PARAGRAPH] * 25_000), encoding="utf-8")
    return path


def test_how_far_it_is_is_told_until_it_opens(start: Start, book: Path) -> None:
    terminal = start("open", str(book))
    terminal.wait_for("/75000 decided")
    told = bytes(terminal.raw).partition(b"\x1b[?1049h")[0]
    for part in b"reading book.txt", b"kB a second", b"s left", b"ctrl+c stops":
        assert part in told
    # What it said is not left behind on the shell's screen.
    assert told.endswith(b"\r\x1b[K")


def test_stopped_it_leaves_nothing(start: Start, book: Path, tmp_path: Path) -> None:
    # Long enough that it is still being read when the key comes, also on a fast machine.
    book.write_text("\n\n".join([PARAGRAPH] * 120_000), encoding="utf-8")
    terminal = start("open", str(book))
    terminal.wait_for(lambda _: b"a second" in terminal.raw)
    terminal.send("\x03")
    assert terminal.wait_for_end() == 130
    told = bytes(terminal.raw).rpartition(b"\r\x1b[K")[2]
    assert told.split(b"\r\n") == [
        b"postil: stopped: whole articles that were added stay, no annotation was changed",
        b"",
    ]
    assert not list((tmp_path / "annotations").rglob("*.json"))
