"""The panel says what the session knows of a sentence, and repaints only the rows that differ."""

from __future__ import annotations

import msgspec
import pytest
from rich.cells import cell_len

from tests.unit.painting.segments import text_of, words_of
from tui.model.article import Article
from tui.painting.article.text_styles import TextStyles
from tui.painting.mark_lines import KEYS
from tui.painting.panel import WIDTH, PanelPainter, changed_rows
from tui.painting.styles import Styles
from tui.session.focus import focus_of
from tui.session.marks import add_span
from tui.session.session import Session


@pytest.fixture
def painter(session: Session, styles: Styles) -> PanelPainter:
    return PanelPainter(session, styles, TextStyles(styles, session.scheme), dict.fromkeys(KEYS, "k"))


def shown(painter: PanelPainter, sentence: int = 0, focus: str | None = None, height: int = 30) -> list[str]:
    return text_of(painter.lines(sentence, focus, height, None))


def test_it_says_what_is_decided(painter: PanelPainter, session: Session) -> None:
    assert shown(painter)[:2] == ["Sentence 1 of 41", "not decided yet"]
    session.none(0)
    assert shown(painter)[1] == "no tag applies"
    session.tag(0, "fact")
    session.tag(0, "opinion")
    session.unsure(0)
    assert shown(painter)[1:3] == ["fact · opinion", "unsure"]


def test_tags_without_a_decision_are_called_undecided(painter: PanelPainter, session: Session) -> None:
    start = session.article.starts[0]
    add_span(session, 0, start, start + 3, "minor", "spelling")
    assert shown(painter)[1:3] == ["translation error", "not decided yet"]
    session.tag(0, "translation_error")
    assert "not decided yet" not in shown(painter)
    session.unsure(1)
    assert shown(painter, 1)[1:3] == ["not decided yet", "unsure"]


def test_the_names_stay_on_their_rows_while_there_is_room(painter: PanelPainter, session: Session) -> None:
    before = shown(painter).index("People, organisations, places")
    session.tag(0, "fact")
    session.set_note(0, "a word")
    assert shown(painter).index("People, organisations, places") == before


def test_a_search_for_names_shows_how_far_it_is(
    plain_sample: Article, styles: Styles, session: Session
) -> None:
    bare = Session(msgspec.structs.replace(plain_sample), session.scheme, session.work, "ana")
    painter = PanelPainter(bare, styles, TextStyles(styles, session.scheme), {})
    for searched, line in (
        (None, "not looked for yet"),
        (0, "looking for them …"),
        (35, "looking for them: 35 %"),
    ):
        assert text_of(painter.lines(0, None, 30, searched))[-1] == line


def test_a_focused_name_shows_its_kind_and_keys(painter: PanelPainter, session: Session) -> None:
    sentence = next(index for index in range(len(session.article)) if session.entities(index))
    entity = session.entities(sentence)[0]
    lines = shown(painter, sentence, focus_of(entity))
    at = next(row for row, line in enumerate(lines) if line.startswith("Name: "))
    assert lines[at + 1] == session.article.text[entity.start : entity.end]
    assert lines[at + 2] == "k change it  k no name"


def test_the_focused_mark_is_shown_where_not_all_fit(painter: PanelPainter, session: Session) -> None:
    start = session.article.starts[0]
    for offset in range(8):
        add_span(session, 0, start + offset, start + offset + 1, "minor", "spelling")
    annotation = session.annotation(0)
    assert annotation is not None
    lines = shown(painter, 0, annotation.spans[-1].id, height=16)
    assert "Mark 8 of 8" in lines
    assert any(line.startswith("▌") for line in lines[:16])


def test_a_row_is_cut_at_the_edge_and_a_blank_one_is_the_rule(painter: PanelPainter, styles: Styles) -> None:
    lines = [[("a", styles.ground), ("é" * 60, styles.dim)]]
    assert cell_len(words_of(painter.row(lines, 1))) == WIDTH - 1
    assert words_of(painter.row(lines, 1)).endswith("…")
    assert words_of(painter.row(lines, 0)) == words_of(painter.row(lines, 2)) == "│ "


def test_only_rows_that_differ_are_painted(styles: Styles) -> None:
    one, two, long = [("a", styles.ground)], [("bb", styles.ground)], [("c" * 90, styles.ground)]
    assert list(changed_rows([one, two], [one, two])) == []
    assert list(changed_rows([one, two], [two, two])) == [(1, 2)]
    assert list(changed_rows([one, two], [one])) == [(2, 2)]
    assert list(changed_rows([], [one, long])) == [(1, 1), (2, WIDTH - 3)]
