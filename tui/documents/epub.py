"""Reading e-books (.epub): EPUB 3.3 and 2.0.1, the chapters in the order of the spine as one article.

A chapter is XHTML; one that is not well-formed goes to the reader of web pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tui.documents.blocks import Block
from tui.documents.decoding import UnreadableFileError
from tui.documents.document import Document, ReadingOptions
from tui.documents.metadata import metadata_title, title_in
from tui.documents.office_document import document
from tui.documents.xhtml_blocks import blocks_of
from tui.documents.xml_tree import BadXmlError, attribute, descendants, local, parse, part
from tui.documents.zip_parts import ZipParts, resolved

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_METHODS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Obfuscation of fonts, which leaves the text as it is."""
_XHTML = ("application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/x-dtbook+xml")
_MOST_CHAPTERS = 10_000


def read(data: bytes, options: ReadingOptions) -> Document:
    """The article. Raises UnreadableFileError."""
    parts = ZipParts(data)
    _refuse_encrypted(parts)
    name = _package_name(parts)
    package = part(parts.read(name), name)
    blocks: list[Block] = []
    warnings: list[str] = []
    pages = 0
    for chapter in _chapters(package, name):
        if chapter in parts:
            try:
                blocks.extend(_chapter_blocks(parts.read(chapter)))
            except BadXmlError:
                pages += 1
                blocks.extend(_page_blocks(parts.read(chapter), options, warnings))
        else:
            warnings.append(f"the chapter {chapter[-60:]!a} is missing in the file")
    if pages:
        noun, verb, them = (
            ("1 chapter is", "was", "it") if pages == 1 else (f"{pages:,} chapters are", "were", "them")
        )
        warnings.append(f"{noun} not well-formed and {verb} read like a web page: compare {them}")
    titles, languages = _metadata(package, "title"), _metadata(package, "language")
    return document(
        blocks,
        title=metadata_title(titles) or title_in(blocks),
        language=languages,
        warnings=warnings,
    )


def _refuse_encrypted(parts: ZipParts) -> None:
    data = parts.optional(_ENCRYPTION)
    if not data:
        return
    for entry in descendants(part(data, _ENCRYPTION), "EncryptedData"):
        method = next(descendants(entry, "EncryptionMethod"), None)
        algorithm = (attribute(method, "Algorithm") or "") if method is not None else ""
        target = next(descendants(entry, "CipherReference"), None)
        name = (attribute(target, "URI") or "") if target is not None else ""
        is_content = re.search(r"\.(?:x?html?|xml|opf)\Z", name.lower()) is not None
        if is_content and not algorithm.startswith(_FONT_METHODS):
            raise UnreadableFileError(
                "is copy-protected (DRM): add a copy without protection, or its text as .txt"
            )


def _package_name(parts: ZipParts) -> str:
    container = part(parts.read(_CONTAINER), _CONTAINER)
    for element in descendants(container, "rootfile"):
        if path := attribute(element, "full-path"):
            return resolved("", path)
    raise UnreadableFileError("is damaged or incomplete (it names no content): save it again")


def _metadata(package: Element, name: str) -> str | None:
    for section in descendants(package, "metadata"):
        for element in descendants(section, name):
            if element.text and element.text.strip():
                return element.text.strip()
    return None


def _chapters(package: Element, base: str) -> Iterator[str]:
    """The parts with text in reading order; the list of contents is not one of them."""
    manifest: dict[str, tuple[str, str, str]] = {}
    for item in descendants(package, "item"):
        identity, reference = attribute(item, "id"), attribute(item, "href")
        if identity and reference:
            kind, properties = attribute(item, "media-type") or "", attribute(item, "properties") or ""
            manifest[identity] = (resolved(base, reference), kind.lower(), properties)
    contents = {
        resolved(base, attribute(element, "href") or "")
        for element in descendants(package, "reference")
        if (attribute(element, "type") or "").lower() in ("toc", "cover")
    }
    seen: set[str] = set()
    for entry in descendants(package, "itemref"):
        name, kind, properties = manifest.get(attribute(entry, "idref") or "", ("", "", ""))
        if kind not in _XHTML or "nav" in properties.split() or name in contents or name in seen:
            continue
        seen.add(name)
        if len(seen) > _MOST_CHAPTERS:
            raise UnreadableFileError("has too many chapters: split it into smaller files")
        yield name


def _chapter_blocks(data: bytes) -> Iterator[Block]:
    """The blocks of a chapter. Raises BadXmlError if it is not well-formed."""
    for element in parse(data).iter():
        if local(element) in ("body", "book"):
            yield from blocks_of(element)
            return


def _page_blocks(data: bytes, options: ReadingOptions, warnings: list[str]) -> Iterator[Block]:
    from tui.documents import html

    try:
        page = html.read(data, options)
    except UnreadableFileError:
        warnings.append("a chapter is damaged and is left out")
        return
    start = 0
    for paragraph in page.text.split("\n\n"):
        yield Block(paragraph, start in page.heading_starts)
        start += len(paragraph) + 2
