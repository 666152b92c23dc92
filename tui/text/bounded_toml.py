"""TOML that people write or get from others, within limits of size and depth, so that reading it takes no time."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

LARGEST = 256 * 1024
"""Bytes of a file of settings, keys or a scheme."""
MOST_PARTS = 16
"""Names with dots between them in one key: `a.b.c`."""

_DOTTED = re.compile(
    rf"""(?<![\w-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{MOST_PARTS}}}"""
)


class BeyondLimitError(Exception):
    """A file that is too large or too deep; `str()` says so and how to fix it, to follow the file's name."""


def read(path: Path, largest: int = LARGEST) -> bytes:
    """The bytes of a file. Raises OSError, BeyondLimitError."""
    with path.open("rb") as file:
        data = file.read(largest + 1)
    if len(data) > largest:
        size = f"{largest >> 20} MB" if largest >= 2**20 else f"{largest >> 10} kB"
        raise BeyondLimitError(f"is larger than {size}, the most that is read: leave out what is not needed")
    return data


def loads(source: str) -> dict[str, object]:
    """Raises BeyondLimitError, and tomllib.TOMLDecodeError for what is not TOML."""
    found = _DOTTED.search(source)
    if found is not None:
        line = source.count("\n", 0, found.start()) + 1
        raise BeyondLimitError(
            f"has a name of more than {MOST_PARTS} parts in line {line}: write plain tables"
        )
    try:
        return tomllib.loads(source)
    except RecursionError as error:
        raise BeyondLimitError("is nested too deeply: write plain tables") from error
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as error:
        raise BeyondLimitError("holds a number that is too long: write a shorter one") from error
