"""Marks: what they say of the sentence, that they undo exactly, and that their text is the article's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tui.model.annotation import Annotation
from tui.session.checklist import missing
from tui.session.corrected_text import corrected, pieces
from tui.session.filters import filter_by, filters, following
from tui.session.mark_edits import marks
from tui.session.marks import (
    add_quote,
    add_span,
    attribute_quote,
    classify_span,
    correct_span,
    delete_mark,
    mark,
    move_mark,
    note_mark,
)
from tui.session.session import Session

NewSession = Callable[..., Session]


def only_mark(session: Session, index: int) -> str:
    [found] = marks(session.annotation(index))
    return found.id


def said(session: Session, index: int) -> Annotation:
    found = session.annotation(index)
    assert found is not None
    return found


def everything(session: Session) -> list[Annotation | None]:
    return [session.annotation(index) for index in range(len(session.article))]


def test_marks_go_from_the_outside_in(new_session: NewSession) -> None:
    """By where they begin; of those that begin together the longest first, whatever they were added as."""
    session = new_session()
    start = session.article.starts[0]
    add_quote(session, 0, start, start + 2, speaker=None)
    add_span(session, 0, start, start + 4, "minor", None)
    add_quote(session, 0, start, start + 8, speaker=None)
    add_span(session, 0, start + 1, start + 3, "minor", None)
    lengths = [(mark.start - start, mark.end - start) for mark in marks(session.annotation(0))]
    assert lengths == [(0, 8), (0, 4), (0, 2), (1, 3)]


def test_a_mark_adds_the_error_tag_without_deciding(new_session: NewSession) -> None:
    session = new_session()
    outcome = add_span(session, 1, 8, 10, "minor", "grammar")
    assert outcome.message == "marked “Un”"
    assert said(session, 1).tags == ("translation_error",)
    assert not session.is_decided(1)
    delete_mark(session, 1, only_mark(session, 1))
    assert session.annotation(1) is None


def test_the_tag_stays_when_the_annotator_gave_it(new_session: NewSession) -> None:
    for before in (True, False):
        session = new_session()
        if before:
            session.tag(1, "translation_error")
        add_span(session, 1, 8, 10, "minor", "grammar")
        if not before:
            session.tag(1, "translation_error")
        delete_mark(session, 1, only_mark(session, 1))
        assert said(session, 1).tags == ("translation_error",)
        assert session.is_decided(1)


def test_another_tag_does_not_make_the_marks_tag_the_annotators(new_session: NewSession) -> None:
    session = new_session()
    add_span(session, 1, 8, 10, "minor", "grammar")
    session.tag(1, "fact")
    delete_mark(session, 1, only_mark(session, 1))
    assert said(session, 1).tags == ("fact",)
    assert session.is_decided(1)


def test_an_omission_has_no_words_and_names_itself(new_session: NewSession) -> None:
    session = new_session()
    add_span(session, 1, 11, 11, "major", None)
    [span] = said(session, 1).spans
    assert (span.start, span.end, span.text, span.category) == (11, 11, "", "omission")
    assert not move_mark(session, 1, span.id, "end", 1).accepted
    correct_span(session, 1, span.id, "bel ")
    assert corrected(session.article.text, [said(session, 1)], "fr")[8:19] == "Un bel été."


@pytest.mark.parametrize(("start", "end"), [(7, 10), (8, 16), (12, 10), (-1, 2)])
def test_a_mark_lies_in_its_sentence(new_session: NewSession, start: int, end: int) -> None:
    with pytest.raises(ValueError, match="is outside"):
        add_span(new_session(), 1, start, end, "minor", "grammar")


def test_of_overlapping_marks_one_holds_a_correction(new_session: NewSession) -> None:
    session = new_session()
    add_span(session, 1, 8, 10, "minor", "grammar")
    first = only_mark(session, 1)
    add_span(session, 1, 8, 14, "minor", "style")
    second = next(span.id for span in said(session, 1).spans if span.id != first)
    assert correct_span(session, 1, first, "L'").accepted
    refused = correct_span(session, 1, second, "L'été")
    assert not refused.accepted
    assert "“Un”" in refused.message
    assert correct_span(session, 1, second, "L'été", take_place=True).accepted
    assert [span.correction for span in said(session, 1).spans] == [None, "L'été"]
    session.undo()
    assert [span.correction for span in said(session, 1).spans] == ["L'", None]


def test_neighbours_may_both_be_corrected(new_session: NewSession) -> None:
    session = new_session()
    add_span(session, 1, 8, 10, "minor", "grammar")
    add_span(session, 1, 10, 14, "minor", "style")
    add_span(session, 1, 10, 10, "minor", None)
    for span in said(session, 1).spans:
        assert correct_span(session, 1, span.id, "x").accepted


def test_sides_move_by_what_is_seen_and_stay_in_the_sentence(new_session: NewSession) -> None:
    session = new_session()
    add_span(session, 1, 8, 10, "minor", "grammar")
    span = only_mark(session, 1)
    assert move_mark(session, 1, span, "end", 4).accepted
    assert mark(session, 1, span).text == "Un été"
    assert not move_mark(session, 1, span, "end", 9).accepted
    assert not move_mark(session, 1, span, "start", -1).accepted
    assert not move_mark(session, 1, span, "start", 6).accepted
    assert move_mark(session, 1, span, "start", 3).accepted
    assert mark(session, 1, span).text == "été"


def test_a_quotation_over_sentences_is_one(new_session: NewSession) -> None:
    session = new_session()
    add_quote(session, 1, 11, 26, speaker="Musk")
    ids = {said(session, index).quotes[0].id for index in (1, 2, 3)}
    assert len(ids) == 1
    assert {said(session, index).quotes[0].text for index in (1, 2, 3)} == {"été. Un été. Un"}
    [quote] = ids
    attribute_quote(session, 2, quote, "", "author")
    assert [said(session, index).quotes[0].speaker for index in (1, 2, 3)] == ["", "", ""]
    move_mark(session, 2, quote, "end", -5)
    assert session.annotation(3) is None
    before = everything(session)
    delete_mark(session, 1, quote)
    assert everything(session) == [None] * 6
    session.undo()
    assert everything(session) == before


def test_a_quotation_never_shrinks_to_the_gap_between_sentences(new_session: NewSession) -> None:
    session = new_session()
    add_quote(session, 0, 6, 9, speaker="Musk")
    [quote] = said(session, 0).quotes
    assert move_mark(session, 0, quote.id, "start", 1).accepted
    assert mark(session, 1, quote.id).text == " U"
    before = everything(session)
    refused = move_mark(session, 1, quote.id, "end", -1)
    assert (refused.accepted, refused.message) == (False, "a quotation has at least one word")
    assert everything(session) == before


def test_what_is_missing_is_told_in_order(new_session: NewSession) -> None:
    session = new_session(sentences=3)
    session.tag(0, "fact")
    add_span(session, 1, 8, 10, "minor", None)
    add_quote(session, 1, 8, 20, speaker=None)
    found = list(missing(session))
    assert [(one.sentence, one.what) for one in found] == [
        (1, "undecided"),
        (1, "no category"),
        (1, "no speaker"),
        (2, "undecided"),
    ]
    attribute_quote(session, 1, said(session, 1).quotes[0].id, "", None)
    classify_span(session, 1, said(session, 1).spans[0].id, "major", "style")
    assert {one.what for one in missing(session)} == {"undecided"}


def test_the_corrected_reading_keeps_all_else(new_session: NewSession) -> None:
    session = new_session(sentences=2)
    add_span(session, 0, 0, 2, "minor", "grammar")
    correct_span(session, 0, only_mark(session, 0), "L'")
    add_span(session, 1, 11, 14, "minor", "grammar")
    correct_span(session, 1, only_mark(session, 1), "")
    found = list(
        pieces(session.article.text, 0, 16, (*said(session, 0).spans, *said(session, 1).spans), "fr")
    )
    assert [(one.kind, one.text) for one in found] == [
        ("deleted", "Un "),
        ("inserted", "L'"),
        ("kept", "été. Un"),
        ("deleted", " été"),
        ("kept", ". "),
    ]
    assert "".join(one.text for one in found if one.kind != "inserted") == session.article.text
    assert corrected(session.article.text, [said(session, 0), said(session, 1)], "fr") == "L'été. Un. "


def test_filters(new_session: NewSession) -> None:
    session = new_session()
    session.tag(0, "fact")
    session.unsure(1)
    session.set_note(2, "hm")
    add_span(session, 3, 24, 26, "major", "style")
    note_mark(session, 3, only_mark(session, 3), "hm")
    expected = {"fact": [0], "unsure": [1], "noted": [2, 3], "major": [3], "style": [3], "minor": []}
    for name, indexes in expected.items():
        fits = filter_by(session, name)
        assert [index for index in range(6) if fits(index)] == indexes
    assert following(6, 4, 1, filter_by(session, "noted")) == 2
    assert following(6, 2, -1, filter_by(session, "noted")) == 3
    assert following(6, 0, 1, filter_by(session, "minor")) is None
    counts = {found.name: found.sentences for found in filters(session)}
    assert all(counts[name] == len(indexes) for name, indexes in expected.items())
    assert counts["undecided"] == 5
    for name in counts:
        filter_by(session, name)
    with pytest.raises(KeyError):
        filter_by(session, "nonsense")
