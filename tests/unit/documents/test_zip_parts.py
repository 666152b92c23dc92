from __future__ import annotations

import io
import zipfile

import pytest

from tests.unit.documents.samples import zipped
from tui.documents.decoding import UnreadableFileError
from tui.documents.zip_parts import ZipParts, resolved

WORD = {"[Content_Types].xml": "", "word/document.xml": "x"}


@pytest.mark.parametrize(
    ("base", "reference", "name"),
    [
        ("", "word/document.xml", "word/document.xml"),
        ("", "/word/document.xml", "word/document.xml"),
        ("OPS/book.opf", "text/c%201.xhtml#a", "OPS/text/c 1.xhtml"),
        ("OPS/book.opf", "../text/c.xhtml", "text/c.xhtml"),
        ("OPS/book.opf", "../../../../etc/passwd", "etc/passwd"),
        ("OPS/book.opf", "/etc/passwd", "etc/passwd"),
        ("a/b", "./c/./d", "a/c/d"),
    ],
)
def test_references_stay_in_the_archive(base: str, reference: str, name: str) -> None:
    assert resolved(base, reference) == name


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_parts_in_unusual_compression_are_refused(method: int) -> None:
    with pytest.raises(UnreadableFileError, match=r"^is compressed in an unusual way"):
        ZipParts(zipped(WORD, method)).read("word/document.xml")


def test_what_a_part_says_about_its_size_is_not_believed() -> None:
    data = bytearray(zipped({**WORD, "big": bytes(70 * 1024 * 1024)}))
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    with pytest.raises(UnreadableFileError):
        ZipParts(bytes(data)).read("big")


def test_all_parts_together_have_a_limit() -> None:
    parts = ZipParts(zipped({str(number): b"ab" * 2**20 * 8 for number in range(5)}, zipfile.ZIP_STORED))
    for number in range(4):
        assert len(parts.read(str(number))) == 2**24
    with pytest.raises(UnreadableFileError, match=r"^inflates to more than 64 MB"):
        parts.read("4")


def test_a_small_part_may_be_as_dense_as_it_likes() -> None:
    assert len(ZipParts(zipped({"a": " " * 2**20})).read("a")) == 2**20


def test_a_part_with_a_password_is_refused() -> None:
    data = bytearray(zipped(WORD))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.rfind(signature)
        data[at + offset] |= 1
    with pytest.raises(UnreadableFileError, match=r"^is encrypted with a password"):
        ZipParts(bytes(data)).read("word/document.xml")


def test_archives_of_too_many_parts_are_refused_before_they_are_listed() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(20_001):
            archive.writestr(str(number), "")
    with pytest.raises(UnreadableFileError, match=r"^has too many parts"):
        ZipParts(file.getvalue())


@pytest.mark.parametrize("end", [0, 10, 30, 60, 100, -1, -22])
def test_archives_that_are_cut_are_refused(end: int) -> None:
    with pytest.raises(UnreadableFileError, match=r"^is damaged or incomplete"):
        ZipParts(zipped(WORD)[:end]).read("word/document.xml")


def test_an_archive_in_an_archive_is_not_opened() -> None:
    with pytest.raises(UnreadableFileError, match=r"^is a ZIP archive, not a document: unpack it"):
        ZipParts(zipped({"inner.docx": zipped(WORD)})).kind()
