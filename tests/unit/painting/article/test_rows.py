"""What is painted: the article's words unharmed, marks on the right ones, letters on the first cell of each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes
from rich.segment import Segment

from tui.model.annotation import Annotation, Quote, Span, Work
from tui.model.article import Article
from tui.painting.article.blocks import Block, Blocks
from tui.painting.article.flow import CARET
from tui.painting.article.rows import Overlay, RowPainter
from tui.painting.article.text_styles import TextStyles
from tui.painting.styles import Styles
from tui.session.prompts.labels import labels
from tui.session.search import FoldedText, Search
from tui.session.session import Session
from tui.settings import scheme_file as scheme
from tui.settings.theme import DARK, MONO, Palette
from tui.text.clean import visible
from tui.text.words import targets

NEWS = scheme.load()
LOOKS = {palette.name: TextStyles(Styles(palette, NEWS), NEWS) for palette in (DARK, MONO)}

OWN = {"text", "deleted"}
"""Kinds of parts that the article has."""

WORDS = st.text(
    alphabet="abcé l'’.,«»\u00a0 12漢字ア👩🏽‍👧🇫🇷\u0301\u200b\u200d\ufe0fשלםعربי\x1b\u202e\n",
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip() and text[0] not in "\u200d\ufe0f")
"""None begins with what joins: the library that measures cells is at odds with itself there."""


def session_of(
    sentences: Sequence[str], said: dict[int, dict[str, Any]] | None = None, layout: str = "paragraphs"
) -> Session:
    """A session on an article of these sentences, all in one paragraph; `said` is by index."""
    text, starts, ends = "", list[int](), list[int]()
    for sentence in sentences:
        starts.append(len(text))
        ends.append(len(text) + len(sentence))
        text += sentence + "\n"
    article = Article(
        id="a",
        title="",
        source="-",
        language="fr",
        text_sha256="",
        added_at="",
        text=text,
        starts=starts,
        ends=ends,
        paragraphs=[0],
        layout=layout,
    )
    annotations = {
        starts[index]: Annotation(
            segmentation=1,
            start=starts[index],
            end=ends[index],
            text=sentences[index],
            created_at="",
            updated_at="",
            **what,
        )
        for index, what in (said or {}).items()
    }
    return Session(article, NEWS, Work(annotations=annotations), "ana")


def span(start: int, end: int, severity: str = "minor", correction: str | None = None, id: str = "") -> Span:
    return Span(
        id=id or f"{start}-{end}", start=start, end=end, text="", severity=severity, correction=correction
    )


def painted(
    session: Session, overlay: Overlay, block: Block, palette: Palette = DARK, *, signs: bool = False
) -> list[list[Segment]]:
    painter = RowPainter(session, LOOKS[palette.name], overlay, signs=signs)
    return [painter.segments(block, start, end) for start, end in block.rows]


def blocks_of(session: Session, measure: int = 72, *, signs: bool = False, **how: str) -> Blocks:
    blocks = Blocks(session, signs=signs)
    blocks.measure = measure
    for name, value in how.items():
        setattr(blocks, name, value)
    blocks.forget()
    return blocks


def words_of(row: Sequence[Segment]) -> str:
    return "".join(piece.text for piece in row)


@st.composite
def marked_sentences(draw: st.DrawFn, sentences: int = 2) -> Session:
    """An article with random marks, omissions and corrections; bounds may cut what is seen as one character."""
    texts = draw(st.lists(WORDS, min_size=1, max_size=sentences))
    said: dict[int, dict[str, tuple[object, ...]]] = {}
    offset = 0
    for index, text in enumerate(texts):
        bounds = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
        marks = draw(st.lists(st.tuples(bounds, st.none() | WORDS | st.just("")), max_size=4))
        spans = tuple(
            span(offset + low, offset + high, "critical", correction, id=f"{index}.{number}")
            for number, ((low, high), correction) in enumerate(marks)
        )
        quotes = tuple(
            Quote(id=f"q{index}", start=offset, end=offset + high, text="")
            for (_, high), _ in marks[:1]
            if high
        )
        said[index] = {"spans": spans, "quotes": quotes, "tags": ("fact",)}
        offset += len(text) + 1
    return session_of(texts, said)


@given(marked_sentences(), st.integers(2, 30))
def test_without_its_carets_a_row_shows_the_very_words(session: Session, measure: int) -> None:
    blocks = blocks_of(session, measure)
    for index in range(len(blocks)):
        block = blocks[index]
        shown = [words_of(row).replace(CARET, "") for row in painted(session, Overlay(0), block)]
        own = [[part for part in block.flow.parts_in(*row) if part[0].kind == "text"] for row in block.rows]
        for row, parts in zip(shown, own, strict=True):
            start = parts[0][0].offset + parts[0][1] - parts[0][0].at if parts else 0
            assert row == visible(session.article.text[start : start + len(row)])
        assert "".join(shown).replace(" ", "") == visible(session.article.sentence_text(index)).replace(
            " ", ""
        )


@given(
    marked_sentences(3),
    st.integers(2, 30),
    st.booleans(),
    st.sampled_from(["plain", "corrected"]),
    st.sampled_from(["sentences", "prose"]),
)
def test_rows_fit_and_every_offset_is_found_again(
    session: Session, measure: int, signs: bool, reading: str, layout: str
) -> None:
    blocks = blocks_of(session, measure, signs=signs, reading=reading, layout_as=layout)
    overlay = Overlay(0, mark="0.0")
    article = session.article
    for index in range(len(blocks)):
        block = blocks[index]
        for row in painted(session, overlay, block, MONO if signs else DARK, signs=signs):
            assert sum(cell_len(piece.text) for piece in row) == cell_len(words_of(row)) <= measure
        own = [
            block.flow.text[a:b]
            for part, a, b in block.flow.parts_in(0, len(block.flow.text))
            if part.kind in OWN
        ]
        assert "".join(own) == visible("".join(article.sentence_text(s) for s in block.sentences))
        for sentence in block.sentences:
            assert not set(words_of([Segment(block.flow.text)])) & set("\x1b\u202e\n")
            for offset in range(article.starts[sentence], article.ends[sentence]):
                position = block.flow.position(offset)
                assert block.flow.offset(position) == offset
                assert block.flow.sentence(position) == sentence
                assert block.flow.text[position] == visible(article.text[offset])


@given(marked_sentences(3), st.integers(2, 30), st.booleans(), st.sampled_from(["plain", "corrected"]))
def test_where_lines_cut_words_every_shown_offset_is_found_again(
    session: Session, measure: int, signs: bool, reading: str
) -> None:
    """The random sentences get words that are cut; marks may begin or end within the cut."""
    sentences = [
        session.article.sentence_text(index).replace(" ", "n\u00ad\nu").replace(",", "a-\nb")
        for index in range(len(session.article))
    ]
    length = len(sentences[0])
    spans = tuple(
        span(start, min(length, start + 2), "minor", correction, id=str(start))
        for start, correction in ((0, None), (1, "x"), (3, ""), (5, None))
        if start < length
    )
    session = session_of(sentences, {0: {"spans": spans}}, layout="wrapped")
    article = session.article
    blocks = blocks_of(session, measure, signs=signs, reading=reading)
    for index in range(len(blocks)):
        flow = blocks[index].flow
        positions = [flow.position(offset) for offset in range(article.starts[index], article.ends[index])]
        if reading == "plain":
            assert positions == sorted(positions)
        for part, first, last in flow.parts_in(0, len(flow.text)):
            for position in range(first, last) if part.kind in OWN else ():
                assert flow.position(flow.offset(position)) == position
                assert flow.text[position] == visible(article.text[flow.offset(position)])
        for row in painted(session, Overlay(0), blocks[index], signs=signs):
            assert cell_len(words_of(row)) <= measure


def test_a_word_that_a_line_cuts_in_two_is_painted_whole_with_its_mark() -> None:
    text = "The government of the govern-\nment spoke."
    session = session_of([text], {0: {"spans": (span(22, 34, "critical"),)}}, layout="wrapped")
    [row] = painted(session, Overlay(1), blocks_of(session)[0])
    assert words_of(row) == "The government of the government spoke."
    looks = [(words_of(list(pieces)), style) for style, pieces in groupby(row, lambda piece: piece.style)]
    assert [words for words, _ in looks] == ["The government of the ", "government", " spoke."]


def cells_of(row: Sequence[Segment]) -> list[tuple[str, object]]:
    """What is in each cell, with its style; the second cell of a wide character holds nothing."""
    cells: list[tuple[str, object]] = []
    for piece in row:
        for first, last, wide in split_graphemes(piece.text)[0]:
            cells += [(piece.text[first:last], piece.style)] if wide else []
            cells += [("", piece.style)] * (wide - 1)
    return cells


@given(marked_sentences(1), st.integers(4, 30), st.integers(0, 30))
def test_every_letter_lies_on_the_first_cell_of_its_target(
    session: Session, measure: int, skipped: int
) -> None:
    article = session.article
    block = blocks_of(session, measure)[0]
    words = targets(article.text, article.starts[0], article.ends[0], "fr")
    named = labels(len(words) + skipped)[skipped:]
    letters = {start: label for (start, _), label in zip(words, named, strict=True)}
    plain = painted(session, Overlay(0), block)
    over = painted(session, Overlay(0, letters=letters, pointed_at={0}), block)
    styles = LOOKS["dark"].letters
    for (start, end), before, after in zip(block.rows, plain, over, strict=True):
        cells_before, cells = cells_of(before), cells_of(after)
        expected: dict[int, str] = {}
        x = 0
        for first, _, wide in split_graphemes(block.flow.text[start:end])[0]:
            part, position, _ = next(block.flow.parts_in(start + first, end))
            offset = part.offset + position - part.at
            if part.kind == "text" and offset in letters and wide:
                expected[x] = letters[offset]
            x += wide
        covered = set[int]()
        for x, label in expected.items():
            room = min((other for other in expected if other > x), default=x + 2) - x
            for step, letter in enumerate(label[:room]):
                assert cells[x + step][0] == letter
                assert cells[x + step][1] in styles
                covered.add(x + step)
        lettered = {x for x, (_, style) in enumerate(cells) if style in styles}
        assert lettered == covered
        for x, (text, _) in enumerate(cells_before):
            if x not in covered and x - 1 not in covered and x + 1 not in covered:
                assert cells[x][0] == text


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("un 漢字 deux", "漢字"),
        ("a 👩🏽‍👧 b", "👩🏽‍👧"),
        ("un e\u0301te\u0301 ici", "e\u0301te\u0301"),
        ("ab שלום cd", "שלום"),
        ("il dit\u00a0: «\u00a0oui\u00a0»", "oui"),
        ("zero\u200bwidth", "width"),
    ],
)
def test_a_mark_is_painted_on_its_words_and_on_no_other(text: str, marked: str) -> None:
    start = text.index(marked)
    session = session_of([text], {0: {"spans": (span(start, start + len(marked), "major"),)}})
    [row] = painted(session, Overlay(0), blocks_of(session)[0])
    assert [piece.text for piece in row if piece.style and piece.style.underline] == [marked]


def test_the_loudest_of_overlapping_marks_shows_and_names_stay_elsewhere() -> None:
    session = session_of(["un deux trois"], {0: {"spans": (span(0, 7, "minor"), span(3, 13, "critical"))}})
    [row] = painted(session, Overlay(0), blocks_of(session)[0])
    assert [piece.text for piece in row] == ["un ", "deux", " trois"] or [piece.text for piece in row] == [
        "un ",
        "deux trois",
    ]
    assert row[0].style != row[1].style


def test_an_omission_shows_a_caret_before_its_word() -> None:
    session = session_of(["un trois"], {0: {"spans": (span(3, 3),)}})
    block = blocks_of(session)[0]
    assert words_of(painted(session, Overlay(0), block)[0]) == f"un {CARET}trois"
    assert block.flow.offset(3) == block.flow.offset(4) == 3


def test_signs_tell_what_colours_cannot() -> None:
    spans = (span(3, 7, "minor", id="a"), span(3, 13, "critical", id="b"))
    session = session_of(["un deux trois"], {0: {"spans": spans}})
    block = blocks_of(session, signs=True)[0]
    [row] = painted(session, Overlay(0, mark="a"), block, MONO, signs=True)
    assert words_of(row) == "un [▸deux◂ trois]"


@pytest.mark.parametrize(
    ("signs", "shown"),
    [
        (False, "un deux zwei oh trois plus quatre"),
        (True, "un [-deux-] {+zwei+} [-oh -]trois {+plus +}quatre"),
    ],
)
def test_the_corrected_reading_shows_what_goes_and_what_comes(signs: bool, shown: str) -> None:
    spans = (span(3, 7, correction="zwei"), span(8, 10, correction=""), span(17, 17, correction="plus "))
    session = session_of(["un deux oh trois quatre"], {0: {"spans": spans}})
    block = blocks_of(session, signs=signs, reading="corrected")[0]
    [row] = painted(session, Overlay(0), block, MONO if signs else DARK, signs=signs)
    assert words_of(row) == shown
    assert "".join(piece.text for piece in row if piece.style and piece.style.strike) == "deuxoh "


def test_what_ends_is_closed_before_the_next_is_opened() -> None:
    spans = (span(0, 3, id="a"), span(3, 7, id="b"), span(3, 5, id="c"), span(7, 7, id="d"))
    session = session_of(["un deux"], {0: {"spans": spans}})
    assert blocks_of(session, signs=True)[0].flow.text == f"[un ][[de]ux]{CARET}"


def test_what_nobody_points_at_is_dimmed() -> None:
    session = session_of(["un deux", "trois"], {0: {"spans": (span(0, 2, "critical"),)}})
    blocks = blocks_of(session)
    overlay = Overlay(0, letters={8: "f"}, pointed_at={1})
    [row] = painted(session, overlay, blocks[0])
    assert len({piece.style for piece in row}) == 1
    [row] = painted(session, overlay, blocks[1])
    assert [piece.text for piece in row] == ["f", *"rois"]


def test_matches_are_painted_where_they_are() -> None:
    session = session_of(["un deux un", "un"])
    blocks = blocks_of(session)
    overlay = Overlay(0, matches=Search(FoldedText(session.article.text), "un").within)
    [row] = painted(session, overlay, blocks[0])
    assert [piece.text for piece in row] == ["un", " deux ", "un"]
    [other] = painted(session, overlay, blocks[1])
    assert other[0].style
    assert row[0].style
    assert other[0].style.bgcolor not in {None, row[0].style.bgcolor}


def test_tags_tint_flowing_sentences_or_stand_before_them() -> None:
    tagged = {
        0: {"tags": ("fact",), "decided": True},
        1: {"tags": ("opinion", "quote"), "decided": True},
        2: {"tags": ("translation_error",)},
    }
    session = session_of(["Un.", "Deux.", "Trois."], tagged)
    [row] = painted(session, Overlay(5), blocks_of(session, layout_as="prose")[0])
    assert [piece.text for piece in row] == ["Un.", " ", "Deux.", " ", "Trois."]
    assert len({piece.style for piece in row}) == 3
    assert row[4].style == row[1].style, "tags without a decision do not tint"
    block = blocks_of(session, signs=True, layout_as="prose")[0]
    [row] = painted(session, Overlay(1), block, MONO, signs=True)
    assert words_of(row) == "[F] Un.▌[OQ] Deux. Trois."


def test_a_heap_of_marks_does_not_stall_the_terminal() -> None:
    session = session_of(["e" + "\u0301" * 5000 + " fin"])
    [row] = painted(session, Overlay(0), blocks_of(session)[0])
    assert len(words_of(row)) < 40
