"""The compiled word tables, looked up without being taken apart. `scripts/hint_tables.py` makes them."""

from __future__ import annotations

import gzip
from bisect import bisect_right
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "data"


class Table:
    """Words with what is known of each, as blocks of text: a tenth of a dictionary's time to load."""

    def __init__(self, text: str) -> None:
        self._blocks = text.split("\n\n")

    def get(self, word: str) -> str:
        """What is known of the word; empty for one that is not there."""
        key = f"{word}\t"
        number = bisect_right(self._blocks, f"{key}\U0010ffff") - 1
        if number < 0:
            return ""
        block = self._blocks[number]
        if block.startswith(key):
            place = 0
        else:
            place = block.find(f"\n{key}") + 1
            if not place:
                return ""
        start = place + len(key)
        end = block.find("\n", start)
        return block[start:] if end < 0 else block[start:end]


@cache
def table(name: str) -> Table | None:
    """The table of that name, read once a process; None where there is none, as for a language without data."""
    path = _FOLDER / f"{name}.gz"
    if not path.is_file():
        return None
    with gzip.open(path) as file:
        return Table(file.read().decode("utf-8"))
