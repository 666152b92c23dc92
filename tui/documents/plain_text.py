"""Reading plain text."""

from __future__ import annotations

from tui.documents import layout
from tui.documents.decoding import decode
from tui.documents.document import Document, ReadingOptions


def read(data: bytes, options: ReadingOptions) -> Document:
    """The article. Raises UnreadableFileError."""
    decoded = decode(data, stated=options.encoding)
    recognised, warnings = layout.of(decoded.text, options)
    return Document(
        text=decoded.text,
        layout=recognised,
        encoding=decoded.encoding,
        encoding_guess=decoded.is_guess,
        warnings=(*decoded.warnings, *warnings),
    )
