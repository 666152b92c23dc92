"""The article: a sentence a line, the ledger at its left, the current sentence unmistakable; or flowing prose.

One widget paints the whole text through Textual's Line API. It keeps no object for each sentence: rows are
wrapped when they come into view and forgotten again, and a move repaints the rows of two sentences.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.painting.article.blocks import Layout, Reading
from tui.painting.article.page import TOP_MARGIN, Page
from tui.painting.article.painter import PagePainter
from tui.painting.article.rows import Matches, Overlay, RowPainter, Stretch
from tui.painting.article.text_styles import TextStyles
from tui.painting.article.viewport import BlockRow
from tui.painting.recent import Recent
from tui.painting.styles import Styles
from tui.reader.article_view.drag import dragged
from tui.session.focus import is_mark
from tui.session.session import Session

if TYPE_CHECKING:
    from tui.painting.version_columns import VersionColumns

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

    def __init__(self, session: Session, styles: Styles, columns: VersionColumns | None = None) -> None:
        """`columns` are shown left of the ledger during a review."""
        super().__init__()
        self._columns = columns
        self._session = session
        self._article = session.article
        self._palette_styles = styles
        self._overlay = Overlay(session.cursor)
        self._text_styles = text_styles = TextStyles(styles, session.scheme)
        signs = text_styles.colourless or self.app.no_color
        self._page = Page(session, signs=signs, columns=columns)
        words = RowPainter(session, text_styles, self._overlay, signs=signs)
        self._painter = PagePainter(session, self._page, words, styles, self._overlay, columns)
        self._strips: Recent[BlockRow, Strip] = Recent(512)
        self._pressed: tuple[int, int] | None = None
        """The sentence and offset at which the mouse was pressed."""
        self._is_dragging = False

    # -- what screens call -------------------------------------------------

    @property
    def cursor(self) -> int:
        """The index of the current sentence."""
        return self._overlay.cursor

    def restyle(self) -> None:
        """Repaint everything, after the styles have taken other colours."""
        self._text_styles.set_palette(self._palette_styles, self._session.scheme)
        self._repaint_all()

    def move_to(self, sentence: int, *, scroll: bool = True) -> None:
        """Make a sentence current and, unless `scroll` is off, bring it wholly into view."""
        self._follow_article()
        before, self._overlay.cursor = self.cursor, sentence
        if sentence != before:
            self._repaint({before, sentence})
        if scroll and self._page.is_laid_out and self._page.show(sentence):
            self.refresh()

    def touch(self, sentence: int) -> None:
        """Repaint what looks different of a sentence, whose annotation has changed."""
        self._follow_article()
        blocks = self._page.blocks
        changed = blocks.change(sentence)
        if changed == "sentence":
            self._repaint({sentence})
        elif changed == "block":
            self._repaint(blocks.sentences_of(blocks.block_of(sentence)))
        elif changed == "rows":
            self._page.take_in_rows()
            self._page.show(self.cursor)
            self._repaint_all()
        elif not self._page.flows:
            self._strips.pop((sentence, 0), None)
            self._refresh_rows({(sentence, 0)}, cells=self._page.margin + self._page.gutter)

    def page(self, direction: int) -> int:
        """Scroll by almost a screen, and return the sentence that should become current."""
        if not self._page.scroll(direction * max(1, self._page.text_rows - 2)):
            return 0 if direction < 0 else len(self._article) - 1
        self.refresh()
        return self._page.first_sentence()

    def focus_mark(self, mark: str | None) -> None:
        """Show which mark keys apply to, by its id."""
        before, self._overlay.mark = self._overlay.mark, mark
        if mark != before:
            self._repaint({s for s in self._page.sentences() if self._holds(s, {before, mark})})

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
            self._strips.clear()
            self._refresh_rows(self._page.rows_with_text(), cells=self._page.text_end)
        else:
            self._repaint({*(before or ()), *(overlay.pointed_at or ())})

    def show_matches(self, matches: Matches) -> None:
        """Highlight what was searched for."""
        before, self._overlay.matches = self._overlay.matches, matches
        if matches != before:
            self._strips.clear()
            self._refresh_rows(
                {
                    row_at
                    for row_at in self._page.rows_with_text()
                    if any(before(*shown) != matches(*shown) for shown in self._page.stretches(*row_at))
                }
            )

    @property
    def reading(self) -> Reading:
        """The text as it is, or with the corrections made."""
        return self._page.blocks.reading

    @reading.setter
    def reading(self, reading: Reading) -> None:
        if reading != self._page.blocks.reading:
            anchor = self._page.anchor(self.cursor)
            self._page.blocks.reading = reading
            self._lay_out(*anchor)

    @property
    def layout_as(self) -> Layout:
        """Each sentence on a line of its own, or flowing paragraphs."""
        return self._page.blocks.layout_as

    @layout_as.setter
    def layout_as(self, layout: Layout) -> None:
        if layout != self._page.blocks.layout_as:
            anchor = self._page.anchor(self.cursor)
            self._page.blocks.layout_as = layout
            self._lay_out(*anchor)

    def rebuilt(self) -> None:
        """Show the session's article, which has other sentences now."""
        anchor = self._page.anchor(None)
        self._article = self._session.article
        self._overlay.cursor = self._session.cursor
        self._lay_out(*anchor)

    def entities_changed(self) -> None:
        """Repaint with the session's entities as they are now."""
        self._repaint_all()

    def hints_changed(self) -> None:
        """Repaint with the session's hints as they are now: the letters of the text stay where they are."""
        for sentence in self._page.sentences():
            self._page.blocks.change(sentence)
        self._repaint_all()

    # -- events ------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size)
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, _WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -_WHEEL_ROWS)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._is_dragging = False
        self._pressed = self._page.under(event.x, event.y) if event.button == 1 else None
        if self._pressed is not None:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        stretch = self._dragged_to(event)
        if stretch is not None:
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
        under = self._page.under(event.x, event.y)
        if under is not None and not self._is_dragging:
            self.post_message(self.Clicked(under[0]))

    def _wheel(self, event: events.MouseEvent, rows: int) -> None:
        event.stop()
        if self._page.scroll(rows):
            self.refresh()

    def _dragged_to(self, event: events.MouseEvent) -> Stretch | None:
        """The words that the mouse was dragged over; None where it only shook."""
        under = self._page.under(event.x, event.y)
        if self._pressed is None or under is None or self._overlay.pointed_at is not None:
            return None
        if not self._is_dragging and under[1] == self._pressed[1]:
            return None
        return dragged(self._article, *self._pressed, under[1])

    def _choose(self, stretch: Stretch | None) -> None:
        """Show what is being dragged over."""
        before, self._overlay.chosen = self._overlay.chosen, stretch
        if stretch != before:
            self._repaint({self._article.sentence_at(start) for start, _ in filter(None, (before, stretch))})

    # -- repainting --------------------------------------------------------

    def _fit(self, size: tuple[int, int]) -> None:
        """Fit the text to the widget: once for each size, and before the first line is painted."""
        if size != (self._page.width, self._page.height):
            self._page.fit(*size)
            self._strips.clear()
            if len(self._article):
                self._page.show(self.cursor)

    def _lay_out(self, offset: int, y: int) -> None:
        if self._page.is_laid_out:
            self._page.lay_out(offset, y)
            self._repaint_all()

    def _follow_article(self) -> None:
        if self._article is not self._session.article:
            self.rebuilt()

    def _repaint_all(self) -> None:
        self._strips.clear()
        self.refresh()

    def _repaint(self, sentences: Iterable[int]) -> None:
        """Repaint the rows of sentences."""
        rows = self._page.rows_with(sentences)
        for row in rows:
            self._strips.pop(row, None)
        self._refresh_rows(rows)

    def _refresh_rows(self, rows: Collection[BlockRow], cells: int | None = None) -> None:
        """Mark rows dirty where they are visible, from the left edge to `cells`, or to the end of the text."""
        width = min(self.size.width, self._page.text_end if cells is None else cells)
        for y, row in enumerate(self._page.visible, TOP_MARGIN):
            if row in rows:
                self.refresh(Region(0, y, width, 1))

    def _holds(self, sentence: int, marks: Collection[str | None]) -> bool:
        if sentence == self.cursor and any(mark is not None and not is_mark(mark) for mark in marks):
            return True
        annotation = self._session.annotation(sentence)
        return annotation is not None and any(
            mark.id in marks for mark in (*annotation.spans, *annotation.quotes)
        )

    def _pointed_at(self, letters: Mapping[int, str], chosen: Stretch | None) -> Collection[int] | None:
        if not letters and chosen is None:
            return None
        offsets = [*letters, *((chosen[0], max(chosen[0], chosen[1] - 1)) if chosen is not None else ())]
        return {self._article.sentence_at(offset) for offset in offsets}

    def render_line(self, y: int) -> Strip:
        self._fit(self.size)
        row = y - TOP_MARGIN
        width, ground = self.size.width, self._palette_styles.ground
        if row < 0:
            return Strip(self._painter.heads()).adjust_cell_length(width, ground)
        if row >= len(self._page.visible):
            return Strip.blank(width, ground)
        shown = self._page.visible[row]
        strip = self._strips.recall(shown)
        if strip is None:
            segments = self._painter.segments(*shown)
            strip = Strip(segments).simplify().adjust_cell_length(width, ground)
            self._strips.keep(shown, strip)
        return strip
