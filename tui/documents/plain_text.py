"""Reading plain text."""

from __future__ import annotations

from tui.documents import layout
from tui.documents.decoding import decode
from tui.documents.document import Document, ReadingOptions
from tui.text.mail_header import subject


def read(data: bytes, options: ReadingOptions) -> Document:
    """The article; a mail's subject is its title. Raises UnreadableFileError."""
    decoded = decode(data, stated=options.encoding)
    recognised, warnings = layout.of(decoded.text, options)
    return Document(
        text=decoded.text,
        title=subject(decoded.text),
        layout=recognised,
        encoding=decoded.encoding,
        encoding_guess=decoded.is_guess,
        warnings=(*decoded.warnings, *warnings),
    )
