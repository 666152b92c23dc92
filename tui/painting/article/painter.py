"""A whole row of the page: ledger, bar, words, and the ground below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

from tui.painting.article.page import Page
from tui.painting.article.rows import Overlay, RowPainter
from tui.painting.styles import Styles
from tui.session.session import Session

if TYPE_CHECKING:
    from tui.painting.version_columns import VersionColumns


class PagePainter:
    """Makes the rows of a page."""

    def __init__(
        self,
        session: Session,
        page: Page,
        words: RowPainter,
        styles: Styles,
        overlay: Overlay,
        columns: VersionColumns | None = None,
    ) -> None:
        self._columns = columns
        self._session = session
        self._page = page
        self._words = words
        self._styles = styles
        self._overlay = overlay

    def segments(self, index: int, row: int) -> list[Segment]:
        """Row `row` of block `index`, as wide as the page; the one after its last is blank."""
        page, styles = self._page, self._styles
        block, width = page.blocks[index], page.width
        if row >= len(block.rows):
            return [Segment(" " * width, styles.ground)]
        cursor = self._overlay.cursor
        current = cursor in block.sentences and row in block.rows_with(cursor)
        gutter = (
            []
            if page.flows
            else [*self._versions(index), *self._ledger(index)]
            if row == 0
            else [Segment(" " * page.gutter, styles.ground)]
        )
        if current:
            gutter = _in_style_of_neighbour([*gutter, Segment("▌", styles.bar)])
        else:
            gutter.append(Segment(" ", styles.ground))
        beside = styles.ground if page.flows else styles.text(None, heading=False, current=current)
        words = self._words.segments(block, *block.rows[row])
        cells = sum(cell_len(piece.text) for piece in words)
        rest = max(0, page.blocks.measure + 1 - cells)
        return [
            Segment(" " * page.margin, gutter[0].style),
            *gutter,
            Segment(" ", beside),
            *words,
            Segment(" " * rest, beside),
            Segment(" " * max(0, width - page.text_x - cells - rest), styles.ground),
        ]

    def heads(self) -> list[Segment]:
        """The row above the text: blank, or the numbers of the annotators' columns."""
        page, styles = self._page, self._styles
        if self._columns is None or page.flows:
            return [Segment(" " * page.width, styles.ground)]
        return [Segment(" " * page.margin, styles.ground), *self._columns.heads()]

    def _versions(self, sentence: int) -> list[Segment]:
        if self._columns is None:
            return []
        return self._columns.of(sentence, dimmed=self._words.is_dimmed(sentence))

    def _ledger(self, sentence: int) -> list[Segment]:
        """A cell a tag, then `?` where the sentence is flagged unsure."""
        styles, tags = self._styles, self._session.scheme.tags
        annotation = self._session.annotation(sentence)
        if annotation is None:
            return [Segment("·" * len(tags) + " ", styles.faint)]
        # Tags of an undecided sentence, such as a hint added, are dim: it must not look done.
        dimmed = self._words.is_dimmed(sentence) or not annotation.decided
        if annotation.decided and not annotation.tags:
            cells = [Segment("–" * len(tags), styles.dim)]
        else:
            cells = [
                Segment(tag.letter, styles.dim if dimmed else styles.tags[tag.id])
                if tag.id in annotation.tags
                else Segment("·", styles.faint)
                for tag in tags
            ]
        return [
            *cells,
            Segment("?", styles.dim if self._words.is_dimmed(sentence) else styles.accent)
            if annotation.unsure
            else Segment(" ", cells[-1].style),
        ]


def _in_style_of_neighbour(segments: list[Segment]) -> list[Segment]:
    """Blanks at the left in the style of what follows them: one change of style less on the wire."""
    first, *rest = segments
    return [Segment(first.text, rest[0].style), *rest] if first.text.isspace() and rest else segments
