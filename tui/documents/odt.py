"""Reading OpenDocument texts (.odt): OASIS Open Document Format 1.3, part 3.

Tracked deletions, comments, notes, hidden text, and indexes such as tables of contents are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tui.documents.blocks import Block, tidy
from tui.documents.decoding import UnreadableFileError
from tui.documents.document import Document, ReadingOptions
from tui.documents.metadata import metadata_title, title_in
from tui.documents.odt_styles import Styles
from tui.documents.office_document import document, table_blocks
from tui.documents.raised import lowered, raised
from tui.documents.xml_tree import attribute, descendants, local, part
from tui.documents.zip_parts import ZipParts
from tui.text.plurals import counted

_NOT_TEXT = frozenset(
    (
        *("tracked-changes", "annotation", "annotation-end", "note", "ruby-text", "forms", "sequence-decls"),
        *("table-of-content", "illustration-index", "table-index", "object-index", "user-index"),
        *("alphabetical-index", "desc", "title", "event-listeners", "hidden-paragraph", "script"),
        *("variable-decls", "user-field-decls", "alphabetical-index-auto-mark-file", "dde-connection-decls"),
    )
)
_MOST_SPACES = 100


def read(data: bytes, options: ReadingOptions) -> Document:
    """The article. Raises UnreadableFileError."""
    parts = ZipParts(data)
    _refuse_encrypted(parts)
    content = part(parts.read("content.xml"), "content.xml")
    body = next(descendants(content, "text"), None)
    if body is None:
        raise UnreadableFileError("is an OpenDocument file without text: save its text as .txt")
    styles = Styles(content, part(sheet, "styles.xml") if (sheet := parts.optional("styles.xml")) else None)
    reader = _Body(styles)
    blocks = list(reader.blocks(body))
    title, language = _metadata(parts)
    return document(
        blocks,
        title=reader.title or metadata_title(title) or title_in(blocks),
        language=language or styles.language,
        warnings=list(_warnings(body)),
    )


def _refuse_encrypted(parts: ZipParts) -> None:
    manifest = "META-INF/manifest.xml"
    data = parts.optional(manifest)
    if data and any(True for _ in descendants(part(data, manifest), "encryption-data")):
        raise UnreadableFileError(
            "is encrypted with a password: open it, save a copy without a password, and add that"
        )


def _metadata(parts: ZipParts) -> tuple[str | None, str | None]:
    data = parts.optional("meta.xml")
    if not data:
        return None, None
    tree = part(data, "meta.xml")
    title, language = (next(descendants(tree, name), None) for name in ("title", "language"))
    return title.text if title is not None else None, language.text if language is not None else None


def _warnings(body: Element) -> Iterator[str]:
    if notes := sum(1 for _ in descendants(body, "note")):
        yield f"{counted(notes, 'footnote is', 'footnotes are')} left out: add what you need to the text"
    if any(True for _ in descendants(body, "deletion")):
        yield "tracked changes: deletions are left out and insertions are kept"


class _Body:
    """The blocks of a document's body."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.title: str | None = None
        """The text of the first paragraph in the style Title."""

    def blocks(self, container: Element) -> Iterator[Block]:
        for element in container:
            name = local(element)
            if name in _NOT_TEXT:
                continue
            if name in ("p", "h"):
                yield from self._paragraph(element, is_heading=name == "h")
            elif name == "list":
                yield from self._items(element)
            elif name == "table":
                yield from self._rows(element)
            else:
                yield from self.blocks(element)

    def _paragraph(self, paragraph: Element, *, is_heading: bool) -> Iterator[Block]:
        style = attribute(paragraph, "style-name")
        pieces: list[str] = []
        boxes: list[Element] = []
        self._add(paragraph, pieces, boxes)
        text = "".join(pieces)
        if self._styles.is_title(style):
            is_heading = True
            self.title = self.title or " ".join(text.split())[:300] or None
        if text.strip():
            yield Block(text, is_heading)
        for box in boxes:
            yield from self.blocks(box)

    def _items(self, items: Element) -> Iterator[Block]:
        is_first = True
        for block in (block for item in items for block in self.blocks(item)):
            yield Block(block.text, block.is_heading, not is_first and not block.is_heading)
            is_first = False

    def _rows(self, table: Element) -> Iterator[Block]:
        rows = (
            [
                "\n".join(tidy(block.text) for block in self.blocks(cell))
                for cell in _parts_of(row, "table-cell")
            ]
            for row in _parts_of(table, "table-row")
        )
        return table_blocks(rows)

    def _add(self, element: Element, pieces: list[str], boxes: list[Element]) -> None:
        pieces.append(_collapsed(element.text))
        for item in element:
            name = local(item)
            if name == "s":
                count = attribute(item, "c") or "1"
                pieces.append(
                    " " * min(int(count) if count.isdecimal() and len(count) < 6 else 1, _MOST_SPACES)
                )
            elif name == "tab":
                pieces.append(" ")
            elif name == "line-break":
                pieces.append("\n")
            elif name in ("text-box", "table"):
                boxes.append(item)
            elif name == "span":
                self._add_span(item, pieces, boxes)
            elif name == "hidden-text":
                pass
            elif name not in _NOT_TEXT or (name == "title" and "}title" in item.tag and "text" in item.tag):
                self._add(item, pieces, boxes)
            pieces.append(_collapsed(item.tail))

    def _add_span(self, span: Element, pieces: list[str], boxes: list[Element]) -> None:
        style = attribute(span, "style-name")
        if self._styles.is_hidden(style):
            return
        own: list[str] = []
        self._add(span, own, boxes)
        text = "".join(own)
        height = self._styles.height(style)
        if height == "super":
            text = raised(text, pieces[-1] if pieces else "")
        elif height == "sub":
            text = lowered(text)
        pieces.append(text)


def _collapsed(text: str | None) -> str:
    """Line ends in the XML are blanks."""
    return text.replace("\n", " ").replace("\r", " ") if text else ""


def _parts_of(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row."""
    for item in element:
        item_name = local(item)
        if item_name == name:
            yield item
        elif item_name in ("table-rows", "table-header-rows", "table-row-group"):
            yield from _parts_of(item, name)
