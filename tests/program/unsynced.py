"""Run the program on a disk that does not sync folders once NAME is in its place: python unsynced.py NAME -- WORDS"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path


def main() -> int:
    name, _, *words = sys.argv[1:]
    is_there = False
    sync = os.fsync

    def notice(event: str, given: tuple[object, ...]) -> None:
        nonlocal is_there
        is_there |= event == "os.rename" and Path(str(given[1])).name == name

    def sync_files(number: int) -> None:
        if is_there and stat.S_ISDIR(os.fstat(number).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sync(number)

    sys.addaudithook(notice)
    os.fsync = sync_files
    from tui.cli import main as run

    return run(words)


if __name__ == "__main__":
    sys.exit(main())
