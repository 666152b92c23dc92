"""What is read without the extras, and what is said where one is missing."""

from __future__ import annotations

import sys

import pytest

from tests.unit.documents import samples
from tui.documents.document import ExtraMissingError
from tui.documents.reading import documents

PAGE = b"<!DOCTYPE html><html><body><p>The mayor spoke on Monday.</p></body></html>"
ARCHIVE = b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + PAGE
DAMAGED_CHAPTER = samples.epub(["<html><body><p>The mayor spoke.<br>Nobody came."])


@pytest.fixture(autouse=True)
def without_extras(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("trafilatura", "lxml", "lxml.html", "pypdfium2", "pypdfium2.raw"):
        monkeypatch.setitem(sys.modules, name, None)


@pytest.mark.parametrize(
    ("data", "suffix", "extra"),
    [
        (PAGE, ".html", "html"),
        (PAGE, ".xhtml", "html"),
        (PAGE, "", "html"),
        (PAGE, ".txt", "html"),
        (ARCHIVE, ".mhtml", "html"),
        (ARCHIVE, "", "html"),
        (DAMAGED_CHAPTER, ".epub", "html"),
        (samples.pdf([samples.pdf_lines(["The mayor spoke."])]), ".pdf", "docs"),
        (samples.pdf([samples.pdf_lines(["The mayor spoke."])]), "", "docs"),
    ],
)
def test_a_missing_extra_is_named_with_the_command(data: bytes, suffix: str, extra: str) -> None:
    with pytest.raises(ExtraMissingError) as raised:
        list(documents(data, suffix))
    message = str(raised.value)
    assert message.endswith(f"needs the extra {extra}: pip install 'postil[{extra}]'")
    assert "\n" not in message


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (samples.word_sample(), ".docx"),
        (samples.opendocument_sample(), ".odt"),
        (samples.epub_sample(), ".epub"),
        (samples.rtf_sample(), ".rtf"),
        (b"# Title\n\nText.", ".md"),
        (b'{"text": "One."}\n', ".jsonl"),
        (b"Text.", ".txt"),
    ],
)
def test_the_other_kinds_need_none(data: bytes, suffix: str) -> None:
    assert [document.text for document in documents(data, suffix)]
