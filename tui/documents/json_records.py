"""The JSON objects of a file, whether it has one, a list of them, or one on each line."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator

from tui.documents.decoding import UnreadableFileError

_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_OBJECT = re.compile(r'\s*+(?:\[\s*+)?\{\s*+(?:\}|"(?:[^"\\\n]|\\.){0,200}"\s*+:)')
"""The beginning of an object, or of a list of objects."""
_LINES = 20
"""How many lines are looked at to recognise what the objects are."""


def is_json(data: bytes, head: str, usual: str) -> bool:
    """True if the file is JSON whatever its suffix says. Raises UnreadableFileError for damaged JSON."""
    if usual == "json" or not _OBJECT.match(head):
        return usual == "json" and not head.lstrip().startswith("<")
    if next(objects(data), None) is not None or usual == "markdown":
        return usual != "markdown" or _whole(_utf8(data)) is not None
    raise UnreadableFileError(
        'begins like JSON but is not valid: write {"text": "..."} on each line, or save the text alone'
    )


def objects(data: bytes) -> Iterator[dict[str, object]]:
    """The first objects of a file, as long as they are valid."""
    data = _utf8(data)
    if _parsed(_first_line(data)) is None:
        for value in _whole(data) or ():
            if isinstance(value, dict):
                yield value  # pyright: ignore[reportUnknownVariableType]
        return
    for line in data.split(b"\n", _LINES)[:_LINES]:
        if line.strip():
            value = _parsed(line)
            if value is None:
                return
            yield value


def _utf8(data: bytes) -> bytes:
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            try:
                return data.decode(encoding).encode("utf-8", "surrogatepass")
            except UnicodeDecodeError:
                return data
    return data


def _first_line(data: bytes) -> bytes:
    return data.lstrip().partition(b"\n")[0]


def _parsed(line: bytes) -> dict[str, object] | None:
    """The object on the line, or None."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None  # pyright: ignore[reportUnknownVariableType]


def _whole(data: bytes) -> list[object] | None:
    """The objects of a file that is one object, a list, or several objects one after the other; else None."""
    values: list[object] = []
    try:
        text = data.decode("utf-8")
        decoder = json.JSONDecoder()
        at = _after_blanks(text, 0)
        while at < len(text):
            value, end = decoder.raw_decode(text, at)
            values.append(value)
            at = _after_blanks(text, end)
    except (ValueError, RecursionError):
        return None
    if len(values) == 1 and isinstance(values[0], list):
        return values[0] or None  # pyright: ignore[reportUnknownVariableType]
    return values or None


_BLANKS = re.compile(r"[ \t\r\n]*+")


def _after_blanks(text: str, start: int) -> int:
    match = _BLANKS.match(text, start)
    return match.end() if match else start
