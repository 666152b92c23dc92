"""A whole row of the screen: ledger, bar, words, and the ground that they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from tui.reader.article_view.page import Page
from tui.reader.article_view.rows import Overlay, RowPainter
from tui.session.session import Session
from tui.widgets.styles import Styles

if TYPE_CHECKING:
    from tui.reader.version_columns import VersionColumns


class PagePainter:
    """Makes the strips of a page."""

    def __init__(
        self,
        session: Session,
        page: Page,
        words: RowPainter,
        ink: Styles,
        overlay: Overlay,
        columns: VersionColumns | None = None,
    ) -> None:
        self._columns = columns
        self._session = session
        self._page = page
        self._words = words
        self._ink = ink
        self._overlay = overlay

    def strip(self, index: int, row: int) -> Strip:
        """Row `row` of block `index`; the one behind its last is blank."""
        page, ink = self._page, self._ink
        block, width = page.blocks[index], page.size.width
        if row >= len(block.rows):
            return Strip.blank(width, ink.ground)
        cursor = self._overlay.cursor
        current = cursor in block.sentences and row in block.rows_with(cursor)
        gutter = (
            []
            if page.flows
            else [*self._versions(index), *self._ledger(index)]
            if row == 0
            else [Segment(" " * page.gutter, ink.ground)]
        )
        if current:
            gutter = _in_style_of_neighbour([*gutter, Segment("▌", ink.bar)])
        else:
            gutter.append(Segment(" ", ink.ground))
        beside = ink.ground if page.flows else ink.text(None, heading=False, current=current)
        words = self._words.segments(block, *block.rows[row])
        cells = sum(cell_len(piece.text) for piece in words)
        rest = max(0, page.blocks.measure + 1 - cells)
        segments = [
            Segment(" " * page.margin, gutter[0].style),
            *gutter,
            Segment(" ", beside),
            *words,
            Segment(" " * rest, beside),
            Segment(" " * max(0, width - page.text_x - cells - rest), ink.ground),
        ]
        return Strip(segments).simplify().adjust_cell_length(width, ink.ground)

    def _versions(self, sentence: int) -> list[Segment]:
        if self._columns is None:
            return []
        return self._columns.of(sentence, dimmed=self._words.is_dimmed(sentence))

    def _ledger(self, sentence: int) -> list[Segment]:
        """A cell a tag, then `?` where the sentence is flagged unsure."""
        ink, tags = self._ink, self._session.scheme.tags
        said = self._session.annotation(sentence)
        if said is None:
            return [Segment("·" * len(tags) + " ", ink.faint)]
        dimmed = self._words.is_dimmed(sentence)
        if said.decided and not said.tags:
            cells = [Segment("–" * len(tags), ink.dim)]
        else:
            cells = [
                Segment(tag.letter, ink.dim if dimmed else ink.tags[tag.id])
                if tag.id in said.tags
                else Segment("·", ink.faint)
                for tag in tags
            ]
        return [
            *cells,
            Segment("?", ink.dim if dimmed else ink.accent) if said.unsure else Segment(" ", cells[-1].style),
        ]


def _in_style_of_neighbour(segments: list[Segment]) -> list[Segment]:
    """Blanks at the left in the style of what follows them: one change of style less on the wire."""
    first, *rest = segments
    return [Segment(first.text, rest[0].style), *rest] if first.text.isspace() and rest else segments
