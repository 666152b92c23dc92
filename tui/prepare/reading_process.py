"""Which files are read in a process with limits: those whose reader others wrote, and anyone may have made them."""

from __future__ import annotations

from pathlib import Path

_PLAIN = frozenset({".txt", ".text", ".md", ".markdown", ".jsonl", ".ndjson"})
"""Kinds that Postil reads itself, in a time that grows with the file and no faster."""

_MANY = frozenset({".jsonl", ".ndjson", ".json"})

_MARKUP = (b"<", b"{\\rtf", b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_MAIL_HEADERS = (b"mime-version:", b"content-type: multipart/")
_BEGINNING = 4096
"""Bytes of standard input that show its kind."""


def needs_process(source: Path | bytes) -> bool:
    """True if the file, or the content of standard input, may keep its reader busy or fill the memory."""
    if isinstance(source, Path):
        return source.suffix.lower() not in _PLAIN
    beginning = source[:_BEGINNING].removeprefix(b"\xef\xbb\xbf").lstrip()
    return beginning.startswith(_MARKUP) or any(header in beginning.lower() for header in _MAIL_HEADERS)


def may_have_many(path: Path) -> bool:
    """True if one file of this kind can have many articles."""
    return path.suffix.lower() in _MANY
