"""The detectors that an annotator has switched off: a small file in their own folder, one name a line."""

from __future__ import annotations

import re
from pathlib import Path

from tui.store.disk import DISK
from tui.store.errors import cannot_write
from tui.store.files import replace_file
from tui.store.held import hold, hold_to_read
from tui.store.loading import read_if_there
from tui.store.protocol import Damaged
from tui.store.safe_names import safe

FILE_NAME = "detectors-off.txt"

_NAME = r"[a-z][a-z-]{0,39}"
_LONGEST = 4000
"""Bytes; the names of all detectors fit ten times over. A longer file is refused, so that no name is lost."""


def read_detectors_off(folder: Path, annotator: str) -> frozenset[str]:
    """What an annotator has switched off in an annotations folder. Raises NotPermitted, Damaged."""
    path = _path(folder, annotator)
    held = hold_to_read(DISK, folder, path.parent.parent, path.parent)
    if held is None:
        return frozenset()
    with held:
        data = read_if_there(path, held) or b""
    return _names(data, path)


def _names(data: bytes, path: Path) -> frozenset[str]:
    """Raises Damaged for more bytes than such a file has."""
    if len(data) > _LONGEST:
        raise Damaged(
            f"{path} has {len(data):,} bytes, at most {_LONGEST:,} are read: keep one name a line in it"
        )
    lines = data.decode("utf-8", "replace").split()
    return frozenset(name for name in lines if re.fullmatch(_NAME, name))


def switch_detector(folder: Path, annotator: str, detector: str, *, is_off: bool) -> frozenset[str]:
    """Switch one detector off or on again, durably; returns all that are off now.

    Others may have been switched meanwhile, in another article. Raises Locked, NotPermitted, NotSaved, Damaged.
    """
    from tui.store.short_lock import hold as hold_lock

    path = _path(folder, annotator)
    try:
        with hold(DISK, folder, path.parent.parent, path.parent) as held:
            lock = path.with_name(f".{FILE_NAME}.lock")
            with hold_lock(lock, FILE_NAME, who=annotator, doing="switching a detector", folder=held):
                known = _names(read_if_there(path, held) or b"", path)
                names = known | {detector} if is_off else known - {detector}
                replace_file(path, ("".join(f"{name}\n" for name in sorted(names)).encode(),), disk=held)
    except OSError as error:
        raise cannot_write(path, error) from error
    return names


def _path(folder: Path, annotator: str) -> Path:
    return folder / "people" / safe(annotator) / FILE_NAME
