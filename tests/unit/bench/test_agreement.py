"""The benchmark of agreement runs, and says what it measured."""

from __future__ import annotations

from bench.agreement import measure


def test_it_measures_the_command() -> None:
    [row] = measure(sentences=20).rows
    assert row.what == "postil agreement, 20 sentences by 5"
    assert row.value is not None
    assert row.goal
