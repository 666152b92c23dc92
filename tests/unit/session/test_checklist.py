"""What is missing, and what is worth a look: one row for each reason, in the order of the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tui.session.checklist import missing, worth_a_look
from tui.session.marks import add_quote, add_span, note_mark
from tui.session.session import Session

NewSession = Callable[..., Session]
Do = Callable[[Session], object]


def quoted(session: Session) -> None:
    session.tag(0, "quote")
    add_quote(session, 0, 0, 6, speaker="")


def marked(session: Session) -> None:
    session.tag(0, "translation_error")
    add_span(session, 0, 0, 2, "minor", "grammar")


def noted_mark(session: Session) -> None:
    marked(session)
    annotation = session.annotation(0)
    assert annotation is not None
    note_mark(session, 0, annotation.spans[0].id, "hm")


CASES: dict[str, tuple[Do, list[str]]] = {
    "fact": (lambda session: session.tag(0, "fact"), []),
    "none": (lambda session: session.none(0), []),
    "error": (lambda session: session.tag(0, "translation_error"), ["no error mark"]),
    "error toggled": (lambda session: session.toggle(0, "translation_error"), ["no error mark"]),
    "error and mark": (marked, []),
    "quote": (lambda session: session.tag(0, "quote"), ["no quotation"]),
    "quote and quotation": (quoted, []),
    "unsure": (lambda session: session.unsure(0), ["unsure"]),
    "note": (lambda session: session.set_note(0, "hm"), ["note"]),
    "note on a mark": (noted_mark, ["note on a mark"]),
    "many": (
        lambda session: [
            session.tag(0, "quote"),
            session.tag(0, "translation_error"),
            session.unsure(0),
            session.set_note(0, "hm"),
        ],
        ["no error mark", "no quotation", "unsure", "note"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_sentence_is_worth_a_look_for_these_reasons(new_session: NewSession, case: str) -> None:
    session = new_session()
    do, expected = CASES[case]
    do(session)
    session.unsure(1)
    looks = list(worth_a_look(session))
    assert [look.what for look in looks] == [*expected, "unsure"]
    assert [look.sentence for look in looks] == [0] * len(expected) + [1]
    assert all(len(look.what) <= 19 for look in looks)


def test_nothing_is_both_missing_and_worth_a_look(new_session: NewSession) -> None:
    session = new_session()
    for index in range(len(session.article)):
        session.unsure(index)
        session.tag(index, "quote")
    assert not list(missing(session))
    assert len(list(worth_a_look(session))) == 2 * len(session.article)
