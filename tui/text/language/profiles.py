"""Profiles of languages: how usual each group of letters is in each. `scripts/language_tables.py` generates them.

The most likely language of a text by its letter groups, taken as independent (Cavnar and Trenkle, N-gram-based
text categorization, 1994; Lui and Baldwin, langid.py, 2012).
"""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path

import msgspec

_FILE = Path(__file__).parent / "data" / "profiles.bin"

UNIT = 4
"""Costs are quarters of a nat."""


class Profiles(msgspec.Struct, frozen=True):
    """The profiles of the languages written in one script."""

    languages: list[str]
    expected: list[float]
    """Mean cost of a group in a text of that language, in quarters of a nat."""
    longest: int
    """Characters of the longest group."""
    groups: str
    """In order, with a line feed after each."""
    costs: bytes
    """For each language, for each group: the negative logarithm of its probability in that language, relative to
    the language where it is most usual, in quarters of a nat."""


class Costs(msgspec.Struct, frozen=True):
    """The profiles, ready for look-up."""

    languages: list[str]
    expected: dict[str, float]
    longest: int
    of_group: dict[str, bytes]
    """The cost of a group in each language, in the order of `languages`."""


@cache
def costs() -> dict[str, Costs]:
    """The costs by script, read once per process."""
    packed = zlib.decompress(_FILE.read_bytes())
    profiles = msgspec.msgpack.decode(packed, type=dict[str, Profiles])
    return {script: _ready(profile) for script, profile in profiles.items()}


def _ready(profiles: Profiles) -> Costs:
    groups = profiles.groups.split("\n")
    count = len(groups)
    table = profiles.costs
    rows = {group: table[number::count] for number, group in enumerate(groups)}
    expected = dict(zip(profiles.languages, profiles.expected, strict=True))
    return Costs(profiles.languages, expected, profiles.longest, rows)
