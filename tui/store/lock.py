"""The writer's place: only the process that has the lock writes."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from tui.store.disk import NO_FOLLOW, NO_WAIT
from tui.store.errors import cannot_write, not_saved
from tui.store.held import HeldFolder
from tui.store.protocol import Locked, NotPermitted, NotSaved

_LONGEST = 4096
"""Bytes of a lock file that are looked at."""
_PAUSES = (0.001, 0.005, 0.02)
"""Seconds, after which a lock that is held is tried again."""


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Who has a lock."""

    pid: int
    host: str
    since: float
    """Seconds since the epoch."""
    client: str = ""
    """The address that the holder's SSH connection comes from."""
    who: str = ""
    """The annotator."""
    doing: str = ""
    """What the lock is held for, such as `publishing`; empty for annotating."""


class Lock:
    """A lock file held with flock(2): it is free again when the process ends, however it ends.

    The file stays: removing it would let two processes hold two files of the same name.
    Its mode is 0600, so that no one else can take the owner's place.
    """

    def __init__(self, path: Path, who: str, folder: HeldFolder | None = None) -> None:
        """Take the lock; `who` is the annotator, for the message. `folder` has the folder open that it is in.

        Raises Locked with who has it, NotPermitted if it cannot be taken.
        """
        self._path = path
        self._who = who
        self._folder = folder
        self._descriptor = self._take(folder)

    def renew(self) -> None:
        """Make sure that the lock is still the one that others meet, as it is not where the folder was replaced.

        Where the folder is another one now, it is held from then on. Raises NotSaved when it cannot be had
        again, or a link or another user's folder is in its place.
        """
        fresh = None
        if self._folder is not None:
            try:
                self._folder.check_in_place()
            except OSError:
                fresh = self._folder.again()
        try:
            renewed = self._again_in(fresh or self._folder)
        except BaseException:
            if fresh is not None:
                fresh.release()
            raise
        if renewed is not None:
            os.close(self._descriptor)
            self._descriptor = renewed
        if fresh is not None and self._folder is not None:
            self._folder.adopt(fresh)

    def _again_in(self, folder: HeldFolder | None) -> int | None:
        """The lock file that is there now, locked; None where that is the one we have. Raises NotSaved."""
        try:
            at = _descriptor(folder, self._path)
            there = os.lstat(self._path if at is None else self._path.name, dir_fd=at)
            ours = os.fstat(self._descriptor)
            if (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino):
                return None
        except FileNotFoundError:
            pass
        except OSError as error:
            raise not_saved(self._path, error) from error
        if folder is None and not self._path.parent.is_dir():
            raise NotSaved(f"not saved, the folder has gone: bring it back ({self._path.parent})")
        try:
            return self._take(folder)
        except (Locked, NotPermitted) as error:
            raise NotSaved(f"not saved, {error}") from error

    def release(self) -> None:
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)

    def _take(self, folder: HeldFolder | None) -> int:
        try:
            from fcntl import LOCK_EX, LOCK_NB, flock
        except ImportError:
            raise NotPermitted(
                "annotating needs Linux or macOS, this system has no safe lock: open with --read-only"
            ) from None
        path = self._path
        try:
            at = _descriptor(folder, path)
            name = path if at is None else path.name
            descriptor = os.open(
                name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600, dir_fd=at
            )
        except OSError as error:
            raise cannot_write(path, error) from error
        try:
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode) or state.st_nlink != 1:
                raise NotPermitted(f"{path} is no file of its own, another name leads to it: remove it")
            _patiently(lambda: flock(descriptor, LOCK_EX | LOCK_NB))
            sign(descriptor, self._who)
        except BlockingIOError:
            holder = read_holder(descriptor)
            os.close(descriptor)
            raise Locked(_held(self._who, holder)) from None
        except OSError as error:
            os.close(descriptor)
            raise NotPermitted(
                f"{path.parent} cannot be locked ({error.strerror}): keep annotations on a local disk"
            ) from error
        except NotPermitted:
            os.close(descriptor)
            raise
        return descriptor


def sign(descriptor: int, who: str, doing: str = "") -> None:
    """Write into a lock file who has it, and for what."""
    holder = Holder(
        pid=os.getpid(),
        host=os.uname().nodename,
        since=time.time(),
        client=os.environ.get("SSH_CONNECTION", "").partition(" ")[0],
        who=who,
        doing=doing,
    )
    # It is only for the message to others: a full disk must not prevent reading.
    with contextlib.suppress(OSError):
        signature = msgspec.json.encode(holder)
        os.pwrite(descriptor, signature, 0)
        # Not to zero before writing: ext4 then writes the file to the disk as it is closed (auto_da_alloc), 0.3 ms.
        os.ftruncate(descriptor, len(signature))


def _patiently(lock: Callable[[], None]) -> None:
    """Raises BlockingIOError if another process has the lock, OSError."""
    for pause in _PAUSES:
        with contextlib.suppress(BlockingIOError):
            lock()
            return
        # `is_held` takes it for an instant, to find out.
        time.sleep(pause)
    lock()


def _descriptor(folder: HeldFolder | None, path: Path) -> int | None:
    """Of the folder in which the file is looked up; None where that is done by its path."""
    return None if folder is None else folder.descriptor(path.parent)


def is_held(path: Path) -> bool:
    """True if the lock is held, as far as this user may know; the file stays untouched."""
    try:
        import fcntl

        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except (ImportError, OSError):
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


def may_be_held(path: Path) -> bool:
    """False where there is no lock, or it is certainly free; the file stays untouched."""
    try:
        path.lstat()
    except OSError:
        return False
    return is_held(path) or not os.access(path, os.R_OK)


def read_holder(descriptor: int) -> Holder | None:
    """Who has a lock, according to its file; None if the file does not name anyone."""
    try:
        return msgspec.json.decode(os.pread(descriptor, _LONGEST, 0), type=Holder)
    except (OSError, ValueError, RecursionError):
        return None


def at_work(path: Path, who: str) -> str:
    """The lock's holder, in words, e.g. `ana is at work since 14:02 from host (pid 12)`.

    For a lock that is held: it is only read. `ana is at work` where this user may not read it.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | NO_FOLLOW | NO_WAIT)
    except OSError:
        return f"{who} is at work"
    try:
        holder = read_holder(descriptor)
    finally:
        os.close(descriptor)
    return f"{who} is at work{'' if holder is None else f' {since_and_where(holder)}'}"


def _held(who: str, holder: Holder | None) -> str:
    remedy = "close it there, or open with --read-only"
    if holder is None:
        return f"{who} has this article open elsewhere: {remedy}"
    return f"{who} has this article open {since_and_where(holder)}: {remedy}"


def since_and_where(holder: Holder) -> str:
    """`since 14:02 from 10.0.0.7 over ssh on host (pid 312)`, safe to print."""
    host = plain(holder.host)
    if holder.client:
        host = f"{plain(holder.client)} over ssh on {host}"
    return f"since {_clock(holder.since)} from {host} (pid {holder.pid})"


def _clock(seconds: float) -> str:
    """Local time of day; with the date when it was not today."""
    try:
        then = time.localtime(seconds)
    except (OverflowError, ValueError, OSError):
        return "?"
    today = time.localtime()
    same_day = (then.tm_year, then.tm_yday) == (today.tm_year, today.tm_yday)
    return time.strftime("%H:%M" if same_day else "%Y-%m-%d %H:%M", then)


def plain(words: str) -> str:
    """What names of hosts and people, addresses and verbs may hold, and nothing that acts on a terminal."""
    return "".join(c for c in words if c.isascii() and (c.isalnum() or c in ".:-_% "))[:64]
