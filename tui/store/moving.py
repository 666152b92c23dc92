"""Renaming files between held folders: all of them, or none."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tui.store.errors import cannot_write
from tui.store.held import HeldFolder
from tui.store.protocol import StoreError

Move = tuple[Path, Path]
"""The old and the new path of a file."""


@contextmanager
def all_or_none(disk: HeldFolder) -> Generator[Callable[[Sequence[Move]], None]]:
    """A function that renames files durably; when the block raises StoreError, all files are renamed back.

    The function raises NotPermitted, NotSaved. `disk` has the folders open.
    """
    moved: list[Move] = []

    def move(moves: Sequence[Move]) -> None:
        path = disk.last
        try:
            for path, new in moves:
                disk.replace(path, new)
                moved.append((path, new))
            for path in dict.fromkeys([*(new.parent for _, new in moves), *(old.parent for old, _ in moves)]):
                disk.sync_folder(path)
            path = disk.last
            disk.check_in_place()
        except OSError as error:
            raise cannot_write(path, error) from error

    try:
        yield move
    except StoreError:
        for old, new in reversed(moved):
            with contextlib.suppress(OSError):
                disk.replace(new, old)
        raise
