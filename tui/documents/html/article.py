"""The blocks of a page that are its article."""

from __future__ import annotations

from collections.abc import Sequence

from tui.documents.blocks import Block
from tui.documents.html.cell_gaps import choose_cells
from tui.documents.html.extraction import extract
from tui.documents.html.largest_text import choose_largest, chosen_letters, leave_out_navigation
from tui.documents.html.lead import choose_lead
from tui.documents.html.page import Element
from tui.documents.html.page_blocks import PageBlock, page_blocks
from tui.documents.html.related_links import leave_out
from tui.documents.html.rendering import render
from tui.documents.html.selection import choose

_SHORT = 500
"""Letters of an extract from which the extractor is believed."""
_MANY_TIMES = 3


def article_blocks(tree: Element, description: str | None, *, is_large: bool, is_part: bool) -> list[Block]:
    """The article's text; empty if the page has none.

    `description` is the page's own summary of the article. `is_part` is true for a part of a page, as a browser's
    reader view saves it: all of its text is the article.
    """
    blocks = page_blocks(tree)
    extracted = extract(tree, is_large=is_large)
    if extracted is not None and not choose(blocks, extracted):
        return extracted.blocks
    choose_cells(blocks)
    if is_part or chosen_letters(blocks) < _SHORT:
        leave_out_navigation(blocks)
    if is_part:
        choose_largest(blocks)
    elif chosen_letters(blocks) < _SHORT:
        _choose_more(blocks)
    leave_out(blocks)
    choose_lead(blocks, description)
    return list(render(blocks))


def _choose_more(blocks: Sequence[PageBlock]) -> None:
    """Chooses the largest text instead, if the extractor has missed most of it."""
    before = [[piece.chosen for piece in block.pieces] for block in blocks]
    letters_before = chosen_letters(blocks)
    for block in blocks:
        for piece in block.pieces:
            piece.chosen = False
    if choose_largest(blocks) and chosen_letters(blocks) >= _MANY_TIMES * letters_before:
        return
    for block, states in zip(blocks, before, strict=True):
        for piece, chosen in zip(block.pieces, states, strict=True):
            piece.chosen = chosen
