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


_HIDDEN_STYLE = re.compile(r"display\s*:\s*+none|visibility\s*:\s*+hidden", re.IGNORECASE)
_HIDDEN_CLASSES = frozenset(
    ("mw-editsection", "screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden")
)
"""For programs that read the page aloud, or for those who edit it."""


def is_shown(element: Element) -> bool:
    """False for an element whose text is not on the page, and for words in a line that are hidden."""
    if element.tag in NOT_SHOWN:
        return False
    if element.tag not in INLINE:
        return True
    style, classes = element.get("style"), element.get("class")
    return not (
        (style and _HIDDEN_STYLE.search(style))
        or (classes and not _HIDDEN_CLASSES.isdisjoint(classes.split()))
    )


def parsed(page: str) -> Element | None:
    """The tree of a page or of a part of one; None if it has no element."""
    parser_class = importlib.import_module("lxml.html").HTMLParser
    parser = parser_class(
        collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
    )
    try:
        tree = importlib.import_module("lxml.html").document_fromstring(page.encode(), parser=parser)
    except parsing_error():
        return None
    return cast("Element | None", tree)


def parsing_error() -> type[Exception]:
    """The base class of lxml's errors."""
    return cast("type[Exception]", importlib.import_module("lxml.etree").LxmlError)


def walk(tree: Element) -> Walk:
    return cast("Walk", importlib.import_module("lxml.etree").iterwalk(tree, events=("start", "end")))


def is_inline(element: Element) -> bool:
    """True if the element does not part words."""
    return element.tag in INLINE and not (
        (style := element.get("style")) and _BLOCK_STYLE.search(style) is not None
    )


def text_of(element: Element) -> str:
    """All text in the element on one line, with spaces where an element parts words."""
    pieces: list[str] = []
    for event, inner in walk(element):
        if inner is not element and not is_inline(inner):
            pieces.append(" ")
        if event == "start":
            pieces.append(inner.text or "")
        elif inner is not element:
            pieces.append(inner.tail or "")
    return " ".join("".join(pieces).split())
