"""Reading web archives (.mhtml, .mht): RFC 2557, a page with its pictures as an e-mail message."""

from __future__ import annotations

import email
import email.policy

from tui.documents import html
from tui.documents.decoding import UnreadableFileError
from tui.documents.document import Document, ReadingOptions


def read(data: bytes, options: ReadingOptions) -> Document:
    """The article of the page that the archive begins with. Raises UnreadableFileError and ExtraMissingError."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return html.read(page, options)
    raise UnreadableFileError("has no web page: save the page again, or its text as .txt")
