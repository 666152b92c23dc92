"""When a line counts as slow."""

from __future__ import annotations

import pytest

from tui.terminal.latency_probe import LARGE, LatencyProbe, is_remote


def measured(size: int, behind_frame: float, alone: float) -> list[str]:
    """What two answers mean that take so many seconds."""
    gauge = LatencyProbe(is_enabled=True)
    assert gauge.should_probe(size, 10.0)
    verdicts = [gauge.answered(10.0 + behind_frame)]
    if verdicts == ["again"]:
        verdicts.append(gauge.answered(10.0 + behind_frame + alone))
    assert not gauge.should_probe(size, 20.0)
    return verdicts


@pytest.mark.parametrize(
    ("size", "behind_frame", "alone", "verdicts"),
    [
        (20_000, 0.02, 0.0, ["fast"]),
        (20_000, 0.29, 0.0, ["fast"]),
        # Far away: each key is late.
        (20_000, 0.45, 0.40, ["again", "slow"]),
        # A thin line: 20 kB a second.
        (20_000, 1.05, 0.05, ["again", "slow"]),
        # Something held it up once.
        (20_000, 0.35, 0.10, ["again", "fast"]),
        # Much to draw, and drawn fast.
        (200_000, 1.0, 0.05, ["again", "fast"]),
    ],
)
def test_what_is_slow(size: int, behind_frame: float, alone: float, verdicts: list[str]) -> None:
    assert measured(size, behind_frame, alone) == verdicts


def test_it_asks_behind_one_large_frame_only() -> None:
    gauge = LatencyProbe(is_enabled=True)
    assert not gauge.should_probe(LARGE - 1, 1.0)
    assert gauge.should_probe(LARGE, 1.0)
    assert not gauge.should_probe(LARGE, 1.1)


def test_an_answer_to_somebody_elses_question_means_nothing() -> None:
    assert LatencyProbe(is_enabled=True).answered(1.0) == "nothing"


def test_nothing_is_asked_unless_it_is_wanted() -> None:
    assert not LatencyProbe(is_enabled=False).should_probe(LARGE, 1.0)


@pytest.mark.parametrize(
    ("environment", "remote"),
    [
        ({}, False),
        ({"SSH_TTY": "/dev/pts/3"}, True),
        ({"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22", "TERM": "xterm"}, True),
        # These answer in the terminal's place.
        ({"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22", "TMUX": "/tmp/tmux"}, False),
        ({"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22", "STY": "1.pts"}, False),
    ],
)
def test_only_a_terminal_far_away_is_asked(environment: dict[str, str], remote: bool) -> None:
    assert is_remote(environment) is remote
