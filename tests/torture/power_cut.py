"""The power goes after every number of system calls, and of what was not synced any part may be left."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.torture.report import Report
from tests.torture.scene import Findings
from tests.torture.simulated_disk import Cut, SimulatedDisk
from tests.torture.workload import Scene, Told, go_on, judge, look, work

MakeDisk = Callable[[Path], SimulatedDisk]


class Extent(NamedTuple):
    """How much is tried."""

    puts: tuple[int, ...]
    """In each sitting."""
    states: int
    """The most that are looked at after one cut; of more a sample is taken."""
    every: int
    """After each so-many-th cut the power goes again while one of the states is opened and worked with."""
    states_again: int
    """As `states`, after such a second cut."""


FULL = Extent(puts=(16, 10), states=1_500, every=8, states_again=6)
QUICK = Extent(puts=(5, 2), states=20, every=70, states_again=3)


def run(quick: bool) -> Report:
    """What was saved is there after each cut, and nothing that was never put; and one can go on from there."""
    found = Findings()
    with tempfile.TemporaryDirectory() as folder:
        cut_everywhere(Scene.furnish(Path(folder)), QUICK if quick else FULL, found)
    return found.report("power cuts")


def cut_everywhere(
    scene: Scene, extent: Extent, found: Findings, make_disk: MakeDisk = SimulatedDisk, patient: bool = True
) -> None:
    """Not `patient`, it stops at the first thing that it finds."""
    choice = random.Random(1)
    seen: set[tuple[int, int, int]] = set()
    for disk, told in _cuts(scene, extent.puts, make_disk):
        found.counts["cuts"] += 1
        where = f"cut after call {disk.calls}"
        states = list(disk.crash_states(choice, extent.states))
        if found.counts["cuts"] % extent.every == 0:
            _cut_again(scene, choice.choice(states).copy(), told, choice, extent.states_again, found, where)
        for state in states:
            key = (state.fingerprint(), told.saved, len(told.submitted))
            if key not in seen:
                seen.add(key)
                found.counts["states"] += 1
                judge(scene, state, told, found, where)
        if found.failures and not patient:
            return


def _cuts(scene: Scene, puts: Sequence[int], make_disk: MakeDisk) -> Iterator[tuple[SimulatedDisk, Told]]:
    """The disk after each number of calls, and what the annotator was told until then; without repetitions."""
    days = scene.sittings(*puts)
    before = (-1, -1, -1)
    calls = 0
    ended = False
    while not ended:
        disk, told = make_disk(scene.folder), Told()
        disk.cut_after = calls
        try:
            for _ in work(scene, disk, days, told):
                pass
            ended = True
        except Cut:
            pass
        now = (disk.changes, told.saved, len(told.submitted))
        if now != before:
            yield disk, told
        before = now
        calls += 1


def _cut_again(
    scene: Scene,
    state: SimulatedDisk,
    told: Told,
    choice: random.Random,
    most: int,
    found: Findings,
    where: str,
) -> None:
    """What one cut has left is safe: after a second one, while the store opens and folds it, it is still there."""
    left = look(scene, state, told, found, where)
    if left is None:
        return
    calls = 0
    ended = False
    while not ended:
        disk, later = state.copy(), Told(list(left), len(left))
        disk.cut_after = calls
        try:
            go_on(scene, disk, later)
            ended = True
        except Cut:
            pass
        found.counts["second cuts"] += 1
        for again in disk.crash_states(choice, most):
            found.counts["states"] += 1
            judge(scene, again, later, found, f"{where}, again after {calls}")
        calls += 1
