"""The article: a sentence a line, the ledger at its left, the current sentence unmistakable.

One widget paints the whole text through Textual's Line API. It holds no object a sentence: rows are
wrapped when they come into view and forgotten again, and a move repaints the rows of two sentences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.model.article import Entity, EntityIndex
from tui.session.session import Session
from tui.text.clean import visible
from tui.widgets.ink import Ink
from tui.widgets.viewport import Place, Viewport
from tui.widgets.wrap import Row, is_one_cell_a_character, thinned, wrap

MEASURE = 72
"""Widest line of text, in cells; 60 to 80 read best."""

Reading = Literal["plain", "corrected"]
Layout = Literal["sentences", "prose"]

_TOP_MARGIN = 1
_WHEEL_ROWS = 3


class ArticleView(Widget):
    """Shows a session's article and its annotations. It changes neither: screens do, and call `touch`."""

    DEFAULT_CSS = "ArticleView { width: 1fr; height: 1fr; }"

    class Clicked(Message):
        """A sentence was clicked."""

        def __init__(self, sentence: int) -> None:
            super().__init__()
            self.sentence = sentence

    class Dragged(Message):
        """Words of one sentence were dragged over: offsets into the article's text."""

        def __init__(self, sentence: int, start: int, end: int) -> None:
            super().__init__()
            self.sentence = sentence
            self.start = start
            self.end = end

    def __init__(self, session: Session, ink: Ink) -> None:
        super().__init__()
        self._session = session
        self._mark: str | None = None
        self._letters: Mapping[int, str] | None = None
        self._chosen: tuple[int, int] | None = None
        self._found: Sequence[tuple[int, int]] = ()
        self._reading: Reading = "plain"
        self._layout_as: Layout = "sentences"
        self._article = session.article
        self._entities = EntityIndex(session.article)
        self._headings = frozenset(session.article.headings)
        self._ink = ink
        self._cursor = session.cursor
        self._ledger_cells = len(session.scheme.tags)
        self._margin = 0
        self._measure = MEASURE
        self._wraps: LRUCache[int, list[Row]] = LRUCache(1024)
        self._strips: LRUCache[Place, Strip] = LRUCache(512)
        self._visible: list[Place] = []
        self._viewport = Viewport(len(session.article), self._rows_of)
        self._laid_out_for = Size(0, 0)

    # -- what screens call -------------------------------------------------

    @property
    def cursor(self) -> int:
        return self._cursor

    def move_to(self, sentence: int, *, scroll: bool = True) -> None:
        """Make a sentence current and, unless `scroll` is off, bring it wholly into view."""
        if sentence != self._cursor:
            for changed in (self._cursor, sentence):
                self._forget(changed)
                self._repaint(changed)
            self._cursor = sentence
        if scroll and self._laid_out_for and self._viewport.show(sentence):
            self._scrolled()

    def touch(self, sentence: int) -> None:
        """Repaint what is left of a sentence, whose annotation has changed."""
        self._strips.discard((sentence, 0))
        self._repaint(sentence, cells=self._margin + self._ledger_cells + 1, rows=1)

    def page(self, direction: int) -> int:
        """Scroll by almost a screen, and return the sentence that should become current."""
        moved = self._viewport.scroll(direction * max(1, self._viewport.height - 2))
        if not moved:
            return 0 if direction < 0 else len(self._article) - 1
        self._scrolled()
        return self._viewport.first_sentence()

    def focus_mark(self, mark: str | None) -> None:
        """Show which mark of the current sentence keys apply to."""
        self._mark = mark

    def point(self, letters: Mapping[int, str] | None, chosen: tuple[int, int] | None = None) -> None:
        """Lay letters over the words that begin at these offsets, and mark what is chosen so far; None ends it."""
        self._letters, self._chosen = letters, chosen

    def found(self, matches: Sequence[tuple[int, int]]) -> None:
        """Highlight these stretches of the text, which are in order."""
        self._found = matches

    @property
    def reading(self) -> Reading:
        """Whether the text is shown as it is, or with the corrections made."""
        return self._reading

    @reading.setter
    def reading(self, reading: Reading) -> None:
        self._reading = reading

    @property
    def layout_as(self) -> Layout:
        """Whether each sentence begins a line, or paragraphs flow."""
        return self._layout_as

    @layout_as.setter
    def layout_as(self, layout: Layout) -> None:
        self._layout_as = layout

    def rebuilt(self) -> None:
        """The session's article has other sentences now."""
        self._article = self._session.article

    def entities_changed(self) -> None:
        """Read the article's entities anew and repaint."""
        self._entities = EntityIndex(self._article)
        self._strips.clear()
        self.refresh()

    def entities_of(self, sentence: int) -> Sequence[Entity]:
        return self._entities.of_sentence(sentence)

    # -- events ------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out(event.size)
        self.refresh()

    def _lay_out(self, size: Size) -> None:
        """Fit the text to the widget; once a size, and before the first line is painted."""
        if size == self._laid_out_for:
            return
        self._laid_out_for = size
        beside_text = self._ledger_cells + 4
        self._measure = max(10, min(MEASURE, size.width - beside_text - 2))
        self._margin = max(0, (size.width - self._measure - beside_text) // 2)
        self._wraps.clear()
        self._strips.clear()
        self._viewport.resize(size.height - _TOP_MARGIN)
        self._viewport.show(self._cursor)
        self._visible = self._viewport.rows()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, _WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -_WHEEL_ROWS)

    def on_click(self, event: events.Click) -> None:
        y = event.y - _TOP_MARGIN
        if 0 <= y < len(self._visible):
            self.post_message(self.Clicked(self._visible[y][0]))

    def _wheel(self, event: events.MouseEvent, rows: int) -> None:
        event.stop()
        if self._viewport.scroll(rows):
            self._scrolled()

    # -- geometry ----------------------------------------------------------

    def _rows_of(self, sentence: int) -> int:
        """Rows of a sentence, with the blank one that follows its paragraph."""
        return len(self._wrap(sentence)) + self._ends_paragraph(sentence)

    def _ends_paragraph(self, sentence: int) -> bool:
        article = self._article
        following = article.paragraph_of(sentence) + 1
        return following < len(article.paragraphs) and article.paragraphs[following] == sentence + 1

    def _wrap(self, sentence: int) -> list[Row]:
        rows = self._wraps.get(sentence)
        if rows is None:
            article = self._article
            rows = wrap(article.text, article.starts[sentence], article.ends[sentence], self._measure)
            self._wraps[sentence] = rows
        return rows

    def _scrolled(self) -> None:
        self._visible = self._viewport.rows()
        self.refresh()

    def _forget(self, sentence: int) -> None:
        for row in range(len(self._wrap(sentence))):
            self._strips.discard((sentence, row))

    def _repaint(self, sentence: int, cells: int | None = None, rows: int | None = None) -> None:
        """Mark a sentence's visible rows dirty, from the left edge to `cells`."""
        width = self.size.width if cells is None else cells
        for y, (shown, row) in enumerate(self._visible, _TOP_MARGIN):
            if shown == sentence and (rows is None or row < rows):
                self.refresh(Region(0, y, width, 1))

    # -- painting ----------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        self._lay_out(self.size)
        y -= _TOP_MARGIN
        if not 0 <= y < len(self._visible):
            return Strip.blank(self.size.width, self._ink.ground)
        place = self._visible[y]
        strip = self._strips.get(place)
        if strip is None:
            strip = self._strips[place] = self._paint(*place)
        return strip

    def _paint(self, sentence: int, row: int) -> Strip:
        rows = self._wrap(sentence)
        width = self.size.width
        ink = self._ink
        if row >= len(rows):
            return Strip.blank(width, ink.ground)
        current = sentence == self._cursor
        start, end = rows[row]
        gutter = self._ledger(sentence) if row == 0 else [Segment(" " * (self._ledger_cells + 1), ink.ground)]
        if current:
            gutter = _in_style_of_neighbour([*gutter, Segment("▌", ink.bar)])
        else:
            gutter.append(Segment(" ", ink.ground))
        plain = ink.text(None, heading=False, current=current)
        segments = [Segment(" " * self._margin, gutter[0].style), *gutter, Segment(" ", plain)]
        cells = 0
        for piece, label in self._pieces(sentence, start, end):
            style = ink.text(label, heading=sentence in self._headings, current=current)
            segments.append(Segment(piece, style))
            cells += len(piece) if is_one_cell_a_character(piece) else cell_len(piece)
        segments.append(Segment(" " * max(0, self._measure - cells + 1), plain))
        used = self._margin + self._ledger_cells + 3 + max(self._measure, cells) + 1
        segments.append(Segment(" " * max(0, width - used), ink.ground))
        return Strip(segments).simplify().adjust_cell_length(width, ink.ground)

    def _ledger(self, sentence: int) -> list[Segment]:
        """A cell a tag, then `?` where the sentence is flagged unsure."""
        ink = self._ink
        said = self._session.annotation(sentence)
        if said is None:
            return [Segment("·" * self._ledger_cells + " ", ink.faint)]
        if said.decided and not said.tags:
            cells = [Segment("–" * self._ledger_cells, ink.dim)]
        else:
            cells = [
                Segment(tag.letter, ink.tags[tag.id]) if tag.id in said.tags else Segment("·", ink.faint)
                for tag in self._session.scheme.tags
            ]
        return [*cells, Segment("?", ink.accent) if said.unsure else Segment(" ", cells[-1].style)]

    def _pieces(self, sentence: int, start: int, end: int) -> list[tuple[str, str | None]]:
        """The slice `[start, end)`, safe to paint, cut where entities begin and end."""
        text = self._article.text
        pieces: list[tuple[str, str | None]] = []
        position = start
        for entity in self._entities.of_sentence(sentence):
            if entity.end <= position:
                continue
            if entity.start >= end:
                break
            if entity.start > position:
                pieces.append((_painted(text[position : entity.start]), None))
                position = entity.start
            upto = min(entity.end, end)
            pieces.append((_painted(text[position:upto]), entity.label))
            position = upto
        if position < end:
            pieces.append((_painted(text[position:end]), None))
        return pieces


def _in_style_of_neighbour(segments: list[Segment]) -> list[Segment]:
    """Blanks at the left in the style of what follows them: one change of style less on the wire."""
    first, *rest = segments
    return [Segment(first.text, rest[0].style), *rest] if first.text.isspace() else segments


def _painted(text: str) -> str:
    return thinned(visible(text))
