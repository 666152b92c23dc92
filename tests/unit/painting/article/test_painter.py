"""A whole row of the page: ledger, bar and words, each in its cells."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.style import Style

from tests.unit.painting.segments import words_of
from tui.painting.article.blocks import Layout
from tui.painting.article.page import Page
from tui.painting.article.painter import PagePainter
from tui.painting.article.rows import Overlay, RowPainter
from tui.painting.article.text_styles import TextStyles
from tui.painting.styles import Styles
from tui.session.marks import add_span
from tui.session.session import Session


def painter_of(session: Session, styles: Styles, width: int, overlay: Overlay) -> tuple[Page, PagePainter]:
    page = Page(session, signs=False)
    page.fit(width, 30)
    words = RowPainter(session, TextStyles(styles, session.scheme), overlay, signs=False)
    return page, PagePainter(session, page, words, styles, overlay)


@pytest.mark.parametrize("width", [20, 40, 80, 120])
@pytest.mark.parametrize("layout", ["sentences", "prose"])
def test_every_row_fills_the_page(session: Session, styles: Styles, width: int, layout: Layout) -> None:
    page, painter = painter_of(session, styles, width, Overlay(1))
    page.blocks.layout_as = layout
    page.lay_out(0, 0)
    for place in page.visible:
        assert cell_len(words_of(painter.segments(*place))) == width
    assert words_of(painter.heads()) == " " * width


def ledger(session: Session, styles: Styles, overlay: Overlay) -> list[tuple[str, Style | None]]:
    """The cells of the first sentence's ledger, with their styles."""
    page, painter = painter_of(session, styles, 80, overlay)
    cells = [(character, segment.style) for segment in painter.segments(0, 0) for character in segment.text]
    return cells[page.margin : page.margin + page.gutter]


def test_the_ledger_has_a_cell_for_each_tag(session: Session, styles: Styles) -> None:
    overlay = Overlay(3)
    assert "".join(cell for cell, _ in ledger(session, styles, overlay)) == "···· "
    session.none(0)
    assert "".join(cell for cell, _ in ledger(session, styles, overlay)) == "–––– "
    session.tag(0, "opinion")
    session.unsure(0)
    cells = ledger(session, styles, overlay)
    assert "".join(cell for cell, _ in cells) == "·O··?"
    assert cells[1] == ("O", styles.tags["opinion"])
    overlay.pointed_at = {5}
    assert ledger(session, styles, overlay)[1] == ("O", styles.dim)


def test_the_bar_is_at_the_current_sentence_alone(session: Session, styles: Styles) -> None:
    page, painter = painter_of(session, styles, 80, Overlay(2))
    barred = {index for index, row in page.visible if "▌" in words_of(painter.segments(index, row))}
    assert barred == {2}


def test_tags_without_a_decision_are_dim(session: Session, styles: Styles) -> None:
    start = session.article.starts[0]
    add_span(session, 0, start, start + 3, "minor", "spelling")
    annotation = session.annotation(0)
    assert annotation is not None
    assert (annotation.tags, annotation.decided) == (("translation_error",), False)
    assert ledger(session, styles, Overlay(3))[3] == ("T", styles.dim)
    session.tag(0, "translation_error")
    assert ledger(session, styles, Overlay(3))[3] == ("T", styles.tags["translation_error"])
