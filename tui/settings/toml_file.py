"""TOML files written by hand, with the line of each key."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

from tui.text import bounded_toml
from tui.text.bounded_toml import BeyondLimitError

_TABLE = re.compile(r"\s*\[([^\[\]]+)\]")
_POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class TomlError(Exception):
    """A file cannot be read as TOML; `str()` is one line with the file, the line and the fix."""


class TomlFile(NamedTuple):
    path: Path
    source: str
    document: dict[str, object]

    def where(self, key: str, table: str = "") -> str:
        """`file:line` of a key in a table; only the file if the line is not found."""
        line = _line_of(self.source, key, table)
        return f"{self.path}:{line}" if line else str(self.path)


def read(path: Path) -> TomlFile:
    """Raises TomlError."""
    try:
        source = bounded_toml.read(path).decode("utf-8-sig").replace("\r\n", "\n")
    except BeyondLimitError as error:
        raise TomlError(f"{path}: {error}") from error
    except OSError as error:
        raise TomlError(f"{path}: {error.strerror or error}: give the path of a TOML file") from error
    except UnicodeDecodeError as error:
        raise TomlError(f"{path}: not UTF-8 text: save it as UTF-8") from error
    try:
        return TomlFile(path, source, bounded_toml.loads(source))
    except tomllib.TOMLDecodeError as error:
        what, line = _parted(str(error), source)
        raise TomlError(
            f'{path}:{line}: this is not TOML ({what}): write name = "text", name = true, or name = ["a", "b"]'
        ) from error
    except BeyondLimitError as error:
        raise TomlError(f"{path}: {error}") from error


def _parted(message: str, source: str) -> tuple[str, int]:
    """The error and its line, from tomllib's message."""
    position = _POSITION.search(message)
    if position is None:
        return message, 1
    line = int(position[1]) if position[1] else max(1, len(source.splitlines()))
    return message[: position.start()], line


def _line_of(source: str, key: str, table: str) -> int:
    """The number of the line that begins with the key, from 1; otherwise the table's line, or 0."""
    pattern = re.compile(rf"\s*(?:\"{re.escape(key)}\"|'{re.escape(key)}'|{re.escape(key)})\s*=")
    here, line_number = "", 0
    for number, line in enumerate(source.splitlines(), 1):
        header = _TABLE.match(line)
        if header is not None:
            here = header[1].strip()
            line_number = number if here == table else line_number
        elif here == table and pattern.match(line):
            return number
    return line_number
