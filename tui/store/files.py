"""Whole files: read without following a link, and replaced so that a crash leaves the old or the new."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import msgspec

FILE_MODE = 0o640
OWN_FOLDER_MODE = 0o2750
SHARED_FOLDER_MODE = 0o3770

Identity = tuple[int, int, int, int]
"""Device, inode, bytes and modification time (ns): differs when anybody wrote the file."""

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)


def read_file(path: Path) -> tuple[bytes, os.stat_result]:
    """The bytes of a regular file, and its state as they were read.

    Raises OSError, also for a symbolic link, a pipe or a device.
    """
    with _open(path) as file:
        return file.read(), os.fstat(file.fileno())


def may_read(path: Path) -> bool:
    """Whether `read_file` would begin to read."""
    try:
        _open(path).close()
    except OSError:
        return False
    return True


def identity(path: Path) -> Identity | None:
    """What tells this version of the file from any other; None when there is no file."""
    try:
        return _identity(path.lstat())
    except FileNotFoundError:
        return None


class Staged(msgspec.Struct, frozen=True):
    """A new version of a file, complete on disk under a temporary name."""

    path: Path
    temporary: Path
    identity: Identity
    """What `identity(path)` will be once it is published."""

    def publish(self) -> None:
        """Put it in place, durably. Raises OSError; the file is then the old one or the new one."""
        try:
            self.temporary.replace(self.path)
        except OSError:
            discard(self.temporary)
            raise
        sync_folder(self.path.parent)


def stage(path: Path, chunks: Iterable[bytes | memoryview], mode: int = FILE_MODE) -> Staged:
    """Write a new version beside `path` and wait until it is on disk. Raises OSError and leaves nothing.

    An existing file keeps its mode; a new one gets `mode` whatever the umask is.
    """
    temporary = path.with_name(f".{path.name}.{os.urandom(6).hex()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY, 0o600)
    try:
        try:
            for chunk in chunks:
                _write_all(descriptor, chunk)
            _set_mode(descriptor, _mode_of(path, mode))
            sync(descriptor)
            written = _identity(os.fstat(descriptor))
        finally:
            os.close(descriptor)
    except BaseException:
        discard(temporary)
        raise
    return Staged(path, temporary, written)


def replace_file(path: Path, chunks: Iterable[bytes | memoryview], mode: int = FILE_MODE) -> None:
    """Replace or create a file durably. Raises OSError; the file is then the old one or the new one."""
    stage(path, chunks, mode).publish()


def discard_stale(path: Path) -> None:
    """Remove what killed writers of `path` left beside it. Only for who holds the writer's lock."""
    with contextlib.suppress(OSError):
        for left in path.parent.glob(f".{path.name}.*.tmp"):
            discard(left)


def discard(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def make_folder(path: Path, mode: int) -> None:
    """Create a folder, durably and with `mode` whatever the umask is; one that exists is left as it is.

    Raises OSError. The special bits are dropped where the system does not grant them.
    """
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        if not path.is_dir():
            raise
        return
    try:
        path.chmod(mode)
    except PermissionError:
        path.chmod(mode & 0o777)
    sync_folder(path.parent)


def mode_within(folder: Path) -> int:
    """The mode for `articles/` and `people/`: open to the group where `folder` itself is."""
    return SHARED_FOLDER_MODE if folder.stat().st_mode & stat.S_IWGRP else OWN_FOLDER_MODE


def sync(descriptor: int) -> None:
    """Wait until what was written is on the disk itself."""
    if sys.platform == "darwin":
        import fcntl

        # macOS's fsync stops at the drive's cache; file systems without the full one refuse it.
        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names are on disk: without it a power cut can undo a rename."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        sync(descriptor)
    finally:
        os.close(descriptor)


def _open(path: Path) -> BinaryIO:
    # Without O_NONBLOCK a pipe that someone left there would keep us waiting for ever.
    descriptor = os.open(path, os.O_RDONLY | _NO_FOLLOW | _NO_WAIT | _BINARY)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file")
    return os.fdopen(descriptor, "rb")


def _write_all(descriptor: int, data: bytes | memoryview) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _mode_of(path: Path, otherwise: int) -> int:
    try:
        state = path.lstat()
    except FileNotFoundError:
        return otherwise
    return stat.S_IMODE(state.st_mode) if stat.S_ISREG(state.st_mode) else otherwise


def _set_mode(descriptor: int, mode: int) -> None:
    if sys.platform != "win32":
        os.fchmod(descriptor, mode)


def _identity(state: os.stat_result) -> Identity:
    return (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns)
