"""`postil add` as a whole takes time linear in what it reads: the texts on which it once took minutes."""

from __future__ import annotations

import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program.program import Program

MOST = 5.0
"""Times as long for four times the text, with all that a command takes at its start; 6 and more where it grows with
the square."""


def never_closed(size: int) -> bytes:
    """Quotation marks that open and never close."""
    return ("Le vote\n\n" + "«“" * (size // 2)).encode()


def attributes(size: int) -> bytes:
    """A page with one element that has a great many attributes."""
    given = " ".join(f"a{number}=x" for number in range(size // 10))
    text = "<p>Le vote est mardi. Le maire a dit non.</p>" * 20
    return f"<html><body><article><h1>Le vote {size}</h1><p {given}>Paris est une ville.</p>{text}</article></body></html>".encode()


def processor_time(program: Program, path: Path) -> float:
    """Seconds of the command and of all that it started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = program.run("add", str(path))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.code == 0, done.err
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.parametrize(
    ("make", "suffix", "size"), [(never_closed, "txt", 12_500), (attributes, "html", 200_000)]
)
def test_four_times_the_text_takes_no_more_than_its_share(
    tmp_path: Path, make: Callable[[int], bytes], suffix: str, size: int
) -> None:
    program = Program(tmp_path)
    (tmp_path / "first.txt").write_text("Le vote\n\nIl est tard.")
    processor_time(program, tmp_path / "first.txt")
    times: list[float] = []
    for number, of_size in enumerate((size, 4 * size)):
        path = tmp_path / f"{number}.{suffix}"
        path.write_bytes(make(of_size))
        times.append(processor_time(program, path))
    assert times[1] <= MOST * times[0], times
