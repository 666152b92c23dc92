"""The detectors that an annotator has switched off: a small file in their own folder, one name a line."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from tui.store.disk import DISK
from tui.store.errors import cannot_write
from tui.store.files import replace_file
from tui.store.held import hold, hold_to_read
from tui.store.names import safe
from tui.store.stored import read_if_there

FILE_NAME = "detectors-off.txt"

_NAME = r"[a-z][a-z-]{0,39}"
_LONGEST = 4000
"""Bytes; whatever is longer is no such file."""


def read_detectors_off(folder: Path, annotator: str) -> frozenset[str]:
    """What an annotator has switched off in an annotations folder. Raises NotPermitted, Damaged."""
    path = _path(folder, annotator)
    held = hold_to_read(DISK, folder, path.parent.parent, path.parent)
    if held is None:
        return frozenset()
    with held:
        data = read_if_there(path, held) or b""
    lines = data[:_LONGEST].decode("utf-8", "replace").split()
    return frozenset(name for name in lines if re.fullmatch(_NAME, name))


def keep_detectors_off(folder: Path, annotator: str, names: Collection[str]) -> None:
    """Let these be switched off, durably. Raises NotPermitted, NotSaved."""
    path = _path(folder, annotator)
    lines = "".join(f"{name}\n" for name in sorted(names)).encode()
    try:
        with hold(DISK, folder, path.parent.parent, path.parent) as held:
            replace_file(path, (lines,), disk=held)
    except OSError as error:
        raise cannot_write(path, error) from error


def _path(folder: Path, annotator: str) -> Path:
    return folder / "people" / safe(annotator) / FILE_NAME
