"""The blocks of an XHTML body, all of it: a chapter of a book has no navigation around its text."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tui.documents.blocks import Block, tidy
from tui.documents.office_document import table_blocks
from tui.documents.raised import lowered, raised
from tui.documents.xml_tree import attribute, local

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _HEADINGS | frozenset(
    (
        *(
            "p",
            "div",
            "section",
            "article",
            "main",
            "header",
            "footer",
            "aside",
            "blockquote",
            "pre",
            "figure",
        ),
        *(
            "figcaption",
            "ul",
            "ol",
            "dl",
            "li",
            "dt",
            "dd",
            "table",
            "hr",
            "center",
            "address",
            "body",
            "hgroup",
        ),
        *("fieldset", "details", "summary", "caption"),
    )
)
_NOT_TEXT = frozenset(
    (
        "head",
        "script",
        "style",
        "nav",
        "svg",
        "audio",
        "video",
        "iframe",
        "object",
        "rt",
        "rp",
        "template",
        "noscript",
    )
)
_NOTE_TYPES = ("noteref", "pagebreak", "doc-noteref", "doc-pagebreak")


def blocks_of(element: Element) -> Iterator[Block]:
    """The blocks inside an element, in order."""
    pieces: list[str] = []
    yield from _walk(element, pieces, is_heading=False)
    yield from _flush(pieces, is_heading=False)


def _flush(pieces: list[str], *, is_heading: bool, is_tight: bool = False) -> Iterator[Block]:
    text = tidy("".join(pieces))
    pieces.clear()
    if text:
        yield Block(text, is_heading, is_tight)


def _walk(element: Element, pieces: list[str], *, is_heading: bool) -> Iterator[Block]:
    pieces.append(_collapsed(element.text, element))
    for item in element:
        name = local(item)
        if name in _NOT_TEXT or _is_note_mark(item):
            pass
        elif name == "br":
            pieces.append("\n")
        elif name == "table":
            yield from _flush(pieces, is_heading=is_heading)
            yield from _rows(item)
        elif name in ("ul", "ol"):
            yield from _flush(pieces, is_heading=is_heading)
            yield from _items(item)
        elif name in _BLOCKS:
            yield from _flush(pieces, is_heading=is_heading)
            is_own = name in _HEADINGS
            yield from _walk(item, pieces, is_heading=is_own)
            yield from _flush(pieces, is_heading=is_own)
        elif name in ("sup", "sub"):
            yield from _raise(item, pieces, is_heading=is_heading)
        else:
            yield from _walk(item, pieces, is_heading=is_heading)
        pieces.append(_collapsed(item.tail, element))


def _raise(item: Element, pieces: list[str], *, is_heading: bool) -> Iterator[Block]:
    if any(local(child) == "a" for child in item):
        return  # the mark of a note
    own: list[str] = []
    yield from _walk(item, own, is_heading=is_heading)
    text = "".join(own)
    pieces.append(raised(text, pieces[-1] if pieces else "") if local(item) == "sup" else lowered(text))


def _items(items: Element) -> Iterator[Block]:
    is_first = True
    for item in items:
        for block in blocks_of(item):
            yield Block(block.text, block.is_heading, not is_first and not block.is_heading)
            is_first = False


def _rows(table: Element) -> Iterator[Block]:
    rows = (
        ["\n".join(block.text for block in blocks_of(cell)) for cell in row if local(cell) in ("td", "th")]
        for row in _own_rows(table)
    )
    for caption in table:
        if local(caption) == "caption":
            yield from blocks_of(caption)
    yield from table_blocks(rows)


def _own_rows(table: Element) -> Iterator[Element]:
    """The rows of a table, without those of tables in its cells."""
    for item in table:
        if local(item) == "tr":
            yield item
        elif local(item) in ("thead", "tbody", "tfoot"):
            yield from (row for row in item if local(row) == "tr")


def _is_note_mark(element: Element) -> bool:
    kind = (attribute(element, "type") or "") + " " + (attribute(element, "role") or "")
    return any(name in kind.split() for name in _NOTE_TYPES)


def _collapsed(text: str | None, element: Element) -> str:
    """Line ends in the source are blanks, but not in preformatted text."""
    if not text:
        return ""
    return text if local(element) == "pre" else text.replace("\r", " ").replace("\n", " ")
