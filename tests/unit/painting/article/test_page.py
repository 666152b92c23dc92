"""Which rows are on the screen, and which words under which cell."""

from __future__ import annotations

import pytest
from rich.cells import split_graphemes

from tui.model.annotation import Work
from tui.model.article import Article
from tui.painting.article.blocks import Layout
from tui.painting.article.page import TOP_MARGIN, Page
from tui.session.session import Session
from tui.settings import scheme_file as scheme
from tui.text.clean import visible

LAYOUTS = ["sentences", "prose"]


@pytest.fixture
def session(sample_article: Article) -> Session:
    return Session(sample_article, scheme.load(), Work(), "ana")


def page_of(session: Session, size: tuple[int, int], layout: Layout = "sentences") -> Page:
    page = Page(session, signs=False)
    page.blocks.layout_as = layout
    page.blocks.forget()
    page.fit(*size)
    return page


def under(page: Page, x: int, y: int) -> tuple[int, int]:
    """The sentence and the offset under a cell that has some."""
    found = page.under(x, y)
    assert found is not None, f"no sentence is under cell {x} of row {y}"
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_cell_of_a_row_has_the_character_that_it_shows(session: Session, layout: Layout) -> None:
    page = page_of(session, (60, 30), layout)
    text = session.article.text
    for y, (index, row) in enumerate(page.visible, TOP_MARGIN):
        block = page.blocks[index]
        if row == len(block.rows):
            assert under(page, page.text_x, y)[0] == block.sentences[-1]
            continue
        x = page.text_x
        start, end = block.rows[row]
        for first, last, wide in split_graphemes(block.flow.text[start:end])[0]:
            for cell in range(x, x + wide):
                sentence, offset = under(page, cell, y)
                assert block.flow.text[start + first : start + last] == visible(text[offset : offset + 1])
                assert session.article.starts[sentence] <= offset <= session.article.ends[sentence]
            x += wide
        assert under(page, 0, y)[1] == block.flow.offset(start)
        assert under(page, 59, y)[1] == block.flow.offset(end - 1)
    assert page.under(page.text_x, 0) is None
    assert page.under(page.text_x, 30) is None


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_shown_sentence_is_wholly_in_view(session: Session, layout: Layout) -> None:
    page = page_of(session, (60, 6), layout)
    for sentence in [0, 40, 8, 11, 10, 25, 3]:
        page.show(sentence)
        assert page.rows_with({sentence}) <= set(page.visible)
        assert not page.show(sentence)


@pytest.mark.parametrize("sentence", [8, 20, 30])
def test_what_begins_on_a_row_begins_there_in_another_layout(session: Session, sentence: int) -> None:
    page = page_of(session, (80, 24))
    page.show(sentence)
    offset, y = page.anchor(sentence)
    assert offset == session.article.starts[sentence]
    assert page.visible[y] == page.blocks.row_of(offset)
    for layout in ("prose", "sentences"):
        page.blocks.layout_as = layout
        page.lay_out(offset, y)
        assert page.visible[y] == page.blocks.row_of(offset)
        assert page.anchor(sentence) == (offset, y)


def test_a_resize_keeps_what_is_at_the_top(session: Session) -> None:
    page = page_of(session, (80, 24))
    page.scroll(30)
    offset, y = page.anchor(None)
    page.fit(50, 20)
    assert page.blocks.row_of(offset) == page.visible[0]
    assert y == 0


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_first_sentence_is_the_first_that_begins_in_view(session: Session, layout: Layout) -> None:
    page = page_of(session, (60, 11), layout)
    for _ in range(60):
        begun = [s for s in range(41) if min(page.rows_with({s})) in page.visible]
        if begun:
            assert page.first_sentence() == begun[0]
        page.scroll(+3)
