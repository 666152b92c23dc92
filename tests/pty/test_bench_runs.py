"""Every section of the benchmark runs from end to end; its numbers are not looked at."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

KINDS = ("move, panel shown", "move, panel hidden", "tag, panel shown", "tag, panel hidden")
PAGING = ("page, panel shown", "page, panel hidden")
SLATE = ("move, SLATE", "label, SLATE")

EXPECTED = {
    "first paint, Postil",
    "first paint, smallest Textual app",
    "first paint, SLATE",
    "postil --help",
    "python -c pass",
    *(f"key to last byte, {p}: {kind}" for p in ("p50", "p99") for kind in (*KINDS, *PAGING, *SLATE)),
    *(f"processor time of a frame, p99: {kind}" for kind in (*KINDS, *PAGING, *SLATE)),
    *(f"bytes in total, then a pause: {kind}" for kind in KINDS),
    *(f"bytes of a frame: {kind}" for kind in (*KINDS, *PAGING, *SLATE)),
    *(f"bytes that follow once typing pauses: {kind}" for kind in KINDS),
    "keys of Postil that drew nothing",
    "peak memory, smallest Textual app once painted",
    "peak memory, Postil after all these keys",
    "peak memory, SLATE after all these keys",
}


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """What `python -m WORDS` comes to."""
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.long
@pytest.mark.skipif(find_spec("slate") is None, reason="slate-nlp is not installed")
def test_every_line_is_there() -> None:
    done = run("bench", "--only", "terminal", "--quick")
    assert done.returncode == 0, done.stderr
    heading, _, _, *lines = done.stdout.splitlines()
    width = heading.index("value")
    rows = [line for line in lines if line.startswith("  ")]
    names = [row[:80].strip().partition("  ")[0] for row in rows]
    assert sorted(names) == sorted(EXPECTED)
    assert all(" <= " not in row or row.endswith(("  met", "  missed")) for row in rows)
    assert "not measured" not in done.stdout
    assert width > max(map(len, EXPECTED))


@pytest.mark.long
def test_the_store_is_measured_beside_its_peers() -> None:
    done = run("bench", "--only", "store", "--quick")
    assert done.returncode == 0, done.stderr
    for peer in ("append + fsync", "SQLite WAL FULL", "atomic rewrite", "stock TinyDB"):
        assert f"durable tag at 50 annotations: {peer}" in done.stdout
    assert "not measured" not in done.stdout


@pytest.mark.long
def test_an_export_writes_what_a_bare_loop_does() -> None:
    done = run("bench", "--only", "export", "--quick")
    assert done.returncode == 0, done.stderr
    assert "export of 60 records: a bare orjson loop" in done.stdout
    assert "not measured" not in done.stdout


def test_the_annotation_flow_is_counted() -> None:
    done = run("bench", "--only", "flow")
    assert done.returncode == 0, done.stderr
    assert "6 met, 0 missed" in done.stdout
    assert "not measured" not in done.stdout


def test_a_partial_run_is_not_kept() -> None:
    done = run("bench", "--quick", "--write")
    assert done.returncode == 2
    assert "leave out --quick and --only" in done.stderr


@pytest.mark.long
@pytest.mark.skipif(find_spec("slate") is None, reason="slate-nlp is not installed")
def test_the_sizes_are_measured() -> None:
    done = run("bench", "--only", "sizes", "--quick")
    assert done.returncode == 0, done.stderr
    for kind in ("move", "page", "far jump", "tag", "undo", "search", "resize"):
        for size in (41, 80):
            [line] = [
                line
                for line in done.stdout.splitlines()
                if f"key to last byte, p50: {kind}, {size} " in f"{line} "
            ]
            assert " ms" in line, line
    assert "peak memory, 100 lines" in done.stdout


@pytest.mark.long
def test_a_short_soak_finds_nothing() -> None:
    done = run("bench.soak", "--keys", "24")
    assert done.returncode == 0, done.stderr
    told = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert (told["keys"], told["differences"], told["unanswered"]) == ("24", "0", "0")
