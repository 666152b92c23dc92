"""Every kind of document gives back the text that was written into it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.documents.samples import (
    TEXT,
    TITLE,
    epub_sample,
    opendocument_sample,
    rtf_sample,
    word_sample,
)
from tui.documents.decoding import UnreadableFileError
from tui.documents.reading import documents

SAMPLES: dict[str, Callable[[], bytes]] = {
    ".docx": word_sample,
    ".odt": opendocument_sample,
    ".epub": epub_sample,
    ".rtf": rtf_sample,
}


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize("named", ["", ".txt", "same"])
def test_the_same_text_comes_back_whatever_the_file_is_called(kind: str, named: str) -> None:
    (document,) = documents(SAMPLES[kind](), kind if named == "same" else named)
    assert document.text == TEXT
    assert document.title == TITLE
    assert document.heading_starts == (0,)
    assert document.layout == "paragraphs"
    assert document.warnings == ()


def message(data: bytes, kind: str) -> str:
    """What a refused file is refused with; none for a file that is read."""
    try:
        for document in documents(data, kind):
            assert document.text.strip()
    except UnreadableFileError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_file_cut_anywhere_is_read_or_refused(kind: str) -> None:
    data = SAMPLES[kind]()
    for end in range(0, len(data), max(1, len(data) // 60)):
        assert "\n" not in message(data[:end], kind)


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_file_with_a_changed_byte_is_read_or_refused(kind: str) -> None:
    data = SAMPLES[kind]()
    for at in range(0, len(data), max(1, len(data) // 120)):
        assert "\n" not in message(data[:at] + bytes((data[at] ^ 0x55,)) + data[at + 1 :], kind)
