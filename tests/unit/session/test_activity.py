"""The time spent on a sentence: cut at a minute, never more than went by, and not undone."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from tui.session.activity import IDLE_MS, Activity
from tui.session.boundary_repairs import merge, split
from tui.session.marks import add_span
from tui.session.session import Session

NewSession = Callable[..., Session]


def test_time_belongs_to_the_sentence_that_was_current() -> None:
    activity = Activity()
    activity.key(1_000, 0)
    activity.key(4_000, 0)
    activity.key(9_000, 20)
    assert (activity.pending(0), activity.pending(20), activity.pending(5)) == (3_000, 5_000, 0)


@given(st.lists(st.tuples(st.integers(0, 3 * IDLE_MS), st.integers(0, 3))))
def test_no_more_than_went_by_and_no_long_pauses(keys: list[tuple[int, int]]) -> None:
    activity, now = Activity(), 0
    for pause, start in keys:
        now += pause
        activity.key(now, start)
    pauses = [pause for pause, _ in keys[1:]]
    assert sum(map(activity.pending, range(4))) == sum(min(pause, IDLE_MS) for pause in pauses)


def test_an_annotation_holds_the_time_until_its_last_change(new_session: NewSession) -> None:
    session = new_session()
    start = session.article.starts[1]
    session.activity.add(start, 700)
    session.tag(1, "fact")
    assert active_ms(session, 1) == 700
    session.activity.add(start, 50)
    session.toggle(1, "fact")
    assert session.annotation(1) is None
    session.tag(1, "opinion")
    assert active_ms(session, 1) == 750


def test_undo_takes_no_time_back(new_session: NewSession) -> None:
    session = new_session()
    start = session.article.starts[1]
    session.activity.add(start, 700)
    session.tag(1, "fact")
    session.undo()
    session.activity.add(start, 50)
    session.tag(1, "opinion")
    assert active_ms(session, 1) == 750
    session.undo()
    session.redo()
    session.none(1)
    assert active_ms(session, 1) == 750


ACTS = st.sampled_from(["fact", "opinion", "toggle", "clear", "mark", "split", "merge", "undo", "redo"])


@given(st.lists(st.tuples(ACTS, st.integers(0, 2), st.integers(0, 2 * IDLE_MS)), max_size=30))
def test_whatever_is_done_and_undone_all_time_is_kept_and_none_is_made(
    session_of: NewSession, keys: list[tuple[str, int, int]]
) -> None:
    session = session_of(["Un deux trois.", "Quatre cinq six.", "Sept huit."])
    now = counted = 0
    session.activity.key(0, 0)
    for act, index, pause in keys:
        index = min(index, len(session.article) - 1)
        now += pause
        counted += min(pause, IDLE_MS)
        session.activity.key(now, session.article.starts[index])
        perform(session, act, index)
        stored = [said.active_ms for said in session.work.annotations.values()]
        assert min(stored, default=0) >= 0
        assert sum(stored) <= counted <= now
    pending = sum(session.activity.pending(start) for start in range(len(session.article.text)))
    assert pending + sum(said.active_ms for said in session.work.annotations.values()) == counted


def perform(session: Session, act: str, index: int) -> None:
    start = session.article.starts[index]
    match act:
        case "fact" | "opinion":
            session.tag(index, act)
        case "toggle":
            session.toggle(index, "fact")
        case "clear":
            session.clear(index)
        case "mark":
            add_span(session, index, start, start + 2, "minor", "style")
        case "split":
            split(session, index, session.article.text.find(" ", start) + 1)
        case "merge":
            merge(session, index)
        case "undo":
            session.undo()
        case _:
            session.redo()


def active_ms(session: Session, index: int) -> int:
    said = session.annotation(index)
    assert said is not None
    return said.active_ms
