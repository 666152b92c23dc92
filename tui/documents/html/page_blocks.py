"""The text of a web page as blocks: stretches of text that nothing on the page interrupts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.documents.html.page import HEADINGS, Element, is_inline, is_shown, walk

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_CONTROLS = frozenset(("button", "label", "legend", "option"))
"""Parts of forms."""
_LISTS = frozenset(("ul", "ol", "dl"))
_CELLS = frozenset(("td", "th"))
_PARAGRAPHS = frozenset(("p", "div", "section", "article", "blockquote", "figcaption", "caption"))
_PARTING = frozenset(("audio", "canvas", "iframe", "object", "select", "textarea", "video"))
"""Elements that are not shown as text, and part the words around them."""


class Piece:
    """The text of a block between two tags."""

    __slots__ = ("chosen", "is_break", "is_link", "text")

    def __init__(self, text: str, is_link: bool = False, is_break: bool = False) -> None:
        self.text = text
        self.is_link = is_link
        self.is_break = is_break
        """True for a line break; its text is a newline."""
        self.chosen = False


class PageBlock:
    """A stretch of text, and where on the page it is."""

    __slots__ = ("cell", "element", "items", "pieces", "row", "tag")

    def __init__(
        self, element: Element, tag: str, items: Element | None, row: Element | None, cell: Element | None
    ) -> None:
        self.element = element
        """The innermost element around it that parts words."""
        self.tag = tag
        """`p`, `head`, `item`, `cell`, `pre` or `control`."""
        self.items = items
        """The outermost list around it."""
        self.row = row
        """The innermost table row around it."""
        self.cell = cell
        self.pieces: list[Piece] = []

    @property
    def is_heading(self) -> bool:
        return self.tag == "head"

    def text(self) -> str:
        """All text of the block, on one line."""
        return " ".join("".join(piece.text for piece in self.pieces).split())

    def link_text(self) -> str:
        return " ".join("".join(piece.text for piece in self.pieces if piece.is_link).split())


def page_blocks(tree: Element) -> list[PageBlock]:
    """The blocks of a page in order, without those that are blank."""
    return [block for block in _Walker().blocks(tree) if any(not p.text.isspace() for p in block.pieces)]


class _Walker:
    def __init__(self) -> None:
        self._open: list[Element] = []
        """Elements around the current position that part words."""
        self._lists: list[Element] = []
        self._rows: list[Element] = []
        self._cells: list[Element] = []
        self._tags: list[str] = ["p"]
        self._links = 0
        self._block: PageBlock | None = None

    def blocks(self, tree: Element) -> Iterator[PageBlock]:
        events = walk(tree)
        for event, element in events:
            if event == "start":
                if not is_shown(element):
                    events.skip_subtree()
                    continue
                yield from self._start(element)
            else:
                yield from self._end(element)

    def _start(self, element: Element) -> Iterator[PageBlock]:
        if element.tag == "br":
            yield from self._line_break()
            return
        if element.tag == "a":
            self._links += 1
        if not is_inline(element):
            yield from self._flush()
            self._enter(element)
        self._add(element.text)

    def _end(self, element: Element) -> Iterator[PageBlock]:
        if is_shown(element) and element.tag != "br":
            if element.tag == "a":
                self._links -= 1
            if not is_inline(element):
                yield from self._flush()
                self._leave(element)
        elif element.tag in _PARTING:
            yield from self._flush()
        self._add(element.tail)

    def _enter(self, element: Element) -> None:
        tag = element.tag
        self._open.append(element)
        self._tags.append(_kind(tag, self._tags[-1]))
        for tags, stack in ((_LISTS, self._lists), (("tr",), self._rows), (_CELLS, self._cells)):
            if tag in tags:
                stack.append(element)

    def _leave(self, element: Element) -> None:
        self._open.pop()
        self._tags.pop()
        for stack in (self._lists, self._rows, self._cells):
            if stack and stack[-1] is element:
                stack.pop()

    def _add(self, text: str | None) -> None:
        if not text or not self._open:
            return
        tag = self._tags[-1]
        text = text if tag == "pre" else _BLANKS.sub(" ", text)
        if self._block is None:
            if text.isspace() and tag != "pre":
                return
            self._block = PageBlock(
                self._open[-1],
                tag,
                self._lists[0] if self._lists else None,
                self._rows[-1] if self._rows else None,
                self._cells[-1] if self._cells else None,
            )
        self._block.pieces.append(Piece(text, is_link=self._links > 0))

    def _line_break(self) -> Iterator[PageBlock]:
        """A line break; the second in a row ends the block, as a paragraph's end does."""
        block = self._block
        if block is None:
            return
        for piece in reversed(block.pieces):
            if piece.is_break:
                yield from self._flush()
                return
            if not piece.text.isspace():
                break
        block.pieces.append(Piece("\n", is_break=True))

    def _flush(self) -> Iterator[PageBlock]:
        if self._block is not None:
            yield self._block
            self._block = None


def _kind(tag: str, outer: str) -> str:
    """The kind of the blocks in an element, inside an element of the kind `outer`."""
    if tag in HEADINGS or tag == "summary":
        return "head"
    if tag in ("li", "dt", "dd"):
        return "item"
    if tag in _CELLS:
        return "cell"
    if tag in ("pre", "listing", "xmp"):
        return "pre"
    if tag in _CONTROLS:
        return "control"
    return "p" if tag in _PARAGRAPHS and outer in ("item", "cell") else outer
