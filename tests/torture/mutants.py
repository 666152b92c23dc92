"""Stores that are broken on purpose: the tortures must find each of them out."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from unittest import mock

from tests.torture import byte_flips, faults, power_cut, swaps, verifying
from tests.torture.power_cut import MakeDisk
from tests.torture.report import Report
from tests.torture.scene import Findings
from tests.torture.simulated_disk import SimulatedDisk
from tests.torture.workload import ANNOTATOR, SCHEME, FreeLock, Scene
from tui.model.annotation import Step
from tui.store import disk, folder, lock, recovery, writer
from tui.store.append_only import AppendOnlyFile
from tui.store.checksum import Checksum
from tui.store.disk import Disk
from tui.store.files import Staged, identity, write_all
from tui.store.folder import FolderStore
from tui.store.held import HeldFolder
from tui.store.lock import Lock
from tui.store.protocol import Conflict, Locked, NotSaved, StoreError
from tui.store.writer import FolderWriter

Torture = Callable[[Scene, Findings], None]


# -- disks that leave something out ------------------------------------------


class NoSync(SimulatedDisk):
    """Files are not synced, or only some."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._paths: dict[int, Path] = {}

    def is_left_out(self, path: Path) -> bool:
        return True

    def open(self, path: Path, flags: int, at: int | None = None) -> int:
        number = super().open(path, flags, at)
        self._paths[number] = path
        return number

    def sync(self, number: int) -> None:
        if self.is_left_out(self._paths[number]):
            self._call("sync", number)
        else:
            super().sync(number)


class NoSyncOfTemporary(NoSync):
    def is_left_out(self, path: Path) -> bool:
        return path.suffix == ".tmp"


class NoSyncOfHistory(NoSync):
    def is_left_out(self, path: Path) -> bool:
        return path.suffix == ".history"


class NoSyncOfFolders(SimulatedDisk):
    def sync_folder(self, path: Path, at: int | None = None) -> None:
        self._call("sync_folder", path)


class LateSync(SimulatedDisk):
    """What is to be synced is synced when something else is written."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._late: set[int] = set()

    def sync(self, number: int) -> None:
        self._late.add(number)

    def close(self, number: int) -> None:
        self._catch_up()
        super().close(number)

    def write(self, number: int, data: bytes | memoryview, offset: int) -> int:
        self._catch_up()
        return super().write(number, data, offset)

    def _catch_up(self) -> None:
        while self._late:
            super().sync(self._late.pop())


# -- parts of the store that do it another way -------------------------------


def _by_path(*_: object) -> None:
    """For what looks a name up in a held folder."""


def _overwrite(path: Path, chunks: Iterable[bytes], *, disk: Disk) -> Staged:
    """Instead of a temporary file."""
    number = disk.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    end = 0
    for chunk in chunks:
        end = write_all(number, chunk, end, disk)
    disk.sync(number)
    disk.close(number)
    now = identity(path, disk)
    assert now is not None
    return Staged(path, path, now)


class _JournalGoesFirst(FolderWriter):
    def _write_checkpoint(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            self._disk.unlink(self._files.journal)
            self._disk.sync_folder(self._files.folder)
        super()._write_checkpoint()


class _NeverUnsound(AppendOnlyFile):
    """A sync that failed is tried again."""

    @property
    def is_sound(self) -> bool:
        return True

    @is_sound.setter
    def is_sound(self, value: bool) -> None:
        pass


_read_seal = Checksum.read


def _believe(seal: Checksum, data: bytes) -> tuple[str, bool] | None:
    """The checksum that is given is taken for the one that is right."""
    if _read_seal(seal, data) is None:
        return None
    end = len(data) - len(seal.after)
    return data[end - 8 : end].decode(errors="replace"), True


# -- the tortures ------------------------------------------------------------


def _cuts(make_disk: MakeDisk = SimulatedDisk) -> Torture:
    def torture(scene: Scene, found: Findings) -> None:
        power_cut.cut_everywhere(scene, power_cut.QUICK, found, make_disk, patient=False)

    return torture


def _faults(scene: Scene, found: Findings) -> None:
    faults.fail_everywhere(scene, faults.QUICK, found, patient=False)


def _flips(scene: Scene, found: Findings) -> None:
    byte_flips.flip_everywhere(scene, True, found, patient=False)


def _swaps(scene: Scene, found: Findings) -> None:
    swaps.swap_everywhere(1, found, patient=False)


def two_at_once(scene: Scene, kind: type[Lock], found: Findings) -> None:
    """Two open the article, and if both may, what both were told was saved must be there."""
    scene.files.folder.mkdir(parents=True)
    # The lock is a real file: the disk's folders have no descriptors to open it by.
    store = FolderStore(
        scene.folder, SCHEME, SimulatedDisk(scene.folder), lambda path, who, _: kind(path, who)
    )
    article = scene.article.id
    one = store.open(article, ANNOTATOR)
    try:
        other = store.open(article, ANNOTATOR)
    except Locked:
        found.counts["locked"] += 1
        one.close()
        return
    saved: list[Step] = []
    for put in scene.sittings(6)[0]:
        for taking in (one, other):
            with contextlib.suppress(NotSaved, Conflict):
                taking.put(*put)
                saved += put
    for taking in (one, other):
        with contextlib.suppress(NotSaved, Conflict):
            taking.close()
    try:
        stored = [event.step for event in store.history(article, ANNOTATOR)]
    except StoreError as error:
        found.fault("unreadable", "two at once", str(error))
        return
    if len(stored) < len(saved):
        found.fault("missing", "two at once", f"{len(saved)} steps were saved, {len(stored)} are there")


def _two_without_a_lock(scene: Scene, found: Findings) -> None:
    two_at_once(scene, FreeLock, found)


def _repair_without_a_lock(scene: Scene, found: Findings) -> None:
    verifying.repairs(scene, found, FreeLock)


MUTANTS: tuple[tuple[str, contextlib.AbstractContextManager[object], Torture], ...] = (
    ("no fsync", contextlib.nullcontext(), _cuts(NoSync)),
    ("no fsync of folders", contextlib.nullcontext(), _cuts(NoSyncOfFolders)),
    ("no fsync of the new checkpoint", contextlib.nullcontext(), _cuts(NoSyncOfTemporary)),
    ("no fsync of the history", contextlib.nullcontext(), _cuts(NoSyncOfHistory)),
    ("acknowledged before the fsync", contextlib.nullcontext(), _cuts(LateSync)),
    ("checkpoint overwritten", mock.patch.object(writer, "stage", _overwrite), _cuts()),
    ("journal removed first", mock.patch.object(folder, "FolderWriter", _JournalGoesFirst), _cuts()),
    ("failed fsync tried again", mock.patch.object(writer, "AppendOnlyFile", _NeverUnsound), _faults),
    ("checksums not compared", mock.patch.object(Checksum, "read", _believe), _flips),
    ("damaged file not kept", mock.patch.object(recovery, "keep_as"), _flips),
    ("links to folders followed", mock.patch.object(disk, "NO_FOLLOW", 0), _swaps),
    ("folders not looked at", mock.patch.object(HeldFolder, "check_path"), _swaps),
    ("links back not looked at", mock.patch.object(HeldFolder, "check_in_place"), _swaps),
    ("names looked up by path", mock.patch.object(HeldFolder, "_at", _by_path), _swaps),
    ("lock opened by path", mock.patch.object(lock, "_descriptor", _by_path), _swaps),
    ("no lock", contextlib.nullcontext(), _two_without_a_lock),
    (
        "files of several moments",
        mock.patch("tui.store.snapshot._is_still", return_value=True),
        verifying.at_every_call_of_verify,
    ),
    (
        "problems not looked at again",
        mock.patch("tui.store.inspection._versions", return_value=[]),
        verifying.while_work_goes_away,
    ),
    ("repair without a lock", contextlib.nullcontext(), _repair_without_a_lock),
    (
        "repair without a second survey",
        mock.patch("tui.store.recovery._fits", return_value=False),
        verifying.repairs,
    ),
)


def run(quick: bool) -> Report:
    """Each must be caught; what they are caught with is short, so that `quick` makes no difference."""
    caught: dict[str, int] = {}
    for name, broken, torture in MUTANTS:
        found = Findings()
        with tempfile.TemporaryDirectory() as path:
            scene = Scene.furnish(Path(path))
            with broken:
                torture(scene, found)
        caught[name] = int(bool(found.failures))
    survivors = [f"survived: {name}" for name, is_caught in caught.items() if not is_caught]
    return Report("mutants, 1 when caught", caught, survivors)
