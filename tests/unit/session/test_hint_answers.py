"""Hints are questions: accepted they are marks, refused they stay away, and both can be undone."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from io import BytesIO

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.formats import jsonl
from tui.formats.records import records
from tui.model.annotation import Work
from tui.model.article import Article
from tui.model.hint import Hint, hint_blocks, hint_id
from tui.model.scheme import Scheme
from tui.session.boundary_repairs import merge, split
from tui.session.hint_answers import accept, accept_all, compared, next_open, open_hints, refuse
from tui.session.marks import add_span, correct_span, delete_mark
from tui.session.open_hints import ENOUGH, Tallies, Tally
from tui.session.session import Session
from tui.settings.scheme_file import load
from tui.store.checks import misplaced_in_work

SCHEME = load()
TEXT = "Il a a dit non. Le prix de laacquisition a a monté. Rien ici. Fin a a."


def article_with(*pointed_at: tuple[str, str, str | None]) -> Article:
    """TEXT with a hint on every occurrence of some words: the words, a detector, a correction."""
    starts = [0, 16, 52, 62]
    ends = [15, 51, 61, len(TEXT)]
    found = [
        Hint(
            id=hint_id("0" * 64, detector, place, place + len(words)),
            start=place,
            end=place + len(words),
            detector=detector,
            category="addition" if detector == "doubled" else "spelling",
            severity="major" if detector == "glued" else "minor",
            reason="odd",
            confidence=0.9,
            correction=correction,
        )
        for words, detector, correction in pointed_at
        for place in range(len(TEXT))
        if TEXT.startswith(words, place)
    ]
    return Article(
        id="il-a-00000000",
        title="Il a",
        source="a.txt",
        language="fr",
        text_sha256="0" * 64,
        added_at="2026-11-22T22:00:00.000Z",
        text=TEXT,
        starts=starts,
        ends=ends,
        paragraphs=[0],
        hint_blocks=hint_blocks(sorted(found, key=lambda hint: hint.start)),
    )


ALL = (("a a", "doubled", "a"), ("laacquisition", "glued", "l'acquisition"))


def session_on(*pointed_at: tuple[str, str, str | None], work: Work | None = None) -> Session:
    ticks = itertools.count(1)
    article = article_with(*(pointed_at or ALL))
    return Session(article, SCHEME, work or Work(), "ana", clock=lambda: f"{next(ticks):06}")


def words(session: Session, index: int) -> list[str]:
    return [TEXT[hint.start : hint.end] for hint in session.open_hints(index)]


def test_an_accepted_hint_is_a_mark_that_says_where_it_came_from() -> None:
    session = session_on()
    [glued, doubled] = session.open_hints(1)
    outcome = accept(session, 1, glued)
    assert outcome.message == "accepted “laacquisition” → l'acquisition"
    said = session.annotation(1)
    assert said is not None
    [span] = said.spans
    assert (span.text, span.category, span.severity, span.correction, span.origin) == (
        "laacquisition",
        "spelling",
        "major",
        "l'acquisition",
        "hint:glued",
    )
    assert (said.tags, said.decided, said.tagged_by_span) == (("translation_error",), False, True)
    [decision] = said.hint_decisions
    assert (decision.id, decision.decision, decision.span, decision.text) == (
        glued.id,
        "accepted",
        span.id,
        "laacquisition",
    )
    assert session.open_hints(1) == [doubled]


def test_what_it_says_can_be_changed_while_it_is_accepted() -> None:
    session = session_on()
    glued = session.open_hints(1)[0]
    accept(session, 1, glued, severity="critical", category="grammar", correction="")
    said = session.annotation(1)
    assert said is not None
    assert [(one.severity, one.category, one.correction) for one in said.spans] == [
        ("critical", "grammar", "")
    ]


def test_a_refused_hint_stays_refused_and_says_so_in_the_export() -> None:
    session = session_on()
    refuse(session, 0, session.open_hints(0)[0])
    assert words(session, 0) == []
    again = session_on(work=session.work)
    assert words(again, 0) == []
    assert words(again, 1) == ["laacquisition", "a a"]
    out = BytesIO()
    work = again.work
    jsonl.write(
        records(again.article, list(work.annotations.values()), annotator="ana", scheme="news/1"), out
    )
    [record] = [json.loads(line) for line in out.getvalue().splitlines()]
    [hint] = record["hints"]
    assert {key: hint[key] for key in ("detector", "decision", "text", "start", "end", "at", "span")} == {
        "detector": "doubled",
        "decision": "refused",
        "text": "a a",
        "start": 3,
        "end": 6,
        "at": "000001",
        "span": None,
    }
    assert record["tags"] == []
    assert list(misplaced_in_work(work, TEXT)) == []


def test_a_decision_on_other_words_than_the_text_has_is_found() -> None:
    session = session_on()
    refuse(session, 0, session.open_hints(0)[0])
    said = session.work.annotations[0]
    [decision] = said.hint_decisions
    wrong = msgspec.structs.replace(said, hints=(msgspec.structs.replace(decision, text="b"),))
    assert list(misplaced_in_work(Work(annotations={0: wrong}), TEXT)) == [
        "the hint at 3-6 is not the article's text there"
    ]


def test_undo_asks_again() -> None:
    session = session_on()
    refuse(session, 0, session.open_hints(0)[0])
    session.undo()
    assert words(session, 0) == ["a a"]
    assert session.annotation(0) is None
    session.redo()
    assert words(session, 0) == []


def test_deleting_the_mark_of_an_accepted_hint_refuses_it() -> None:
    session = session_on()
    accept(session, 0, session.open_hints(0)[0])
    said = session.annotation(0)
    assert said is not None
    delete_mark(session, 0, said.spans[0].id)
    left = session.annotation(0)
    assert left is not None
    assert (left.spans, left.tags) == ((), ())
    assert [(one.decision, one.span) for one in left.hint_decisions] == [("refused", None)]
    assert session.asked.tally("doubled") == Tally(0, 1)
    session.undo()
    assert session.asked.tally("doubled") == Tally(1, 1)


def test_what_is_marked_already_is_not_asked_about() -> None:
    session = session_on()
    add_span(session, 1, 27, 40, "minor", "spelling")
    assert words(session, 1) == ["a a"]
    # The same kind of error on some of the words is the same error; another kind is not.
    add_span(session, 1, 41, 49, "minor", "grammar")
    assert words(session, 1) == ["a a"]
    add_span(session, 1, 43, 50, "minor", "addition")
    assert words(session, 1) == []


def test_a_correction_gives_way_to_one_that_is_there() -> None:
    session = session_on()
    outcome = add_span(session, 1, 24, 45, "minor", "grammar")
    assert outcome.step is not None
    said = session.annotation(1)
    assert said is not None
    correct_span(session, 1, said.spans[0].id, "autre")
    accept(session, 1, session.open_hints(1)[0])
    said = session.annotation(1)
    assert said is not None
    assert [(one.text, one.correction) for one in said.spans][1] == ("laacquisition", None)


def test_all_of_a_kind_are_one_step() -> None:
    session = session_on()
    found = list(open_hints(session, "doubled"))
    assert [one.sentence for one in found] == [0, 1, 3]
    outcome = accept_all(session, found)
    assert outcome.message == "accepted 3 hints of doubled"
    assert [len(session.annotation(index).spans) for index in (0, 1, 3)] == [1, 1, 1]  # pyright: ignore[reportOptionalMemberAccess]
    assert list(open_hints(session, "doubled")) == []
    session.undo()
    assert len(list(open_hints(session))) == 4
    with pytest.raises(ValueError, match="no hint"):
        accept_all(session, [])


def test_two_hints_of_one_sentence_are_accepted_at_once() -> None:
    session = session_on(("a", "one", None))
    found = [one for one in open_hints(session) if one.sentence == 0]
    assert len(found) == 2
    accept_all(session, found)
    said = session.annotation(0)
    assert said is not None
    assert len(said.spans) == len(said.hint_decisions) == 2


@pytest.mark.parametrize(
    ("place", "step", "sentence"),
    [(0, 1, 0), (4, 1, 1), (51, 1, 3), (70, 1, None), (62, -1, 1), (3, -1, None)],
)
def test_the_next_one_is_the_nearest(place: int, step: int, sentence: int | None) -> None:
    found = next_open(session_on(), place, step)
    assert (found.sentence if found is not None else None) == sentence


def test_where_hints_are_off_none_is_open() -> None:
    session = session_on()
    session.asked.mode = "off"
    assert list(open_hints(session)) == []
    session.asked.mode = "on"
    session.asked.detectors_off = {"doubled"}
    assert [one.hint.detector for one in open_hints(session)] == ["glued"]


def test_blind_a_sentence_is_decided_first_and_then_compared() -> None:
    session = session_on()
    session.asked.mode = "blind"
    assert list(open_hints(session)) == []
    add_span(session, 1, 27, 40, "minor", "spelling")
    add_span(session, 1, 16, 18, "minor", "grammar")
    assert words(session, 1) == []
    session.tag(1, "translation_error")
    assert words(session, 1) == ["a a"]
    assert compared(session, 1) == (1, 1, 1)


def test_split_and_merge_take_decisions_along() -> None:
    session = session_on()
    for hint in list(session.open_hints(1)):
        refuse(session, 1, hint)
    split(session, 1, 41)
    parts = [session.annotation(index) for index in (1, 2)]
    assert [[one.text for one in said.hint_decisions] for said in parts if said is not None] == [
        ["laacquisition"],
        ["a a"],
    ]
    merge(session, 1)
    said = session.annotation(1)
    assert said is not None
    assert [one.text for one in said.hint_decisions] == ["laacquisition", "a a"]
    merge(session, 0)
    assert words(session, 0) == ["a a"]


def test_a_detector_that_is_wrong_more_often_than_not_is_poor_once_that_says_something() -> None:
    assert Tally(9, ENOUGH).is_poor
    assert not Tally(10, ENOUGH).is_poor
    assert not Tally(0, ENOUGH - 1).is_poor


def test_decisions_elsewhere_count() -> None:
    session, other = session_on(), session_on()
    for found in list(open_hints(other)):
        refuse(other, found.sentence, found.hint)
    said = other.work.annotations.values()
    session.asked.elsewhere = Tallies(one for kept in said for one in kept.hint_decisions)
    accept(session, 0, session.open_hints(0)[0])
    assert session.asked.tally("doubled") == Tally(1, 4)
    assert session.asked.here.detectors() == ["doubled"]


@given(
    answers=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["accept", "refuse", "undo", "redo"]))),
    scheme=st.just(SCHEME),
)
def test_tallies_follow_whatever_is_done(answers: Sequence[tuple[int, str]], scheme: Scheme) -> None:
    session = session_on()
    for nth, what in answers:
        waiting = list(open_hints(session))
        if what == "undo":
            session.undo()
        elif what == "redo":
            session.redo()
        elif nth < len(waiting):
            (accept if what == "accept" else refuse)(session, *waiting[nth])
    afresh = Session(session.published, scheme, session.work, "ana")
    for detector in ("doubled", "glued"):
        assert session.asked.tally(detector) == afresh.asked.tally(detector)
    assert list(open_hints(session)) == list(open_hints(afresh))
    decided = sum(session.asked.tally(detector).decided for detector in ("doubled", "glued"))
    assert decided + len(list(open_hints(session))) == 4


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("a a", "doubled", "a"), ("a a dit", "verbs", None)),
        (("a a dit", "verbs", None), ("a a", "doubled", "a")),
        (("Il a", "verbs", None), ("a a", "glued", None)),
        (("a a", "doubled", "a"), ("a a", "glued", "a")),
    ],
)
def test_an_accepted_hint_does_not_silence_another_on_the_same_words(
    first: tuple[str, str, str | None], second: tuple[str, str, str | None]
) -> None:
    """Whatever its category is."""
    session = session_on(first, second)
    accepted = next(hint for hint in session.open_hints(0) if hint.detector == first[1])
    accept(session, 0, accepted, category="spelling")
    assert [hint.detector for hint in session.open_hints(0)] == [second[1]]
    accept(session, 0, session.open_hints(0)[0], category="spelling")
    assert session.open_hints(0) == []


def test_a_mark_of_your_own_answers_the_hints_on_it() -> None:
    session = session_on(("a a", "doubled", "a"), ("a a dit", "doubled", None))
    add_span(session, 0, 3, 6, "minor", "addition")
    assert session.open_hints(0) == []
