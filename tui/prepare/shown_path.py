"""What messages call a file: its path as you typed it."""

from __future__ import annotations

import os
from pathlib import Path

from tui.text.clean import visible


def shown_path(path: Path) -> str:
    """The path, safe on a terminal. Two files of the same name in different folders differ."""
    return shown_name(str(path))


def shown_name(name: str) -> str:
    """A file's name, decoded as UTF-8 regardless of the locale if it can be, and safe on a terminal."""
    try:
        return visible(os.fsencode(name).decode("utf-8"))
    except UnicodeError:
        return visible(name)
