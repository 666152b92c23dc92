"""Reading web pages that a browser has saved as one file: MHTML (RFC 2557), which is a MIME message (RFC 2045)."""

from __future__ import annotations

import binascii
import re
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser

import msgspec

from tui.documents.decoding import UnreadableFileError, check_size
from tui.documents.document import Document, ReadingOptions
from tui.documents.html.reading import declared_charset, read_decoded
from tui.documents.markup_text import decode_markup

_PAGES = ("text/html", "application/xhtml+xml")
_MOST_HEADERS = 32 * 1024
"""Bytes of the header: the parser takes more than linear time for one that goes on over many lines."""
_BLANK_LINE = re.compile(rb"\n\r?\n")
_NO_PAGE = "has no web page in it: save the page again as .html"


def read(data: bytes, options: ReadingOptions) -> Document:
    """The article of the page in the file. Raises UnreadableFileError and ExtraMissingError."""
    check_size(len(data))
    if _BLANK_LINE.search(data, 0, _MOST_HEADERS) is None and len(data) > _MOST_HEADERS:
        raise UnreadableFileError(_NO_PAGE)
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        part = _page(message)
        page = part.get_payload(decode=True) if part is not None else None
        charset = part.get_content_charset() if part is not None else None
        address = _address(message, part)
    except (MessageError, ValueError, LookupError, binascii.Error, RecursionError) as error:
        raise UnreadableFileError(_NO_PAGE) from error
    if not isinstance(page, bytes) or not page.strip():
        raise UnreadableFileError(_NO_PAGE)
    document = read_decoded(decode_markup(page, charset or declared_charset(page), stated=options.encoding))
    return msgspec.structs.replace(document, source=document.source or address)


def _page(message: EmailMessage) -> EmailMessage | None:
    """The part with the page: the one that the message names as its start, else the first page in it."""
    pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
    start = message.get_param("start")
    for part in pages:
        if isinstance(start, str) and part.get("Content-ID", "") == start:
            return part
    return pages[0] if pages else None


def _address(message: EmailMessage, part: EmailMessage | None) -> str | None:
    for named in (message.get("Snapshot-Content-Location"), part.get("Content-Location") if part else None):
        address = str(named or "").strip()
        if address.startswith(("https://", "http://")) and address.isprintable() and " " not in address:
            return address
    return None
