"""Reading JSON: an article on each line, or a file that is one object or a list of objects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from tui.documents import json_record
from tui.documents.decoding import UnreadableFileError, check_size, refuse_blank
from tui.documents.document import Document, ReadingOptions
from tui.documents.json_values import (
    NO_VALUE,
    BadRecordError,
    as_utf8,
    first_line_is_object,
    first_value,
    numbered_lines,
    parse,
    parse_all,
)

Report = Callable[[str], None]


def read(data: bytes, options: ReadingOptions, report: Report) -> Iterator[Document]:
    """The articles of a file with one on each line, read one at a time.

    `report` receives what is wrong with a line, which is left out then. A file with values over several lines, or a
    list, is read as `read_json` does. Raises UnreadableFileError.
    """
    source, encoding = _utf8(data, options)
    records = _Records(options, encoding, report)
    if first_line_is_object(source):
        return records.of_lines(source)
    try:
        values = parse_all(source)
    except BadRecordError:
        return records.of_lines(source)
    if len(values) > 1 and first_value(source) is not NO_VALUE:
        return records.of_lines(source)
    items = cast(list[object], values[0]) if _is_list(values) else values
    if not any(isinstance(item, dict) for item in items):
        return records.of_lines(source)
    return records.of_values(values)


def read_json(data: bytes, options: ReadingOptions, report: Report) -> Iterator[Document]:
    """The articles of a file that is one JSON object, a list of objects, or objects one after the other.

    `report` receives what is wrong with one of several, which is left out then. A file with an object on each line is
    read as `read` does. Raises UnreadableFileError.
    """
    source, encoding = _utf8(data, options)
    records = _Records(options, encoding, report)
    try:
        values = parse_all(source)
    except BadRecordError as error:
        if first_line_is_object(source):
            return records.of_lines(source)
        raise UnreadableFileError(str(error)) from error
    if len(values) > 1 and first_value(source) is not NO_VALUE:
        return records.of_lines(source)
    return records.of_values(values)


def _is_list(values: list[object]) -> bool:
    return len(values) == 1 and isinstance(values[0], list)


class _Records:
    """Makes articles of records and reports those that are bad."""

    def __init__(self, options: ReadingOptions, encoding: str, report: Report) -> None:
        self._options = options
        self._encoding = encoding
        self._report = report

    def of_lines(self, source: bytes) -> Iterator[Document]:
        for number, line in numbered_lines(source):
            if not line.strip():
                continue
            try:
                yield self._document(parse(line), f"line {number}")
            except BadRecordError as error:
                self._report(f"line {number} {error}")

    def of_values(self, values: list[object]) -> Iterator[Document]:
        if len(values) == 1 and not _is_list(values):
            try:
                yield self._document(values[0], "")
            except BadRecordError as error:
                raise UnreadableFileError(str(error)) from error
            return
        items = cast(list[object], values[0]) if _is_list(values) else values
        if not items:
            raise UnreadableFileError('is an empty list: write objects such as {"text": "..."} in it')
        for number, item in enumerate(items, 1):
            try:
                yield self._document(item, f"item {number}")
            except BadRecordError as error:
                self._report(f"item {number} {error}")

    def _document(self, record: object, where: str) -> Document:
        where = f"{where}: " if where else ""
        return json_record.document_of(record, self._options, where, self._encoding)


def _utf8(data: bytes, options: ReadingOptions) -> tuple[bytes, str]:
    """The bytes as UTF-8 without a byte order mark, and the encoding they had. Raises UnreadableFileError."""
    check_size(len(data))
    try:
        source, encoding = as_utf8(data, options.encoding)
    except UnicodeError as error:
        at, encoding = (
            (error.start, error.encoding) if isinstance(error, UnicodeDecodeError) else (0, "UTF-8")
        )
        encoding = options.encoding or encoding
        raise UnreadableFileError(f"is not {encoding} (at byte {at}): use another --encoding") from error
    if not source.strip():
        refuse_blank("")
    return source, encoding
