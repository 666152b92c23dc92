"""The short form of each torture that needs real file systems, namespaces, or strace."""

from __future__ import annotations

import pytest

from tests.torture import by_hand, cut_commands, namespaces, real_disk, unreadable
from tests.torture.report import Report


def tried(report: Report) -> Report:
    """The report; skips the test where this machine could do nothing of it."""
    if not any(report.counts.get(what) for what in ("runs", "reads that failed")):
        pytest.skip("; ".join([report.name, *(what for what in report.counts if "skipped, " in what)]))
    return report


def test_a_real_disk_in_trouble_loses_nothing_that_was_saved() -> None:
    report = tried(real_disk.run(quick=True))
    assert report.ok, report.fault
    assert report.counts["acknowledged"]
    assert report.counts["refused"]


@pytest.mark.longer
def test_commands_and_reviews_that_are_killed_leave_everything_whole() -> None:
    report = cut_commands.run(quick=True)
    assert report.ok, report.fault
    assert all(report.counts[f"kills of {actor.name}"] for actor in cut_commands.ACTORS)
    assert report.counts["kills of review"]


def test_one_lock_holds_between_namespaces_and_no_mount_hides_what_was_saved() -> None:
    report = tried(namespaces.run(quick=True))
    assert report.ok, report.fault
    assert report.counts["locked"] == 3 * namespaces.QUICK_TURNS
    assert report.counts["refused while mounted over"]


def test_an_article_that_is_edited_by_hand_costs_no_tag() -> None:
    report = by_hand.run(quick=True)
    assert report.ok, report.fault
    assert report.counts["acknowledged"] == 4 * len(by_hand.QUICK_EDITS)


@pytest.mark.longer
def test_a_read_that_fails_is_said_and_nothing_is_left_out_in_silence() -> None:
    report = tried(unreadable.run(quick=True))
    assert report.counts["reads that failed"] > 5
    assert report.ok, report.fault
