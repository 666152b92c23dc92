"""The end of a log: lines are added there, and are on disk when the call returns."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

from tui.store.disk import Disk
from tui.store.files import FILE_MODE, discard, write_all


class AppendOnlyFile:
    """A log that is open for appending.

    Once `is_sound` is False it is unknown what the file contains after `end`, and it must not be appended to:
    after a failed fsync the system may take what it could not write for written
    (https://wiki.postgresql.org/wiki/Fsync_Errors).
    """

    def __init__(self, path: Path, number: int, end: int, disk: Disk) -> None:
        """`number` is the open file's, which this closes. Raises OSError; the file is then closed."""
        self.path = path
        self.end = end
        """Bytes that are known to be on disk."""
        self.is_sound = True
        self._number = number
        self._disk = disk
        try:
            state = disk.state_of(number)
        except BaseException:
            self.close()
            raise
        self._location = (state.device, state.inode)

    @classmethod
    def create(cls, path: Path, data: bytes, disk: Disk) -> AppendOnlyFile:
        """A new log that contains `data`. Raises OSError, also when there is one, and leaves none."""
        number = disk.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            log = cls(path, number, 0, disk)
            try:
                disk.set_mode(number, FILE_MODE)
                log.append(data)
                disk.sync_folder(path.parent)
                disk.check_in_place()
            except BaseException:
                log.close()
                raise
        except BaseException:
            discard(path, disk)
            raise
        return log

    @classmethod
    def open(cls, path: Path, end: int, disk: Disk) -> AppendOnlyFile:
        """The log of `end` bytes that is there. Raises OSError when it is not of that size or not ours alone."""
        number = disk.open(path, os.O_WRONLY)
        try:
            state = disk.state_of(number)
            if not stat.S_ISREG(state.mode) or state.links != 1:
                raise OSError(errno.EINVAL, "not a file with one name")
            if state.size != end:
                raise OSError(errno.EBUSY, "changed by something else")
        except BaseException:
            disk.close(number)
            raise
        return cls(path, number, end, disk)

    def append(self, data: bytes) -> None:
        """Add `data`, durably. Raises OSError; `end` is then what it was."""
        try:
            end = write_all(self._number, data, self.end, self._disk)
        except OSError:
            self._cut_back()
            raise
        try:
            self._disk.sync(self._number)
            self._check_in_place(end)
        except OSError:
            self.is_sound = False
            raise
        self.end = end

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._disk.close(self._number)

    def _cut_back(self) -> None:
        try:
            self._disk.truncate(self._number, self.end)
        except OSError:
            self.is_sound = False

    def _check_in_place(self, end: int) -> None:
        """Where the folder went away, or another took its place, what was written is not where it is read."""
        self._disk.check_path()
        there = self._disk.state(self.path)
        if (there.device, there.inode) != self._location:
            raise OSError(errno.ENOENT, "replaced by something else")
        if there.size != end:
            raise OSError(errno.EBUSY, "written by something else")
