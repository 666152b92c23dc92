"""Blocks of text: what formats with markup are read into, and the text they make together."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec


class Block(msgspec.Struct, frozen=True):
    """A paragraph, heading, list item or table row, without markup."""

    text: str
    is_heading: bool = False
    is_tight: bool = False
    """True if no blank line separates it from the block before."""


def join(blocks: Sequence[Block]) -> tuple[str, tuple[int, ...]]:
    """The blocks as one text, and the offsets of its headings."""
    pieces: list[str] = []
    headings: list[int] = []
    length = 0
    for block in blocks:
        gap = "" if not pieces else "\n" if block.is_tight else "\n\n"
        pieces += (gap, block.text)
        if block.is_heading:
            headings.append(length + len(gap))
        length += len(gap) + len(block.text)
    return "".join(pieces), tuple(headings)


def tidy(text: str) -> str:
    """The text with runs of blanks collapsed and lines stripped; no-break spaces are kept."""
    lines = (re.sub(r"[ \t\r\f\v]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
