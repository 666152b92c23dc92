"""The compiled word tables, searched without parsing them. `scripts/hint_tables.py` generates them."""

from __future__ import annotations

import gzip
from bisect import bisect_right
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "data"


class Table:
    """Words and their entries, kept as blocks of text: loads ten times faster than a dict."""

    def __init__(self, text: str) -> None:
        self._blocks = text.split("\n\n")

    def get(self, word: str) -> str:
        """The entry of the word; empty if it is not in the table."""
        key = f"{word}\t"
        number = bisect_right(self._blocks, f"{key}\U0010ffff") - 1
        if number < 0:
            return ""
        block = self._blocks[number]
        if block.startswith(key):
            line_start = 0
        else:
            line_start = block.find(f"\n{key}") + 1
            if not line_start:
                return ""
        start = line_start + len(key)
        end = block.find("\n", start)
        return block[start:] if end < 0 else block[start:end]


@cache
def table(name: str) -> Table | None:
    """The table of that name, read once per process; None if there is no such table, as for a language without data."""
    path = _FOLDER / f"{name}.gz"
    if not path.is_file():
        return None
    with gzip.open(path) as file:
        return Table(file.read().decode("utf-8"))
