"""The real program on disks that fail: `python -m tests.pty.on_a_full_disk ARGUMENT...`.

A folder is full as soon as it holds a file called `full`, and hangs when it holds one called `hangs`.
"""

from __future__ import annotations

import errno
import sys
import threading
from pathlib import Path

from tui.store.disk import Disk

if __name__ == "__main__":
    paths: dict[int, Path] = {}
    really_open, really_write = Disk.open, Disk.write

    def open_noted(self: Disk, path: Path, flags: int, at: int | None = None) -> int:
        number = really_open(self, path, flags, at)
        paths[number] = path
        return number

    def write_where_there_is_room(self: Disk, number: int, data: bytes | memoryview, offset: int) -> int:
        if any((folder / "hangs").exists() for folder in paths[number].parents):
            threading.Event().wait()
        if any((folder / "full").exists() for folder in paths[number].parents):
            raise OSError(errno.ENOSPC, "No space left on device")
        return really_write(self, number, data, offset)

    Disk.open, Disk.write = open_noted, write_where_there_is_room

    from tui.cli import main

    sys.exit(main())
