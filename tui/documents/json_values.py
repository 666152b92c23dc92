"""The values of a JSON file: one, several one after the other, or one on each line."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator

import msgspec

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks and the encodings they stand for."""


class BadRecordError(Exception):
    """JSON that is no article; the message follows the position, e.g. `line 3`."""


class Repeated(msgspec.Struct, frozen=True):
    """The value of a field that an object has several times, with different values."""


_REPEATED = Repeated()


class NoValue(msgspec.Struct, frozen=True):
    """What a line has that is no JSON value."""


NO_VALUE = NoValue()


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for name, value in pairs:
        fields[name] = _REPEATED if name in fields and fields[name] != value else value
    return fields


# The standard parser: others reject the lone surrogates that occur in real files. No number is used, and the
# parser refuses those of more than 4,300 digits.
_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=lambda _: 0)


def parse(source: bytes) -> object:
    """The value of a JSON text in UTF-8. Raises BadRecordError."""
    try:
        return _DECODER.decode(_text(source))
    except (ValueError, RecursionError) as error:
        raise _bad(error) from error


def parse_all(source: bytes) -> list[object]:
    """The values of a JSON text in UTF-8 that has one, or several one after the other. Raises BadRecordError."""
    values: list[object] = []
    text = _text(source)
    at = _after_blanks(text, 0)
    try:
        while at < len(text) or not values:
            value, end = _DECODER.raw_decode(text, at)
            values.append(value)
            at = _after_blanks(text, end)
    except (ValueError, RecursionError) as error:
        raise _bad(error) from error
    return values


def _text(source: bytes) -> str:
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRecordError(
            f"is not UTF-8 (at its byte {error.start}): save the file as UTF-8, or use --encoding NAME"
        ) from error


def _bad(error: ValueError | RecursionError) -> BadRecordError:
    if isinstance(error, json.JSONDecodeError):
        where = f"at its character {error.pos}" if error.lineno == 1 else f"in its line {error.lineno}"
        return BadRecordError(
            f'is not valid JSON ({error.msg.removesuffix(" at")} {where}): write one object such as {{"text": "..."}}'
        )
    return BadRecordError("is nested too deeply: keep only the fields that you need")


_BLANKS = re.compile(r"[ \t\r\n]*+")


def _after_blanks(text: str, start: int) -> int:
    match = _BLANKS.match(text, start)
    return match.end() if match else start


# Encodings and lines


def as_utf8(data: bytes, stated: str | None = None) -> tuple[bytes, str]:
    """The bytes as UTF-8 without a byte order mark, and the encoding they had; bytes of an unknown one stay.

    `stated` counts if there is no mark. Raises UnicodeError if the bytes are not in it.
    """
    encoding, start = stated or "utf-8", 0
    for mark, name in MARKS:
        if data.startswith(mark):
            encoding, start = name, len(mark)
            break
    else:
        if stated is None and 0 in data[:4]:
            # RFC 4627, section 3: the first two characters are ASCII.
            encoding = json.detect_encoding(data)
    source = data[start:] if start else data
    if codecs.lookup(encoding).name != "utf-8":
        source = source.decode(encoding).encode("utf-8", errors="surrogatepass")
    return source, encoding


def numbered_lines(source: bytes) -> Iterator[tuple[int, bytes]]:
    start = number = 0
    while start < len(source):
        end = source.find(b"\n", start)
        end = len(source) if end < 0 else end
        number += 1
        yield number, source[start:end]
        start = end + 1


def first_line_is_object(source: bytes) -> bool:
    return isinstance(first_value(source), dict)


def first_value(source: bytes) -> object:
    """The value of the first line that is not blank; NO_VALUE if it is no JSON value."""
    for _, line in numbered_lines(source):
        if line.strip():
            try:
                return parse(line)
            except BadRecordError:
                break
    return NO_VALUE
