"""Every byte of every file is changed in turn: nothing may be lost without a word."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.long import long_or_short
from tests.torture.report import Report
from tests.torture.scene import Findings
from tests.torture.simulated_disk import SimulatedDisk
from tests.torture.workload import ANNOTATOR, REPAIR, Scene, Told, go_on, replayed, work
from tui.model.annotation import Step
from tui.store.protocol import Damaged, StoreError, TooNew
from tui.store.verify import verify

CHANGES: tuple[Callable[[int], int], ...] = (
    lambda byte: byte ^ 1,
    lambda byte: byte ^ 0x20,
    lambda byte: byte ^ 0x80,
    lambda byte: 0,
    lambda byte: ord("\n"),
)

PUTS = (4, 4, 2)
"""In each sitting; the last is not closed."""

QUICK_EVERY = long_or_short(17, 37)
"""Each so-many-th byte is changed, in one way, and those where lines begin and end in all."""


class Flip(NamedTuple):
    """One changed byte."""

    path: Path
    at: int
    data: bytes
    """The whole file with it."""

    @property
    def where(self) -> str:
        return f"{self.path.suffix}, byte {self.at} is {self.data[self.at]:#04x}"


def run(quick: bool) -> Report:
    """All is there, or it is said what is not and the damaged file is kept; `verify` sees what nobody else does."""
    found = Findings()
    with tempfile.TemporaryDirectory() as folder:
        flip_everywhere(Scene.furnish(Path(folder)), quick, found)
    return found.report("byte flips")


def flip_everywhere(scene: Scene, quick: bool, found: Findings, patient: bool = True) -> None:
    """Not `patient`, it stops at the first thing that it finds."""
    disk, steps = _worked(scene)
    files = scene.files
    # What verify looks at is a real folder.
    files.folder.mkdir(parents=True)
    for path in files.data():
        path.write_bytes(disk.read(path))
    if list(_problems(scene)):
        found.fault("unreadable", "unchanged", str(list(_problems(scene))))
    for path in files.data():
        for flip in _flips(path, disk.read(path), quick):
            found.counts["flips"] += 1
            _try(scene, disk, steps, flip, found)
            if found.failures and not patient:
                return


def _worked(scene: Scene) -> tuple[SimulatedDisk, list[Step]]:
    """Two folds behind, and a journal that a killed process has left."""
    disk, told = SimulatedDisk(scene.folder), Told()
    for _ in work(scene, disk, scene.sittings(*PUTS), told):
        if len(told.submitted) == sum(map(len, (put for day in scene.sittings(*PUTS) for put in day))):
            break
    return disk.copy(), told.submitted


def _flips(path: Path, data: bytes, quick: bool) -> Iterator[Flip]:
    for at, byte in enumerate(data):
        begins_or_ends_line = at in {0, len(data) - 1} or b"\n" in data[at - 1 : at + 1]
        for number, change in enumerate(CHANGES):
            chosen = at % QUICK_EVERY == 0 and at % len(CHANGES) == number
            if change(byte) != byte and (chosen or begins_or_ends_line or not quick):
                yield Flip(path, at, data[:at] + bytes([change(byte)]) + data[at + 1 :])


def _try(scene: Scene, disk: SimulatedDisk, steps: Sequence[Step], flip: Flip, found: Findings) -> None:
    whole = _look(scene, _changed(disk, flip), steps, flip, found)
    reported = _is_reported(scene, flip, disk.read(flip.path))
    found.counts["reported"] += reported
    if not reported and not (whole and flip.path != scene.files.previous):
        found.fault("not reported", flip.where, "verify says nothing")
    changed = _changed(disk, flip)
    later = Told(list(steps))
    try:
        mended = go_on(scene, changed, later)
    except (Damaged, TooNew):
        found.counts["refused"] += 1
        if changed.contents() != _changed(disk, flip).contents():
            found.fault("evidence lost", flip.where, "refused, and the files are not as they were")
        _try_repair(scene, changed, steps, flip, found)
        return
    except StoreError as error:
        found.fault("unwritable", flip.where, str(error))
        return
    whole = _look(scene, changed, later.submitted, flip, found)
    found.counts["recovered" if whole else "recovered but for the past"] += 1
    if (mended or not whole) and not _is_kept(changed, flip):
        found.fault("evidence lost", flip.where, "mended, and the damaged file is not kept")


def _try_repair(
    scene: Scene, disk: SimulatedDisk, steps: Sequence[Step], flip: Flip, found: Findings
) -> None:
    article = scene.article.id
    try:
        lost = scene.store(disk).repair(article, ANNOTATOR).lost
        left = [event.step for event in scene.store(disk).history(article, ANNOTATOR)]
        scene.store(disk).load(article, ANNOTATOR)
    except StoreError as error:
        found.fault("unwritable", flip.where, f"it cannot be repaired: {error}")
        return
    left = [step for step in left if step.action != REPAIR]
    if left != [step for step in steps if step in left]:
        found.fault("phantom", flip.where, "the repair has steps that were not taken")
    if not lost:
        found.fault("silent", flip.where, "refused, and then repaired without a loss")
    if not _is_kept(disk, flip):
        found.fault("evidence lost", flip.where, "repaired, and the damaged file is not kept")


def _look(scene: Scene, disk: SimulatedDisk, steps: Sequence[Step], flip: Flip, found: Findings) -> bool:
    """Whether all of it can be read. What is not told of is a fault."""
    store, article = scene.store(disk), scene.article.id
    whole = True
    try:
        if store.load(article, ANNOTATOR).annotations != replayed(steps, {}):
            found.fault("silent", flip.where, "the annotations are others")
    except (Damaged, TooNew):
        whole = False
    for backwards in (False, True):
        try:
            events = list(store.history(article, ANNOTATOR, newest_first=backwards))
        except (Damaged, TooNew):
            whole = False
            continue
        past = [event.step for event in events]
        wanted = list(steps)[:: -1 if backwards else 1]
        if [step for step in past if step.action != REPAIR] == wanted:
            continue
        whole = False
        if not any(step.action == REPAIR and "forgotten: " in step.label for step in past):
            found.fault("silent", flip.where, "the history lacks steps, and does not say so")
    return whole


def _changed(disk: SimulatedDisk, flip: Flip) -> SimulatedDisk:
    changed = disk.copy()
    number = changed.open(flip.path, 0)
    changed.write(number, flip.data[flip.at : flip.at + 1], flip.at)
    changed.sync(number)
    changed.close(number)
    return changed


def _is_kept(disk: SimulatedDisk, flip: Flip) -> bool:
    """In its place, where more may have been added, or beside."""
    names = [name for name in disk.names(flip.path.parent) if name.startswith(f"{flip.path.name}.damaged-")]
    beside = any(disk.read(flip.path.with_name(name)) == flip.data for name in names)
    return beside or (
        flip.path.name in disk.names(flip.path.parent) and disk.read(flip.path).startswith(flip.data)
    )


def _is_reported(scene: Scene, flip: Flip, data: bytes) -> bool:
    flip.path.write_bytes(flip.data)
    reported = bool(_problems(scene))
    flip.path.write_bytes(data)
    return reported


def _problems(scene: Scene) -> list[str]:
    return [problem for checked in verify(scene.folder) for problem in checked.problems]
