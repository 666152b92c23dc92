"""Correcting entities: here, everywhere, undone at once; and what the annotator hid stays hidden."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tui.model.article import Entity
from tui.session.entities import delete_entity, occurrences, set_entity, set_entity_bounds
from tui.session.session import Session

SessionOf = Callable[..., Session]

TEXT = (
    ("Elon Musk et Musk ont vu Muskville.", "L’été pro-Musk de 2015Musk."),
    ("Musk a fini.", "L'été de Rome."),
)
NAMES = {"Elon Musk": "PER", "2015": "DATE", "Rome": "LOC"}


@pytest.fixture
def session(session_of: SessionOf) -> Session:
    return session_of(*TEXT, names=NAMES)


def place(session: Session, words: str, number: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(number + 1):
        start = session.article.text.index(words, start + 1)
    return start, start + len(words)


def entity(session: Session, words: str, number: int = 0) -> Entity:
    start, end = place(session, words, number)
    here = session.entities(session.article.sentence_at(start))
    [found] = [one for one in here if (one.start, one.end) == (start, end)]
    return found


def seen(session: Session) -> list[tuple[str, str, str, str]]:
    text = session.article.text
    return [
        (text[one.start : one.end], one.label, one.origin, one.status)
        for index in range(len(session.article))
        for one in session.entities(index)
    ]


FOUND = [
    ("Elon Musk", "PER", "rule", "unreviewed"),
    ("2015", "DATE", "rule", "unreviewed"),
    ("Rome", "LOC", "rule", "unreviewed"),
]


def test_another_label(session: Session) -> None:
    assert seen(session) == FOUND
    outcome = set_entity(session, *place(session, "Elon Musk"), "ORG")
    assert outcome.message == "“Elon Musk” as organisation"
    assert seen(session)[0] == ("Elon Musk", "ORG", "human", "amended")
    assert set_entity(session, *place(session, "Elon Musk"), "ORG").step is None
    set_entity(session, *place(session, "Elon Musk"), "PER")
    assert seen(session)[0] == ("Elon Musk", "PER", "human", "accepted")


def test_one_more(session: Session) -> None:
    set_entity(session, *place(session, "Musk", 1), "PER")
    assert seen(session)[:2] == [FOUND[0], ("Musk", "PER", "human", "accepted")]


def test_away_with_one(session: Session) -> None:
    assert delete_entity(session, entity(session, "Rome")).message == "deleted place “Rome”"
    assert seen(session) == FOUND[:2]
    set_entity(session, *place(session, "Rome"), "LOC")
    delete_entity(session, entity(session, "Rome"))
    assert seen(session) == FOUND[:2]


def test_away_with_ones_own_leaves_nothing(session: Session) -> None:
    set_entity(session, *place(session, "Musk", 1), "PER")
    delete_entity(session, entity(session, "Musk", 1))
    assert seen(session) == FOUND
    assert not session.work.entities


def test_other_bounds_and_what_was_hidden_stays_hidden(session: Session) -> None:
    set_entity_bounds(session, entity(session, "Elon Musk"), *place(session, "Musk"))
    assert seen(session)[0] == ("Musk", "PER", "human", "amended")
    set_entity_bounds(session, entity(session, "Musk"), *place(session, "et"))
    assert seen(session)[0] == ("et", "PER", "human", "accepted")
    delete_entity(session, entity(session, "et"))
    assert seen(session) == FOUND[1:]
    for _ in range(3):
        session.undo()
    assert seen(session) == FOUND
    assert not session.work.entities


def test_over_several(session: Session) -> None:
    start, _ = place(session, "Elon")
    _, end = place(session, "Muskville")
    set_entity(session, start, end, "ORG")
    assert seen(session)[0] == ("Elon Musk et Musk ont vu Muskville", "ORG", "human", "amended")


def test_occurrences_are_whole_words_that_belong_to_nothing_longer(session: Session) -> None:
    found = occurrences(session, *place(session, "Musk", 1))
    assert [(one.sentence, one.label, one.words) for one in found] == [
        (0, None, "Musk"),
        (1, None, "Musk"),
        (2, None, "Musk"),
    ]
    assert (found[0].before, found[0].after) == ("Elon Musk et ", " ont vu Muskville.")
    assert (found[2].before, found[2].after) == ("", " a fini.")
    # The one that is pointed at counts, whatever it belongs to.
    assert len(occurrences(session, *place(session, "Musk"))) == 4
    assert occurrences(session, 0, 0) == []


def test_apostrophes_are_all_the_same(session: Session) -> None:
    assert [one.sentence for one in occurrences(session, *place(session, "L'été"))] == [1, 3]


def test_everywhere_is_one_step(session: Session) -> None:
    outcome = set_entity(session, *place(session, "Musk", 1), "PER", everywhere=True)
    assert outcome.message == "“Musk” as person (3 places)"
    assert [one[0] for one in seen(session)] == ["Elon Musk", "Musk", "2015", "Musk", "Musk", "Rome"]
    outcome = delete_entity(session, entity(session, "Musk", 1), everywhere=True)
    assert outcome.message == "deleted person “Musk” (3 places)"
    assert seen(session) == FOUND
    assert session.undo().sentence == 0
    assert len(seen(session)) == 6
    session.undo()
    assert seen(session) == FOUND


def test_other_bounds_everywhere(session_of: SessionOf) -> None:
    session = session_of(
        ("M. Musk dit non.", "Puis M. Musk part.", "Elon Musk reste, M. Musk aussi."),
        names={"M. Musk": "ORG", "Elon Musk": "PER"},
    )
    text = session.article.text
    set_entity_bounds(session, entity(session, "M. Musk"), *place(session, "Musk"), everywhere=True)
    assert [(words, label) for words, label, _, _ in seen(session)] == [
        ("Musk", "ORG"),
        ("Musk", "ORG"),
        ("Elon Musk", "PER"),
        ("Musk", "ORG"),
    ]
    first = entity(session, "Musk")
    set_entity_bounds(session, first, *place(session, "M. Musk"), everywhere=True)
    assert [words for words, *_ in seen(session)] == ["M. Musk", "M. Musk", "Elon Musk", "M. Musk"]
    assert session.article.text is text


def test_an_entity_lies_in_one_sentence(session: Session) -> None:
    start, _ = place(session, "Muskville")
    end = place(session, "L’été")[1]
    for outcome in (
        set_entity(session, start, end, "PER"),
        set_entity_bounds(session, entity(session, "Rome"), start, end),
    ):
        assert not outcome.accepted
        assert outcome.message == "a name cannot cross sentences"


def test_nonsense_is_no_entity(session: Session) -> None:
    with pytest.raises(ValueError, match="not an entity label"):
        set_entity(session, *place(session, "Rome"), "CITY")
    with pytest.raises(ValueError, match="no word"):
        set_entity(session, 4, 5, "PER")


def test_what_was_changed_since_is_not_undone(session: Session, session_of: SessionOf) -> None:
    outcome = set_entity(session, *place(session, "Rome"), "ORG")
    assert outcome.step is not None
    other = Session(session.published, session.scheme, session.work, "ana", earlier=[outcome.step])
    set_entity(other, *place(session, "Rome"), "MISC")
    again = Session(session.published, session.scheme, other.work, "ana", earlier=[outcome.step])
    assert "has changed since" in again.undo().message


def test_warnings_that_come_with_late_names_are_in_both_forms(session_of: SessionOf) -> None:
    session = session_of(*TEXT)
    late = session_of(*TEXT, names=NAMES).article
    late.warnings = ["names were found by their capitals"]
    session.entities_found(late)
    assert session.article.warnings == session.published.warnings == late.warnings
