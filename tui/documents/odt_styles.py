"""The styles of an OpenDocument text: titles, superscript and hidden text."""

from __future__ import annotations

from typing import Literal
from xml.etree.ElementTree import Element

from tui.documents.xml_tree import attribute, descendants, local

_LONGEST_CHAIN = 20


class Styles:
    """The named and automatic styles by their names."""

    def __init__(self, content: Element, sheet: Element | None) -> None:
        self._parents: dict[str, str | None] = {}
        self._heights: dict[str, Literal["super", "sub"]] = {}
        self._hidden: set[str] = set()
        self.language: str | None = None
        """The language of text that names no other."""
        for tree in (sheet, content):
            for element in descendants(tree, "style") if tree is not None else ():
                self._add(element)
        for element in descendants(sheet, "default-style") if sheet is not None else ():
            for properties in element:
                self.language = self.language or attribute(properties, "language")

    def _add(self, style: Element) -> None:
        name = attribute(style, "name")
        if name is None:
            return
        self._parents[name] = attribute(style, "parent-style-name")
        for properties in style:
            if local(properties) != "text-properties":
                continue
            position = (attribute(properties, "text-position") or "").partition(" ")[0]
            if position.startswith(("super", "sub")):
                self._heights[name] = "super" if position.startswith("super") else "sub"
            elif (
                position.rstrip("%").lstrip("-").isdecimal() and position.endswith("%") and position[0] != "0"
            ):
                self._heights[name] = "sub" if position.startswith("-") else "super"
            if attribute(properties, "display") == "none":
                self._hidden.add(name)

    def is_title(self, name: str | None) -> bool:
        for _ in range(_LONGEST_CHAIN):
            if name is None:
                return False
            if name == "Title":
                return True
            name = self._parents.get(name)
        return False

    def height(self, name: str | None) -> Literal["super", "sub"] | None:
        return self._heights.get(name) if name else None

    def is_hidden(self, name: str | None) -> bool:
        return name in self._hidden
