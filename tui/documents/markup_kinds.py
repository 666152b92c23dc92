"""Recognising HTML, MHTML and XML, but not a text about them."""

from __future__ import annotations

import re
from typing import Literal

from tui.documents.decoding import UnreadableFileError

_BLOCKS = frozenset(
    (
        *(
            "html",
            "head",
            "body",
            "article",
            "section",
            "main",
            "header",
            "footer",
            "aside",
            "nav",
            "div",
            "p",
        ),
        *(
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "dl",
            "table",
            "blockquote",
            "figure",
            "center",
            "font",
        ),
        *(
            "span",
            "title",
            "meta",
            "link",
            "script",
            "style",
            "base",
            "pre",
            "details",
            "address",
            "form",
            "a",
            "b",
        ),
        *(
            "i",
            "em",
            "strong",
            "hr",
            "br",
            "img",
            "iframe",
            "noscript",
            "picture",
            "video",
            "audio",
            "template",
        ),
    )
)
"""Elements of HTML that a page or a part of one begins with."""

_TAG = re.compile(
    r"</?[a-zA-Z][\w:-]*(?=[\s/>])|<!--|<!doctype\s|&(?:#\w{1,8}|[a-zA-Z]{2,8});", re.IGNORECASE
)
_ROOT = re.compile(r"<([a-zA-Z_][\w.:-]*)(?=[\s/>])([^>]*)")
_DOCTYPE = re.compile(r"<!doctype\s+([\w:.-]+)[^>\[]*", re.IGNORECASE)
_CLOSING = re.compile(r"</[a-zA-Z]|<(?:p|br|div|meta|title|link)[\s/>]", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_HEADER_LINE = re.compile(r"[\w-]{2,40}:[ \t]")
_MULTIPART = re.compile(r"^content-type:[ \t]*(multipart/[a-z]+|text/html)", re.IGNORECASE | re.MULTILINE)
_MIME_VERSION = re.compile(r"^mime-version:", re.IGNORECASE | re.MULTILINE)


def kind_of(head: str, tail: str, usual: str) -> Literal["html", "mhtml"] | None:
    """The kind of markup, or None for a text without.

    `head` and `tail` are the first and last characters, `usual` is the kind that the suffix stands for. Raises
    UnreadableFileError for XML and for an e-mail.
    """
    if _is_message(head):
        return _message_kind(head)
    if _is_page(head, is_html=usual == "html"):
        return "html"
    _refuse_xml(head, tail, usual)
    if usual == "mhtml":
        if _HEADER_LINE.match(head.lstrip()):
            return "mhtml"
        raise UnreadableFileError(
            "is not a web archive, or is damaged: save the page again, or its text as .txt"
        )
    if usual == "html":
        return "html" if _TAG.search(head) or not _LETTER.search(head) else None
    return "html" if usual == "text" and _is_fragment(head, tail) else None


def may_be_markup(head: str) -> bool:
    """True if a text with these first characters may be read as markup; False is certain."""
    return head.lstrip("\ufeff\u00ef\u00bb\u00bf \t\r\n\x00").startswith("<") or _is_message(head)


def _is_message(head: str) -> bool:
    start = head.lstrip()
    if not _HEADER_LINE.match(start):
        return False
    headers = re.split(r"\r?\n\r?\n", start[:16_384], maxsplit=1)[0]
    return bool(_MIME_VERSION.search(headers) and _MULTIPART.search(headers))


def _message_kind(head: str) -> Literal["mhtml"]:
    kind = _MULTIPART.search(head)
    if kind and kind[1].lower() in ("multipart/related", "text/html"):
        return "mhtml"
    raise UnreadableFileError("is an e-mail with several parts: save its text as .txt")


def _after_prologue(text: str) -> str:
    """The text after blanks, comments and processing instructions."""
    start = 0
    while True:
        while start < len(text) and text[start].isspace():
            start += 1
        for opening, closing in (("<!--", "-->"), ("<?", "?>")):
            if text.startswith(opening, start):
                end = text.find(closing, start)
                if end < 0:
                    return ""
                start = end + len(closing)
                break
        else:
            return text[start:]


def _is_page(head: str, *, is_html: bool) -> bool:
    """True for a whole page; a text about HTML goes on with words after its first tag."""
    body = _after_prologue(head)
    doctype = _DOCTYPE.match(body)
    if doctype is not None and doctype[1].lower() != "html":
        return False
    first = doctype or re.match(r"<html(?=[\s>])[^>]*", body, re.IGNORECASE)
    if first is None:
        return False
    following = _after_prologue(body[first.end() :].lstrip("[]").removeprefix(">"))
    return is_html or (following.startswith("<") and _CLOSING.search(following) is not None)


def _is_fragment(head: str, tail: str) -> bool:
    """True for a part of a page: it begins and ends with a tag of HTML."""
    opening = _ROOT.match(_after_prologue(head))
    return (
        opening is not None
        and opening[1].lower() in _BLOCKS
        and _CLOSING.search(head) is not None
        and re.search(r"(?:</[a-zA-Z][a-zA-Z0-9]*\s*|<(?:br|hr|img)[^<>]{0,500}|--)>\Z", tail) is not None
    )


def _refuse_xml(head: str, tail: str, usual: str) -> None:
    body = _after_prologue(head)
    is_declared = re.match(r"\s*<\?xml\s", head) is not None
    doctype = _DOCTYPE.match(body)
    opening = _ROOT.search(body, 0, 8192) if doctype else _ROOT.match(body)
    if opening is None:
        if doctype and doctype[1].lower() != "html" and usual != "markdown" and tail.endswith(">"):
            raise UnreadableFileError(_XML)
        return
    name = opening[1]
    if name.lower() in _BLOCKS and ":" not in name and not (doctype and doctype[1].lower() != "html"):
        return
    is_closed = tail.endswith((f"</{name}>", "/>", "-->"))
    if is_declared or "xmlns" in opening[2] or (is_closed and usual != "html"):
        what = _XML_KINDS.get(name)
        raise UnreadableFileError(f"is {what}" if what else _XML)


_XML = "is XML, not an article: save its text as .txt, .md or .html"
_XML_KINDS = {
    "rss": "a news feed, not an article: save the articles that it links to as .html, and add those",
    "feed": "a news feed, not an article: save the articles that it links to as .html, and add those",
    "office:document": "a flat OpenDocument file: save it as .odt",
    "svg": "a picture (SVG), not text: add its text as .txt",
    "pkg:package": "a Word document in one XML file: save it as .docx",
    "w:wordDocument": "a Word document in one XML file: save it as .docx",
    "FictionBook": "a FictionBook: convert it to .epub first, e.g. with Calibre",
    "tt": "subtitles in XML (TTML): save their text as .txt",
    "xliff": "a translation file (XLIFF): save its text as .txt",
    "tmx": "a translation memory (TMX): save its text as .txt",
    "xmi:XMI": "UIMA annotations (CAS XMI), not an article: add the text that was annotated as .txt",
    "typeSystemDescription": "a UIMA type system, not an article: add the text that was annotated as .txt",
}
