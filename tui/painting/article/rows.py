"""One row of the shown text as styled pieces: which mark covers which, and letters on the words to choose from."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from rich.cells import cell_len, split_graphemes
from rich.segment import Segment
from rich.style import Style

from tui.model.annotation import Span
from tui.model.article import Entity
from tui.painting.article.blocks import Block
from tui.painting.article.flow import Content, Part
from tui.painting.article.text_styles import MAJOR, Look, TextStyles
from tui.painting.wrap import is_one_cell_a_character, thinned
from tui.session.focus import focus_of, focus_of_hint
from tui.session.session import Session

if TYPE_CHECKING:
    from typing import Protocol

    class _Marked(Protocol):
        """Anything over a stretch of the article."""

        @property
        def start(self) -> int: ...
        @property
        def end(self) -> int: ...


Stretch = tuple[int, int]
"""Start and end, in code points of the article's text."""

Matches = Callable[[int, int], list[Stretch]]
"""What was searched for, as far as it reaches into a stretch."""


def no_matches(start: int, end: int) -> list[Stretch]:
    return []


Run = tuple[int, int, Look]
"""Start and end, as positions in the shown text, of a piece of one look."""

_QUOTATION_MARKS = frozenset("«»“”„‟\"‹›‘’‚'")
_POINTERS = str.maketrans("[]{}", "▸◂▸◂")
"""For brackets, round the focused mark."""


class Overlay:
    """What is shown over the text, besides its annotations."""

    def __init__(
        self,
        cursor: int,
        *,
        mark: str | None = None,
        letters: Mapping[int, str] | None = None,
        pointed_at: Collection[int] | None = None,
        matches: Matches = no_matches,
    ) -> None:
        self.cursor = cursor
        """Index of the current sentence."""
        self.mark = mark
        """The id of the mark that has the focus."""
        self.letters = letters or {}
        """What to lay over the words that begin at these offsets, in order."""
        self.chosen: Stretch | None = None
        self.pointed_at = pointed_at
        """The sentences with words to choose from: all others are dimmed. None while no words are chosen."""
        self.matches = matches


_Mark = TypeVar("_Mark", bound="_Marked")


class RowPainter:
    """Makes the pieces of a row."""

    def __init__(self, session: Session, text_styles: TextStyles, overlay: Overlay, *, signs: bool) -> None:
        self._session = session
        self._text_styles = text_styles
        self._overlay = overlay
        self._signs = signs
        self._known_tags = frozenset(tag.id for tag in session.scheme.tags)

    def is_dimmed(self, sentence: int) -> bool:
        pointed_at = self._overlay.pointed_at
        return pointed_at is not None and sentence not in pointed_at

    def base(self, block: Block, sentence: int) -> Look:
        """The look of a sentence where nothing covers it."""
        overlay = self._overlay
        tags = [
            tag for tag in block.contents[sentence - block.sentences.start].tags if tag in self._known_tags
        ]
        return Look(
            heading=self._is_heading(sentence),
            current=sentence == overlay.cursor,
            tag=tags[-1] if tags else None,
            dimmed=self.is_dimmed(sentence),
        )

    def _is_heading(self, sentence: int) -> bool:
        headings = self._session.article.headings
        index = bisect_left(headings, sentence)
        return index < len(headings) and headings[index] == sentence

    def segments(self, block: Block, start: int, end: int) -> list[Segment]:
        """The pieces of a row that shows the positions `[start, end)`."""
        text = block.flow.text
        runs = self._runs(block, start, end)
        if is_one_cell_a_character(text[start:end]):
            pieces = [(first, last, look) for first, last, look in runs]
        else:
            pieces = list(_whole_graphemes(text, start, end, runs))
        letters = self._letters(block, start, end)
        if letters:
            return self._with_letters(text, pieces, letters)
        return [
            Segment(self._worded(text[first:last], look), self._style(look)) for first, last, look in pieces
        ]

    def _worded(self, text: str, look: Look) -> str:
        if look.bar:
            return "▌"
        if look.sign and look.focused and self._signs:
            return text.translate(_POINTERS)
        return thinned(text)

    def _style(self, look: Look) -> Style:
        return self._text_styles.style(look)

    # -- what covers what --------------------------------------------------

    def _runs(self, block: Block, start: int, end: int) -> Iterator[Run]:
        for part, first, last in block.flow.parts_in(start, end):
            content = block.contents[part.sentence - block.sentences.start]
            base = self.base(block, part.sentence)
            focused = part.mark is not None and part.mark == self._overlay.mark
            if part.kind == "gap":
                before_current = self._signs and part.sentence + 1 == self._overlay.cursor
                yield first, last, Look(bar=before_current, dimmed=base.dimmed)
            elif base.dimmed:
                yield first, last, base
            elif part.kind == "sign":
                yield (
                    first,
                    last,
                    base._replace(sign=True, severity=self._loudness(content, part), focused=focused),
                )
            elif part.kind == "inserted":
                yield first, last, base._replace(inserted=True, focused=focused)
            else:
                yield from self._over_text(part, first, last, content, base)

    def _loudness(self, content: Content, part: Part) -> int:
        if part.mark is None:
            return 0
        return next(
            (self._text_styles.loudness(s.severity) for s in content.spans if s.id == part.mark), MAJOR
        )

    def _over_text(self, part: Part, first: int, last: int, content: Content, base: Look) -> Iterator[Run]:
        shift = part.offset - part.at
        start, end = first + shift, last + shift
        overlay, article = self._overlay, self._session.article
        deleted = part.kind == "deleted"
        spans = _overlapping(content.spans, start, end)
        quotes = _overlapping(content.quotes, start, end)
        entities = _overlapping(self._session.entities(part.sentence), start, end)
        hints = _overlapping(content.hints, start, end)
        matches = overlay.matches(start, end)
        marks = [
            (offset, offset + 1)
            for quote in quotes
            for offset in (quote.start, quote.end - 1)
            if article.text[offset] in _QUOTATION_MARKS
        ]
        chosen = [overlay.chosen] if overlay.chosen is not None else []
        stretches = [
            *((mark.start, mark.end) for mark in (*spans, *quotes, *entities, *hints)),
            *matches,
            *marks,
            *chosen,
        ]
        cuts = {start, end, *(offset for stretch in stretches for offset in stretch if start < offset < end)}
        for here, there in itertools.pairwise(sorted(cuts)):
            over = [span for span in spans if span.start <= here < span.end]
            quoting = [quote for quote in quotes if quote.start <= here < quote.end]
            asking = [hint for hint in hints if hint.start <= here < hint.end]
            entity = next((mark for mark in entities if mark.start <= here < mark.end), None)
            look = base._replace(
                entity=entity.label if entity is not None else None,
                hinted=bool(asking),
                severity=0 if deleted else self._loudest(over),
                quoted=bool(quoting),
                quotation_mark=_covers(marks, here),
                focused=_is_focused(
                    overlay.mark,
                    [*(mark.id for mark in (*over, *quoting)), *(map(focus_of_hint, asking))],
                    entity,
                ),
                matched=_covers(matches, here) * (2 if base.current else 1),
                chosen=_covers(chosen, here),
                deleted=deleted,
            )
            yield here - shift, there - shift, look

    def _loudest(self, spans: Sequence[Span]) -> int:
        """The severity that shows; none in reverse next to letters, which are in reverse themselves."""
        loudest = max((self._text_styles.loudness(span.severity) for span in spans), default=0)
        return min(loudest, MAJOR) if self._overlay.letters else loudest

    # -- letters -----------------------------------------------------------

    def _letters(self, block: Block, start: int, end: int) -> dict[int, str]:
        """The letters on this row, by position."""
        letters = self._overlay.letters
        if not letters:
            return {}
        by_position: dict[int, str] = {}
        for part, first, last in block.flow.parts_in(start, end):
            if part.kind in {"text", "deleted"}:
                shift = part.offset - part.at
                for position in range(first, last):
                    label = letters.get(position + shift)
                    if label:
                        by_position[position] = label
        return by_position

    def _with_letters(self, text: str, runs: list[Run], letters: Mapping[int, str]) -> list[Segment]:
        """The pieces with letters over the first cells of words, as far as the next word's letter.

        A word that has no cell of its own gets none.
        """
        cells = [(start, end, wide, look) for start, end, wide, look in _graphemes(text, runs)]
        lettered = [start in letters and wide > 0 for start, _, wide, _ in cells]
        painted: list[Segment] = []
        turn, follows = 0, False
        covered = 0
        """Cells of what follows that letters lie over already."""
        for index, (start, end, wide, look) in enumerate(cells):
            if lettered[index]:
                room, after = wide, index + 1
                while after < len(cells) and not lettered[after]:
                    room += cells[after][2]
                    after += 1
                label = letters[start] if after == len(cells) else letters[start][:room]
                turn = 1 - turn if follows else 0
                painted.append(Segment(label, self._text_styles.letters[turn]))
                covered, follows = cell_len(label), True
            if covered and covered >= wide:
                covered -= wide
                continue
            words = " " * (wide - covered) if covered else self._worded(text[start:end], look)
            painted.append(Segment(words, self._style(look)))
            covered, follows = 0, False
        return painted


def _covers(stretches: Sequence[Stretch], offset: int) -> bool:
    return any(start <= offset < end for start, end in stretches)


def _is_focused(focus: str | None, marks: Collection[str], entity: Entity | None) -> bool:
    if focus is None:
        return False
    return focus in marks or (entity is not None and focus_of(entity) == focus)


def _overlapping(marks: Sequence[_Mark], start: int, end: int) -> list[_Mark]:
    return [mark for mark in marks if mark.start < end and start < mark.end]


def _whole_graphemes(text: str, start: int, end: int, runs: Iterator[Run]) -> Iterator[Run]:
    """The runs with their borders moved to the end of the grapheme that they cut."""
    borders = [start + last for _, last, _ in split_graphemes(text[start:end])[0]]
    position = start
    for _, last, look in runs:
        stop = borders[bisect_left(borders, last)] if last < end else end
        if stop > position:
            yield position, stop, look
            position = stop


def _graphemes(text: str, runs: Sequence[Run]) -> Iterator[tuple[int, int, int, Look]]:
    """Start, end, cells and look of each grapheme of the runs."""
    for start, end, look in runs:
        for first, last, wide in split_graphemes(text[start:end])[0]:
            yield start + first, start + last, wide, look
