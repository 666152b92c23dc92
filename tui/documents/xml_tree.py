"""XML of documents as a tree. Entities are never declared nor fetched, and nesting has a limit."""

from __future__ import annotations

import html
from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from tui.documents.decoding import UnreadableFileError

_DEEPEST = 200
"""Nested elements: what reads the tree calls itself for each level."""
_MOST_ELEMENTS = 2_000_000


class BadXmlError(Exception):
    """XML that is not well-formed."""


def parse(data: bytes) -> Element:
    """The root element. Names are `{namespace}name`.

    Raises BadXmlError for XML that is not well-formed, and UnreadableFileError for XML that declares entities, is
    nested too deeply or has too many elements.
    """
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    # Without an external DTD, a name such as &nbsp; would be an error: this way it reaches the handler.
    parser.UseForeignDTD(True)
    depth = count = 0
    names: dict[str, str] = {}

    def full(name: str) -> str:
        return names.setdefault(name, "{" + name if "}" in name else name)

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > _DEEPEST or count > _MOST_ELEMENTS:
            raise UnreadableFileError("has XML that is nested too deeply or too large: save its text as .txt")
        builder.start(full(name), {full(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(full(name))

    def refuse_entity(*_: object) -> None:
        raise UnreadableFileError("declares XML entities, which Postil does not read: save its text as .txt")

    def named_character(name: str, is_parameter: bool) -> None:
        character = html.unescape(f"&{name};")
        if not is_parameter and not character.startswith("&"):
            builder.data(character)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = refuse_entity
    parser.SkippedEntityHandler = named_character
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, LookupError, ValueError, AssertionError) as error:
        raise BadXmlError(str(error)) from error


def part(data: bytes, name: str) -> Element:
    """The root element of a document's part. Raises UnreadableFileError."""
    try:
        return parse(data)
    except BadXmlError as error:
        raise UnreadableFileError(f"is damaged ({name[:60]!a} is not valid XML): save it again") from error


def local(element: Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str | None:
    """The value of an attribute, by its name without its namespace."""
    value = element.get(name)
    if value is not None:
        return value
    return next((value for key, value in element.items() if key.endswith("}" + name)), None)


def descendants(element: Element, name: str) -> Iterator[Element]:
    """The elements inside, of this name without namespace, in order."""
    return (child for child in element.iter() if child.tag.rpartition("}")[2] == name)
