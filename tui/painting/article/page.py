"""What of the article is on the screen: which rows, and which words under which cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.cells import split_graphemes

from tui.painting.article.blocks import Block, Blocks
from tui.painting.article.viewport import BlockRow, Viewport
from tui.session.session import Session

if TYPE_CHECKING:
    from tui.painting.version_columns import VersionColumns

MEASURE = 72
"""Widest line of text, in cells; 60 to 80 read best."""

TOP_MARGIN = 1
"""Blank rows above the text."""


class Page:
    """A window on the blocks of an article."""

    def __init__(self, session: Session, *, signs: bool, columns: VersionColumns | None = None) -> None:
        self._session = session
        self._columns = columns
        self.blocks = Blocks(
            session, signs=signs, annotation_of=columns.annotation if columns is not None else None
        )
        self._viewport = Viewport(len(self.blocks), self.blocks.rows_of)
        self._ledger_cells = len(session.scheme.tags) + 1
        self.width, self.height = 0, 0
        self.margin = 0
        """Blank cells left of everything."""
        self.visible: list[BlockRow] = []
        """From top to bottom."""

    @property
    def flows(self) -> bool:
        """True if it is laid out as prose."""
        return self.blocks.layout_as == "prose"

    @property
    def gutter(self) -> int:
        """Cells of the ledger with the one for unsure, and of columns before it; flowing text has none."""
        if self.flows:
            return 0
        return self._ledger_cells + (self._columns.cells if self._columns is not None else 0)

    @property
    def text_x(self) -> int:
        """The cell where text begins: after margin, gutter, bar and a blank."""
        return self.margin + self.gutter + 2

    @property
    def text_end(self) -> int:
        """The cell after the widest line and the blank that follows it."""
        return self.text_x + self.blocks.measure + 1

    @property
    def text_rows(self) -> int:
        """Rows of text that fit."""
        return self._viewport.height

    @property
    def is_laid_out(self) -> bool:
        """True once it has a size that shows anything."""
        return self.width > 0 and self.height > 0

    # -- which rows --------------------------------------------------------

    def fit(self, width: int, height: int) -> None:
        """Lay the text out for a view of so many cells and rows, and keep what is at the top there."""
        anchor = self.anchor(None) if self.is_laid_out else (0, 0)
        self.width, self.height = width, height
        self.lay_out(*anchor)

    def lay_out(self, offset: int, y: int) -> None:
        """Lay out all rows again, so that an offset is shown on a given row."""
        if self._columns is not None:
            self._columns.fit(self.width)
        beside_text = self.gutter + 3
        self.blocks.measure = max(10, min(MEASURE, self.width - beside_text - 2))
        self.margin = max(0, (self.width - self.blocks.measure - beside_text) // 2)
        self.blocks.forget()
        self._viewport.reset(len(self.blocks))
        self._viewport.resize(self.height - TOP_MARGIN)
        if len(self.blocks):
            self._viewport.put(self.blocks.row_of(offset), y)
        self.visible = self._viewport.rows()

    def anchor(self, sentence: int | None) -> tuple[int, int]:
        """An offset and the row that shows it: where a sentence begins if that is visible, else the first row."""
        if sentence is not None and len(self.blocks):
            start = self._session.article.starts[sentence]
            row = self.blocks.row_of(start)
            if row in self.visible:
                return start, self.visible.index(row)
        if not len(self.blocks):
            return 0, 0
        index, row = self._viewport.top
        block = self.blocks[index]
        return block.flow.offset(_text_row(block, row)[0]), 0

    def show(self, sentence: int) -> bool:
        """Bring a sentence into view; True if that moved the view."""
        index, rows = self.blocks.rows_showing(sentence)
        moved = self._viewport.show(index, rows if self.flows else None)
        self.visible = self._viewport.rows()
        return moved

    def scroll(self, rows: int) -> bool:
        """Move by rows, downwards when positive; True if that moved the view."""
        moved = self._viewport.scroll(rows)
        self.visible = self._viewport.rows()
        return moved

    def take_in_rows(self) -> None:
        """Some block has more or fewer rows than before."""
        self._viewport.resize(self._viewport.height)
        self.visible = self._viewport.rows()

    # -- what is where -----------------------------------------------------

    def rows_with(self, sentences: Iterable[int]) -> set[BlockRow]:
        """All rows that show something of these sentences, visible or not."""
        return {(index, row) for index, rows in map(self.blocks.rows_showing, sentences) for row in rows}

    def rows_with_text(self) -> set[BlockRow]:
        """The visible rows that are not blank."""
        return {(index, row) for index, row in self.visible if row < len(self.blocks[index].rows)}

    def stretches(self, index: int, row: int) -> list[tuple[int, int]]:
        """The stretches of the article's text that a row shows."""
        block = self.blocks[index]
        return [
            (first + part.offset - part.at, last + part.offset - part.at)
            for part, first, last in block.flow.parts_in(*block.rows[row])
            if part.kind in {"text", "deleted"}
        ]

    def sentences(self) -> list[int]:
        """The sentences of the blocks of which something is visible."""
        indexes = dict.fromkeys(index for index, _ in self.visible)
        return [sentence for index in indexes for sentence in self.blocks.sentences_of(index)]

    def first_sentence(self) -> int:
        """The first sentence that begins in view, or the one that fills it."""
        for index, row in self.visible:
            block = self.blocks[index]
            start, end = block.rows[row] if row < len(block.rows) else (0, 0)
            for part, _, _ in block.flow.parts_in(start, end):
                if part.kind != "gap" and block.flow.stretch(part.sentence)[0] >= start:
                    return part.sentence
        index, row = self._viewport.top
        block = self.blocks[index]
        return block.flow.sentence(_text_row(block, row)[0])

    def under(self, x: int, y: int) -> tuple[int, int] | None:
        """The sentence and the offset that a cell of the widget shows, or the nearest in its row."""
        y -= TOP_MARGIN
        if not 0 <= y < len(self.visible):
            return None
        index, row = self.visible[y]
        block = self.blocks[index]
        if row >= len(block.rows):
            sentence = block.sentences[-1]
            return sentence, self._session.article.ends[sentence]
        position = _position_at(block, row, x - self.text_x)
        return block.flow.sentence(position), block.flow.offset(position)


def _text_row(block: Block, row: int) -> tuple[int, int]:
    """The positions of a row, or of the last one before the blank row."""
    return block.rows[min(row, len(block.rows) - 1)]


def _position_at(block: Block, row: int, x: int) -> int:
    """The position that is shown in a cell of a row, else the row's first or last."""
    start, end = block.rows[row]
    cells = 0
    for first, _, wide in split_graphemes(block.flow.text[start:end])[0]:
        cells += wide
        if x < cells:
            return start + first
    return max(start, end - 1)
