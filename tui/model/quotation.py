"""Quotations found in an article. A quotation becomes a mark only if an annotator makes it one.

All offsets are code points into `Article.text`, end-exclusive.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

import msgspec

ORIGIN = "hint:quote"
"""Origin of an annotator's quote that has the bounds of a found quotation."""
_QUOTATIONS_PER_BLOCK = 1000
"""Number of quotations that are stored and decoded together."""


class Quotation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Words that someone says, without the quotation marks; may cover several sentences and paragraphs."""

    start: int
    end: int
    speaker: str | None = None
    """The speaker as the sentence names them: a name, a noun or a pronoun; None if no rule is certain."""
    closed: bool = True
    """False if the quotation mark is never closed."""


class QuotationBlock(msgspec.Struct, frozen=True):
    """A block of an article's quotations, in order and undecoded."""

    start: int
    """Start of the first quotation."""
    quotations: msgspec.Raw


def quotation_blocks(quotations: Sequence[Quotation]) -> list[QuotationBlock]:
    """The blocks of quotations that an article stores; `quotations` must be sorted by start."""
    return [
        QuotationBlock(
            quotations[first].start,
            msgspec.Raw(msgspec.json.encode(quotations[first : first + _QUOTATIONS_PER_BLOCK])),
        )
        for first in range(0, len(quotations), _QUOTATIONS_PER_BLOCK)
    ]


def quotations_between(blocks: Sequence[QuotationBlock], start: int, end: int) -> list[Quotation]:
    """The quotations that start at `start` or later and before `end`, in order."""
    first = max(0, bisect_left(blocks, start, key=_start_of) - 1)
    last = bisect_left(blocks, end, key=_start_of)
    return [
        quotation
        for block in blocks[first:last]
        for quotation in _decoder.decode(block.quotations)
        if start <= quotation.start < end
    ]


def all_quotations(blocks: Sequence[QuotationBlock]) -> Iterator[Quotation]:
    """All quotations, in order."""
    for block in blocks:
        yield from _decoder.decode(block.quotations)


_decoder = msgspec.json.Decoder(list[Quotation])
_start_of = attrgetter("start")
