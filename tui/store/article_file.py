"""The bytes of an article's file: JSON that begins with its schema and ends with the checksum of all before it.

A file without the checksum was written by an older Postil, or by hand, and is read too.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from tui.model.article import Article
from tui.model.identity import text_sha256
from tui.store.checksum import Checksum
from tui.store.protocol import Damaged, TooNew

SCHEMA = "postil.stored-article/1"
CHECKSUM = Checksum(b',"crc32":"', b'"}')

_OPENING = b'{"schema":"' + SCHEMA.encode() + b'",'
_NO_VERSION = b',"version":""}'
"""Ends an encoded article, and is not stored."""


class Encoded(NamedTuple):
    """A file's bytes, in pieces."""

    chunks: tuple[bytes | memoryview, ...]
    version: str


class _Head(msgspec.Struct):
    schema: str


class _Text(msgspec.Struct):
    text: str
    text_sha256: str


_Read = TypeVar("_Read")


def encode(article: Article) -> Encoded:
    encoded = msgspec.json.encode(replace(article, version=""))
    body = memoryview(encoded)[1 : -len(_NO_VERSION)]
    crc = zlib.crc32(body, zlib.crc32(_OPENING))
    chunks = (_OPENING, body, CHECKSUM.of(crc))
    return Encoded(chunks, _version(f"{crc:08x}", sum(map(len, chunks))))


def decode(data: bytes, path: Path, kind: type[_Read]) -> _Read:
    """An article, or the part of one that `kind` has; `path` is for the messages. Raises Damaged, TooNew."""
    version = version_of(data, path)
    is_sealed = CHECKSUM.given(data) is not None
    try:
        if not data.startswith(_OPENING):
            _check_schema(path, msgspec.json.decode(data, type=_Head).schema)
        value = msgspec.json.decode(data, type=kind)
        text = None if is_sealed else msgspec.json.decode(data, type=_Text)
    except (ValueError, RecursionError) as error:
        raise Damaged(f"{path} is no readable article ({error}): add the article again") from error
    # Without a checksum another program may have changed the text, and annotations are about the one that was.
    if text is not None and text_sha256(text.text) != text.text_sha256:
        raise Damaged(f"{path} was changed, its text is not the one that was added: add the article again")
    if isinstance(value, Article):
        if not is_sealed:
            _check_structure(value, path)
        value.version = version
    return value


def _check_structure(article: Article, path: Path) -> None:
    # Only a file that was edited by hand, or that an old Postil wrote, needs it.
    from tui.store.article_structure import misfit

    wrong = misfit(article)
    if wrong is not None:
        raise Damaged(f"{path} was changed, {wrong}: add the article again")


def version_of(data: bytes, path: Path) -> str:
    """The version that these bytes are: no other version of the file has it. Raises Damaged where the checksum is wrong."""
    sealed = CHECKSUM.read(data)
    if sealed is None:
        return _version(f"{zlib.crc32(data):08x}", len(data))
    if not sealed[1]:
        raise Damaged(f"{path} is damaged, its checksum differs: add the article again")
    return _version(sealed[0], len(data))


def version_at_end(data: bytes, size: int) -> str | None:
    """The version that the last bytes of a file of `size` bytes name, unchecked; None where they name none."""
    crc = CHECKSUM.given(data)
    return None if crc is None else _version(crc, size)


def _version(crc: str, size: int) -> str:
    return f"{crc}.{size}"


def _check_schema(path: Path, schema: str) -> None:
    if schema == SCHEMA:
        return
    if schema.startswith("postil.stored-article/"):
        raise TooNew(f"{path} was written by a newer Postil ({schema[:60]!r}): update this one")
    raise Damaged(f"{path} is no article of Postil's ({schema[:60]!r}): move it elsewhere")
