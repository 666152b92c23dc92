"""Profiling the reader: `python -m bench.profile [--size SENTENCES] [--keys KEYS]`.

Runs the reader on a pty under cProfile, types the keys, and prints the functions that took the most time by
themselves and including the functions they called. Profiling slows Python functions more than C functions: use it
to see where to look, and `python -m bench` to measure.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import os
import pstats
import re
import sys
import tempfile
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from bench.pty import BenchError, Program
from bench.terminal import output, postil_command
from tui.resources import sample

KEYS = "jjjjjkkkkkFFFF  bbuuUU"
_ROOT = Path(__file__).resolve().parent.parent
_SHOWN = 25


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.profile", description=__doc__)
    parser.add_argument("--size", type=int, default=41, metavar="SENTENCES")
    parser.add_argument("--keys", default=KEYS, help="typed once the article is shown")
    parser.add_argument("--inside", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    asked = parser.parse_args(argv)
    if asked.inside is not None:
        return _run(Path(asked.inside[0]), asked.inside[1:])
    try:
        print(_profiled(asked.size, asked.keys), end="")
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


def _profiled(size: int, keys: str) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        where = ["--annotations", str(folder / "annotations")]
        path = _text(folder, size)
        article = output([*postil_command(), "add", str(path), "--language", "fr", *where]).decode().strip()
        stats_file = folder / "profile"
        command = [
            sys.executable,
            "-m",
            "bench.profile",
            "--inside",
            str(stats_file),
            "open",
            article,
            *where,
        ]
        with Program(command, _ROOT) as program:
            program.wait_for(" decided")
            program.settle(1.0)
            for key in keys:
                program.key(key)
            program.press("\x11")
            program.wait_for_end()
        return _report(stats_file)


def _text(folder: Path, size: int) -> Path:
    """The sample, or its lines repeated."""
    if size <= 41:
        return sample()
    lines = [line for line in sample().read_text(encoding="utf-8").splitlines() if line.strip()]
    path = folder / "text.txt"
    path.write_text("\n\n".join(islice(cycle(lines), max(1, size // 2))), encoding="utf-8")
    return path


def _run(stats_file: Path, words: Sequence[str]) -> int:
    """Run Postil under the profiler, inside the terminal."""
    from tui.cli import main as postil

    profile = cProfile.Profile()
    code = profile.runcall(postil, list(words))
    profile.dump_stats(stats_file)
    return code


def _report(stats_file: Path) -> str:
    report: list[str] = []
    for order, title in (("tottime", "by themselves"), ("cumulative", "with what they called")):
        printed = io.StringIO()
        pstats.Stats(str(stats_file), stream=printed).sort_stats(order).print_stats(_SHOWN)
        lines = printed.getvalue().splitlines()
        first = next(number for number, line in enumerate(lines) if "ncalls" in line)
        report += [f"Functions that took most time, {title} (seconds)", *lines[first:], ""]
    text = "\n".join(report)
    text = text.replace(f"{_ROOT}{os.sep}", "")
    return re.sub(r"\S*/site-packages/", "", text)


if __name__ == "__main__":
    sys.exit(main())
