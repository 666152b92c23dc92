"""Kinds of files that are recognised but not read, each with what to do."""

from __future__ import annotations

import re

_TABLE = (
    'is a table ({}), not an article: write its texts as JSON lines ({{"text": "..."}} on each line, '
    "or name the field with --text-field)"
)
_SUBTITLES = "has subtitles ({}), not an article: save their text, without the times, as .txt"
_WORD = "is a word processor's file ({}) that Postil does not read: save it as .docx, .odt or .txt"
_SPREADSHEET = (
    'is a spreadsheet ({}), not an article: write its texts as JSON lines, {{"text": "..."}} on each line'
)
_SLIDES = "has slides ({}), not an article: save their text as .txt"
_BOOK = "is an e-book ({}) that Postil does not read: convert it to .epub, e.g. with Calibre"
_MAIL = "has e-mail ({}), not an article: save the text of the message as .txt"

_BY_SUFFIX = {
    **dict.fromkeys((".csv", ".tsv", ".tab"), _TABLE),
    **dict.fromkeys((".srt", ".vtt", ".sbv", ".ass", ".ssa", ".sub", ".ttml", ".dfxp"), _SUBTITLES),
    ".xml": "is XML, not an article: save its text as .txt, .md or .html",
    **dict.fromkeys((".doc", ".dot", ".pages", ".wpd", ".wps", ".hwp", ".sxw", ".abw"), _WORD),
    **dict.fromkeys((".xls", ".xlsx", ".ods", ".numbers"), _SPREADSHEET),
    **dict.fromkeys((".ppt", ".pptx", ".odp", ".key"), _SLIDES),
    **dict.fromkeys((".mobi", ".azw", ".azw3", ".fb2", ".lit"), _BOOK),
    **dict.fromkeys((".eml", ".msg", ".mbox"), _MAIL),
}

_SUBTITLE_TIMES = re.compile(r"\s*+(?:\d{1,6}\r?\n)?\d{1,3}:\d\d:\d\d[.,]\d{1,3} *(?:-->|,) *\d")
_WEBVTT = re.compile(r"\s*+WEBVTT(?:[ \t][^\r\n]{0,200})?\r?\n")


def reason(head: str, suffix: str) -> str | None:
    """Why a file is not read, as a line that follows its name; None for any other file."""
    if template := _BY_SUFFIX.get(suffix):
        return template.format(suffix)
    if _WEBVTT.match(head):
        return _SUBTITLES.format("WebVTT")
    if _SUBTITLE_TIMES.match(head):
        return _SUBTITLES.format("SubRip")
    if kind := _table_kind(head):
        return _TABLE.format(kind)
    return None


_HEADER = re.compile(r"[^\W\d_][\w .#/()-]{0,40}")
"""The name of a column."""
_LEAST_ROWS = 3


def _table_kind(head: str) -> str | None:
    """The kind of a table: column names in the first row, and as many cells in every other row."""
    import csv

    first = head.lstrip("\ufeff").partition("\n")[0].strip()
    for delimiter, kind in (("\t", "TSV"), (",", "CSV"), (";", "CSV")):
        names = first.split(delimiter)
        if len(names) < 2 or not all(_HEADER.fullmatch(name.strip('"')) for name in names):
            continue
        # The last row may be cut.
        lines = head.splitlines()[:200]
        try:
            rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            continue
        whole = rows[:-1] if len(rows) > _LEAST_ROWS else rows
        if len(rows) >= _LEAST_ROWS and all(len(row) == len(names) for row in whole):
            return kind
    return None


# Old office documents: [MS-CFB] files with a stream whose name says what they are

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (
    (
        "EncryptedPackage",
        "is encrypted with a password: open it, save a copy without a password, and add that",
    ),
    ("WordDocument", "is an old Word document (.doc): save it as .docx"),
    ("Workbook", _SPREADSHEET.format(".xls")),
    ("PowerPoint Document", _SLIDES.format(".ppt")),
    ("__substg1.0_", _MAIL.format(".msg")),
)


def archived_reason(data: bytes) -> str | None:
    """Why a compound file, as Office wrote before 2007, is not read; None for any other file."""
    if not data.startswith(_COMPOUND[:4]):
        return None
    for stream, message in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return message
    return "is an old office document, or is damaged: save it as .docx or .txt"
