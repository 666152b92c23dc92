"""Adding a name to the annotations folder's list of names, which every later preparation believes."""

from __future__ import annotations

from pathlib import Path

from tui.store.disk import DISK, Disk
from tui.store.errors import cannot_read, cannot_write
from tui.store.files import discard, identity, stage
from tui.store.held import HeldFolder
from tui.store.protocol import NotSaved
from tui.store.short_lock import hold
from tui.text.aliases import FILE_NAME, with_name

_TRIES = 20
"""How often an editor may change the file in the meantime: it knows nothing of the lock."""


def keep_name(folder: Path, name: str, label: str, *, who: str) -> bool:
    """Add a name to `entities.toml` in the annotations folder, durably; False where it is listed so already.

    What the file contains stays as it is, byte for byte. Raises AliasFileError where the file is wrong or
    lists the name with another label, Locked, NotPermitted, NotSaved, Damaged; the file is then unharmed.
    """
    path = folder / FILE_NAME
    lock = folder / f".{FILE_NAME}.lock"
    try:
        with (
            HeldFolder(DISK, folder) as held,
            hold(lock, FILE_NAME, who=who, doing="adding a name", folder=held),
        ):
            return _keep(path, name, label, held)
    except OSError as error:
        raise cannot_write(path, error) from error


def _keep(path: Path, name: str, label: str, disk: Disk) -> bool:
    for _ in range(_TRIES):
        try:
            before = identity(path, disk)
            data = disk.read(path) if before is not None else b""
        except FileNotFoundError:
            continue
        except OSError as error:
            raise cannot_read(path, error) from error
        longer = with_name(str(path), data, name, label)
        if longer is None:
            return False
        staged = stage(path, (longer,), disk=disk)
        if identity(path, disk) == before:
            staged.publish(disk)
            return True
        discard(staged.temporary, disk)
    raise NotSaved(f"not saved, something changes the file all the time: find out what ({path})")
