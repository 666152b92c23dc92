"""Reading Word documents (.docx): Office Open XML, ECMA-376 part 1, WordprocessingML.

Insertions that are tracked are part of the text and deletions are not, as if all changes were accepted. Headers,
footers, comments, notes and tables of contents are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tui.documents.blocks import Block, tidy
from tui.documents.document import Document, ReadingOptions
from tui.documents.docx_runs import NOTES, RunText
from tui.documents.docx_styles import Styles, child, value
from tui.documents.metadata import metadata_title, title_in
from tui.documents.office_document import document, table_blocks
from tui.documents.xml_tree import attribute, descendants, local, part
from tui.documents.zip_parts import ZipParts, resolved
from tui.text.plurals import counted

_OFFICE_DOCUMENT = "/officeDocument"
"""End of the relation's type; the strict variant of the format has another beginning."""


def read(data: bytes, options: ReadingOptions) -> Document:
    """The article. Raises UnreadableFileError."""
    parts = ZipParts(data)
    main = _main_part(parts)
    body = part(parts.read(main), main)
    styles = Styles.read(parts, main)
    reader = _Body(styles)
    blocks = [*reader.blocks(body), *reader.rest()]
    title, language = _properties(parts)
    return document(
        blocks,
        title=reader.title or metadata_title(title) or title_in(blocks),
        language=language or styles.language,
        warnings=list(_warnings(body)),
    )


def _main_part(parts: ZipParts) -> str:
    if "_rels/.rels" in parts:
        for relation in descendants(part(parts.read("_rels/.rels"), "_rels/.rels"), "Relationship"):
            if (attribute(relation, "Type") or "").endswith(_OFFICE_DOCUMENT):
                return resolved("", attribute(relation, "Target") or "")
    return "word/document.xml"


def _properties(parts: ZipParts) -> tuple[str | None, str | None]:
    """Title and language of the document's properties."""
    data = parts.optional("docProps/core.xml")
    if not data:
        return None, None
    fields = {local(element): element.text for element in part(data, "docProps/core.xml")}
    return fields.get("title"), fields.get("language")


def _warnings(body: Element) -> Iterator[str]:
    notes = sum(1 for name in NOTES for _ in descendants(body, name))
    if notes:
        yield f"{counted(notes, 'footnote is', 'footnotes are')} left out: add what you need to the text"
    if any(True for name in ("del", "moveFrom") for _ in descendants(body, name)):
        yield "tracked changes: deletions are left out and insertions are kept"


class _Body:
    """The blocks of a document's body."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.title: str | None = None
        """The text of the first paragraph in the style Title."""
        self._pending: list[str] = []
        """Text of paragraphs whose end is deleted: the next paragraph continues them."""
        self._runs = RunText()

    def blocks(self, container: Element) -> Iterator[Block]:
        in_list = False
        for element in container:
            name = local(element)
            if name == "p":
                for block in self._paragraph(element, in_list):
                    yield block
                    in_list = self._is_item(element)
            elif name == "tbl":
                yield from self._rows(element)
                in_list = False
            elif name == "sdt":
                content = child(element, "sdtContent")
                if content is not None and not _is_contents(element):
                    yield from self.blocks(content)
            elif name in (
                "body",
                "ins",
                "moveTo",
                "customXml",
                "smartTag",
                "txbxContent",
                "AlternateContent",
                "Choice",
            ):
                yield from self.blocks(element)

    def rest(self) -> Iterator[Block]:
        """The last paragraph, if its end is deleted."""
        text, self._pending = "".join(self._pending), []
        if text.strip():
            yield Block(text)

    def _is_item(self, paragraph: Element) -> bool:
        properties = child(paragraph, "pPr")
        if properties is None:
            return False
        numbering = child(properties, "numPr")
        own = value(child(numbering, "numId")) if numbering is not None else None
        return own != "0" if own is not None else self._styles.is_list(value(child(properties, "pStyle")))

    def _paragraph(self, paragraph: Element, in_list: bool) -> Iterator[Block]:
        properties = child(paragraph, "pPr")
        style = value(child(properties, "pStyle")) if properties is not None else None
        if self._styles.is_contents(style):
            return
        text, boxes = self._runs.of(paragraph)
        self._pending.append(text)
        if _ends_in_deletion(properties):
            return
        text, self._pending = "".join(self._pending), []
        is_title = self._styles.is_title(style)
        if is_title and self.title is None:
            self.title = " ".join(text.split())[:300] or None
        level = value(child(properties, "outlineLvl")) if properties is not None else None
        is_heading = is_title or (
            level.isdecimal() and int(level) < 9 if level else self._styles.is_heading(style)
        )
        if text.strip():
            yield Block(text, is_heading, in_list and self._is_item(paragraph) and not is_heading)
        for box in boxes:
            yield from self.blocks(box)

    def _rows(self, table: Element) -> Iterator[Block]:
        rows = (
            ["\n".join(tidy(block.text) for block in self.blocks(cell)) for cell in _parts_of(row, "tc")]
            for row in _parts_of(table, "tr")
        )
        return table_blocks(rows)


def _parts_of(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in content controls and insertions."""
    for part_ in element:
        item_name = local(part_)
        if item_name == name:
            if name != "tr" or not _is_deleted_row(part_):
                yield part_
        elif item_name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _parts_of(part_, name)


def _is_deleted_row(row: Element) -> bool:
    properties = child(row, "trPr")
    return properties is not None and child(properties, "del") is not None


def _ends_in_deletion(properties: Element | None) -> bool:
    mark = child(properties, "rPr") if properties is not None else None
    return mark is not None and child(mark, "del") is not None


def _is_contents(control: Element) -> bool:
    """True for a content control that has a table of contents."""
    gallery = next(descendants(control, "docPartGallery"), None)
    return gallery is not None and "Table of Contents" in (value(gallery) or "")
