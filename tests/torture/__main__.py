"""Whether saved means saved: `python -m tests.torture [--quick] [PART...]`. Ends with 1 when anything was found."""

from __future__ import annotations

import argparse
import sys
import time
from importlib import import_module

from tests.torture.report import Report

PARTS = (
    "power_cut",
    "faults",
    "swaps",
    "byte_flips",
    "mutants",
    "kills",
    "screen",
    "race",
    "two_writers",
    "verifying",
    "rivals",
    "rival_mutants",
    "full_disk",
    "real_disk",
    "unreadable",
    "cut_commands",
    "namespaces",
    "by_hand",
)

_MOST_FAILURES = 10
"""How many are printed of each part."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"one of {', '.join(PARTS)}; all without any"
    )
    parser.add_argument("--quick", action="store_true", help="the short form that the tests run")
    args = parser.parse_args()
    unknown = [part for part in args.parts if part not in PARTS]
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}")
    reports: list[Report] = []
    for part in args.parts or PARTS:
        begun = time.monotonic()
        report: Report = import_module(f"tests.torture.{part}").run(args.quick)
        print_report(report, time.monotonic() - begun)
        reports.append(report)
    bad = [report.name for report in reports if not report.ok]
    print(
        f"\nfound in: {', '.join(bad)}"
        if bad
        else "\nnothing missing, nothing unreadable, nothing that was never put"
    )
    return 1 if bad else 0


def print_report(report: Report, seconds: float) -> None:
    print(f"\n{report.name} ({seconds:.0f} s)")
    width = max(map(len, report.counts), default=0)
    for what, count in report.counts.items():
        print(f"  {what:<{width}} {count:>9,}")
    for failure in report.failures[:_MOST_FAILURES]:
        print(f"  ! {failure}")
    if len(report.failures) > _MOST_FAILURES:
        print(f"  ! and {len(report.failures) - _MOST_FAILURES:,} more")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
