"""The text with every correction applied. The article's own text never changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from tui.model.annotation import Annotation, Span

Kind = Literal["kept", "deleted", "inserted"]


class Piece(NamedTuple):
    """A piece of the corrected text."""

    kind: Kind
    text: str
    start: int
    """Code points into the article's text; of an insertion, where it goes."""


def pieces(text: str, start: int, end: int, spans: Iterable[Span]) -> Iterator[Piece]:
    """`text[start:end]` with the corrections of `spans`: pieces that stay, are deleted, or are inserted.

    Of overlapping corrections, which merged sentences may have, only the first is applied.
    """
    offset = start
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if span.correction is None or span.start < offset:
            continue
        if span.start > offset:
            yield Piece("kept", text[offset : span.start], offset)
        if span.end > span.start:
            yield Piece("deleted", text[span.start : span.end], span.start)
        if span.correction:
            yield Piece("inserted", span.correction, span.start)
        offset = span.end
    if end > offset:
        yield Piece("kept", text[offset:end], offset)


def corrected(text: str, annotations: Iterable[Annotation]) -> str:
    """The whole text with every correction applied."""
    spans = [span for annotation in annotations for span in annotation.spans]
    return "".join(piece.text for piece in pieces(text, 0, len(text), spans) if piece.kind != "deleted")
