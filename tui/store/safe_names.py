"""Names that become file names."""

from __future__ import annotations

import re

from tui.store.protocol import UnsafeName

_SAFE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")


def is_safe(name: str) -> bool:
    """Whether `name` stays within its folder and is not hidden there."""
    return _SAFE.fullmatch(name) is not None


def safe(name: str) -> str:
    """The name itself. Raises UnsafeName where it could lead out of its folder or hide."""
    if not is_safe(name):
        raise UnsafeName(
            f"{name[:60]!r} cannot name a file: use at most 100 letters, digits, '.', '_' and '-', no dot first"
        )
    return name
