"""`python -m bench`: run the benchmarks and print one table with results and goals."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import platform
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import msgspec

from bench.pty import BenchError
from bench.table import Row, Section, at_least, figure, markdown, plain

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"
PLOT = RESULTS.with_name("cost.svg")
"""Plot of cost against size, from the same run."""


class Options(NamedTuple):
    """The options of a run."""

    data: Path | None
    quick: bool


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; returns 0 if everything could be measured, whether goals are met or not, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--data", type=Path, metavar="DIR", help="a folder with more gold data")
    parser.add_argument(
        "--only", action="append", choices=SECTIONS, metavar="SECTION", help=f"one of: {', '.join(SECTIONS)}"
    )
    parser.add_argument("--quick", action="store_true", help="few rounds, only to check that everything runs")
    parser.add_argument("--write", action="store_true", help=f"write the table to bench/{RESULTS.name}")
    arguments = parser.parse_args(argv)
    only: list[str] | None = arguments.only
    options = Options(arguments.data, arguments.quick)
    if arguments.write and (options.quick or only):
        parser.error("--write needs a full run: leave out --quick and --only")
    if options.data is not None and not options.data.is_dir():
        parser.error(f"no such folder: {options.data}")

    heading = _heading()
    sections: list[Section] = []
    for name, measure in SECTIONS.items():
        if only is None or name in only:
            print(f"measuring: {name} ...", file=sys.stderr)
            try:
                sections.append(measure(options))
            except BenchError as error:
                print(f"bench: {error}", file=sys.stderr)
                return 1
    print(plain(sections), end="")
    if arguments.write:
        RESULTS.write_text(f"{heading}\n{markdown(sections, PLOT.name)}", encoding="utf-8")
        for section in sections:
            if section.plot:
                PLOT.write_text(section.plot, encoding="utf-8")
    return 0


def _terminal(options: Options) -> Section:
    from bench import terminal

    rounds = terminal.QUICK if options.quick else terminal.Rounds()
    return Section("Terminal", terminal.measure(rounds))


def _sizes(options: Options) -> Section:
    from bench import sizes

    rows, plot = sizes.measure(sizes.QUICK if options.quick else sizes.Extent())
    return Section("Sizes", rows, plot=plot)


def _store(options: Options) -> Section:
    from bench import store

    return store.measure(store.QUICK if options.quick else store.Extent())


def _export(options: Options) -> Section:
    from bench import export

    return export.measure(export.QUICK if options.quick else export.Extent())


def _flow(_: Options) -> Section:
    from bench import flow

    return flow.measure()


def _agreement(options: Options) -> Section:
    from bench import agreement

    return agreement.measure(200) if options.quick else agreement.measure()


def _sentences(options: Options) -> Section:
    from bench.sentences import GOALS, gold_files, read_gold, score

    rows: list[Row] = []
    for path in gold_files(options.data):
        name = path.name.removesuffix(".sent.jsonl")
        try:
            records = read_gold(path)
        except (OSError, msgspec.MsgspecError) as error:
            raise BenchError(f"{path.name} is not gold data ({error}): repair or remove it") from error
        what, reached = f"exact F1 of sentences: {name}", score(records).f1
        goal = GOALS.get(name)
        rows.append(figure(what, reached, "%") if goal is None else at_least(what, reached, "%", goal))
    return Section("Sentences", rows)


def _entities(options: Options) -> Section:
    from bench import entities

    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            entities.main(["--data", str(options.data)] if options.data else [])
    except (OSError, msgspec.MsgspecError) as error:
        raise BenchError(f"unreadable gold data for names ({error}): repair or remove it") from error
    return Section("Entities", [], printed.getvalue().splitlines())


def _quotations(_: Options) -> Section:
    from bench import quotations

    try:
        return Section("Quotations", [], list(quotations.lines()))
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        raise BenchError(f"unreadable gold data for quotations ({error}): repair or remove it") from error


def _hints(options: Options) -> Section:
    from bench import hints

    try:
        return hints.measure(options.data)
    except (OSError, msgspec.MsgspecError) as error:
        raise BenchError(f"unreadable gold data for hints ({error}): repair or remove it") from error


# The terminal comes first: the others load a language model, and a large process is slow to fork.
SECTIONS: dict[str, Callable[[Options], Section]] = {
    "terminal": _terminal,
    "sizes": _sizes,
    "store": _store,
    "export": _export,
    "flow": _flow,
    "agreement": _agreement,
    "sentences": _sentences,
    "entities": _entities,
    "quotations": _quotations,
    "hints": _hints,
}


def _heading() -> str:
    """The date, the machine and the versions, as Markdown."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    facts = [
        f"{datetime.now(UTC):%Y-%m-%d}",
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB",
        f"{platform.system()} {platform.release()}",
        f"load {os.getloadavg()[0]:.1f} before the run",
        f"Python {platform.python_version()}",
        *(
            f"{name} {_version(package)}"
            for name, package in (("Textual", "textual"), ("SLATE", "slate-nlp"))
        ),
    ]
    return "\n".join(
        ["# Results", "", "Written by `python -m bench --write`.", "", f"{'; '.join(facts)}.", ""]
    )


def _processor() -> str:
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


if __name__ == "__main__":
    sys.exit(main())
