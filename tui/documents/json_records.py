"""Recognising JSON files, whatever their suffix says, by their first objects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import cast

from tui.documents.decoding import UnreadableFileError
from tui.documents.json_values import (
    BadRecordError,
    as_utf8,
    first_line_is_object,
    numbered_lines,
    parse,
    parse_all,
)

_OBJECT = re.compile(r'\s*+(?:\[\s*+)?\{\s*+(?:\}|"(?:[^"\\\n]|\\.){0,200}"\s*+:)')
"""The beginning of an object, or of a list of objects."""
_LINES = 20
"""How many lines are looked at to recognise what the objects are."""


def begins_like_json(head: str) -> bool:
    """True if a text with these first characters begins with an object or a list of objects."""
    return _OBJECT.match(head) is not None


def is_json(data: bytes, head: str, usual: str) -> bool:
    """True if the file is JSON whatever its suffix says. Raises UnreadableFileError for damaged JSON."""
    if usual == "json" or not begins_like_json(head):
        return usual == "json" and not head.lstrip().startswith("<")
    if usual == "markdown":
        # Front matter may be JSON too.
        return _whole(_lenient(data)) is not None
    if next(objects(data), None) is not None:
        return True
    raise UnreadableFileError(
        'begins like JSON but is not valid: write {"text": "..."} on each line, or save the text alone'
    )


def objects(data: bytes) -> Iterator[dict[str, object]]:
    """The first objects of a file, as long as they are valid."""
    source = _lenient(data)
    by_line = first_line_is_object(source)
    for value in _line_values(source) if by_line else _whole(source) or ():
        if isinstance(value, dict):
            yield cast(dict[str, object], value)


def _lenient(data: bytes) -> bytes:
    """The bytes as UTF-8, in which any other byte is `?`: the names of fields are ASCII in any encoding."""
    try:
        source = as_utf8(data)[0]
    except UnicodeError:
        source = data
    return source.decode("utf-8", errors="replace").encode("utf-8")


def _line_values(source: bytes) -> Iterator[object]:
    for _, line in islice(numbered_lines(source), _LINES):
        if line.strip():
            try:
                yield parse(line)
            except BadRecordError:
                return


def _whole(source: bytes) -> list[object] | None:
    """The objects of a file that is one object, a list, or several objects one after the other; else None."""
    try:
        values = parse_all(source)
    except BadRecordError:
        return None
    if len(values) == 1 and isinstance(values[0], list):
        return cast(list[object], values[0]) or None
    return values
