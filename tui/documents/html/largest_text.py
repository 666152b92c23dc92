"""The paragraphs of the part of a page with the most text, where the extractor has too little.

Scores as in Readability (Arc90, 2009): a paragraph counts for the element around it, and for less in each element
further out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.documents.html.alignment import letters
from tui.documents.html.page import Element
from tui.documents.html.page_blocks import PageBlock
from tui.documents.html.selection import choose_block

_LEAST_LETTERS = 25
"""Of a paragraph."""
_LEAST_ALL = 10
"""Letters of an article."""
_WEIGHTS = (1.0, 0.8, 0.5, 0.3)
"""Of a paragraph, for the element around it and for those further out."""
_OTHERS = frozenset(("nav", "aside", "footer", "form", "menu", "figure"))
_MOST_LEVELS = 30


def choose_largest(blocks: Sequence[PageBlock]) -> bool:
    """Chooses the paragraphs of the largest text too, with its headings and lists. False if there is none."""
    texts = [block for block in blocks if _is_text(block)]
    largest = _largest(texts)
    if largest is None:
        return False
    inside = [block for block in texts if any(element is largest for element in _around(block.element))]
    if sum(len(letters(block.text())) for block in inside) < _LEAST_ALL:
        return False
    for block in inside:
        choose_block(block)
    return True


def leave_out_navigation(blocks: Sequence[PageBlock]) -> None:
    """Leaves out the links of the page's navigation."""
    for block in blocks:
        if any(element.tag in ("nav", "menu") for element in _around(block.element)):
            for piece in block.pieces:
                piece.chosen = False


def chosen_letters(blocks: Sequence[PageBlock]) -> int:
    return sum(len(letters(piece.text)) for block in blocks for piece in block.pieces if piece.chosen)


def _is_text(block: PageBlock) -> bool:
    text = block.text()
    return (
        block.tag != "control"
        and bool(letters(text))
        and 2 * len(block.link_text()) <= len(text)
        and not any(element.tag in _OTHERS for element in _around(block.element))
    )


def _largest(texts: Sequence[PageBlock]) -> Element | None:
    scores: dict[Element, float] = {}
    for least in (_LEAST_LETTERS, 1):
        for block in texts:
            length = len(letters(block.text()))
            if length >= least and not block.is_heading:
                for element, weight in zip(_outside(block), _WEIGHTS, strict=False):
                    scores[element] = scores.get(element, 0.0) + weight * length
        if scores:
            return max(scores, key=lambda element: scores[element])
    return None


def _outside(block: PageBlock) -> Iterator[Element]:
    """What is around a paragraph, from the inside."""
    element = block.element
    if element.tag not in ("p", "li", "dd", "dt", "blockquote", "pre", "td", "th"):
        yield element
    yield from list(_around(element))[1:]


def _around(element: Element) -> Iterator[Element]:
    current: Element | None = element
    for _ in range(_MOST_LEVELS):
        if current is None or current.tag == "html":
            return
        yield current
        current = current.getparent()
