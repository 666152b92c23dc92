"""A web page as a tree of elements."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from typing import Protocol, cast


class Element(Protocol):
    """The part of lxml's elements that is used here; lxml has no types of its own.

    A comment's `tag` is not a string, but `parsed` removes comments.
    """

    tag: str
    text: str | None
    tail: str | None

    def get(self, key: str, default: str = "") -> str: ...
    def set(self, key: str, value: str) -> None: ...
    def iter(self, *tags: str) -> Iterator[Element]: ...
    def itertext(self) -> Iterator[str]: ...
    def getparent(self) -> Element | None: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Element]: ...
    def __delitem__(self, key: slice) -> None: ...


class Walk(Protocol):
    """lxml's iterwalk: `start` and `end` of each element, in document order."""

    def __iter__(self) -> Iterator[tuple[str, Element]]: ...
    def skip_subtree(self) -> None: ...


INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "nobr",
        "q",
        "rb",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
"""Elements that do not part the words around them. Every other element does."""

NOT_SHOWN = frozenset(
    [
        "applet",
        "audio",
        "canvas",
        "datalist",
        "embed",
        "head",
        "iframe",
        "map",
        "math",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "rp",
        "rt",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
"""Elements whose text is not part of what a reader of the page reads."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

_BLOCK_STYLE = re.compile(r"display\s*:\s*+(?:block|flex|grid|list-item|table)", re.IGNORECASE)


def parsed(page: str) -> Element | None:
    """The tree of a page or of a part of one; None if it has no element."""
    parser_class = importlib.import_module("lxml.html").HTMLParser
    parser = parser_class(
        collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
    )
    errors = cast("type[Exception]", importlib.import_module("lxml.etree").LxmlError)
    try:
        tree = importlib.import_module("lxml.html").document_fromstring(page.encode(), parser=parser)
    except errors:
        return None
    return cast("Element | None", tree)


def walk(tree: Element) -> Walk:
    return cast("Walk", importlib.import_module("lxml.etree").iterwalk(tree, events=("start", "end")))


def is_inline(element: Element) -> bool:
    """True if the element does not part words."""
    return element.tag in INLINE and not (
        (style := element.get("style")) and _BLOCK_STYLE.search(style) is not None
    )


def text_of(element: Element) -> str:
    """All text in the element, with runs of white space as one space."""
    return " ".join("".join(element.itertext()).split())
