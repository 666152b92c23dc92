"""Fuzz what reads other people's files: python -m tests.fuzz [--seconds N] [TARGET ...]

Every target runs in a process of its own for so many seconds, guided by what it covers. What breaks one is kept in
`fuzz-found/`: give its path after the target to run that alone.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.corpus import cases

ROOT = Path(__file__).parents[2]
FOUND = ROOT / "fuzz-found"
LONGEST = 4096
"""Bytes of an input."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", help="default: all of them")
    parser.add_argument("--seconds", type=int, default=30, help="a target (default 30)")
    parser.add_argument("--run", help=argparse.SUPPRESS)
    options, rest = parser.parse_known_args()
    if importlib.util.find_spec("atheris") is None:
        print("The fuzzer atheris is not installed: run make fuzz, on Linux x86-64", file=sys.stderr)
        return 1
    if options.run:
        return _run(options.run, [*options.targets, *rest])
    from tests.fuzz.targets import TARGETS

    unknown = [name for name in options.targets if name not in TARGETS]
    if unknown:
        parser.error(f"there is no target {unknown[0]!r}: use {', '.join(TARGETS)}")
    broken = [name for name in options.targets or TARGETS if _fuzz(name, options.seconds)]
    print(f"broken: {', '.join(broken)}: see {FOUND}" if broken else "nothing is broken")
    return 1 if broken else 0


def _fuzz(name: str, seconds: int) -> bool:
    """Whether something broke the target."""
    FOUND.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(_seeds(name)):
            (Path(folder) / f"seed-{number:04}").write_bytes(seed[:LONGEST])
        options = [
            f"-max_total_time={seconds}",
            f"-max_len={LONGEST}",
            "-timeout=20",
            "-verbosity=0",
            "-print_final_stats=1",
            f"-artifact_prefix={FOUND / name}-",
        ]
        command = [sys.executable, "-m", "tests.fuzz", "--run", name, *options, folder]
        done = subprocess.run(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False)
    runs = next(
        (line.split()[-1] for line in done.stderr.splitlines() if "number_of_executed_units" in line), "?"
    )
    print(f"{name:10} {runs:>9} runs  {'BROKEN' if done.returncode else 'ok'}", flush=True)
    if done.returncode:
        print(done.stderr[-4000:])
    return bool(done.returncode)


def _seeds(name: str) -> list[bytes]:
    from tests.fuzz.targets import SEEDS

    patterns = SEEDS.get(name)
    if patterns is not None:
        return [path.read_bytes() for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    return [
        case if isinstance(case, bytes) else case.encode("utf-8", "surrogatepass")
        for case in cases().values()
    ]


def _run(name: str, options: list[str]) -> int:
    # It has no wheel for some systems, where no type checker would find it.
    atheris = importlib.import_module("atheris")
    # What a target imports is watched from its import on.
    with atheris.instrument_imports(include=["tui", "tomllib"]):
        from tests.fuzz.targets import TARGETS
    atheris.Setup([name, *options], TARGETS[name])
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
