"""Reading PDF files with a text layer, by PDFium (package pypdfium2: Apache-2.0 or BSD-3-Clause)."""

# The library has no type stubs.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui.documents.decoding import UnreadableFileError, check_size
from tui.documents.document import Document, ExtraMissingError, ReadingOptions
from tui.documents.metadata import metadata_title, title_in
from tui.documents.office_document import document
from tui.documents.pdf_furniture import without_furniture
from tui.documents.pdf_lines import Line, lines_of
from tui.documents.pdf_paragraphs import blocks_of
from tui.documents.pdf_scripts import merged

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_MOST_CHARACTERS = 32 * 2**20
"""A page can show the same content any number of times."""
_MOST_ON_A_PAGE = 2**20
_LEAST_LETTERS = 20
"""Letters of a page that has a text layer: a scanned page may have a number or a mark added."""
_SCANNED = "has no text layer (its pages are pictures): recognise the text first, e.g. with ocrmypdf"


def read(data: bytes, options: ReadingOptions) -> Document:
    """The article. Raises UnreadableFileError and ExtraMissingError."""
    try:
        import pypdfium2
    except ImportError as error:
        raise ExtraMissingError("reading PDF needs the extra docs: pip install 'postil[docs]'") from error
    check_size(len(data))
    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFileError(_reason(error)) from error
    try:
        pages = list(_pages(file))
        title = file.get_metadata_value("Title")
        language = _language(file)
    finally:
        file.close()
    blocks = blocks_of(without_furniture(pages))
    if not any(map(str.isalpha, "".join(block.text for block in blocks))):
        raise UnreadableFileError(_SCANNED)
    return document(
        blocks,
        title=metadata_title(title) or title_in(blocks),
        language=language,
        warnings=list(_warnings(pages)),
    )


def _reason(error: Exception) -> str:
    if "password" in str(error).lower() or "security" in str(error).lower():
        return "is locked with a password: open it, save a copy without a password, and add that"
    return "is damaged or incomplete (its pages cannot be found): copy or download it again"


def _pages(file: PdfDocument) -> Iterator[list[Line]]:
    """The lines of each page. Raises UnreadableFileError if there is no text at all."""
    import pypdfium2

    left = _MOST_CHARACTERS
    letters = replaced = 0
    for number in range(len(file)):
        try:
            page = file[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise UnreadableFileError(
                f"is damaged (its page {number + 1} cannot be read): copy or download it again"
            ) from error
        count = text.count_chars()
        left -= count
        if left < 0 or count > _MOST_ON_A_PAGE:
            raise UnreadableFileError("has too much text: split it into smaller files")
        lines = merged(lines_of(text))
        text.close()
        page.close()
        letters += sum(map(_letters, lines))
        replaced += sum(sum(map(_is_unknown, line.text)) for line in lines)
        yield lines
    if not letters and not replaced:
        raise UnreadableFileError(_SCANNED)
    if replaced * 5 > letters:
        raise UnreadableFileError(
            "has a text layer that cannot be read (its fonts do not say which letters they show): "
            "recognise the text again, e.g. with ocrmypdf --force-ocr"
        )


def _letters(line: Line) -> int:
    return sum(map(str.isalpha, line.text))


def _is_unknown(character: str) -> bool:
    return character in "\ufffd\ufffe\uffff" or "\ue000" <= character <= "\uf8ff" or character < "\t"


def _language(file: PdfDocument) -> str | None:
    """The language of the catalogue, such as `fr-FR`."""
    import ctypes

    import pypdfium2.raw as pdfium

    if not hasattr(pdfium, "FPDFCatalog_GetLanguage"):
        return None
    buffer = ctypes.create_string_buffer(128)
    size = pdfium.FPDFCatalog_GetLanguage(
        file, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), len(buffer)
    )
    return buffer.raw[: max(0, min(size, len(buffer)) - 2)].decode("utf-16-le", "replace") or None


def _warnings(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    empty = [number for number, page in enumerate(pages, 1) if sum(map(_letters, page)) < _LEAST_LETTERS]
    if empty and len(empty) < len(pages):
        shown = ", ".join(map(str, empty[:10])) + (" ..." if len(empty) > 10 else "")
        noun, verb = ("page", "has") if len(empty) == 1 else ("pages", "have")
        yield f"{noun} {shown} {verb} hardly any text: if they are pictures, recognise their text, e.g. with ocrmypdf"
