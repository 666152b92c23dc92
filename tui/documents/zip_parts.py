"""The parts of a ZIP file that holds a document, read within limits. Nothing is ever unpacked to disk.

The limits hold against archives that inflate to far more than their size: what a part declares is not believed.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Literal
from urllib.parse import unquote

from tui.documents.decoding import MAX_BYTES, UnreadableFileError

_MOST_PARTS = 20_000
_MOST_RATIO = 1000
"""DEFLATE reaches 1032; text reaches 10, and XML of a long table 100."""
_RATIO_COUNTS_FROM = 4 * 2**20
"""Bytes of a part: a smaller one does no harm, whatever its ratio."""
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The formats allow no others, whose memory has no limit."""
_DIRECTORY_END = b"PK\x05\x06"

DAMAGED = "is damaged or incomplete (its ZIP archive cannot be read): copy or download it again"
TOO_LARGE = "inflates to more than 64 MB of text: split it into smaller files"

ZipKind = Literal["docx", "odt", "epub"]


class ZipParts:
    """The parts by their names. All together at most 64 MB of them are inflated."""

    def __init__(self, data: bytes) -> None:
        """Raises UnreadableFileError for a ZIP file that is damaged."""
        end = data.rfind(_DIRECTORY_END)
        if end < 0:
            raise UnreadableFileError(DAMAGED)
        if int.from_bytes(data[end + 10 : end + 12], "little") > _MOST_PARTS:
            raise UnreadableFileError(
                "has too many parts to be a document: unpack it, then add the files in it"
            )
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {part.filename: part for part in self._archive.infolist()[: _MOST_PARTS + 1]}
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise UnreadableFileError(DAMAGED) from error
        self._left = MAX_BYTES

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def kind(self) -> ZipKind:
        """What the archive is. Raises UnreadableFileError if it is not a document that is read."""
        mimetype = self.read("mimetype")[:100].strip() if "mimetype" in self else b""
        if mimetype == b"application/epub+zip" or "META-INF/container.xml" in self:
            return "epub"
        if mimetype.startswith(b"application/vnd.oasis.opendocument."):
            kind = mimetype.rpartition(b".")[2].decode("ascii", "replace")
            if kind.startswith("text"):
                return "odt"
            raise UnreadableFileError(f"is an OpenDocument {kind}, not a text: save its text as .txt")
        return self._office_kind()

    def _office_kind(self) -> ZipKind:
        names = self._parts
        if "content.xml" in names and "META-INF/manifest.xml" in names:
            return "odt"
        if "[Content_Types].xml" in names:
            for folder, what in (("xl/", "is a spreadsheet (.xlsx)"), ("ppt/", "has slides (.pptx)")):
                if any(name.startswith(folder) for name in names):
                    raise UnreadableFileError(f"{what}, not an article: save its text as .txt")
            if any(name.startswith("word/") for name in names) or "_rels/.rels" in names:
                return "docx"
        if any(name.startswith("Index/") and name.endswith(".iwa") for name in names):
            raise UnreadableFileError("is a Pages, Numbers or Keynote document: export it as .docx or .pdf")
        raise UnreadableFileError("is a ZIP archive, not a document: unpack it, then add the files in it")

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises UnreadableFileError if it is missing, damaged, encrypted or too large."""
        part = self._parts.get(name)
        if part is None:
            raise UnreadableFileError(f"is damaged or incomplete ({name[:60]!a} is missing): save it again")
        if part.flag_bits & 1:
            raise UnreadableFileError(
                "is encrypted with a password: open it, save a copy without a password, and add that"
            )
        if part.compress_type not in _PLAIN_METHODS:
            raise UnreadableFileError("is compressed in an unusual way: save it again")
        try:
            with self._archive.open(part) as file:
                data = file.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise UnreadableFileError(DAMAGED) from error
        ratio = len(data) / max(1, part.compress_size)
        if len(data) > self._left or (len(data) > _RATIO_COUNTS_FROM and ratio > _MOST_RATIO):
            raise UnreadableFileError(TOO_LARGE)
        self._left -= len(data)
        return data

    def optional(self, name: str) -> bytes:
        """The bytes of a part; none if it is missing."""
        return self.read(name) if name in self else b""


def resolved(base: str, reference: str) -> str:
    """The name of the part that a reference in part `base` means; `..` leads no further than the archive."""
    path = unquote(reference.partition("#")[0])
    joined = path if path.startswith("/") else posixpath.join(posixpath.dirname(base), path)
    return posixpath.normpath("/" + joined.lstrip("/")).lstrip("/")
