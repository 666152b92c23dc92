"""The pieces of a corrected text: what stays, what is deleted, what is inserted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from tui.model.annotation import Span

Kind = Literal["kept", "deleted", "inserted"]


class Piece(NamedTuple):
    """A piece of the corrected text."""

    kind: Kind
    text: str
    start: int
    """Code points into the article's text; of an insertion, where it goes."""
    mark: str | None = None
    """The id of the span that deletes or inserts it."""


class Part(NamedTuple):
    """A piece before the blanks around it are looked at. It is a blank, or has none at its ends unless deleted."""

    piece: Piece
    is_blank: bool = False
    old: tuple[int, int] | None = None
    """The bounds in the article of what it replaces, without blanks at the ends; of kept words, their own.
    None for an omission."""


def parts_of(text: str, start: int, end: int, spans: Sequence[Span]) -> list[Part]:
    """The parts of `text[start:end]`; `spans` have corrections, do not overlap, and are in order."""
    parts: list[Part] = []
    offset = start
    for span in spans:
        parts += _kept(text, offset, span.start)
        old = None
        if span.start < span.end:
            parts.append(Part(Piece("deleted", text[span.start : span.end], span.start, span.id)))
            first, last = _trimmed(text, span.start, span.end)
            old = (first, last) if first < last else None
        correction = span.correction or ""
        first, last = _trimmed(correction, 0, len(correction))
        for words, is_blank in (
            (correction[:first], True),
            (correction[first:last], False),
            (correction[last:], True),
        ):
            if words:
                piece = Piece("inserted", words, span.start, span.id)
                parts.append(Part(piece, is_blank, None if is_blank else old))
        offset = span.end
    parts += _kept(text, offset, end)
    return parts


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, with neighbours of the same kind and mark as one; what a mark deletes comes before what it inserts."""
    result: list[Piece] = []
    for piece in pieces:
        is_behind = (
            piece.kind == "deleted"
            and result
            and result[-1].kind == "inserted"
            and result[-1].mark == piece.mark
        )
        insertion = result.pop() if is_behind else None
        if result and result[-1].kind == piece.kind and result[-1].mark == piece.mark:
            piece = result[-1]._replace(text=result.pop().text + piece.text)
        result.append(piece)
        if insertion is not None:
            result.append(insertion)
    return result


def _kept(text: str, start: int, end: int) -> Iterator[Part]:
    first, last = _trimmed(text, start, end)
    for a, b in ((start, first), (first, last), (last, end)):
        if a < b:
            is_blank = (a, b) != (first, last)
            yield Part(Piece("kept", text[a:b], a), is_blank, None if is_blank else (a, b))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds without blanks at the ends; both are `end` if there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
