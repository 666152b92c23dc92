"""The lines of a PDF with their places on the page, as PDFium finds them."""

# The library has no type stubs.
# pyright: reportMissingTypeStubs=false

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

HYPHEN = "\x02"
"""What PDFium has instead of a hyphen at the end of a line, where it joins the two lines."""
SOFT_HYPHEN = "\u00ad"
_LINE_ENDS = "\r\n" + HYPHEN
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": ""}
)


class Line(msgspec.Struct):
    """A line; its place is in points from the lower left corner of the page."""

    text: str
    """Without soft hyphens, except for one at its end."""
    left: float
    right: float
    baseline: float
    size: float
    """Of the font, in points."""
    is_bold: bool
    is_hyphenated: bool
    """True if the line ends in a hyphen that divides a word; the text has no hyphen then."""


def lines_of(page: PdfTextPage) -> Iterator[Line]:
    """The lines of a page in the order of its content. Takes time linear in its characters."""
    import pypdfium2.raw as pdfium

    start = 0
    pieces: list[str] = []
    count = page.count_chars()
    for index in range(count + 1):
        code = pdfium.FPDFText_GetUnicode(page, index) if index < count else 0x0A
        character = chr(code) if code < 0x110000 else "\ufffd"
        if character not in _LINE_ENDS:
            pieces.append(character)
            continue
        text = "".join(pieces)
        if text.strip():
            yield _line(page, text, start, is_hyphenated=character == HYPHEN)
        pieces.clear()
        start = index + 1


def _line(page: PdfTextPage, text: str, start: int, *, is_hyphenated: bool) -> Line:
    import pypdfium2.raw as pdfium

    first = start + len(text) - len(text.lstrip())
    last = start + len(text.rstrip()) - 1
    middle = (first + last) // 2
    left, _, _ = _bounds(page, first)
    _, right, _ = _bounds(page, last)
    size = max(_size(page, first), _size(page, middle))
    usual = first if size == _size(page, first) else middle
    _, _, baseline = _bounds(page, usual)
    clean = _joined(_with_scripts(page, text, start, size, baseline)).translate(_LIGATURES).strip()
    return Line(
        clean + SOFT_HYPHEN if text.rstrip().endswith(SOFT_HYPHEN) else clean,
        left,
        right,
        baseline,
        size,
        pdfium.FPDFText_GetFontWeight(page, middle) >= 600 or _has_bold_name(page, middle),
        is_hyphenated,
    )


_NUMBERS = re.compile(r"[0-9]{1,4}")
"""Numbers that may be a power or a note's."""


def _with_scripts(page: PdfTextPage, text: str, start: int, size: float, baseline: float) -> str:
    """The text with the numbers that are smaller and not on the baseline as superscripts and subscripts."""
    from tui.documents.pdf_scripts import NO_TEXT, SMALLER, script

    pieces: list[str] = []
    done = 0
    for number in _NUMBERS.finditer(text):
        # A power follows its base, as in 10⁶, within one run of digits.
        digits = range(number.start(), number.end())
        at = next((at for at in digits if _size(page, start + at) < SMALLER * size), None)
        if at is not None:
            height = (_bounds(page, start + at)[2] - baseline) / max(size, 1.0)
            # A blank before it is one that PDFium guesses.
            own = text[done:at].rstrip()
            before = own[-30:] or "".join(pieces[-1:]) or NO_TEXT
            pieces += (own, script(text[at : number.end()], before, height))
            done = number.end()
    return "".join((*pieces, text[done:]))


def _size(page: PdfTextPage, index: int) -> float:
    """The height of the font on the page: the size in the file may be scaled."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    size = pdfium.FPDFText_GetFontSize(page, index)
    if pdfium.FPDFText_GetMatrix(page, index, matrix):
        scale = (matrix.c * matrix.c + matrix.d * matrix.d) ** 0.5
        return round(size * (scale or 1.0), 1)
    return round(size, 1)


def _bounds(page: PdfTextPage, index: int) -> tuple[float, float, float]:
    """Left, right and baseline of a character."""
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(page, index, left, right, bottom, top)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(page, index, x, y)
    return left.value, right.value, y.value


def _has_bold_name(page: PdfTextPage, index: int) -> bool:
    import pypdfium2.raw as pdfium

    buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(page, index, buffer, len(buffer), None)
    name = buffer.value.lower()
    return b"bold" in name or b"black" in name


def _joined(text: str) -> str:
    """The text with its surrogate pairs joined, which PDFium gives as two characters on some systems."""
    if any("\ud800" <= character < "\ue000" for character in text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
