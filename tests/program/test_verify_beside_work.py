"""`verify` while others work: nothing whole is reported as damaged, and `--repair` changes nothing under a writer."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.program.program import Done, Program

TEXT = "The budget vote\n\nThe mayor said on Monday that the budget was late. Nobody was surprised."
SUFFIXES = (".json", ".journal", ".history")
RUNS = 12

BUSY = """
import os, sys
from tui.cli import main
words = sys.argv[1:]
sys.stdout = open(os.devnull, "w")
for number in range(1_000_000):
    for what in (["opinion"], ["opinion", "--remove"]):
        if main(["tag", words[0], "2", *what, *words[1:]]):
            sys.exit(1)
    if number == 2:
        os.write(1, b"busy")
        os.close(1)
"""
"""Someone who tags and untags, as fast as it goes, until they are stopped."""


@pytest.fixture
def article(program: Program) -> str:
    """An article with a history, a checkpoint and the one before that."""
    added = program.add(TEXT)
    for number in ("1", "2"):
        assert program.run("tag", added, number, "fact").code == 0
    return added


@contextmanager
def busy(program: Program, article: str) -> Generator[None]:
    """From the beginning of the block somebody tags all the time."""
    where = ["--annotations", str(program.folder), "--annotator", "ana"]
    process = subprocess.Popen(
        [sys.executable, "-c", BUSY, article, *where],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=program.place,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.read() == b"busy"
        yield
        assert process.poll() is None, "the fast writer was stopped by something"
    finally:
        process.kill()
        process.communicate()


def check_whole(done: Done) -> None:
    assert done.code == 0, done.out
    assert "✗" not in done.out
    assert "no problems" in done.out


def test_beside_a_fast_writer_everything_is_whole(program: Program, article: str) -> None:
    with busy(program, article):
        for _ in range(RUNS):
            check_whole(program.run("verify"))


def test_a_repair_beside_a_fast_writer_changes_nothing(program: Program, article: str) -> None:
    with busy(program, article):
        for _ in range(RUNS):
            done = program.run("verify", "--repair")
            assert done.code in {0, 3}, done.err
            assert not list(program.work(article).parent.glob("*.damaged-*"))
    history = program.run("history", article, "--annotator", "ana", "--json").out
    assert '"tag.opinion"' in history or "opinion" in history
    assert "repair" not in history
    check_whole(program.run("verify"))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_tag_in_the_middle_of_reading(program: Program, article: str, suffix: str) -> None:
    """Verify stands still before it opens a file; what was read before is older than what it reads next."""
    if suffix == ".journal":
        leave_journal(program, article)
    with program.held("verify", at=(f"open {article}{suffix}",)) as held:
        for what in ("opinion", "quote"):
            assert program.run("tag", article, "3", what).code == 0
        check_whole(held.go_on())


def leave_journal(program: Program, article: str) -> None:
    """A tag that is in the journal alone, as a crash leaves it."""
    with program.held("tag", article, "3", "quote", at=(f"rename {article}.json",)) as held:
        held.kill()
    journal = program.work(article).with_suffix(".journal")
    assert journal.stat().st_size


@pytest.mark.parametrize("place", ["rename {}.json", "open {}.journal"])
def test_a_repair_waits_for_who_is_at_work(program: Program, article: str, place: str) -> None:
    """What looks wrong while somebody writes is theirs to finish."""
    previous = program.work(article).with_suffix(".json.prev")
    damaged = previous.read_bytes().replace(b'"fact"', b'"fakt"', 1)
    with program.held("tag", article, "3", "quote", at=(place.format(article),)) as held:
        previous.write_bytes(damaged)
        before = contents(program, article)
        done = program.run("verify", "--repair")
        assert contents(program, article) == before
        assert done.code != 0
        assert re.search(
            r"ana .*(is|has) .*since \d\d:\d\d from .*pid \d+.*(try again later|close)", done.err
        ), done.err
        assert held.go_on().code == 0


def contents(program: Program, article: str) -> dict[str, bytes]:
    folder = program.work(article).parent
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".lock"}


def test_a_repair_that_is_not_on_disk_is_not_called_whole(program: Program, article: str) -> None:
    """The folder cannot be synced after a file was put in its place."""
    path = program.work(article)
    path.write_bytes(path.read_bytes().replace(b'"fact"', b'"fakt"', 1))
    unsynced = Path(__file__).with_name("unsynced.py")
    words = ["verify", "--repair", "--annotations", str(program.folder)]
    done = subprocess.run(
        [sys.executable, str(unsynced), path.name, "--", *words],
        cwd=program.place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 4, done.stderr
    assert "not repaired" in done.stderr
    assert "no problems" not in done.stderr
