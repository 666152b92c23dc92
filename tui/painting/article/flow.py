"""Text as it is shown: the article's own with what the view puts between it, and where each part comes from.

Positions are code points of the shown text, offsets are code points of the article's. Every character of the
article's sentences is there exactly once and in order, so either can be found from the other; only at the line ends
of hard-wrapped text are the hyphen and break of a cut word, indentation and the `>` of quoted mail left out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from tui.model.annotation import Quote, Span
from tui.model.article import Article
from tui.model.hint import Hint
from tui.session.corrected_text import Piece, pieces
from tui.text.clean import visible

if TYPE_CHECKING:
    from tui.painting.article.line_ends import LineEnds

CARET = "‸"
"""Where an omission was marked."""

Kind = Literal["text", "deleted", "inserted", "sign", "gap"]
"""The article's words; those that a correction takes away; those that it brings; what the view adds: a sign, or
the space between two sentences of a paragraph."""

_OF_THE_ARTICLE = frozenset({"text", "deleted"})
_OPENS, _CLOSES = "[", "]"


class Part(NamedTuple):
    """A stretch of the shown text that comes from one place."""

    at: int
    """Its position."""
    kind: Kind
    sentence: int
    """Index of the sentence that it belongs to; of a gap, the one before it."""
    offset: int
    """Where it is in the article, or where it would be inserted."""
    mark: str | None = None
    """The id of the span that it was put there for."""


class Content(NamedTuple):
    """What the look of a sentence's text depends on."""

    spans: Sequence[Span] = ()
    quotes: Sequence[Quote] = ()
    tags: Sequence[str] = ()
    """Ids of the tags that tint it."""
    sign: str = ""
    """Stands before the sentence."""
    hints: Sequence[Hint] = ()
    """Those that wait for an answer."""


class Flow:
    """The shown text of one or more sentences."""

    def __init__(self) -> None:
        self.text = ""
        self.parts: list[Part] = []
        self._own_offsets: list[int] = []
        """Offsets of the parts that are the article's own, and below, which parts those are."""
        self._own: list[int] = []

    def part_end(self, index: int) -> int:
        """The position at which a part ends."""
        return self.parts[index + 1].at if index + 1 < len(self.parts) else len(self.text)

    def parts_in(self, start: int, end: int) -> Iterator[tuple[Part, int, int]]:
        """The parts in a stretch of positions, each with the start and end of what is in the stretch."""
        index = self._index_at(start)
        while index < len(self.parts) and self.parts[index].at < end:
            part = self.parts[index]
            yield part, max(start, part.at), min(end, self.part_end(index))
            index += 1

    def offset(self, position: int) -> int:
        """The offset that is shown at a position, or that what is shown there belongs to."""
        part = self.parts[self._index_at(position)]
        return part.offset + (position - part.at if part.kind in _OF_THE_ARTICLE else 0)

    def sentence(self, position: int) -> int:
        """The index of the sentence that is shown at a position."""
        return self.parts[self._index_at(position)].sentence

    def position(self, offset: int) -> int:
        """Where the character at an offset of these sentences is shown."""
        own_index = max(0, bisect_right(self._own_offsets, offset) - 1)
        index = self._own[own_index]
        part = self.parts[index]
        return min(part.at + max(0, offset - part.offset), self.part_end(index))

    def stretch(self, sentence: int) -> tuple[int, int]:
        """The positions between which a sentence is shown, with its signs."""
        inside = [i for i, part in enumerate(self.parts) if part.sentence == sentence and part.kind != "gap"]
        return self.parts[inside[0]].at, self.part_end(inside[-1])

    def _index_at(self, position: int) -> int:
        return max(0, bisect_right(self.parts, position, key=_position_of) - 1)

    def put_own(
        self,
        kind: Kind,
        article: Article,
        start: int,
        end: int,
        sentence: int,
        mark: str | None,
        line_ends: LineEnds | None,
    ) -> None:
        """Add the article's text between two offsets, without what `line_ends` hides."""
        for first, last in line_ends.hidden(start, end) if line_ends is not None else ():
            if start < first:
                self.put(kind, article.text[start:first], sentence, start, mark)
            start = last
        self.put(kind, article.text[start:end], sentence, start, mark)

    def put(self, kind: Kind, text: str, sentence: int, offset: int, mark: str | None = None) -> None:
        """Add a part at the end."""
        if kind in _OF_THE_ARTICLE:
            self._own_offsets.append(offset)
            self._own.append(len(self.parts))
        self.parts.append(Part(len(self.text), kind, sentence, offset, mark))
        self.text += visible(text)


def flow(
    article: Article,
    sentences: range,
    contents: Sequence[Content],
    *,
    corrected: bool,
    signs: bool,
    line_ends: LineEnds | None = None,
) -> Flow:
    """What is shown of these sentences, one after the other.

    An omission shows a caret. With `signs` the other marks are in brackets; with `corrected` the
    corrections are shown as made. With `line_ends` words that a line cut in two are whole.
    """
    shown = Flow()
    for index, here in zip(sentences, contents, strict=True):
        if index > sentences.start and article.ends[index - 1] < article.starts[index]:
            shown.put("gap", " ", index - 1, article.ends[index - 1])
        if here.sign:
            shown.put("sign", here.sign, index, article.starts[index])
        _put_sentence(
            shown, article, index, here.spans, corrected=corrected, signs=signs, line_ends=line_ends
        )
    return shown


def _put_sentence(
    shown: Flow,
    article: Article,
    index: int,
    spans: Sequence[Span],
    *,
    corrected: bool,
    signs: bool,
    line_ends: LineEnds | None,
) -> None:
    start, end = article.starts[index], article.ends[index]
    corrections = spans if corrected else ()
    shown_pieces = pieces(article.text, start, end, corrections, article.language)
    made = {piece.mark for piece in shown_pieces}
    between = iter(_signs((span for span in spans if span.id not in made), signs=signs))
    sign = next(between, None)
    for number, piece in enumerate(shown_pieces):
        mark = piece.mark
        if piece.kind == "inserted":
            _put_framed(shown, piece, index, mark, ("{+", "+}") if signs else ("", ""))
            continue
        if piece.kind == "deleted" and signs:
            shown.put("sign", "[-", index, piece.start, mark)
        kind: Kind = "text" if piece.kind == "kept" else "deleted"
        offset, stop = piece.start, piece.start + len(piece.text)
        while sign is not None and sign[0] < stop:
            if sign[0] > offset:
                shown.put_own(kind, article, offset, sign[0], index, mark, line_ends)
                offset = sign[0]
            shown.put("sign", sign[1], index, offset, sign[2])
            sign = next(between, None)
        shown.put_own(kind, article, offset, stop, index, mark, line_ends)
        if piece.kind == "deleted":
            following = shown_pieces[number + 1] if number + 1 < len(shown_pieces) else None
            is_replaced = following is not None and following.kind == "inserted" and following.mark == mark
            after = ("-]" if signs else "") + (" " if is_replaced and not piece.text[-1:].isspace() else "")
            if after:
                shown.put("sign", after, index, stop, mark)
    while sign is not None:
        shown.put("sign", sign[1], index, end, sign[2])
        sign = next(between, None)
    if start == end:
        shown.put("text", "", index, start)


def _put_framed(shown: Flow, piece: Piece, index: int, mark: str | None, frame: tuple[str, str]) -> None:
    opening, closing = frame
    if opening:
        shown.put("sign", opening, index, piece.start, mark)
    shown.put("inserted", piece.text, index, piece.start, mark)
    if closing:
        shown.put("sign", closing, index, piece.start, mark)


def _signs(spans: Iterable[Span], *, signs: bool) -> list[tuple[int, str, str]]:
    """Offset, sign and the mark's id: what ends before what begins, and the longest mark outermost."""
    ordered: list[tuple[int, int, int, str, str]] = []
    for span in spans:
        if span.start == span.end:
            ordered.append((span.start, 1, 0, CARET, span.id))
        elif signs:
            ordered.append((span.start, 2, -span.end, _OPENS, span.id))
            ordered.append((span.end, 0, -span.start, _CLOSES, span.id))
    return [(offset, sign, mark) for offset, _, _, sign, mark in sorted(ordered)]


def _position_of(part: Part) -> int:
    return part.at
