"""Reading HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from tui.documents.blocks import Block, join, tidy
from tui.documents.decoding import REPLACEMENT, UnreadableFileError, decode, refuse_blank, without_controls
from tui.documents.document import Document, ExtraMissingError, ReadingOptions
from tui.documents.html_page import is_large, simplified


def read(data: bytes, options: ReadingOptions) -> Document:
    try:
        import trafilatura
    except ImportError as error:
        raise ExtraMissingError("reading .html needs the extra html: pip install 'postil[html]'") from error

    decoded = decode(data, _declared_charset(data), stated=options.encoding)
    page = simplified(_CHARACTER_REFERENCE.sub(_resolved, decoded.text).translate(_PROTECT))
    extracted = trafilatura.extract(
        page, output_format="xml", with_metadata=True, include_comments=False, fast=is_large(page)
    )
    document = ElementTree.fromstring(extracted.translate(_RESTORE)) if extracted else None
    main = document.find("main") if document is not None else None
    if document is None or main is None:
        raise UnreadableFileError("has no recognisable article: save its text as .txt or .md")
    text, heading_starts = join(list(_xml_blocks(main)))
    text, controls = without_controls(text)
    refuse_blank(text)
    return Document(
        text=text,
        title=without_controls(document.get("title", ""))[0] or None,
        source=without_controls(document.get("url", ""))[0] or None,
        heading_starts=heading_starts,
        encoding=decoded.encoding,
        warnings=(*decoded.warnings, *controls),
    )


_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_CHARACTER_REFERENCE = re.compile(r"&(?:#(?:[xX][0-9a-fA-F]{1,8}|[0-9]{1,8});?|nbsp;)")
_NO_BREAK_SPACES, _STAND_INS = "\u00a0\u202f", "⍽⎵"
_PROTECT = str.maketrans(_NO_BREAK_SPACES, _STAND_INS)
_RESTORE = str.maketrans(_STAND_INS, _NO_BREAK_SPACES)
"""No-break spaces are part of French spelling, but the extractor would turn them into plain spaces."""


def _declared_charset(data: bytes) -> str | None:
    match = _CHARSET.search(data[:4096])
    return match.group(1).decode("ascii", "replace") if match else None


def _resolved(reference: re.Match[str]) -> str:
    """The character of a character reference; the extractor would fail at `&#27;`."""
    character = without_controls(html.unescape(reference.group()))[0] or REPLACEMENT
    return reference.group() if character in "<>&\"'" else character


_XML_BLOCKS = frozenset(("head", "p", "ab", "item", "quote", "code", "row", "list", "table", "div"))


def _xml_blocks(main: ElementTree.Element) -> Iterator[Block]:
    if text := tidy(main.text or ""):
        yield Block(text)
    for child in main:
        is_first = True
        for text in map(tidy, _xml_texts(child)):
            if text:
                is_tight = child.tag in ("list", "table") and not is_first
                yield Block(text, child.tag == "head", is_tight)
                is_first = False
        if text := tidy(child.tail or ""):
            yield Block(text)


def _xml_texts(element: ElementTree.Element) -> Iterator[str]:
    """The text of each innermost block inside an element, in order."""
    if element.tag == "row":
        yield " | ".join(tidy("".join(cell.itertext())) for cell in element)
        return
    inline = [element.text or ""]
    for child in element:
        if child.tag in _XML_BLOCKS:
            yield "".join(inline)
            inline = []
            yield from _xml_texts(child)
        elif child.tag == "lb":
            inline.append("\n")
        else:
            inline.append("".join(child.itertext()))
        inline.append(child.tail or "")
    yield "".join(inline)
