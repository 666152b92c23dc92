"""Which files are read in a process with limits: those whose readers a hostile file can keep busy."""

from __future__ import annotations

from pathlib import Path

from tui.documents.file_kinds import HEAD_BYTES, MANY, is_light

_JSON_HEAD = 64
"""Bytes in which JSON begins."""


def needs_process(source: Path | bytes) -> bool:
    """True if the file, or the content of standard input, may keep its reader busy or fill the memory."""
    if isinstance(source, Path):
        return not is_light(_head(source), source.suffix.lower())
    return not is_light(source[:HEAD_BYTES], "")


def may_have_many(source: Path | bytes) -> bool:
    """True if one file of this kind, or content that begins like this, can have many articles."""
    if isinstance(source, Path):
        return source.suffix.lower() in MANY
    return source[:_JSON_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"["))


def _head(path: Path) -> bytes:
    """Nothing if it cannot be read: the error when it is read explains why."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except (OSError, ValueError):
        return b""
