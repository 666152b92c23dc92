"""Each torture on a simulated disk, in its short form unless the tests run in their long one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.long import IS_LONG
from tests.torture import byte_flips, faults, mutants, power_cut, rival_mutants, rivals, swaps
from tests.torture.scene import Findings
from tests.torture.workload import Scene
from tui.store.disk import CAN_HOLD
from tui.store.lock import Lock


@pytest.mark.longer
def test_a_power_cut_loses_nothing_that_was_saved() -> None:
    report = power_cut.run(quick=not IS_LONG)
    assert report.ok, report.fault
    assert report.counts["cuts"] > 50
    assert report.counts["states"] > 300
    assert report.counts["second cuts"] > 20


@pytest.mark.longer
def test_a_failing_disk_loses_nothing_that_was_saved() -> None:
    report = faults.run(quick=not IS_LONG)
    assert report.ok, report.fault
    assert report.counts["points"] > 100
    assert report.counts["refused"]
    assert report.counts["not opened"]


@pytest.mark.longer
@pytest.mark.skipif(not CAN_HOLD, reason="this system looks names up by path only")
def test_what_takes_a_folders_place_is_noticed_and_not_written() -> None:
    report = swaps.run(quick=not IS_LONG)
    assert report.ok, report.fault
    assert report.counts["swaps"] > 100
    assert report.counts["noticed"]
    assert report.counts["not opened"]


@pytest.mark.longer
def test_a_changed_byte_is_never_passed_over() -> None:
    report = byte_flips.run(quick=True)
    assert report.ok, report.fault
    assert report.counts["refused"]
    assert report.counts["recovered"]


@pytest.mark.long
def test_broken_stores_are_found_out() -> None:
    report = mutants.run(quick=True)
    assert report.ok, report.fault
    assert set(report.counts.values()) == {1}


def test_the_lock_keeps_the_second_of_two_out(tmp_path: Path) -> None:
    found = Findings()
    mutants.two_at_once(Scene.furnish(tmp_path), Lock, found)
    assert found.counts["locked"] == 1
    assert not found.failures


def test_rivals_held_or_killed_at_any_call_lose_nothing() -> None:
    report = rivals.run(quick=True)
    assert report.ok, report.fault
    assert report.counts["meetings"] > 100
    assert report.counts["kills"] > 10
    assert report.counts["refused because of another"]


@pytest.mark.long
def test_each_missing_lock_and_comparison_is_found_out() -> None:
    report = rival_mutants.run(quick=True)
    assert report.ok, report.fault
    assert set(report.counts.values()) == {1}
