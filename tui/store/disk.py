"""The system calls that saving rests on, in one place: a test can put a failing or simulated disk there.

Names are looked up by path, or, with `at`, in a folder that `hold` has opened: then only the last part of the
path counts. `names` and `sync_folder` are about that folder itself.
"""

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
_FOLDER = getattr(os, "O_DIRECTORY", 0)
_LOOK_UP = getattr(os, "O_PATH", os.O_RDONLY) | _FOLDER
"""Where the system has O_PATH a folder can be held without the right to list it."""
CAN_HOLD = {os.open, os.stat, os.rename, os.link, os.unlink, os.mkdir} <= os.supports_dir_fd


Location = tuple[int, int]
"""Device and inode: what no two files or folders have in common."""


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

    def open(self, path: Path, flags: int, at: int | None = None) -> int:
        """Open for writing; a new file is its owner's alone until `set_mode`."""
        return os.open(_named(path, at), flags | NO_FOLLOW | NO_WAIT | _BINARY, 0o600, dir_fd=at)

    def open_to_read(self, path: Path, at: int | None = None) -> int:
        """Open a regular file. Raises OSError for a link, a pipe or a device too."""
        # Without O_NONBLOCK a pipe that someone left there would keep us waiting for ever.
        number = os.open(_named(path, at), os.O_RDONLY | NO_FOLLOW | NO_WAIT | _BINARY, dir_fd=at)
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

    # -- folders by number -------------------------------------------------

    def hold(self, path: Path, at: int | None = None, *, follow: bool = False) -> int | None:
        """Open a folder to look names up in it, for `at`; None where the system cannot.

        Raises OSError, for a link too unless `follow`. `close` closes it.
        """
        if not CAN_HOLD:
            return None
        return os.open(_named(path, at), _LOOK_UP | (0 if follow else NO_FOLLOW), dir_fd=at)

    def check_path(self) -> None:
        """Raises OSError where the path of the held folder leads elsewhere; this disk holds none."""

    def check_in_place(self) -> None:
        """Also raises OSError where a link in the path leads to the held folder."""

    # -- names -------------------------------------------------------------

    def state(self, path: Path, at: int | None = None) -> State:
        return _state(os.lstat(_named(path, at), dir_fd=at))

    def location(self, path: Path, at: int | None = None) -> Location:
        status = os.lstat(path) if at is None else os.lstat(path.name, dir_fd=at)
        return status.st_dev, status.st_ino

    def read(self, path: Path, start: int = 0, at: int | None = None) -> bytes:
        """A regular file from byte `start` on. Raises OSError for a link, a pipe or a device too."""
        with os.fdopen(self.open_to_read(path, at), "rb") as file:
            file.seek(start)
            return file.read()

    def names(self, folder: Path, at: int | None = None) -> list[str]:
        if at is None:
            return [path.name for path in folder.iterdir()]
        number = _reopened(folder, at)
        try:
            return os.listdir(number)  # noqa: PTH208 - of a descriptor
        finally:
            os.close(number)

    def replace(self, old: Path, new: Path, at: int | None = None, to: int | None = None) -> None:
        """`at` is the folder of the old name, `to` that of the new one."""
        os.replace(_named(old, at), _named(new, to), src_dir_fd=at, dst_dir_fd=to)

    def link(self, old: Path, new: Path, at: int | None = None, to: int | None = None) -> None:
        """`at` is the folder of the old name, `to` that of the new one."""
        os.link(_named(old, at), _named(new, to), src_dir_fd=at, dst_dir_fd=to, follow_symlinks=False)

    def unlink(self, path: Path, at: int | None = None) -> None:
        os.unlink(_named(path, at), dir_fd=at)

    def make_folder(self, path: Path, at: int | None = None) -> None:
        """Its owner's alone until `set_folder_mode`."""
        os.mkdir(_named(path, at), 0o700, dir_fd=at)

    def set_folder_mode(self, path: Path, mode: int, at: int | None = None) -> None:
        """The special bits are dropped where the system does not grant them."""
        if sys.platform == "win32":
            return
        number = os.open(_named(path, at), os.O_RDONLY | _FOLDER | NO_FOLLOW, dir_fd=at)
        try:
            try:
                os.fchmod(number, mode)
            except PermissionError:
                os.fchmod(number, mode & 0o777)
        finally:
            os.close(number)

    def sync_folder(self, path: Path, at: int | None = None) -> None:
        """Wait until a folder's names are on disk: without it a power cut can undo a rename."""
        if sys.platform == "win32":
            return
        number = _reopened(path, at)
        try:
            self.sync(number)
        finally:
            os.close(number)


DISK = Disk()


def _named(path: Path, at: int | None) -> Path | str:
    """What a call that looks in the folder `at` takes for the path."""
    return path if at is None else path.name


def _reopened(folder: Path, at: int | None) -> int:
    """The folder, which `at` holds, opened for what a descriptor that only looks names up cannot do."""
    return os.open(folder if at is None else ".", os.O_RDONLY | _FOLDER, dir_fd=at)


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
