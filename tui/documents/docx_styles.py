"""The styles of a Word document: which of them are headings, titles, lists and tables of contents."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import msgspec

from tui.documents.xml_tree import attribute, descendants, local, part
from tui.documents.zip_parts import ZipParts, resolved

_HEADING = re.compile(r"(?:heading|überschrift|titre|encabezado|título|titolo|kop|nagłówek|rubrik)\s*[1-9]")
_CONTENTS = re.compile(r"(?:toc|contents)\s*[1-9]|table of figures")
_LONGEST_CHAIN = 20


class _Style(msgspec.Struct, frozen=True):
    name: str
    parent: str | None
    outline_level: int | None
    """0 to 8 for headings, 9 for body text."""
    has_number: bool


class Styles:
    """The paragraph styles by their ids."""

    def __init__(self, styles: dict[str, _Style], language: str | None) -> None:
        self._styles = styles
        self.language = language
        """The language of text that names no other, such as `fr-FR`."""

    @classmethod
    def read(cls, parts: ZipParts, main: str) -> Styles:
        """The styles of the document whose main part is `main`. Raises UnreadableFileError."""
        name = resolved(main, "styles.xml")
        data = parts.optional(name)
        if not data:
            return cls({}, None)
        tree = part(data, name)
        language = next((attribute(mark, "val") for mark in descendants(tree, "lang")), None)
        styles: dict[str, _Style] = {}
        for element in descendants(tree, "style"):
            identity = attribute(element, "styleId")
            if identity and attribute(element, "type") in (None, "paragraph"):
                styles[identity] = _style(element)
        return cls(styles, language)

    def is_title(self, identity: str | None) -> bool:
        return any(style.name == "title" for style in self._chain(identity))

    def is_heading(self, identity: str | None) -> bool:
        for style in self._chain(identity):
            if style.outline_level is not None:
                return style.outline_level < 9
            if style.name == "title" or _HEADING.fullmatch(style.name):
                return True
        return False

    def is_list(self, identity: str | None) -> bool:
        return any(style.has_number or style.name.startswith("list") for style in self._chain(identity))

    def is_contents(self, identity: str | None) -> bool:
        return any(_CONTENTS.fullmatch(style.name) for style in self._chain(identity))

    def _chain(self, identity: str | None) -> list[_Style]:
        """The style and those it is based on; one that the file does not define goes by its id."""
        chain: list[_Style] = []
        while identity and len(chain) < _LONGEST_CHAIN:
            style = self._styles.get(identity) or _Style(identity.lower(), None, None, False)
            chain.append(style)
            identity = style.parent
        return chain


def _style(element: Element) -> _Style:
    name = (value(child(element, "name")) or "").lower()
    properties = child(element, "pPr")
    level = value(child(properties, "outlineLvl")) if properties is not None else None
    return _Style(
        name,
        value(child(element, "basedOn")),
        int(level) if level and level.isdecimal() and len(level) < 3 else None,
        properties is not None and child(properties, "numPr") is not None,
    )


def child(element: Element | None, name: str) -> Element | None:
    """The first child of this name without namespace."""
    return next((item for item in element if local(item) == name), None) if element is not None else None


def value(element: Element | None) -> str | None:
    """The value of a property."""
    return attribute(element, "val") if element is not None else None
