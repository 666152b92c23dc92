"""Each system call fails in each way that it may, and the annotator goes on."""

from __future__ import annotations

import errno
import itertools
import os
import random
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.torture.report import Report
from tests.torture.scene import Findings
from tests.torture.simulated_disk import Cut, SimulatedDisk, Write
from tests.torture.workload import Scene, Told, go_on, judge, look, work
from tui.store.protocol import StoreError

_FOR_EVER = sys.maxsize
_CREATING = frozenset({"open", "write", "sync", "link", "replace", "make_folder", "sync_folder"})
"""Calls that take room."""
_ALTERING = _CREATING | {"truncate", "set_mode", "unlink", "set_folder_mode"}
_ALL = _ALTERING | {"state_of", "close", "state", "location", "read", "names", "hold"}

_LOOKS = 3
"""After how many puts that follow a fault the power might go."""


class Fault(NamedTuple):
    """What goes wrong."""

    name: str
    calls: frozenset[str]
    """Which calls it may meet."""
    lasts: int = 1
    """How many of them."""
    error: int = 0
    """0 for a fault that is no error."""


SHORT = frozenset({"write"})
DIE = Fault("dies", _ALL, _FOR_EVER)

FAULTS = (
    Fault("EIO", _ALL, error=errno.EIO),
    Fault("EIO that stays", _ALL, _FOR_EVER, errno.EIO),
    Fault("ENOSPC", _CREATING, error=errno.ENOSPC),
    Fault("ENOSPC for a while", _CREATING, 15, errno.ENOSPC),
    Fault("ENOSPC that stays", _CREATING, _FOR_EVER, errno.ENOSPC),
    Fault("EDQUOT for a while", _CREATING, 4, errno.EDQUOT),
    Fault("EROFS that stays", _ALTERING, _FOR_EVER, errno.EROFS),
    Fault("short write", SHORT),
    Fault("short writes", SHORT, _FOR_EVER),
    DIE,
)


class FailingDisk(SimulatedDisk):
    """It works until it has met so many of the calls that may fail, and then again once the fault is over."""

    def __init__(self, root: Path, fault: Fault, after: int) -> None:
        super().__init__(root)
        self._fault: Fault | None = fault
        self._after = after
        self._met = 0
        self._unsynced: set[int] = set()
        """Inodes of files on which a sync has failed."""
        self.hit = ""
        """The call that failed first."""
        self.retried = False
        """Whether a sync was called again where one had failed."""

    def mend(self) -> None:
        self._fault = None

    def write(self, number: int, data: bytes | memoryview, offset: int) -> int:
        half = data[: max(1, len(data) // 2)]
        if self._fault is not None and self._fault.calls is SHORT and self._fails("write"):
            return super().write(number, half, offset)
        try:
            return super().write(number, data, offset)
        except OSError:
            # Some of it may have come through.
            self._change(self.file(number), Write(offset, bytes(half)))
            raise

    def _call(self, name: str, where: Path | int) -> None:
        fault = self._fault
        syncing = self.file(where) if name == "sync" and isinstance(where, int) else None
        self.retried |= syncing is not None and syncing.number in self._unsynced
        if fault is not None and fault.calls is not SHORT and self._fails(name):
            if fault is DIE:
                raise Cut
            if syncing is not None:
                self._unsynced.add(syncing.number)
                self.give_up(syncing)
            raise OSError(fault.error, os.strerror(fault.error))
        super()._call(name, where)

    def _fails(self, name: str) -> bool:
        assert self._fault is not None
        if name not in self._fault.calls:
            return False
        self._met += 1
        failing = self._after < self._met <= self._after + self._fault.lasts
        if failing and not self.hit:
            self.hit = name
        return failing


class Extent(NamedTuple):
    """How much is tried."""

    puts: tuple[int, ...]
    """In each sitting."""
    every: int
    """Each so-many-th call: a number that has nothing in common with the six calls of a put."""
    states: int
    """How many are looked at where the power might go."""


FULL = Extent(puts=(14, 6), every=1, states=4)
QUICK = Extent(puts=(5, 2), every=4, states=2)


def run(quick: bool) -> Report:
    """What `put` returned for is there in the end, and would be had the power gone; nothing else ever is."""
    found = Findings()
    with tempfile.TemporaryDirectory() as folder:
        fail_everywhere(Scene.furnish(Path(folder)), QUICK if quick else FULL, found)
    return found.report("faults")


def fail_everywhere(scene: Scene, extent: Extent, found: Findings, patient: bool = True) -> None:
    """Not `patient`, it stops at the first thing that it finds."""
    choice = random.Random(1)
    for number, fault in enumerate(FAULTS):
        for after in itertools.count(number % extent.every, extent.every):
            if not _fail(scene, extent, fault, after, choice, found):
                break
            found.counts["points"] += 1
            if found.failures and not patient:
                return


def _fail(
    scene: Scene, extent: Extent, fault: Fault, after: int, choice: random.Random, found: Findings
) -> bool:
    """Whether there was such a call."""
    disk, told, where = FailingDisk(scene.folder, fault, after), Told(), f"{fault.name} after call {after}"
    looks = 0
    try:
        for _ in work(scene, disk, scene.sittings(*extent.puts), told):
            if disk.hit and looks < _LOOKS:
                looks += 1
                _power_might_go(scene, extent, disk, told, choice, found, where)
    except Cut:
        pass
    except (OSError, StoreError) as error:
        found.fault("raised", where, repr(error))
    if not disk.hit:
        return False
    where += f" ({disk.hit})"
    found.counts["refused"] += told.refused
    found.counts["not opened"] += told.unopened
    disk.mend()
    _power_might_go(scene, extent, disk, told, choice, found, where)
    left = look(scene, disk, told, found, where)
    if left is not None:
        later = Told(left, len(left))
        try:
            go_on(scene, disk, later)
        except StoreError as error:
            found.fault("unwritable", where, str(error))
        where += ", one step later"
        look(scene, disk, later, found, where)
        _power_might_go(scene, extent, disk, later, choice, found, where)
    if disk.retried:
        found.fault("synced again", where, "where a sync had failed")
    return True


def _power_might_go(
    scene: Scene,
    extent: Extent,
    disk: SimulatedDisk,
    told: Told,
    choice: random.Random,
    found: Findings,
    where: str,
) -> None:
    for state in disk.crash_states(choice, extent.states):
        found.counts["states"] += 1
        judge(scene, state, told, found, f"{where}, then the power")
