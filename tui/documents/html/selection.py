"""Choosing the blocks of the page that are the article."""

from __future__ import annotations

from collections.abc import Sequence

from tui.documents.html.alignment import Alignment
from tui.documents.html.extraction import Extract
from tui.documents.html.page_blocks import PageBlock

LEAST_SHARE = 0.5
"""Share of a block's letters from which the extractor has chosen the block."""
MOST_MISSING = 0.1
"""Share of the extract's letters that may be missing from the page."""


def choose(blocks: Sequence[PageBlock], extract: Extract) -> bool:
    """Marks the pieces of the page that the extract has. False if the extract is not the page's text."""
    pieces = [piece for block in blocks for piece in block.pieces]
    aligned = Alignment([piece.text for piece in pieces], extract.texts, [block.text() for block in blocks])
    if aligned.missing.count(1) > MOST_MISSING * len(aligned.missing):
        return False
    number = 0
    for block in blocks:
        shares = [aligned.share(number + offset) for offset in range(len(block.pieces))]
        _choose_pieces(block, shares)
        number += len(block.pieces)
    return True


def _choose_pieces(block: PageBlock, shares: Sequence[float | None]) -> None:
    counted = [
        (share * len(piece.text), len(piece.text))
        for piece, share in zip(block.pieces, shares, strict=True)
        if share is not None
    ]
    if not counted:
        return
    share = sum(chosen for chosen, _ in counted) / sum(length for _, length in counted)
    if share >= LEAST_SHARE:
        choose_block(block)
        return
    # Part of a block: what is between two chosen pieces belongs to it.
    chosen = [number for number, share in enumerate(shares) if share is not None and share >= LEAST_SHARE]
    if chosen:
        first, last = chosen[0], chosen[-1]
        while first > 0 and _is_within_word(block, first):
            first -= 1
        while last + 1 < len(block.pieces) and _is_within_word(block, last + 1):
            last += 1
        for piece in block.pieces[first : last + 1]:
            piece.chosen = True


def _is_within_word(block: PageBlock, index: int) -> bool:
    """True if the piece `index` goes on with the word of the piece before."""
    return not (block.pieces[index - 1].text[-1:].isspace() or block.pieces[index].text[:1].isspace())


def choose_block(block: PageBlock) -> None:
    for piece in block.pieces:
        piece.chosen = True
