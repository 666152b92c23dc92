"""Folders held by their descriptors, so that what takes a folder's place is neither read nor written.

A path is looked up again with every call: a user who may rename a folder, or put a symbolic link in its place,
decides between two calls where the second one leads. A descriptor stays with the folder (openat(2)).
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path
from typing import NamedTuple

from tui.store.disk import Disk, Location, State
from tui.store.errors import cannot_read, not_saved
from tui.store.files import make_folder
from tui.store.protocol import NotPermitted, NotSaved


class OutOfPlace(OSError):
    """The path of a held folder leads to something else now, or to nothing."""


class _Held(NamedTuple):
    path: Path
    number: int | None
    """The descriptor; None where the system has no calls that take one."""
    above: int | None
    """Where it is looked up again: the descriptor of its parent; None for its whole path."""
    state: State
    """As it was opened."""
    location: Location


class HeldFolder(Disk):
    """A disk on which names can be looked up in held folders and nowhere else: a path must be in one of them.

    The first folder held is the annotations folder, to which links may lead. Links below it are refused.
    It is a context manager that lets all of them go.
    """

    def __init__(self, disk: Disk, base: Path) -> None:
        """Hold the folder `root` of a disk. Raises OSError."""
        self._disk = disk
        # Every tag waits for these.
        self.write, self.sync = disk.write, disk.sync
        self._base = base
        self._folders: dict[Path, _Held] = {}
        self._inner: list[_Held] = []
        """All but the first."""
        self._recent: tuple[Path | None, int | None] = (None, None)
        """The path that was looked up last, and where."""
        number = disk.hold(base, follow=True)
        # By path it is only ever looked up again together with a folder in it.
        state = disk.state(base) if number is None else self._state_of_new(number)
        self._folders[base] = self._last = _Held(base, number, None, state, (state.device, state.inode))

    def enter(self, path: Path, mode: int | None = None) -> None:
        """Hold a folder that is in a held one too; with `mode` make it, durably, where there is none.

        Raises OSError, FileNotFoundError where it is missing, NotPermitted where it is a link or a file.
        """
        if mode is not None:
            # What is there and no folder is refused below.
            with contextlib.suppress(FileExistsError):
                make_folder(path, mode, self)
        above = self._at(path.parent)
        try:
            number = self._disk.hold(path, above)
        except OSError as error:
            # Systems differ in what they call a link where a folder is wanted.
            if error.errno in {errno.ELOOP, errno.ENOTDIR, errno.EMLINK}:
                raise _no_folder(path) from error
            raise
        state = self._disk.state(path) if number is None else self._state_of_new(number)
        if not stat.S_ISDIR(state.mode):
            raise _no_folder(path)
        # One directly below the annotations folder is looked up again by its whole path, and so are both.
        above = None if path.parent == self._base else above
        self._last = _Held(path, number, above, state, (state.device, state.inode))
        self._folders[path] = self._last
        self._inner.append(self._last)

    @property
    def last(self) -> Path:
        """The last folder entered."""
        return self._last.path

    @property
    def folder(self) -> State:
        """Its state when it was entered."""
        return self._last.state

    @property
    def own_location(self) -> Location:
        """Its device and inode."""
        return self._last.location

    def descriptor(self, folder: Path) -> int | None:
        """For a call's `dir_fd`; None where the system has none that takes one."""
        return self._at(folder)

    def check_path(self) -> None:
        """Raises OutOfPlace where the path of the last folder entered leads to another one, OSError.

        It is one call, for what every tag waits for. That a folder on the way is a link which leads back to
        the held ones, so that nothing is written elsewhere, is left to `check_in_place`.
        """
        self._check(self._last, None)

    def check_in_place(self) -> None:
        """Raises OutOfPlace where a folder below the first is not where its path leads, or is a link, OSError."""
        for held in self._inner:
            self._check(held, held.above)

    def is_in_place(self) -> bool:
        """True where `check_in_place` finds nothing wrong."""
        try:
            self.check_in_place()
        except OSError:
            return False
        return True

    def _check(self, held: _Held, at: int | None) -> None:
        try:
            there = self._disk.location(held.path, at)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise OutOfPlace(errno.ENOENT, f"the folder {held.path.name} has gone") from error
        if there != held.location:
            raise OutOfPlace(errno.ENOENT, f"the folder {held.path.name} was replaced")

    def again(self) -> HeldFolder:
        """The folders to which the same paths lead now.

        Raises NotSaved where one is missing, is a link, or the last is another user's.
        """
        try:
            fresh = hold(self._disk, self._base, *(path for path in self._folders if path != self._base))
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NotSaved(f"not saved, the folder has gone: bring it back ({self._last.path})") from error
        except OSError as error:
            raise not_saved(self._last.path, error) from error
        except NotPermitted as error:
            raise NotSaved(f"not saved, {error}") from error
        if hasattr(os, "geteuid") and fresh.folder.owner != os.geteuid():
            fresh.release()
            raise NotSaved(
                f"not saved, another user's folder is in place of yours: bring it back ({self._last.path})"
            )
        return fresh

    def adopt(self, other: HeldFolder) -> None:
        """Hold what the other one does, which is not used any more, instead of what is held now."""
        self.release()
        self._folders, self._inner, self._last = other._folders, other._inner, other._last

    def release(self) -> None:
        """Close all descriptors; nothing can be looked up afterwards."""
        for held in self._folders.values():
            if held.number is not None:
                with contextlib.suppress(OSError):
                    self._disk.close(held.number)
        self._folders, self._inner = {}, []
        self._recent = (None, None)

    def __enter__(self) -> HeldFolder:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def _at(self, folder: Path) -> int | None:
        held = self._folders.get(folder)
        if held is None:
            raise ValueError(f"{folder} is not held")
        return held.number

    def _in(self, path: Path) -> int | None:
        """The descriptor of the folder that the path is in."""
        recent, number = self._recent
        # Every tag asks for the same path twice.
        if path is not recent:
            number = self._at(path.parent)
            self._recent = (path, number)
        return number

    def _state_of_new(self, number: int) -> State:
        try:
            return self._disk.state_of(number)
        except BaseException:
            with contextlib.suppress(OSError):
                self._disk.close(number)
            raise

    # -- the disk's calls --------------------------------------------------

    def open(self, path: Path, flags: int, at: int | None = None) -> int:
        return self._disk.open(path, flags, self._in(path))

    def open_to_read(self, path: Path, at: int | None = None) -> int:
        return self._disk.open_to_read(path, self._in(path))

    def read_at(self, number: int, size: int, offset: int) -> bytes:
        return self._disk.read_at(number, size, offset)

    def truncate(self, number: int, size: int) -> None:
        self._disk.truncate(number, size)

    def set_mode(self, number: int, mode: int) -> None:
        self._disk.set_mode(number, mode)

    def state_of(self, number: int) -> State:
        return self._disk.state_of(number)

    def close(self, number: int) -> None:
        self._disk.close(number)

    def hold(self, path: Path, at: int | None = None, *, follow: bool = False) -> int | None:
        return self._disk.hold(path, self._in(path), follow=follow)

    def state(self, path: Path, at: int | None = None) -> State:
        return self._disk.state(path, self._in(path))

    def location(self, path: Path, at: int | None = None) -> Location:
        return self._disk.location(path, self._in(path))

    def read(self, path: Path, start: int = 0, at: int | None = None) -> bytes:
        return self._disk.read(path, start, self._in(path))

    def names(self, folder: Path, at: int | None = None) -> list[str]:
        return self._disk.names(folder, self._at(folder))

    def replace(self, old: Path, new: Path, at: int | None = None, to: int | None = None) -> None:
        self._disk.replace(old, new, self._at(old.parent), self._at(new.parent))

    def link(self, old: Path, new: Path, at: int | None = None, to: int | None = None) -> None:
        self._disk.link(old, new, self._at(old.parent), self._at(new.parent))

    def unlink(self, path: Path, at: int | None = None) -> None:
        self._disk.unlink(path, self._in(path))

    def make_folder(self, path: Path, at: int | None = None) -> None:
        self._disk.make_folder(path, self._in(path))

    def set_folder_mode(self, path: Path, mode: int, at: int | None = None) -> None:
        self._disk.set_folder_mode(path, mode, self._in(path))

    def sync_folder(self, path: Path, at: int | None = None) -> None:
        self._disk.sync_folder(path, self._at(path))


def hold(disk: Disk, base: Path, *paths: Path) -> HeldFolder:
    """Hold an annotations folder and folders in it, each after the one that it is in.

    Raises OSError, FileNotFoundError where one is missing, NotPermitted where one below the first is a link.
    """
    held = HeldFolder(disk, base)
    try:
        for path in paths:
            held.enter(path)
    except BaseException:
        held.release()
        raise
    return held


def hold_to_read(disk: Disk, base: Path, *paths: Path) -> HeldFolder | None:
    """As `hold`; None where a folder is missing. Raises NotPermitted, Damaged."""
    try:
        return hold(disk, base, *paths)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise cannot_read((base, *paths)[-1], error) from error


def _no_folder(path: Path) -> NotPermitted:
    return NotPermitted(f"{path} is no folder but a link or a file: put a real folder there")
