"""Reading HTML."""

from __future__ import annotations

import html
import re
import unicodedata

from tui.documents.blocks import join
from tui.documents.decoding import REPLACEMENT, UnreadableFileError, refuse_blank, without_controls
from tui.documents.document import Document, ExtraMissingError, ReadingOptions
from tui.documents.html.article import article_blocks
from tui.documents.html.metadata import Metadata
from tui.documents.html.page import parsed
from tui.documents.html.rendering import without_invisible
from tui.documents.html.simplification import is_large, simplified
from tui.documents.html.superscripts import JOINER, rewrite
from tui.documents.html.title import title_of
from tui.documents.markup_text import MarkupText, decode_markup

_NO_ARTICLE = "has no recognisable article: save its text as .txt or .md"


def read(data: bytes, options: ReadingOptions) -> Document:
    """The article of a page or of a part of one. Raises UnreadableFileError and ExtraMissingError."""
    return read_decoded(decode_markup(data, declared_charset(data), stated=options.encoding))


def read_decoded(decoded: MarkupText) -> Document:
    """Raises UnreadableFileError and ExtraMissingError."""
    try:
        import trafilatura as trafilatura
    except ImportError as error:
        raise ExtraMissingError(
            "reading web pages needs the extra html: pip install 'postil[html]'"
        ) from error

    text = unicodedata.normalize("NFC", _CHARACTER_REFERENCE.sub(_resolved, decoded.text))
    page = simplified(text.translate(_PROTECT))
    tree = parsed(page)
    if tree is None:
        raise UnreadableFileError(_NO_ARTICLE)
    rewrite(tree)
    metadata = Metadata(tree)
    title = title_of(metadata, tree)
    description = metadata.named("og:description", "description")
    blocks = article_blocks(tree, description, is_large=is_large(page), is_part=_WHOLE.search(page) is None)
    if not blocks:
        raise UnreadableFileError(_NO_ARTICLE)
    text, heading_starts = join(blocks)
    text, warnings = decoded.restored(text.translate(_RESTORE))
    refuse_blank(text)
    return Document(
        text=text,
        title=_clean(decoded, title),
        source=_clean(decoded, metadata.address),
        language=metadata.language,
        heading_starts=heading_starts,
        encoding=decoded.encoding,
        encoding_guess=decoded.is_guess,
        warnings=warnings,
    )


def _clean(decoded: MarkupText, text: str | None) -> str | None:
    return decoded.clean(without_invisible(text.translate(_RESTORE))).strip() or None if text else None


_WHOLE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
"""In a whole page; a part of one has none of it."""
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_CHARACTER_REFERENCE = re.compile(r"&(?:#(?:[xX][0-9a-fA-F]{1,8}|[0-9]{1,8});?|nbsp;)")
_NO_BREAK_SPACES, _STAND_INS = "\u00a0\u202f", "⍽⎵"
_PROTECT = str.maketrans(_NO_BREAK_SPACES, _STAND_INS, JOINER)
_RESTORE = str.maketrans(_STAND_INS, _NO_BREAK_SPACES, JOINER)
"""No-break spaces are part of French spelling, but the extractor would turn them into plain spaces."""


_XML_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})")


def declared_charset(data: bytes) -> str | None:
    """The encoding that the page names in its first 4,096 bytes, as it is written there."""
    match = _XML_DECLARATION.match(data[:4096]) or _CHARSET.search(data[:4096])
    return match.group(1).decode("ascii", "replace") if match else None


def _resolved(reference: re.Match[str]) -> str:
    """The character of a character reference; the extractor would fail at `&#27;`."""
    character = without_controls(html.unescape(reference.group()))[0] or REPLACEMENT
    return reference.group() if character in "<>&\"'" else character
