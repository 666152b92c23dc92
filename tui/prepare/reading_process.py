"""Which files are read in a process with limits: those whose readers are libraries that a hostile file can keep busy."""

from __future__ import annotations

from pathlib import Path

_MARKUP = frozenset(
    (".html", ".htm", ".xhtml", ".mhtml", ".mht", ".docx", ".odt", ".epub", ".rtf", ".pdf"),
)
_MANY = frozenset((".json", ".jsonl", ".ndjson"))
_BEGINS_MARKUP = (b"<", b"{\\rtf", b"mime-", b"from:")
_BEGINS_PACKED = (b"PK", b"%PDF")
_HEAD = 4096
"""Bytes that show what a file is."""

_JSON_HEAD = 64
"""Bytes in which JSON begins."""


def needs_process(source: Path | bytes) -> bool:
    """True if the file, or the content of standard input, may keep its reader busy or fill the memory."""
    if isinstance(source, Path):
        return source.suffix.lower() in _MARKUP or _is_markup(_head(source))
    return _is_markup(source[:_HEAD])


def may_have_many(source: Path | bytes) -> bool:
    """True if one file of this kind, or content that begins like this, can have many articles."""
    if isinstance(source, Path):
        return source.suffix.lower() in _MANY
    return source[:_JSON_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"["))


def _is_markup(head: bytes) -> bool:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return head.startswith(_BEGINS_PACKED) or text.startswith(_BEGINS_MARKUP)


def _head(path: Path) -> bytes:
    """Nothing if it cannot be read: the error when it is read explains why."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(_HEAD)
    except (OSError, ValueError):
        return b""
