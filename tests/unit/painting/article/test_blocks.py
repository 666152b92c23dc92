"""What is laid out anew after a change, and where things are found."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from tui.model.annotation import Work
from tui.model.article import Article
from tui.painting.article.blocks import Blocks
from tui.session.marks import add_quote, add_span, correct_span
from tui.session.session import Session
from tui.settings import scheme_file as scheme

NEWS = scheme.load()


@pytest.fixture
def session(sample_article: Article) -> Session:
    return Session(sample_article, NEWS, Work(), "ana")


@pytest.fixture
def blocks(session: Session) -> Blocks:
    return Blocks(session, signs=False)


def flowing(session: Session, *, signs: bool = False) -> Blocks:
    blocks = Blocks(session, signs=signs)
    blocks.layout_as = "prose"
    blocks.forget()
    return blocks


def test_every_sentence_is_in_one_block_and_every_offset_in_one_row(session: Session, blocks: Blocks) -> None:
    article = session.article
    for made in (blocks, flowing(session)):
        sentences = [sentence for index in range(len(made)) for sentence in made.sentences_of(index)]
        assert sentences == list(range(len(article)))
        for sentence in sentences:
            index, rows = made.rows_showing(sentence)
            assert made.block_of(sentence) == index
            assert made.row_of(article.starts[sentence]) == (index, rows[0])
            assert made.row_of(article.ends[sentence] - 1) == (index, rows[-1])


def test_prose_is_a_block_a_paragraph_with_a_blank_row_between(session: Session) -> None:
    blocks = flowing(session)
    assert len(blocks) == len(session.article.paragraphs)
    assert [blocks.rows_of(i) - len(blocks[i].rows) for i in range(len(blocks))] == [1] * (
        len(blocks) - 1
    ) + [0]


def test_a_long_paragraph_is_cut_so_that_what_is_far_away_is_not_wrapped(session: Session) -> None:
    session.article = msgspec.structs.replace(session.article, paragraphs=[0])
    blocks = flowing(session)
    assert [len(blocks.sentences_of(index)) for index in range(len(blocks))] == [40, 1]
    assert blocks.rows_of(0) == len(blocks[0].rows)


def test_a_tag_changes_no_text_but_a_mark_does(session: Session, blocks: Blocks) -> None:
    start = session.article.starts[2]
    assert blocks[2] is blocks[2]
    session.tag(2, "fact")
    assert blocks.change(2) == "nothing"
    add_span(session, 2, start, start + 9, "minor", "grammar")
    assert blocks.change(2) == "sentence"
    assert blocks.change(2) == "nothing"
    add_quote(session, 2, start, start + 9, speaker="")
    assert blocks.change(2) == "sentence"


def test_signs_may_move_words_and_a_correction_may_need_more_rows(session: Session, blocks: Blocks) -> None:
    blocks.reading = "corrected"
    start = session.article.starts[2]
    before = len(blocks[2].rows)
    add_span(session, 2, start, start, "minor", "omission")
    assert blocks.change(2) == "block"
    annotation = session.annotation(2)
    assert annotation is not None
    [span] = annotation.spans
    correct_span(session, 2, span.id, "mot " * 60)
    assert blocks.change(2) == "rows"
    assert len(blocks[2].rows) > before


def test_what_was_never_laid_out_needs_no_repaint(session: Session, blocks: Blocks) -> None:
    session.tag(30, "fact")
    assert blocks.change(30) == "nothing"


def test_a_tag_shows_where_text_flows(session: Session) -> None:
    for signs, changed in ((False, "sentence"), (True, "block")):
        blocks = flowing(session, signs=signs)
        index = blocks.block_of(1)
        assert blocks[index].sentences
        session.tag(1, "opinion" if signs else "fact")
        assert blocks.change(1) == changed


def test_rows_of_a_block_are_consecutive(session: Session) -> None:
    blocks = flowing(session)
    for index in range(len(blocks)):
        for (_, end), (start, _) in itertools.pairwise(blocks[index].rows):
            assert blocks[index].flow.text[end:start] in {"", " "}
