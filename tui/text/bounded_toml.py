"""TOML files written by users, read within limits of size and depth so that reading them is fast."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

LARGEST = 256 * 1024
"""Maximum size in bytes of a file with settings, keys or a scheme."""
MOST_PARTS = 16
"""Maximum number of names in one dotted key such as `a.b.c`."""

_DOTTED = re.compile(
    rf"""(?<![\w-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{MOST_PARTS}}}"""
)


class BeyondLimitError(Exception):
    """A file is too large or too deeply nested; `str()` says what is wrong and how to fix it, and follows the file's name."""


def read(path: Path, largest: int = LARGEST) -> bytes:
    """The bytes of a file. Raises OSError and BeyondLimitError."""
    with path.open("rb") as file:
        data = file.read(largest + 1)
    if len(data) > largest:
        size = f"{largest >> 20} MB" if largest >= 2**20 else f"{largest >> 10} kB"
        raise BeyondLimitError(f"is larger than {size}, the maximum: remove what you do not need")
    return data


def loads(source: str) -> dict[str, object]:
    """The parsed table. Raises BeyondLimitError, and tomllib.TOMLDecodeError if it is not TOML."""
    dotted = _DOTTED.search(source)
    if dotted is not None:
        line = source.count("\n", 0, dotted.start()) + 1
        raise BeyondLimitError(
            f"has a key with more than {MOST_PARTS} parts in line {line}: use plain tables"
        )
    try:
        return tomllib.loads(source)
    except RecursionError as error:
        raise BeyondLimitError("is nested too deeply: use plain tables") from error
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as error:
        raise BeyondLimitError("contains a number that is too long: use a shorter one") from error
