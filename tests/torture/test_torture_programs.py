"""The short form of each torture that needs real processes."""

from __future__ import annotations

import pytest

from tests.torture import full_disk, kills, race, screen, two_writers, verifying


def test_kill_9_at_any_moment_loses_nothing() -> None:
    report = kills.run(quick=True)
    assert report.ok, report.fault
    assert report.counts["kills"] == 2 * kills.QUICK_KILLS_EACH
    assert report.counts["acknowledged"] > report.counts["kills"]
    assert report.counts["left a journal"]
    assert report.counts["mid-fold"]


def test_what_the_screen_called_saved_is_there_after_kill_9() -> None:
    report = screen.run(quick=True)
    assert report.ok, report.fault
    assert report.counts["kills"] == screen.QUICK_KILLS
    assert 0 < report.counts["called saved"] <= report.counts["stored"] <= report.counts["typed"]


def test_a_reader_is_never_behind_nor_refused_while_a_writer_folds() -> None:
    report = race.run(quick=True)
    assert report.ok, report.fault
    assert report.counts["reads with a fold under way"]


def test_two_writers_take_turns_and_lose_nothing() -> None:
    report = two_writers.run(quick=True)
    assert report.ok, report.fault
    assert report.counts["locked"]
    assert report.counts["turns taken"]


@pytest.mark.longer
def test_verify_beside_a_writer_reports_nothing_and_repairs_nothing() -> None:
    report = verifying.run(quick=True)
    assert report.ok, report.fault
    assert report.counts["looks at a held writer"] > 500
    assert report.counts["runs beside a writer"] == verifying.QUICK_RUNS
    assert report.counts["steps meanwhile"]


def test_a_full_disk_keeps_what_was_acknowledged_and_saves_the_rest_later() -> None:
    report = full_disk.run(quick=True)
    if report.counts.get("skipped"):
        pytest.skip(report.name)
    assert report.ok, report.fault
    assert report.counts["acknowledged"]
    assert report.counts["refused"]
