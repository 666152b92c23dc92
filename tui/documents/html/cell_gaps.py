"""Cells that the extractor leaves out of a table in the article, such as those with a list in them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tui.documents.html.page_blocks import PageBlock
from tui.documents.html.selection import choose_block

_MOST_BLOCKS = 40
_MOST_LETTERS = 2000
_MOST_LINKS = 0.5
"""Share of letters in links from which blocks count as navigation."""


def choose_cells(blocks: Sequence[PageBlock]) -> None:
    """Chooses the blocks of cells that are between two chosen blocks."""
    runs = [(chosen, list(run)) for chosen, run in groupby(blocks, key=_is_chosen)]
    for chosen, run in runs[1:-1]:
        if not chosen and _is_of_the_article(run):
            for block in run:
                choose_block(block)


def _is_chosen(block: PageBlock) -> bool:
    return any(piece.chosen for piece in block.pieces)


def _is_of_the_article(run: Sequence[PageBlock]) -> bool:
    if len(run) > _MOST_BLOCKS or any(block.cell is None or block.tag == "control" for block in run):
        return False
    letters = sum(len(block.text()) for block in run)
    links = sum(len(block.link_text()) for block in run)
    return letters <= _MOST_LETTERS and links < _MOST_LINKS * letters
