"""Reading JSON: an article on each line, or a file that is one object or a list of objects."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from typing import cast

from tui.documents import json_record
from tui.documents.decoding import UnreadableFileError, check_size, refuse_blank
from tui.documents.document import Document, ReadingOptions
from tui.documents.json_record import BadRecordError

Report = Callable[[str], None]


def read(data: bytes, options: ReadingOptions, report: Report) -> Iterator[Document]:
    """The articles of a file with one on each line, read one at a time.

    `report` receives what is wrong with a line, which is left out then. A file that is one JSON value over several
    lines, or a list, is read as `read_json` does. Raises UnreadableFileError.
    """
    source, encoding = _utf8(data, options)
    records = _Records(options, encoding, report)
    if _first_line_is_object(source):
        return records.of_lines(source)
    try:
        whole = json_record.parse(source)
    except BadRecordError:
        return records.of_lines(source)
    items = list(cast(list[object], whole)) if isinstance(whole, list) else [whole]
    if not any(isinstance(item, dict) for item in items):
        return records.of_lines(source)
    return records.of_value(cast(object, whole))


def read_json(data: bytes, options: ReadingOptions, report: Report) -> Iterator[Document]:
    """The articles of a file that is one JSON object or a list of objects.

    `report` receives what is wrong with an item of a list, which is left out then. A file with an object on each
    line is read as `read` does. Raises UnreadableFileError.
    """
    source, encoding = _utf8(data, options)
    records = _Records(options, encoding, report)
    try:
        whole = json_record.parse(source)
    except BadRecordError as error:
        if _first_line_is_object(source):
            return records.of_lines(source)
        raise UnreadableFileError(str(error)) from error
    return records.of_value(whole)


class _Records:
    """Makes articles of records and reports those that are bad."""

    def __init__(self, options: ReadingOptions, encoding: str, report: Report) -> None:
        self._options = options
        self._encoding = encoding
        self._report = report

    def of_lines(self, source: bytes) -> Iterator[Document]:
        for number, line in _numbered_lines(source):
            if not line.strip():
                continue
            try:
                yield self._document(json_record.parse(line), f"line {number}")
            except BadRecordError as error:
                self._report(f"line {number} {error}")

    def of_value(self, value: object) -> Iterator[Document]:
        if not isinstance(value, list):
            try:
                yield self._document(value, "")
            except BadRecordError as error:
                raise UnreadableFileError(str(error)) from error
            return
        items = cast(list[object], value)
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
    encoding, source = options.encoding or "utf-8", data
    for mark, name in _MARKS:
        if data.startswith(mark):
            encoding, source = name, data[len(mark) :]
            break
    if codecs.lookup(encoding).name != "utf-8":
        try:
            source = source.decode(encoding).encode("utf-8", errors="surrogatepass")
        except UnicodeError as error:
            at = error.start if isinstance(error, UnicodeDecodeError) else 0
            raise UnreadableFileError(f"is not {encoding} (at byte {at}): use another --encoding") from error
    if not source.strip():
        refuse_blank("")
    return source, encoding


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _first_line_is_object(source: bytes) -> bool:
    for _, line in _numbered_lines(source):
        if line.strip():
            try:
                return isinstance(json_record.parse(line), dict)
            except BadRecordError:
                return False
    return False


def _numbered_lines(source: bytes) -> Iterator[tuple[int, bytes]]:
    start = number = 0
    while start < len(source):
        end = source.find(b"\n", start)
        end = len(source) if end < 0 else end
        number += 1
        yield number, source[start:end]
        start = end + 1
