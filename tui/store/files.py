"""Whole files: read without following a link, and replaced so that a crash leaves the old or the new."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path

import msgspec

from tui.store.disk import DISK, Disk, State
from tui.store.errors import ABSENT, cannot_read

FILE_MODE = 0o640
OWN_FOLDER_MODE = 0o2750
SHARED_FOLDER_MODE = 0o3770

Identity = tuple[int, int, int]
"""Inode, bytes and modification time (ns): differs when anybody wrote the file."""


def read_file(path: Path) -> bytes:
    """The bytes of a regular file. Raises OSError, also for a symbolic link, a pipe or a device."""
    return DISK.read(path)


def may_read(path: Path) -> bool:
    """True if `read_file` would begin to read. Raises Damaged where that cannot be found out."""
    try:
        regular = stat.S_ISREG(path.lstat().st_mode)
    except ABSENT:
        return False
    except OSError as error:
        raise cannot_read(path, error) from error
    return regular and os.access(path, os.R_OK, effective_ids=os.access in os.supports_effective_ids)


def identity(path: Path, disk: Disk = DISK) -> Identity | None:
    """What distinguishes this version of the file from any other; None when there is no file. Raises OSError."""
    try:
        state = disk.state(path)
    except FileNotFoundError:
        return None
    return identity_of(state)


def identity_of(state: State) -> Identity:
    """The identity of a version of a file, from what the system knows of it."""
    return (state.inode, state.size, state.changed_ns)


class Staged(msgspec.Struct, frozen=True):
    """A new version of a file, complete on disk under a temporary name."""

    path: Path
    temporary: Path
    identity: Identity
    """What `identity(path)` will be once it is published."""

    def publish(self, disk: Disk = DISK) -> None:
        """Put it in place, durably. Raises OSError; the file is then the old one or the new one."""
        try:
            disk.replace(self.temporary, self.path)
        except OSError:
            discard(self.temporary, disk)
            raise
        disk.sync_folder(self.path.parent)


def stage(
    path: Path, chunks: Iterable[bytes | memoryview], mode: int = FILE_MODE, disk: Disk = DISK
) -> Staged:
    """Write a new version next to `path` and wait until it is on disk. Raises OSError and leaves nothing.

    An existing file keeps its mode; a new one gets `mode` whatever the umask is.
    """
    temporary = path.with_name(f".{path.name}.{os.urandom(6).hex()}.tmp")
    number = disk.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        try:
            end = 0
            for chunk in chunks:
                end = write_all(number, chunk, end, disk)
            disk.set_mode(number, _mode_of(path, mode, disk))
            disk.sync(number)
            state = disk.state_of(number)
        finally:
            disk.close(number)
    except BaseException:
        discard(temporary, disk)
        raise
    return Staged(path, temporary, (state.inode, state.size, state.changed_ns))


def replace_file(
    path: Path, chunks: Iterable[bytes | memoryview], mode: int = FILE_MODE, disk: Disk = DISK
) -> None:
    """Replace or create a file durably. Raises OSError; the file is then the old one or the new one."""
    stage(path, chunks, mode, disk).publish(disk)


def keep_as(path: Path, kept: Path, disk: Disk = DISK) -> None:
    """Give a file a second name in its folder, so that replacing the first keeps what it was. Raises OSError."""
    temporary = kept.with_name(f".{kept.name}.{os.urandom(6).hex()}.tmp")
    try:
        with contextlib.suppress(FileExistsError):
            # A new name needs no temporary one, which a killed process would leave.
            disk.link(path, kept)
            return
        disk.link(path, temporary)
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK}:
            raise
        # Some file systems have no second names.
        replace_file(kept, (disk.read(path),), disk=disk)
        return
    try:
        disk.replace(temporary, kept)
    finally:
        # Also where it was replaced: rename(2) leaves both names of one file, and `kept` may be one already.
        discard(temporary, disk)


def write_all(number: int, data: bytes | memoryview, offset: int, disk: Disk) -> int:
    """Write all of `data` at `offset`; returns the offset after it. Raises OSError."""
    written = disk.write(number, data, offset)
    while written < len(data):
        written += disk.write(number, memoryview(data)[written:], offset + written)
    return offset + written


def discard_stale(paths: Iterable[Path], disk: Disk = DISK) -> None:
    """Remove what killed writers of `paths` left there. Only for the holder of the writer's lock."""
    for path in paths:
        with contextlib.suppress(OSError):
            discard_leftovers(path, disk.names(path.parent), disk)


def discard_leftovers(path: Path, names: Iterable[str], disk: Disk = DISK) -> None:
    """Remove those of the names in its folder that killed writers of `path` left. Only for the holder of the lock."""
    beginning = f".{path.name}."
    for name in names:
        if name.startswith(beginning) and len(name) == len(beginning) + len("0123456789ab.tmp"):
            discard(path.parent / name, disk)


def discard(path: Path, disk: Disk = DISK) -> None:
    with contextlib.suppress(OSError):
        disk.unlink(path)


def make_folder(path: Path, mode: int, disk: Disk = DISK) -> None:
    """Create a folder, durably and with `mode` whatever the umask is; one that exists is left as it is.

    Raises OSError. The special bits are dropped where the system does not grant them.
    """
    try:
        disk.make_folder(path)
    except FileExistsError:
        mode = disk.state(path).mode
        if stat.S_ISDIR(mode) or (stat.S_ISLNK(mode) and path.is_dir()):
            return
        raise
    disk.set_folder_mode(path, mode)
    disk.sync_folder(path.parent)


def mode_within(folder: Path) -> int:
    """The mode for `articles/` and `people/`: open to the group where `folder` itself is."""
    return SHARED_FOLDER_MODE if folder.stat().st_mode & stat.S_IWGRP else OWN_FOLDER_MODE


def _mode_of(path: Path, otherwise: int, disk: Disk) -> int:
    try:
        mode = disk.state(path).mode
    except FileNotFoundError:
        return otherwise
    return stat.S_IMODE(mode) if stat.S_ISREG(mode) else otherwise
