"""A file that takes too long or too much is one line, and nothing else suffers by it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui.prepare.limits import SECONDS_VARIABLE, Limits, end_message, limits_for

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="no limits of a process here")


def run_add(folder: Path, *files: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tui", "add", *map(str, files), "--annotations", str(folder / "a")],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A page that takes some seconds, between two small texts."""
    names = ("one.txt", "bomb.html", "two.txt")
    contents = (
        "This is one. It ends.",
        "<html><body><article>" + "<p>Some <i>words</i>.</p>" * 60_000,
        "Two.",
    )
    for name, content in zip(names, contents, strict=True):
        (tmp_path / name).write_text(content, encoding="utf-8")
    return [tmp_path / name for name in names]


def test_a_file_that_takes_too_long_is_one_line_and_the_others_are_added(
    tmp_path: Path, files: list[Path]
) -> None:
    done = run_add(tmp_path, *files, **{SECONDS_VARIABLE: "1"})
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    [bomb] = [path for path in files if "bomb" in path.name]
    said = [line for line in done.stderr.splitlines() if "bomb" in line]
    assert said == [f"postil: {bomb} takes more than 1 second of processor time to read: split it"]
    assert "Traceback" not in done.stderr
    kept = sorted(path.name for path in (tmp_path / "a" / "articles").iterdir())
    assert kept == sorted(f"{one}.json" for one in done.stdout.split())


@pytest.mark.skipif(sys.platform != "linux", reason="the system keeps no RLIMIT_AS")
def test_memory_beyond_its_limit_is_one_line(tmp_path: Path) -> None:
    code = (
        "from tui.prepare import pipeline, worker\n"
        "pipeline.read_articles = lambda *_, **__: [bytes(2**31)]\n"
        "worker.main()\n"
    )
    from tui.prepare.messages import Failed, PrepareFile, decode_reply, encode

    request = encode(PrepareFile(b"/large.txt", limits=Limits(megabytes=1024)))
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(request)
        process.stdin.flush()
        reply = decode_reply(process.stdout.readline())
        process.stdin.close()
    assert reply == Failed("/large.txt takes more than 1 GB of memory to read: split it")


def test_the_limits_are_wide_enough_for_two_hundred_thousand_sentences() -> None:
    limits = limits_for(25 * 2**20, {})
    assert limits.seconds > 1500
    assert limits.megabytes > 6000
    assert limits_for(1000, {}).seconds == 120


@pytest.mark.parametrize("said", ["", "0", "-1", "x", "²", "1e3"])
def test_a_wrong_limit_is_passed_over(said: str) -> None:
    assert limits_for(0, {SECONDS_VARIABLE: said}).seconds == 120


def test_how_a_process_ended_is_told() -> None:
    assert (
        end_message("a.txt", Limits(), -9)
        == "a.txt: the preparation process was killed by SIGKILL: try again"
    )
    assert end_message("a.txt", Limits(), 1).endswith("ended with code 1: try again")
