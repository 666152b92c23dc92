"""The kind of a file: what its content is, and its suffix where the content leaves a choice."""

from __future__ import annotations

import codecs
import re
from typing import Literal

from tui.documents import markup_kinds, unread_kinds
from tui.documents.annotation_files import DOC_BIN, annotation_reason
from tui.documents.decoding import UnreadableFileError
from tui.documents.json_records import begins_like_json, is_json
from tui.documents.signatures import binary_reason

Kind = Literal["text", "markdown", "html", "mhtml", "json", "docx", "odt", "epub", "rtf", "pdf"]

SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".docx": "docx",
    ".odt": "odt",
    ".epub": "epub",
    ".rtf": "rtf",
    ".pdf": "pdf",
}
"""The suffixes that are read, and their usual kind."""

_PACKED: frozenset[str] = frozenset((".docx", ".odt", ".epub", ".pdf"))
"""Suffixes of files that never contain plain text."""

MANY = frozenset(suffix for suffix, kind in SUFFIXES.items() if kind == "json")
"""Suffixes of files that may have several articles."""

HEAD_BYTES = 65_536
"""How much of a file is looked at to recognise its kind."""


def kind_of(data: bytes, suffix: str) -> Kind:
    """The kind of a file with these bytes; `suffix` is in lower case and has its dot.

    Raises UnreadableFileError for a kind that is not read, with what it is and what to do.
    """
    if packed := _packed_kind(data, suffix):
        return packed
    if reason := unread_kinds.archived_reason(data):
        raise UnreadableFileError(reason)
    if suffix in _PACKED:
        raise UnreadableFileError(
            f"is not a {suffix} file, or is damaged: open it in the program that wrote it and save it again"
        )
    head = _head_text(data)
    if suffix == ".spacy":
        raise UnreadableFileError(DOC_BIN)
    if not _has_mark(data) and (reason := binary_reason(data)) and not _is_wide_text(data, head):
        raise UnreadableFileError(reason)
    usual = SUFFIXES.get(suffix, "text")
    if _RTF.match(head) or (usual == "rtf" and head.lstrip().startswith("{\\rtf")):
        return "rtf"
    if reason := annotation_reason(data, head, suffix):
        raise UnreadableFileError(reason)
    if is_json(data, head, usual):
        return "json"
    if markup := markup_kinds.kind_of(head, _tail_text(data), usual):
        return markup
    if reason := unread_kinds.reason(head, suffix):
        raise UnreadableFileError(reason)
    return "text" if usual in ("rtf", "html") else usual


def is_light(head: bytes, suffix: str) -> bool:
    """True if a file that begins like this is read without a library that a hostile file can keep busy.

    `head` is at most the first `HEAD_BYTES`; `suffix` is in lower case and has its dot.
    """
    usual = SUFFIXES.get(suffix, "text")
    if usual not in ("text", "markdown", "json") or head.startswith(b"PK") or _PDF.match(head, 0, 1024):
        return False
    text = _head_text(head)
    return not _RTF.match(text) and not markup_kinds.may_be_markup(text)


def _head_text(data: bytes) -> str:
    """The first characters of a file; other than ASCII only as far as its byte order mark names the encoding."""
    return _ascii_text(data[:HEAD_BYTES], data[:4])


def _tail_text(data: bytes) -> str:
    return _ascii_text(data[-1024:], data[:4]).rstrip("\x00 \t\r\n\x1a")


_RTF = re.compile(r"\s*+\{\\rtf\d?\s*+[\\{]")
_PDF = re.compile(rb"(?:\xef\xbb\xbf)?\s*+%PDF-\d")
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _packed_kind(data: bytes, suffix: str) -> Kind | None:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from tui.documents.zip_parts import ZipParts

        return ZipParts(data).kind()
    # What a mail program or a printer adds may come before it.
    is_pdf = _PDF.search(data, 0, 1024) if suffix == ".pdf" else _PDF.match(data, 0, 1024)
    if is_pdf and b" obj" in data:
        return "pdf"
    return None


def _is_wide_text(data: bytes, head: str) -> bool:
    """True if bytes that look binary are text in UTF-16, UTF-32 or ISO-2022."""
    if 0 in data[:4] and begins_like_json(head):
        # It may have many languages.
        return True
    from tui.documents.wide_encodings import encoding_of_text

    return encoding_of_text(data) is not None


def _has_mark(data: bytes) -> bool:
    return data.startswith((codecs.BOM_UTF8, *_WIDE_MARKS, codecs.BOM_UTF32_BE))


def _ascii_text(part: bytes, start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, *_WIDE_MARKS)) or b"\x00" in start:
        # Of the ASCII in UTF-16 and UTF-32, what is left without the zero bytes is the ASCII itself.
        return (
            part.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").decode("latin-1")
        )
    return part.removeprefix(codecs.BOM_UTF8).decode("latin-1")
