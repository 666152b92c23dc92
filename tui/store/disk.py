"""The system calls that saving rests on, in one place: a test can put a failing or simulated disk there."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from pathlib import Path
from typing import NamedTuple

NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)


class State(NamedTuple):
    """What the system knows of a file or folder."""

    device: int
    inode: int
    size: int
    """Bytes."""
    changed_ns: int
    """Modification time."""
    mode: int
    """With the bits that say what kind it is."""
    links: int
    owner: int
    """User id."""


class Disk:
    """The real one. Every method raises OSError as the call of its name does; none follows a final link."""

    # -- files by number ---------------------------------------------------

    def open(self, path: Path, flags: int) -> int:
        """Open for writing; a new file is its owner's alone until `set_mode`."""
        return os.open(path, flags | NO_FOLLOW | NO_WAIT | _BINARY, 0o600)

    def open_to_read(self, path: Path) -> int:
        """Open a regular file. Raises OSError for a link, a pipe or a device too."""
        # Without O_NONBLOCK a pipe that someone left there would keep us waiting for ever.
        number = os.open(path, os.O_RDONLY | NO_FOLLOW | NO_WAIT | _BINARY)
        try:
            if not stat.S_ISREG(os.fstat(number).st_mode):
                raise OSError(errno.EINVAL, "not a regular file")
        except BaseException:
            os.close(number)
            raise
        return number

    def read_at(self, number: int, size: int, offset: int) -> bytes:
        """At most `size` bytes from `offset` on, which may be fewer; none at the end."""
        if sys.platform == "win32":
            os.lseek(number, offset, os.SEEK_SET)
            return os.read(number, size)
        return os.pread(number, size, offset)

    def write(self, number: int, data: bytes | memoryview, offset: int) -> int:
        """Write at `offset`; returns how many bytes, which may be fewer."""
        if sys.platform == "win32":
            os.lseek(number, offset, os.SEEK_SET)
            return os.write(number, data)
        return os.pwrite(number, data, offset)

    def truncate(self, number: int, size: int) -> None:
        os.ftruncate(number, size)

    def set_mode(self, number: int, mode: int) -> None:
        if sys.platform != "win32":
            os.fchmod(number, mode)

    def sync(self, number: int) -> None:
        """Wait until what was written is on the disk itself."""
        if sys.platform == "darwin":
            import fcntl

            # macOS's fsync stops at the drive's cache; file systems without the full one refuse it.
            with contextlib.suppress(OSError):
                fcntl.fcntl(number, fcntl.F_FULLFSYNC)
                return
        os.fsync(number)

    def state_of(self, number: int) -> State:
        return _state(os.fstat(number))

    def close(self, number: int) -> None:
        os.close(number)

    # -- names -------------------------------------------------------------

    def state(self, path: Path) -> State:
        return _state(os.lstat(path))

    def read(self, path: Path, start: int = 0) -> bytes:
        """A regular file from byte `start` on. Raises OSError for a link, a pipe or a device too."""
        with os.fdopen(self.open_to_read(path), "rb") as file:
            file.seek(start)
            return file.read()

    def names(self, folder: Path) -> list[str]:
        return [path.name for path in folder.iterdir()]

    def replace(self, old: Path, new: Path) -> None:
        old.replace(new)

    def link(self, old: Path, new: Path) -> None:
        os.link(old, new, follow_symlinks=False)

    def unlink(self, path: Path) -> None:
        path.unlink()

    def make_folder(self, path: Path) -> None:
        """Its owner's alone until `set_folder_mode`."""
        path.mkdir(mode=0o700)

    def set_folder_mode(self, path: Path, mode: int) -> None:
        """The special bits are dropped where the system does not grant them."""
        try:
            path.chmod(mode)
        except PermissionError:
            path.chmod(mode & 0o777)

    def sync_folder(self, path: Path) -> None:
        """Wait until a folder's names are on disk: without it a power cut can undo a rename."""
        if sys.platform == "win32":
            return
        number = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self.sync(number)
        finally:
            os.close(number)


DISK = Disk()


def _state(result: os.stat_result) -> State:
    # By place and not by name: this is part of what every tag waits for.
    return State(
        result.st_dev,
        result.st_ino,
        result.st_size,
        result.st_mtime_ns,
        result.st_mode,
        result.st_nlink,
        result.st_uid,
    )
