"""Adding a name to the annotations folder's list of names, which every later preparation believes."""

from __future__ import annotations

from pathlib import Path

from tui.store.disk import DISK
from tui.store.errors import cannot_read, cannot_write
from tui.store.files import discard, identity, read_file, stage
from tui.store.protocol import NotSaved
from tui.store.short_lock import hold
from tui.text.aliases import FILE_NAME, with_name

_TRIES = 20
"""How often an editor may change the file in the meantime: it knows nothing of the lock."""


def keep_name(folder: Path, name: str, label: str, *, who: str) -> bool:
    """Add a name to `entities.toml` in the annotations folder, durably; False where it is listed so already.

    What the file holds stays as it is, byte for byte. Raises AliasFileError where the file is wrong or
    lists the name with another label, Locked, NotPermitted, NotSaved, Damaged; the file is then unharmed.
    """
    with hold(folder / f".{FILE_NAME}.lock", FILE_NAME, who=who, doing="adding a name"):
        return _keep(folder, name, label)


def _keep(folder: Path, name: str, label: str) -> bool:
    path = folder / FILE_NAME
    for _ in range(_TRIES):
        try:
            before = identity(path)
            data = read_file(path) if before is not None else b""
        except FileNotFoundError:
            continue
        except OSError as error:
            raise cannot_read(path, error) from error
        longer = with_name(str(path), data, name, label)
        if longer is None:
            return False
        try:
            staged = stage(path, (longer,))
            if identity(path) == before:
                staged.publish()
                return True
        except OSError as error:
            raise cannot_write(path, error) from error
        discard(staged.temporary, DISK)
    raise NotSaved(f"not saved, something changes the file all the time: find out what ({path})")
