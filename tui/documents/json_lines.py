"""Reading JSON lines: an article on each line."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator

import msgspec

from tui.documents.decoding import (
    UnreadableFileError,
    check_size,
    refuse_blank,
    unix_newlines,
    without_controls,
)
from tui.documents.document import Document, ReadingOptions, language_code


class _Line(msgspec.Struct):
    text: str
    title: str | None = None
    source: str | None = None
    language: str | None = None


def read(data: bytes, options: ReadingOptions, report: Callable[[str], None]) -> Iterator[Document]:
    check_size(len(data))
    is_empty = True
    for number, line in _numbered_lines(data):
        if not line.strip():
            continue
        is_empty = False
        try:
            yield _json_document(line)
        except UnreadableFileError as error:
            raise UnreadableFileError(f"line {number} {error}") from error
    if is_empty:
        refuse_blank("")


def _numbered_lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    start = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    number = 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        number += 1
        yield number, data[start:end]
        start = end + 1


def _json_document(line: bytes) -> Document:
    try:
        # The standard parser: others reject the lone surrogates that occur in real files.
        fields = msgspec.convert(json.loads(line.decode("utf-8")), _Line)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"is not UTF-8 (at its byte {error.start}): save the file as UTF-8"
        ) from error
    except msgspec.ValidationError as error:
        raise UnreadableFileError(
            f'is not an article ({error}): write {{"text": "..."}} on each line'
        ) from error
    except json.JSONDecodeError as error:
        what = f"is not valid JSON ({error.msg} at its character {error.pos})"
        raise UnreadableFileError(f'{what}: write {{"text": "..."}} on each line') from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(
            'has a number that is too long or is nested too deeply: keep only "text"'
        ) from error
    text, controls = without_controls(unix_newlines(fields.text))
    refuse_blank(text)
    language, unknown = language_code(fields.language)
    return Document(
        text=text,
        title=without_controls(fields.title or "")[0] or None,
        source=without_controls(fields.source or "")[0] or None,
        language=language,
        warnings=(*controls, *unknown),
    )
