"""What the system's errors mean to the user, in one line."""

from __future__ import annotations

import errno
from pathlib import Path

from tui.store.protocol import Conflict, Damaged, NotPermitted, NotSaved, StoreError, TooNew, Unreadable

ABSENT = (FileNotFoundError, NotADirectoryError, PermissionError)
"""There is no such file, or none for this user; any other error does not show what is there."""

_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}

_REMEDIES = {
    errno.ENOSPC: "free some space",
    errno.EDQUOT: "free some space",
    errno.EROFS: "make the file system writable",
    errno.EACCES: "ask its owner for the right to write",
    errno.EPERM: "ask its owner for the right to write",
    errno.ENOENT: "bring the folder back",
    errno.EBUSY: "move that file aside",
    errno.ELOOP: "put the file itself in the place of the symbolic link",
}


def cannot_read(path: Path, error: OSError) -> StoreError:
    """NotPermitted when this user may not, Damaged for a link, Unreadable when it did not work."""
    if error.errno in _FORBIDDEN:
        return NotPermitted(f"{path} may not be read: ask its owner for the right to read")
    if error.errno == errno.ELOOP:
        return Damaged(f"{path} is a symbolic link: put the file itself there")
    return Unreadable(
        f"{path} cannot be read ({_reason(error)}): look after the disk, or restore it from a backup"
    )


def cannot_write(path: Path, error: OSError) -> StoreError:
    """NotPermitted when this user may not, NotSaved when it did not work."""
    if error.errno in _FORBIDDEN:
        return NotPermitted(f"{path} may not be written ({_reason(error)}): {_remedy(error)}")
    return not_saved(path, error)


def not_saved(path: Path, error: OSError) -> NotSaved:
    # The path comes last: on a narrow screen what to do must not be cut off.
    return NotSaved(f"not saved, {_reason(error)}: {_remedy(error)} ({path})")


def changed_elsewhere(path: Path) -> Conflict:
    return Conflict(
        "not saved, the file was changed by something else: move it aside and go on, "
        f"everything is then written again ({path})"
    )


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


def _remedy(error: OSError) -> str:
    return _REMEDIES.get(error.errno or 0, "look after the disk")


def too_new(path: Path, schema: str, version: str) -> TooNew:
    """`version` is the Postil that wrote it, as far as the file says."""
    which = f"Postil {version[:20]!r}" if version else "a newer Postil"
    return TooNew(
        f"{path} was written by {which} ({schema[:60]!r}): open it with that version or a later one"
    )
