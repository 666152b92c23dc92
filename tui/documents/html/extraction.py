"""What the extractor takes for the article of a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, cast

from tui.documents.blocks import Block, tidy
from tui.documents.html.page import Element, parsing_error

_BLOCKS = frozenset(("head", "p", "ab", "item", "quote", "code", "row", "list", "table", "div"))


class Extract(NamedTuple):
    """The article as the extractor gives it: words may be joined or cut in two."""

    texts: list[str]
    """Every stretch of text between two tags, in order."""
    blocks: list[Block]


def extract(tree: Element, *, is_large: bool) -> Extract | None:
    """The article of a page, or None if the extractor has no text. The tree does not change."""
    import trafilatura

    failures = (parsing_error(), ValueError, TypeError, LookupError, AttributeError, RecursionError)
    try:
        # It accepts lxml's elements, of which the type checker does not know. Its XML would fail at damaged
        # attributes, so the tree itself is taken.
        document = trafilatura.bare_extraction(
            cast("bytes", tree), output_format="xml", include_comments=False, fast=is_large
        )
    except failures:
        return None
    body = cast("Element | None", getattr(document, "body", None))
    if body is None:
        return None
    texts = [text for text in body.itertext() if not text.isspace()]
    return Extract(texts, list(_blocks(body))) if texts else None


def _blocks(main: Element) -> Iterator[Block]:
    if text := tidy(main.text or ""):
        yield Block(text)
    for child in main:
        is_first = True
        for text in map(tidy, _texts(child)):
            if text:
                is_tight = child.tag in ("list", "table") and not is_first
                yield Block(text, child.tag == "head", is_tight)
                is_first = False
        if text := tidy(child.tail or ""):
            yield Block(text)


def _texts(element: Element) -> Iterator[str]:
    """The text of each innermost block inside an element, in order."""
    if element.tag == "row":
        yield " | ".join(tidy(" ".join(cell.itertext())) for cell in element)
        return
    inline = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            yield "".join(inline)
            inline = []
            yield from _texts(child)
        elif child.tag == "lb":
            inline.append("\n")
        else:
            inline.append("".join(child.itertext()))
        inline.append(child.tail or "")
    yield "".join(inline)
