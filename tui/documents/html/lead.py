"""The lead of an article: the paragraph before the text that sums it up, which extractors take for a teaser."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.documents.html.alignment import letters
from tui.documents.html.page import Element
from tui.documents.html.page_blocks import PageBlock
from tui.documents.html.selection import choose_block

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_MARKS = frozenset(
    [
        "abstract",
        "ankeiler",
        "bajada",
        "chapeau",
        "chapo",
        "copete",
        "dachzeile",
        "deck",
        "dek",
        "desc",
        "description",
        "entradilla",
        "excerpt",
        "gravata",
        "headnote",
        "ingress",
        "intro",
        "introduction",
        "introtext",
        "lead",
        "leadin",
        "leadtext",
        "lede",
        "manchet",
        "ondertitel",
        "perex",
        "preface",
        "riassunto",
        "sommario",
        "sottotitolo",
        "standfirst",
        "strapline",
        "subhead",
        "subheader",
        "subheading",
        "subheadline",
        "subline",
        "subtitle",
        "subtitulo",
        "sumario",
        "summary",
        "teaser",
        "vorspann",
        "zajawka",
    ]
)
"""Words in a class, id or itemprop that mark a lead, in the languages in which pages are written."""
_ATTRIBUTES = ("class", "id", "itemprop", "data-component", "data-testid", "data-qa")
_MOST_LEVELS = 3
_LEAST_LETTERS = 25
_MOST_BLOCKS = 60
"""Blocks before the text that are looked at."""
_CONTAINERS = frozenset(("article", "main"))
_OTHERS = frozenset(("nav", "aside", "footer", "form", "li", "figure", "figcaption", "td"))


def choose_lead(blocks: Sequence[PageBlock], description: str | None) -> None:
    """Chooses the lead before the first chosen paragraph, if there is one.

    `description` is the page's own summary: a paragraph that says the same is a lead, whatever it is named.
    """
    first = next(
        (number for number, block in enumerate(blocks) if _is_chosen(block) and not block.is_heading), None
    )
    if first is None:
        return
    summary = letters(description or "")
    container = _container(blocks[first].element)
    for number in range(first - 1, max(-1, first - 1 - _MOST_BLOCKS), -1):
        block = blocks[number]
        if _is_title(block):
            return
        if not _is_chosen(block) and _is_lead(block, summary) and _follows_title(blocks, number, container):
            choose_block(block)


def _is_chosen(block: PageBlock) -> bool:
    return any(piece.chosen for piece in block.pieces)


def _is_title(block: PageBlock) -> bool:
    return block.is_heading and any(element.tag == "h1" for element in _around(block.element, 4))


def _is_lead(block: PageBlock, summary: str) -> bool:
    text = block.text()
    own = letters(text)
    if (
        len(own) < _LEAST_LETTERS
        or 2 * len(block.link_text()) > len(text)
        or block.tag in ("control", "item")
    ):
        return False
    if len(summary) >= _LEAST_LETTERS and own[:60] == summary[:60]:
        return True
    return any(_is_marked(element) for element in _around(block.element, _MOST_LEVELS))


def _is_marked(element: Element) -> bool:
    for name in _ATTRIBUTES:
        value = element.get(name)
        if value and not _MARKS.isdisjoint(word.lower() for word in _WORDS.findall(value[:300])):
            return True
    return False


def _around(element: Element, levels: int) -> list[Element]:
    """The element and those around it, up to the article itself."""
    around: list[Element] = []
    current: Element | None = element
    while current is not None and len(around) < levels and current.tag not in ("body", *_CONTAINERS):
        around.append(current)
        current = current.getparent()
    return around


def _container(element: Element) -> Element | None:
    current: Element | None = element
    while current is not None and current.tag not in _CONTAINERS:
        current = current.getparent()
    return current


def _follows_title(blocks: Sequence[PageBlock], number: int, container: Element | None) -> bool:
    """True if the block is after the page's title or in the article of the text, and in no other part of the page."""
    block = blocks[number]
    around = _around(block.element, 20)
    if any(element.tag in _OTHERS for element in around):
        return False
    if container is not None and _container(block.element) is container:
        return True
    return any(_is_title(blocks[earlier]) for earlier in range(max(0, number - _MOST_BLOCKS), number))
