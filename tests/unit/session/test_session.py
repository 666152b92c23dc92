"""Each key decides what it should, undo takes back exactly one, and counting stays right."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.annotation import Annotation, Step
from tui.model.article import Article
from tui.session.session import Outcome, Session
from tui.store.folder import FolderStore
from tui.store.library import Library

NewSession = Callable[..., Session]


def said(session: Session, index: int) -> Annotation:
    found = session.annotation(index)
    assert found is not None
    return found


def step(outcome: Outcome) -> Step:
    assert outcome.step is not None
    return outcome.step


def unchanged(outcome: Outcome) -> bool:
    assert outcome.message.isprintable()
    assert outcome.message
    return outcome.step is None


# -- deciding --------------------------------------------------------------


def test_a_tag_decides(new_session: NewSession) -> None:
    session = new_session()
    outcome = session.tag(1, "quote")
    assert (outcome.message, outcome.sentence, outcome.accepted) == ("tagged quote", 1, True)
    assert (step(outcome).action, step(outcome).label, step(outcome).cursor) == (
        "tag.quote",
        "tagged quote",
        8,
    )
    assert said(session, 1).tags == ("quote",)
    assert (said(session, 1).start, said(session, 1).end, said(session, 1).text) == (8, 15, "Un été.")
    assert session.is_decided(1)
    assert session.decided_count == 1
    assert session.cursor == 0


def test_a_second_tag_joins_the_first_in_the_schemes_order(new_session: NewSession) -> None:
    session = new_session()
    for tag in ("translation_error", "quote", "fact"):
        session.tag(0, tag)
    assert said(session, 0).tags == ("fact", "quote", "translation_error")
    assert session.decided_count == 1


def test_the_same_tag_again_changes_nothing_and_is_no_refusal(new_session: NewSession) -> None:
    session = new_session()
    session.tag(0, "fact")
    outcome = session.tag(0, "fact")
    assert unchanged(outcome)
    assert outcome.accepted
    assert "already" in outcome.message


def test_a_tag_decides_a_sentence_that_a_mark_had_tagged(new_session: NewSession, marked: Annotation) -> None:
    session = new_session(marked)
    assert not session.is_decided(2)
    assert session.tag(2, "translation_error").step is not None
    assert session.is_decided(2)
    assert said(session, 2).spans == marked.spans


def test_toggling_on_decides_and_off_leaves_the_others(new_session: NewSession) -> None:
    session = new_session()
    assert step(session.toggle(0, "fact")).action == "toggle.fact"
    session.toggle(0, "opinion")
    outcome = session.toggle(0, "fact")
    assert outcome.message == "untagged fact"
    assert said(session, 0).tags == ("opinion",)
    assert session.is_decided(0)


def test_removing_the_last_tag_leaves_the_sentence_undecided(new_session: NewSession) -> None:
    session = new_session()
    session.tag(0, "fact")
    session.toggle(0, "fact")
    assert session.annotation(0) is None
    assert session.decided_count == 0
    session.unsure(0)
    session.tag(0, "fact")
    session.toggle(0, "fact")
    assert not said(session, 0).decided
    assert said(session, 0).unsure


def test_none_decides_without_tags(new_session: NewSession) -> None:
    session = new_session()
    session.tag(0, "fact")
    assert step(session.none(0)).action == "tag.none"
    assert said(session, 0).tags == ()
    assert session.is_decided(0)
    assert session.none(1).step is not None
    assert session.is_decided(1)
    again = session.none(1)
    assert unchanged(again)
    assert again.accepted


def test_none_refuses_where_errors_are_marked_and_says_why(
    new_session: NewSession, marked: Annotation
) -> None:
    session = new_session(marked)
    outcome = session.none(2)
    assert outcome.message == "has 2 error marks: delete them or press t"
    assert unchanged(outcome)
    assert not outcome.accepted
    assert session.annotation(2) == marked


def test_the_error_tag_stays_while_errors_are_marked(new_session: NewSession, marked: Annotation) -> None:
    session = new_session(marked)
    outcome = session.toggle(2, "translation_error")
    assert outcome.message == "has 2 error marks: delete them first"
    assert not outcome.accepted
    assert session.annotation(2) == marked
    session.tag(2, "fact")
    assert session.toggle(2, "fact").accepted


def test_clearing_touches_nothing_but_tags_and_decision(new_session: NewSession, marked: Annotation) -> None:
    session = new_session(marked)
    session.tag(2, "fact")
    assert step(session.clear(2)).action == "tags.clear"
    after = said(session, 2)
    assert (after.tags, after.decided) == ((), False)
    assert (after.spans, after.quotes) == (marked.spans, marked.quotes)
    assert (after.note, after.unsure) == ("odd", True)
    assert unchanged(session.clear(2))
    assert unchanged(session.clear(0))


def test_unsure_is_a_flag_that_decides_nothing(new_session: NewSession) -> None:
    session = new_session()
    assert session.unsure(0).message == "marked unsure"
    assert said(session, 0).unsure
    assert session.decided_count == 0
    assert session.unsure(0).message == "marked sure"
    assert session.annotation(0) is None


def test_notes_are_stripped_storable_and_removable(new_session: NewSession) -> None:
    session = new_session()
    session.set_note(0, "  half \ud83d of a pair, 😀 whole\n")
    assert said(session, 0).note == "half \ufffd of a pair, 😀 whole"
    assert unchanged(session.set_note(1, "  "))
    assert session.set_note(0, " ").message == "removed the note"
    assert session.annotation(0) is None


def test_created_is_kept_and_updated_moves(new_session: NewSession, marked: Annotation) -> None:
    session = new_session(marked)
    session.tag(2, "fact")
    assert said(session, 2).created_at == "000000"
    assert said(session, 2).updated_at > "000000"


def test_what_is_not_there_raises(new_session: NewSession) -> None:
    session = new_session()
    for index in (-1, 6):
        with pytest.raises(IndexError):
            session.tag(index, "fact")
    with pytest.raises(KeyError):
        session.tag(0, "lies")
    with pytest.raises(KeyError):
        session.toggle(0, "lies")


# -- undo ------------------------------------------------------------------


def test_undo_restores_exactly_and_says_what(new_session: NewSession, marked: Annotation) -> None:
    session = new_session(marked)
    session.tag(2, "quote")
    session.tag(3, "fact")
    outcome = session.undo()
    assert (outcome.sentence, outcome.message) == (3, "undone: tag fact (sentence 4)")
    assert (step(outcome).action, step(outcome).cursor) == ("undo", 24)
    assert session.annotation(3) is None
    assert session.undo().sentence == 2
    assert session.annotation(2) == marked
    nothing = session.undo()
    assert (nothing.message, nothing.accepted) == ("nothing to undo", False)
    assert nothing.step is None


def test_redo_restores_exactly_until_something_new_is_done(new_session: NewSession) -> None:
    session = new_session()
    session.tag(0, "fact")
    done = session.annotation(0)
    session.undo()
    outcome = session.redo()
    assert (outcome.message, step(outcome).action) == ("redone: tag fact (sentence 1)", "redo")
    assert session.annotation(0) == done
    session.undo()
    session.tag(1, "fact")
    assert session.redo().message == "nothing to redo"


# -- opening ---------------------------------------------------------------


def test_the_cursor_is_where_it_was_left(new_session: NewSession) -> None:
    assert new_session(cursor=24).cursor == 3
    assert new_session(cursor=10**9).cursor == 5


def test_annotations_of_other_sentences_are_kept_apart(new_session: NewSession, marked: Annotation) -> None:
    other = Annotation(
        segmentation=2, start=8, end=23, text="Un été. Un été.", decided=True, created_at="", updated_at=""
    )
    inner = Annotation(segmentation=2, start=3, end=6, text="été", note="n", created_at="", updated_at="")
    session = new_session(marked, other, inner)
    assert session.orphans == (inner, other)
    assert session.annotation(1) is None
    assert session.decided_count == 0
    # Its place in the store is taken: tagging here would write over it.
    outcome = session.tag(1, "fact")
    assert unchanged(outcome)
    assert not outcome.accepted
    assert session.tag(0, "fact").accepted


def test_an_article_without_sentences_is_no_trouble(new_session: NewSession) -> None:
    session = new_session(sentences=0)
    assert session.next_undecided(0) is None
    assert session.undo().step is None
    with pytest.raises(IndexError):
        session.tag(0, "fact")


# -- what is still undecided -----------------------------------------------


@given(decided=st.lists(st.booleans(), max_size=40), index=st.integers(-2, 42))
def test_the_next_undecided_is_the_nearest_one(
    new_session: NewSession, decided: list[bool], index: int
) -> None:
    session = new_session(sentences=len(decided))
    for number, wanted in enumerate(decided):
        if wanted:
            session.none(number)
    open_ones = [number for number, wanted in enumerate(decided) if not wanted]
    assert session.next_undecided(index) == min((n for n in open_ones if n > index), default=None)
    assert session.next_undecided(index, -1) == max((n for n in open_ones if n < index), default=None)


# -- any order of commands -------------------------------------------------

indexes = st.integers(0, 5)
tag_ids = st.sampled_from(["fact", "opinion", "quote", "translation_error"])
commands = st.one_of(
    st.tuples(st.just("tag"), indexes, tag_ids),
    st.tuples(st.just("toggle"), indexes, tag_ids),
    st.tuples(st.just("none"), indexes),
    st.tuples(st.just("clear"), indexes),
    st.tuples(st.just("unsure"), indexes),
    st.tuples(st.just("set_note"), indexes, st.sampled_from(["", "a", "b"])),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)


def state(session: Session) -> dict[int, Annotation]:
    found = ((index, session.annotation(index)) for index in range(len(session.article)))
    return {index: one for index, one in found if one is not None}


def run(session: Session, script: list[tuple[str, ...]]) -> list[Step]:
    steps: list[Step] = []
    for name, *arguments in script:
        before = state(session)
        outcome: Outcome = getattr(session, name)(*arguments)
        if outcome.step is None:
            assert state(session) == before
        else:
            steps.append(outcome.step)
            assert state(session) != before
            assert session.article.sentence_at(outcome.step.cursor) == outcome.sentence
    return steps


@given(st.lists(commands, max_size=40))
def test_counts_and_rules_hold_after_any_commands(
    new_session: NewSession, marked: Annotation, script: list[tuple[str, ...]]
) -> None:
    session = new_session(marked)
    run(session, script)
    everything = state(session)
    assert session.decided_count == sum(one.decided for one in everything.values())
    for index, one in everything.items():
        assert not one.is_empty
        assert one.decided == session.is_decided(index)
        assert one.tags == session.scheme.in_order(one.tags)
        assert session.article.text[one.start : one.end] == one.text
    assert said(session, 2).spans == marked.spans
    assert said(session, 2).quotes == marked.quotes


@given(st.lists(commands, max_size=40))
def test_undoing_all_gives_the_beginning_and_redoing_all_the_end(
    new_session: NewSession, marked: Annotation, script: list[tuple[str, ...]]
) -> None:
    session = new_session(marked)
    beginning = state(session)
    run(session, script)
    while session.redo().step is not None:
        pass
    end = state(session)
    undone = 0
    while session.undo().step is not None:
        undone += 1
    assert state(session) == beginning
    assert session.decided_count == 0
    for _ in range(undone):
        assert session.redo().step is not None
    assert session.redo().step is None
    assert state(session) == end


@given(st.lists(commands, max_size=25), st.integers(1, 5))
def test_the_store_holds_what_the_session_holds(
    make_article: Callable[..., Article],
    new_session: NewSession,
    script: list[tuple[str, ...]],
    at_once: int,
) -> None:
    article = make_article()
    with tempfile.TemporaryDirectory() as name:
        Library(Path(name)).save(article)
        store = FolderStore(Path(name), scheme="news/1")
        session = new_session()
        steps = run(session, script)
        writer = store.open(article.id, "ana")
        for first in range(0, len(steps), at_once):
            writer.put(*steps[first : first + at_once])
        writer.close()
        work = store.load(article.id, "ana")
        assert work.annotations == {one.start: one for one in state(session).values()}
        assert state(new_session(*work.annotations.values())) == state(session)
