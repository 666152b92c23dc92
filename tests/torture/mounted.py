"""Real file systems on loop devices, and what can go wrong with one while it is in use. Only root can make them."""

from __future__ import annotations

import array
import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

_SHUT_DOWN = 0x8004587D
"""EXT4_IOC_SHUTDOWN, from linux/ext4.h."""
_WITHOUT_LOG = 2
"""EXT4_GOING_FLAGS_NOLOGFLUSH: what is not on the disk is lost, as in a power cut."""

_QUOTA = 32 << 20
"""Bytes."""
_PATIENCE = 30.0
"""Seconds."""


class NoDisk(Exception):
    """`str()` says why none can be had."""


class Trouble(NamedTuple):
    """A mounted file system, and what goes wrong with it."""

    folder: Path
    """For annotations."""
    begin: Callable[[], None]
    end: Callable[[], None]
    """Needs that no process uses the file system where `lasts`."""
    lasts: bool = False
    """True if only a new mount ends it."""
    is_readable: bool = True
    """True if files can be read meanwhile."""
    is_between_calls: bool = False
    """True if no process may be in a call when it begins."""


Setting = Callable[[], contextlib.AbstractContextManager[Trouble]]


@contextlib.contextmanager
def full() -> Iterator[Trouble]:
    """An ext4 that something else fills up."""
    with _place() as place, _ext4(place, "8M") as disk:
        filler = disk / "filler"
        yield Trouble(_home(disk), lambda: _fill(filler), filler.unlink)


@contextlib.contextmanager
def without_inodes() -> Iterator[Trouble]:
    """An ext4 with room for bytes, and not for one more file."""
    with _place() as place, _ext4(place, "8M", "-N", "128") as disk:
        files = disk / "files"
        yield Trouble(_home(disk), lambda: _use_up_inodes(files), lambda: shutil.rmtree(files))


@contextlib.contextmanager
def read_only() -> Iterator[Trouble]:
    """An ext4 that makes itself read-only because of an error, which it does while files are open for writing.

    For some 10 ms it has given up its journal and is not read-only yet, and the `fsync` that is under way
    then returns 0 although nothing was written (seen on Linux 6.18). Nothing that can be asked afterwards
    shows it, so it begins between two calls.
    """
    with _place() as place, _ext4(place, "8M", options="errors=remount-ro") as disk:
        yield Trouble(
            _home(disk),
            lambda: _raise_error(disk),
            lambda: _mount_again(place, disk),
            lasts=True,
            is_between_calls=True,
        )


@contextlib.contextmanager
def immutable() -> Iterator[Trouble]:
    """An ext4 on which the annotators' folders and files may not be changed, by root either (`chattr +i`)."""
    with _place() as place, _ext4(place, "8M") as disk:
        people = _home(disk) / "people"

        def begin() -> None:
            people.mkdir(exist_ok=True)
            _run("chattr", "-R", "+i", str(people))

        def end() -> None:
            _run("chattr", "-R", "-i", str(people))

        try:
            yield Trouble(people.parent, begin, end)
        finally:
            end()


@contextlib.contextmanager
def over_quota() -> Iterator[Trouble]:
    """A btrfs subvolume whose quota something else uses up: unlike ext4's it holds for root too."""
    if shutil.which("mkfs.btrfs") is None:
        raise NoDisk("mkfs.btrfs is not installed (btrfs-progs)")
    with _place() as place:
        image, disk = place / "image", place / "disk"
        with image.open("wb") as file:
            file.truncate(256 << 20)
        _run("mkfs.btrfs", "--quiet", str(image))
        with _mounted(image, disk, "loop"):
            _run("btrfs", "quota", "enable", str(disk))
            own = disk / "own"
            _run("btrfs", "subvolume", "create", str(own))
            _run("btrfs", "qgroup", "limit", str(_QUOTA), str(own))
            filler = own / "filler"
            yield Trouble(_home(own), lambda: _fill(filler), lambda: _delete(filler))


@contextlib.contextmanager
def overcommitted() -> Iterator[Trouble]:
    """An ext4 that thinks it has room, on storage that has none: writes succeed and `fsync` fails."""
    with _place() as place:
        storage = place / "storage"
        with (
            _mounted(Path("tmpfs"), storage, "size=6m", "-t", "tmpfs"),
            _ext4(place, "32M", at=storage) as disk,
        ):
            filler = storage / "filler"

            def end() -> None:
                filler.unlink()
                _mount_again(place, disk, storage)

            yield Trouble(_home(disk), lambda: _fill(filler), end, lasts=True)


@contextlib.contextmanager
def cut_off() -> Iterator[Trouble]:
    """An ext4 that loses all that is not on the disk, and then answers every call with an error: a power cut.

    After a real one no call returns; here the `fsync` that is under way would return 0.
    """
    with _place() as place, _ext4(place, "8M") as disk:
        yield Trouble(
            _home(disk),
            lambda: _shut_down(disk),
            lambda: _mount_again(place, disk),
            lasts=True,
            is_readable=False,
            is_between_calls=True,
        )


TROUBLES: tuple[Setting, ...] = (
    full,
    without_inodes,
    read_only,
    immutable,
    over_quota,
    overcommitted,
    cut_off,
)


# -- what goes wrong --------------------------------------------------------


def _fill(path: Path) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        size = 1 << 20
        while size:
            with contextlib.suppress(OSError):
                while os.write(number, bytes(size)):
                    os.fsync(number)
            size = 0 if size == 1 else max(size // 16, 1)
    finally:
        with contextlib.suppress(OSError):
            os.fsync(number)
        os.close(number)


def _delete(path: Path) -> None:
    path.unlink()
    # btrfs counts the bytes until the change is on the disk.
    _run("sync", "-f", str(path.parent))


def _use_up_inodes(folder: Path) -> None:
    folder.mkdir()
    with contextlib.suppress(OSError):
        for number in range(1 << 16):
            (folder / str(number)).touch()


def _raise_error(disk: Path) -> None:
    device = Path(os.path.realpath(_source_of(disk))).name
    Path(f"/sys/fs/ext4/{device}/trigger_fs_error").write_text("tried\n", encoding="ascii")


def _shut_down(disk: Path) -> None:
    number = os.open(disk, os.O_RDONLY)
    try:
        fcntl.ioctl(number, _SHUT_DOWN, array.array("I", [_WITHOUT_LOG]))
    finally:
        os.close(number)


# -- mounting ---------------------------------------------------------------


@contextlib.contextmanager
def _place() -> Iterator[Path]:
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        raise NoDisk("mounting a file system needs root on Linux")
    if not Path("/dev/loop-control").exists():
        raise NoDisk("there are no loop devices here")
    with tempfile.TemporaryDirectory(prefix="postil-disk-") as folder:
        yield Path(folder)


@contextlib.contextmanager
def _ext4(place: Path, size: str, *making: str, options: str = "", at: Path | None = None) -> Iterator[Path]:
    image, disk = (at or place) / "image", place / "disk"
    _run("truncate", "-s", size, str(image))
    # Without reserved blocks root runs out of room as everyone does.
    _run("mkfs.ext4", "-q", "-F", "-m", "0", *making, str(image))
    with _mounted(image, disk, ",".join(["loop", *([options] if options else [])])):
        yield disk


@contextlib.contextmanager
def _mounted(what: Path, where: Path, options: str, *more: str) -> Iterator[None]:
    where.mkdir(exist_ok=True)
    _run("mount", *more, "-o", options, str(what), str(where))
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(where)], check=False, capture_output=True)


def _mount_again(place: Path, disk: Path, storage: Path | None = None) -> None:
    """Unmount, check as a host does at boot, and mount."""
    image = (storage or place) / "image"
    _run("umount", str(disk))
    # A mount namespace that was made meanwhile keeps a copy of the mount, and the file system with it.
    limit = time.monotonic() + _PATIENCE
    while _run("losetup", "--associated", str(image)):
        if time.monotonic() > limit:
            raise NoDisk(f"{image} stays mounted in another namespace")
        time.sleep(0.02)
    subprocess.run(["e2fsck", "-p", "-f", str(image)], check=False, capture_output=True)
    _run("mount", "-o", "loop", str(image), str(disk))


def _source_of(disk: Path) -> str:
    return _run("findmnt", "--noheadings", "--output", "SOURCE", str(disk)).strip()


def _home(disk: Path) -> Path:
    home = disk / "annotations"
    home.mkdir()
    return home


def _run(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise NoDisk(f"{command[0]} is not installed") from error
    if done.returncode:
        raise NoDisk(
            f"{' '.join(command[:2])}: {done.stderr.strip().splitlines()[0] if done.stderr else done.returncode}"
        )
    return done.stdout
