"""A full disk and a lock that is never given back, over real SSH lines."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ssh.conftest import ALIVE, Server
from tests.ssh.test_serving import added, opened
from tests.terminal import PATIENCE, Terminal
from tui.settings import scheme_file as scheme
from tui.store.folder import FolderStore

LEAVE = "\x11"


@pytest.fixture
def article(server: Server, tmp_path: Path) -> Iterator[str]:
    """The sample, on a disk of the host's annotations alone."""
    folder = server.host.annotations
    server.wait_until_gone()
    kept = tmp_path / "kept"
    subprocess.run(["cp", "--archive", str(folder), str(kept)], check=True)
    for path in (*kept.glob("people/*/*"), *kept.glob("articles/*")):
        # What other tests left; the folders stay as set-up made them.
        path.unlink()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=500k", "tmpfs", str(folder)]
    done = subprocess.run(mounted, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    try:
        subprocess.run(["cp", "--archive", f"{kept}/.", str(folder)], check=True)
        yield added(server)
        server.wait_until_gone()
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def filler(server: Server) -> Path:
    """What fills the disk, once `fill` was called."""
    return server.host.annotations / "filler"


def fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file:
        size = 1 << 16
        while size:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2


def stored(server: Server, article: str) -> list[str]:
    """The actions of ana's steps that are on disk."""
    store = FolderStore(server.host.annotations, scheme.load().label)
    return [event.step.action for event in store.history(article, server.names["ana"])]


def says(terminal: Terminal, *words: str) -> None:
    terminal.wait_for(lambda screen: all(word in " ".join(screen.split()) for word in words))


def test_a_full_disk_is_told_and_saved_to_once_there_is_room(
    server: Server, article: str, filler: Path
) -> None:
    ana = opened(server, "ana", article)
    try:
        ana.send("f")
        says(ana, "1/41 decided", "saved ✓")
        fill(filler)
        ana.send("oq" * 10)
        says(ana, "21/41 decided", "NOT SAVED", "No space left on device: free some space")
        on_disk = len(stored(server, article))
        assert 1 <= on_disk < 21
        # Readers need no room.
        listed = server.run("ben", "list")
        assert (listed.returncode, listed.stderr) == (0, b"")
        exported = server.run("ben", "export", article)
        assert (exported.returncode, exported.stdout.count(b"\n")) == (0, on_disk)
        filler.unlink()
        says(ana, "21/41 decided", "saved ✓")
        ana.send(LEAVE)
        assert ana.wait_for_end() == 0
    finally:
        ana.close()
    assert len(stored(server, article)) == 21


def test_a_full_disk_can_be_left_and_keeps_what_was_saved(server: Server, article: str, filler: Path) -> None:
    ana = opened(server, "ana", article)
    try:
        ana.send("f")
        says(ana, "1/41 decided", "saved ✓")
        fill(filler)
        ana.send("oq" * 10)
        says(ana, "21/41 decided", "NOT SAVED")
        on_disk = len(stored(server, article))
        ana.send(LEAVE)
        says(ana, "in memory only", "No space left on device", "leave, and lose")
        ana.send("\r")
        # Nobody who logs in only for Postil has a folder of their own.
        says(ana, "not saved, ")
        # Until the question has been there for a while this is not taken for an answer.
        limit = time.monotonic() + PATIENCE
        while b" lost: " not in ana.raw and time.monotonic() < limit and ana.read(0.5):
            ana.send(LEAVE)
        assert ana.wait_for_end() == 4
    finally:
        ana.close()
    assert len(stored(server, article)) == on_disk
    filler.unlink()
    again = server.terminal("ana", "open", article)
    try:
        again.wait_for(f"{on_disk}/41 decided")
        # The cursor was not kept, so it is on the first sentence.
        again.send("\tf")
        says(again, f"{on_disk + 1}/41 decided", "saved ✓")
        again.send(LEAVE)
        assert again.wait_for_end() == 0
    finally:
        again.close()


def test_a_lock_that_is_never_given_back_leaves_the_article_readable(
    server: Server, article: str, filler: Path
) -> None:
    """The first session is stopped, as on a host that hangs, and then the disk is full too."""
    ana = opened(server, "ana", article)
    ana.send("foq")
    says(ana, "3/41 decided", "saved ✓")
    pid = holder(server)
    owner = re.compile(rf"since \d\d:\d\d from 127\.0\.0\.1 over ssh on \S+ \(pid {pid}\)")
    os.kill(pid, signal.SIGSTOP)
    try:
        for is_full in (False, True):
            if is_full:
                fill(filler)
            second = server.terminal("ana", "open", article)
            try:
                second.wait_for("3/41 decided")
                says(second, "has this article open since")
                second.wait_for(lambda screen: owner.search(" ".join(screen.split())) is not None)
                second.send("gjjjjj")
                second.wait_for("Sentence 6 of 41")
                second.send("f")
                says(second, "3/41 decided", "read-only")
                second.send(LEAVE)
                assert second.wait_for_end() == 0
            finally:
                second.close()
        listed = server.run("ana", "list")
        assert (listed.returncode, listed.stderr) == (0, b"")
    finally:
        # Its line is cut: it wakes to save, and ends.
        ana.close()
    server.wait_until_gone("ana")
    filler.unlink()
    third = server.terminal("ana", "open", article)
    try:
        third.wait_for("3/41 decided")
        third.send("\tf")
        says(third, "4/41 decided", "saved ✓")
        third.send(LEAVE)
        assert third.wait_for_end() == 0
    finally:
        third.close()
    assert len(stored(server, article)) == 4


def holder(server: Server) -> int:
    """The process number of ana's Postil."""
    asked = ["pgrep", "-r", ALIVE, "-u", server.names["ana"], "-f", "tui"]
    found = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split()
    return max(map(int, found))
