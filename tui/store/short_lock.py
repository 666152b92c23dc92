"""A lock that is held for a moment: while a shared file is read, compared and replaced.

It is a file in the same folder, held with flock(2): free when the process ends, however it ends. It is removed
when it is released, and the second to come waits for it.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tui.store.disk import NO_FOLLOW, NO_WAIT
from tui.store.errors import cannot_write
from tui.store.held import HeldFolder
from tui.store.lock import Holder, plain, read_holder, sign, since_and_where
from tui.store.protocol import Locked, NotPermitted

PATIENCE = 2.0
"""Seconds to wait for its holder: a change takes milliseconds, in a book a second."""
_AGAIN_AFTER = 0.01
"""Seconds."""
_MODE = 0o660
"""Everyone who may write the folder may hold the lock, also after a crash has left the file."""


@contextmanager
def hold(path: Path, name: str, *, who: str, doing: str, folder: HeldFolder | None = None) -> Generator[None]:
    """Hold a lock file, after waiting for it at most `PATIENCE` seconds.

    `name` is what is changed; `who` and `doing`, such as `publishing it`, are for the message to others.
    `folder` has the folder open that the file is in. Raises Locked with who has it and what for, NotPermitted,
    NotSaved.
    """
    file = _File(path, None if folder is None else folder.descriptor(path.parent), name)
    descriptor = _take(file)
    try:
        sign(descriptor, who, doing)
        yield
    finally:
        # Only its holder may remove it: a second file of that name would be a second lock.
        with contextlib.suppress(OSError):
            os.unlink(file.looked_up, dir_fd=file.at)
        os.close(descriptor)


def wait_until_free(path: Path, name: str) -> bool:
    """Return once no one has the lock file, after at most `PATIENCE` seconds; True if no one had it.

    Raises as `hold`, and makes no file.
    """
    deadline = time.monotonic() + PATIENCE
    file = _File(path, None, name)
    was_free = True
    while (descriptor := _open(file, create=False)) is not None:
        try:
            if _try_lock(descriptor, shared=True):
                break
            was_free = False
            _wait(deadline, descriptor, name)
        finally:
            os.close(descriptor)
    return was_free


class _File(NamedTuple):
    path: Path
    at: int | None
    """The descriptor of the folder that it is looked up in; None for its whole path."""
    name: str
    """Of what it locks, for messages."""

    @property
    def looked_up(self) -> Path | str:
        return self.path if self.at is None else self.path.name


def _take(file: _File) -> int:
    deadline = time.monotonic() + PATIENCE
    while True:
        descriptor = _open(file, create=True)
        if descriptor is None:
            continue
        try:
            if not _try_lock(descriptor, shared=False):
                _wait(deadline, descriptor, file.name)
            elif _is_there(file, descriptor):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _open(file: _File, *, create: bool) -> int | None:
    """The lock file, open; None where it is not there, or came in between. Raises NotPermitted, NotSaved."""
    flags = os.O_RDWR | NO_FOLLOW | NO_WAIT
    try:
        try:
            # Linux refuses O_CREAT on another's file in a shared folder (fs.protected_regular).
            descriptor = os.open(file.looked_up, flags, dir_fd=file.at)
            is_new = False
        except FileNotFoundError:
            if not create:
                return None
            descriptor = os.open(file.looked_up, flags | os.O_CREAT | os.O_EXCL, _MODE, dir_fd=file.at)
            is_new = True
    except FileExistsError:
        return None
    except OSError as error:
        raise cannot_write(file.path, error) from error
    try:
        if is_new and sys.platform != "win32":
            os.fchmod(descriptor, _MODE)
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode) or state.st_nlink > 1:
            raise NotPermitted(f"{file.path} is not a file of its own, another name leads to it: remove it")
    except OSError as error:
        os.close(descriptor)
        raise cannot_write(file.path, error) from error
    except NotPermitted:
        os.close(descriptor)
        raise
    return descriptor


def _try_lock(descriptor: int, *, shared: bool) -> bool:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise NotPermitted(
            f"the library cannot be locked ({error.strerror}): keep it on a local disk"
        ) from error
    return True


def _is_there(file: _File, descriptor: int) -> bool:
    """False where the file was removed, as it is when the lock is released, and another may be there now."""
    try:
        there, ours = os.stat(file.looked_up, dir_fd=file.at, follow_symlinks=False), os.fstat(descriptor)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise cannot_write(file.path, error) from error
    return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)


def _wait(deadline: float, descriptor: int, name: str) -> None:
    """A moment. Raises Locked after the deadline."""
    if time.monotonic() < deadline:
        time.sleep(_AGAIN_AFTER)
        return
    holder = read_holder(descriptor) or Holder(pid=0, host="", since=0)
    who = plain(holder.who) or "another process"
    doing = plain(holder.doing) or "changing it"
    when = f" {since_and_where(holder)}" if holder.pid else ""
    raise Locked(f"{who} is {doing}{when}: try again later ({name})")
