"""The text of the chosen blocks of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from tui.documents.blocks import Block, tidy
from tui.documents.html.page import Element
from tui.documents.html.page_blocks import PageBlock
from tui.documents.html.superscripts import JOINER

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ue000-\uf8ff]")
"""Hyphenation and direction marks, and the private use area, where web fonts have their pictures."""

_BEFORE_NOTE = re.compile(f"[ \\t\\n⍽⎵]?{JOINER}")
"""What parts the number of a note from its word."""


def render(blocks: Sequence[PageBlock]) -> Iterator[Block]:
    """The chosen text: list items and table rows without a blank line between them.

    The cells of a row are on one line with ` | ` between them, unless one of them has several blocks.
    """
    previous_list: Element | None = None
    previous_table: Element | None = None
    chosen = [block for block in blocks if any(piece.chosen for piece in block.pieces)]
    for row, group in groupby(chosen, key=lambda block: block.row):
        members = list(group)
        if row is not None and _is_plain_row(members):
            cells = [text for block in members if (text := _chosen_text(block))]
            table = _table(row)
            if cells:
                yield Block(" | ".join(cells), is_tight=table is previous_table)
                previous_list, previous_table = None, table
            continue
        previous_table = None
        for block in members:
            if text := _chosen_text(block):
                is_tight = block.items is not None and block.items is previous_list
                yield Block(text, block.is_heading, is_tight)
                previous_list = block.items


def _table(row: Element) -> Element:
    """The table of a row, which may be in a group of rows."""
    group = row.getparent()
    if group is None or group.tag == "table":
        return row if group is None else group
    table = group.getparent()
    return group if table is None else table


def _is_plain_row(blocks: Sequence[PageBlock]) -> bool:
    """True if no cell has more than one block or line."""
    cells = [block.cell for block in blocks]
    return len(set(map(id, cells))) == len(cells) and not any(
        piece.is_break for block in blocks for piece in block.pieces
    )


def _chosen_text(block: PageBlock) -> str:
    text = "".join(piece.text for piece in block.pieces if piece.chosen)
    text = without_invisible(_BEFORE_NOTE.sub("", text))
    return text.strip("\n").rstrip() if block.tag == "pre" else tidy(text)


def without_invisible(text: str) -> str:
    return _INVISIBLE.sub("", text)
