"""The article: a sentence a line, the ledger at its left, the current sentence unmistakable; or flowing prose.

One widget paints the whole text through Textual's Line API. It holds no object a sentence: rows are
wrapped when they come into view and forgotten again, and a move repaints the rows of two sentences.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from rich.cells import cell_len, split_graphemes
from rich.segment import Segment
from textual import events
from textual.app import App
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.session.session import Session
from tui.widgets.blocks import Blocks, Layout, Reading
from tui.widgets.dragging import dragged
from tui.widgets.ink import Ink
from tui.widgets.looks import Looks
from tui.widgets.rows import Overlay, RowPainter, Stretch
from tui.widgets.viewport import Place, Viewport

MEASURE = 72
"""Widest line of text, in cells; 60 to 80 read best."""

_TOP_MARGIN = 1
_WHEEL_ROWS = 3


class ArticleView(Widget):
    """Shows a session's article and its annotations. It changes neither: screens do, and call `touch`."""

    app: App[object]
    ALLOW_SELECT = False
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
        self._article = session.article
        self._ink = ink
        self._overlay = Overlay(session.cursor)
        looks = Looks(ink, session.scheme)
        signs = looks.colourless or self.app.no_color
        self._blocks = Blocks(session, signs=signs)
        self._painter = RowPainter(session, looks, self._overlay, signs=signs)
        self._ledger_cells = len(session.scheme.tags)
        self._margin = 0
        self._strips: LRUCache[Place, Strip] = LRUCache(512)
        self._visible: list[Place] = []
        self._viewport = Viewport(len(self._blocks), self._blocks.rows_of)
        self._laid_out_for = Size(0, 0)
        self._pressed: tuple[int, int] | None = None
        """The sentence and offset at which the mouse was pressed."""
        self._is_dragging = False

    # -- what screens call -------------------------------------------------

    @property
    def cursor(self) -> int:
        """The index of the current sentence."""
        return self._overlay.cursor

    def move_to(self, sentence: int, *, scroll: bool = True) -> None:
        """Make a sentence current and, unless `scroll` is off, bring it wholly into view."""
        self._follow_article()
        before, self._overlay.cursor = self.cursor, sentence
        if sentence != before:
            self._repaint({before, sentence})
        if scroll and self._laid_out_for and self._show(sentence):
            self._scrolled()

    def touch(self, sentence: int) -> None:
        """Repaint what there is of a sentence, whose annotation has changed: no more than looks different."""
        self._follow_article()
        changed = self._blocks.change(sentence)
        if changed == "sentence":
            self._repaint({sentence})
        elif changed == "block":
            self._repaint(self._blocks.sentences_of(self._blocks.block_of(sentence)))
        elif changed == "rows":
            self._rows_changed()
        elif not self._flows:
            self._strips.discard((sentence, 0))
            self._refresh_rows({(sentence, 0)}, cells=self._margin + self._ledger_cells + 1)

    def page(self, direction: int) -> int:
        """Scroll by almost a screen, and return the sentence that should become current."""
        moved = self._viewport.scroll(direction * max(1, self._viewport.height - 2))
        if not moved:
            return 0 if direction < 0 else len(self._article) - 1
        self._scrolled()
        return self._first_sentence()

    def focus_mark(self, mark: str | None) -> None:
        """Show which mark keys apply to, by its id."""
        before, self._overlay.mark = self._overlay.mark, mark
        if mark != before:
            self._repaint({s for s in self._sentences_in_view() if self._holds(s, {before, mark})})

    def point(self, letters: Mapping[int, str] | None, chosen: Stretch | None = None) -> None:
        """Lay letters over the words that begin at these offsets, and mark what is chosen so far; None ends it.

        Meanwhile the sentences without either are dimmed.
        """
        overlay = self._overlay
        letters = letters or {}
        if letters == overlay.letters and chosen == overlay.chosen:
            return
        before = overlay.pointed_at
        overlay.letters, overlay.chosen = letters, chosen
        overlay.pointed_at = self._pointed_at(letters, chosen)
        if (before is None) != (overlay.pointed_at is None):
            self._repaint_all()
        else:
            self._repaint({*(before or ()), *(overlay.pointed_at or ())})

    def found(self, matches: Sequence[Stretch]) -> None:
        """Highlight these stretches of the text, which are in order and apart."""
        before, self._overlay.matches = self._overlay.matches, matches
        if before or matches:
            self._repaint_all()

    @property
    def reading(self) -> Reading:
        """Whether the text is shown as it is, or with the corrections made."""
        return self._blocks.reading

    @reading.setter
    def reading(self, reading: Reading) -> None:
        if reading != self._blocks.reading:
            place = self._kept_place()
            self._blocks.reading = reading
            self._lay_out_anew(*place)

    @property
    def layout_as(self) -> Layout:
        """Whether each sentence begins a line, or paragraphs flow."""
        return self._blocks.layout_as

    @layout_as.setter
    def layout_as(self, layout: Layout) -> None:
        if layout != self._blocks.layout_as:
            place = self._kept_place()
            self._blocks.layout_as = layout
            self._measure_for(self._laid_out_for)
            self._lay_out_anew(*place)

    def rebuilt(self) -> None:
        """Show the session's article, which has other sentences now."""
        place = self._kept_place()
        self._article = self._session.article
        self._overlay.cursor = self._session.cursor
        self._lay_out_anew(*place)

    def entities_changed(self) -> None:
        """Repaint with the session's entities as they are now."""
        self._repaint_all()

    # -- events ------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out(event.size)
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, _WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -_WHEEL_ROWS)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._is_dragging = False
        self._pressed = self._under(event) if event.button == 1 else None
        if self._pressed is not None:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        stretch = self._dragged_to(event)
        if stretch is not None and (self._is_dragging or event.delta_x or event.delta_y):
            self._is_dragging = True
            self._choose(stretch)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        stretch = self._dragged_to(event)
        pressed, self._pressed = self._pressed, None
        if pressed is not None:
            self.release_mouse()
        if self._is_dragging:
            self._choose(None)
            if stretch is not None and pressed is not None:
                self.post_message(self.Dragged(pressed[0], *stretch))

    def on_click(self, event: events.Click) -> None:
        under = self._under(event)
        if under is not None and not self._is_dragging:
            self.post_message(self.Clicked(under[0]))

    def _wheel(self, event: events.MouseEvent, rows: int) -> None:
        event.stop()
        if self._viewport.scroll(rows):
            self._scrolled()

    def _dragged_to(self, event: events.MouseEvent) -> Stretch | None:
        under = self._under(event)
        if self._pressed is None or under is None or self._overlay.pointed_at is not None:
            return None
        return dragged(self._article, *self._pressed, under[1])

    def _choose(self, stretch: Stretch | None) -> None:
        """Show what is being dragged over."""
        before, self._overlay.chosen = self._overlay.chosen, stretch
        if stretch != before:
            self._repaint({self._article.sentence_at(place) for place, _ in filter(None, (before, stretch))})

    # -- geometry ----------------------------------------------------------

    @property
    def _flows(self) -> bool:
        return self._blocks.layout_as == "prose"

    @property
    def _gutter_cells(self) -> int:
        """The ledger with the cell for unsure; flowing text has none."""
        return 0 if self._flows else self._ledger_cells + 1

    @property
    def _text_x(self) -> int:
        return self._margin + self._gutter_cells + 2

    def _lay_out(self, size: Size) -> None:
        """Fit the text to the widget; once a size, and before the first line is painted."""
        if size == self._laid_out_for:
            return
        place = self._kept_place()
        self._laid_out_for = size
        self._measure_for(size)
        self._lay_out_anew(*place)
        self._show(self.cursor)
        self._visible = self._viewport.rows()

    def _measure_for(self, size: Size) -> None:
        beside_text = self._gutter_cells + 3
        self._blocks.measure = max(10, min(MEASURE, size.width - beside_text - 2))
        self._margin = max(0, (size.width - self._blocks.measure - beside_text) // 2)

    def _lay_out_anew(self, offset: int, y: int) -> None:
        """Make all rows again, so that an offset is shown on the same row of the screen."""
        self._blocks.forget()
        self._viewport.reset(len(self._blocks))
        self._viewport.resize(self._laid_out_for.height - _TOP_MARGIN)
        if len(self._blocks):
            self._viewport.put(self._blocks.place_of(offset), y)
        self._visible = self._viewport.rows()
        self._repaint_all()

    def _kept_place(self) -> tuple[int, int]:
        """An offset and the row of the screen that shows it: the current sentence's, or else the first."""
        if not len(self._article):
            return 0, 0
        start = self._article.starts[self.cursor]
        for y, (index, row) in enumerate(self._visible):
            block = self._blocks[index]
            if row == block.row_at(block.flow.position(start)) and self.cursor in block.sentences:
                return start, y
        index, row = self._viewport.top
        block = self._blocks[index]
        return block.flow.offset(block.rows[min(row, len(block.rows) - 1)][0]), 0

    def _show(self, sentence: int) -> bool:
        """Bring a sentence into view; whether that moved the view."""
        if not len(self._article):
            return False
        index, rows = self._blocks.places_of(sentence)
        return self._viewport.show(index, rows if self._flows else None)

    def _follow_article(self) -> None:
        if self._article is not self._session.article:
            self.rebuilt()

    def _first_sentence(self) -> int:
        """The first sentence that begins in view, or the one that fills it."""
        for index, row in self._visible:
            block = self._blocks[index]
            for sentence in block.sentences if self._flows else block.sentences[:1]:
                if row < len(block.rows) and block.rows_with(sentence)[0] == row:
                    return sentence
        index, row = self._visible[0]
        block = self._blocks[index]
        return block.flow.sentence(block.rows[min(row, len(block.rows) - 1)][0])

    def _under(self, event: events.MouseEvent) -> tuple[int, int] | None:
        """The sentence and the offset under the mouse."""
        y = event.y - _TOP_MARGIN
        if not 0 <= y < len(self._visible):
            return None
        index, row = self._visible[y]
        block = self._blocks[index]
        if row >= len(block.rows):
            sentence = block.sentences[-1]
            return sentence, self._article.ends[sentence]
        start, end = block.rows[row]
        position, cells = start, event.x - self._text_x
        for first, last, wide in split_graphemes(block.flow.text[start:end])[0]:
            position = start + first
            cells -= wide
            if cells < 0:
                break
            position = start + last
        position = max(start, min(position, end - 1)) if cells < 0 else max(start, end - 1)
        return block.flow.sentence(position), block.flow.offset(position)

    # -- repainting --------------------------------------------------------

    def _scrolled(self) -> None:
        self._visible = self._viewport.rows()
        self.refresh()

    def _repaint_all(self) -> None:
        self._strips.clear()
        self.refresh()

    def _repaint(self, sentences: Iterable[int]) -> None:
        """Paint the rows of sentences anew."""
        places = {(index, row) for index, rows in map(self._blocks.places_of, sentences) for row in rows}
        for place in places:
            self._strips.discard(place)
        self._refresh_rows(places)

    def _refresh_rows(self, places: Collection[Place], cells: int | None = None) -> None:
        """Mark rows dirty where they are visible, from the left edge to `cells`."""
        width = self.size.width if cells is None else cells
        for y, place in enumerate(self._visible, _TOP_MARGIN):
            if place in places:
                self.refresh(Region(0, y, width, 1))

    def _rows_changed(self) -> None:
        """Something has more or fewer rows than before, and all below it moves."""
        self._strips.clear()
        self._viewport.resize(self._viewport.height)
        self._show(self.cursor)
        self._scrolled()

    def _sentences_in_view(self) -> list[int]:
        blocks = dict.fromkeys(index for index, _ in self._visible)
        return [sentence for index in blocks for sentence in self._blocks[index].sentences]

    def _holds(self, sentence: int, marks: Collection[str | None]) -> bool:
        said = self._session.annotation(sentence)
        return said is not None and any(mark.id in marks for mark in (*said.spans, *said.quotes))

    def _pointed_at(self, letters: Mapping[int, str], chosen: Stretch | None) -> Collection[int] | None:
        if not letters and chosen is None:
            return None
        places = [*letters, *((chosen[0], max(chosen[0], chosen[1] - 1)) if chosen is not None else ())]
        return {self._article.sentence_at(place) for place in places}

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

    def _paint(self, index: int, row: int) -> Strip:
        block = self._blocks[index]
        width = self.size.width
        ink = self._ink
        if row >= len(block.rows):
            return Strip.blank(width, ink.ground)
        start, end = block.rows[row]
        current = self.cursor in block.sentences and row in block.rows_with(self.cursor)
        gutter = [] if self._flows else self._gutter(index, row)
        bar = Segment("▌", ink.bar) if current else Segment(" ", ink.ground)
        gutter = _in_style_of_neighbour([*gutter, bar]) if current else [*gutter, bar]
        plain = ink.ground if self._flows else ink.text(None, heading=False, current=current)
        text = self._painter.segments(block, start, end)
        cells = sum(cell_len(piece.text) for piece in text)
        rest = max(0, self._blocks.measure + 1 - cells)
        segments = [
            Segment(" " * self._margin, gutter[0].style),
            *gutter,
            Segment(" ", plain),
            *text,
            Segment(" " * rest, plain),
        ]
        used = self._text_x + cells + rest
        segments.append(Segment(" " * max(0, width - used), ink.ground))
        return Strip(segments).simplify().adjust_cell_length(width, ink.ground)

    def _gutter(self, sentence: int, row: int) -> list[Segment]:
        """A cell a tag, then `?` where the sentence is flagged unsure."""
        ink = self._ink
        if row > 0:
            return [Segment(" " * self._gutter_cells, ink.ground)]
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


def _in_style_of_neighbour(segments: list[Segment]) -> list[Segment]:
    """Blanks at the left in the style of what follows them: one change of style less on the wire."""
    first, *rest = segments
    return [Segment(first.text, rest[0].style), *rest] if first.text.isspace() and rest else segments
