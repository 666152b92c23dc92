"""Reading plain text."""

from __future__ import annotations

from tui.documents.decoding import decode
from tui.documents.document import Document, ReadingOptions


def read(data: bytes, options: ReadingOptions) -> Document:
    """The article. Raises UnreadableFileError."""
    decoded = decode(data, stated=options.encoding)
    return Document(
        text=decoded.text,
        encoding=decoded.encoding,
        encoding_guess=decoded.is_guess,
        warnings=decoded.warnings,
    )
