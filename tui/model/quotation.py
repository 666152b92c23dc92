"""A quotation as it was found in an article, which is nobody's mark until a person makes it one.

All offsets are code points into `Article.text`, end-exclusive.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

import msgspec

ORIGIN = "hint:quote"
"""Of an annotator's quotation that has the bounds of a found one."""
_A_BLOCK = 1000
"""Quotations that are stored, and decoded, together."""


class Quotation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody says, without its marks; it may run over sentences and paragraphs."""

    start: int
    end: int
    speaker: str | None = None
    """Who speaks, as the sentence says: a name, a noun or a pronoun; None where no rule is sure."""
    closed: bool = True
    """False where its mark was never closed."""


class QuotationBlock(msgspec.Struct, frozen=True):
    """Some of an article's quotations in their order, undecoded."""

    start: int
    """Where the first of them starts."""
    quotations: msgspec.Raw


def quotation_blocks(quotations: Sequence[Quotation]) -> list[QuotationBlock]:
    """Pack quotations, sorted by start, as an article stores them."""
    return [
        QuotationBlock(
            quotations[first].start, msgspec.Raw(msgspec.json.encode(quotations[first : first + _A_BLOCK]))
        )
        for first in range(0, len(quotations), _A_BLOCK)
    ]


def quotations_between(blocks: Sequence[QuotationBlock], start: int, end: int) -> list[Quotation]:
    """Those that start at `start` or after it, and before `end`, in order."""
    first = max(0, bisect_left(blocks, start, key=_start_of) - 1)
    last = bisect_left(blocks, end, key=_start_of)
    return [
        quotation
        for block in blocks[first:last]
        for quotation in _decoder.decode(block.quotations)
        if start <= quotation.start < end
    ]


def all_quotations(blocks: Sequence[QuotationBlock]) -> Iterator[Quotation]:
    """All of them, in order."""
    for block in blocks:
        yield from _decoder.decode(block.quotations)


_decoder = msgspec.json.Decoder(list[Quotation])
_start_of = attrgetter("start")
