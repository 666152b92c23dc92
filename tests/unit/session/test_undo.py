"""Undo and redo go on where the session before stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tui.model.annotation import Annotation, Step, Work
from tui.model.article import Article
from tui.model.scheme import Scheme
from tui.session.session import Outcome, Session
from tui.store.protocol import Damaged

MakeArticle = Callable[..., Article]

ACTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["fact", "quote", "clear"]), st.integers(0, 3)),
        st.tuples(st.sampled_from(["undo", "redo"]), st.just(0)),
        st.tuples(st.just("leave"), st.just(0)),
    ),
    max_size=40,
)


class Sittings:
    """One annotator who leaves and comes back; what was stored is all that a new session knows."""

    def __init__(self, article: Article, scheme: Scheme) -> None:
        self.article = article
        self.scheme = scheme
        self.stored: list[Step] = []
        self.come_back()

    def come_back(self) -> None:
        said: dict[int, Annotation] = {}
        for step in self.stored:
            for change in step.changes:
                if change.after is None:
                    said.pop(change.start, None)
                else:
                    said[change.start] = change.after
        self.session = Session(
            self.article,
            self.scheme,
            Work(annotations=said),
            "ana",
            clock=lambda: f"{len(self.stored):06}",
            earlier=reversed(list(self.stored)),
        )

    def act(self, name: str, sentence: int) -> Outcome | None:
        if name == "leave":
            self.come_back()
            return None
        command = {"undo": self.session.undo, "redo": self.session.redo}.get(name)
        if command is not None:
            outcome = command()
        elif name == "clear":
            outcome = self.session.clear(sentence)
        else:
            outcome = self.session.toggle(sentence, name)
        if outcome.step is not None:
            self.stored.append(outcome.step)
        return outcome

    def said(self) -> list[Annotation | None]:
        return [self.session.annotation(index) for index in range(len(self.article))]


@given(ACTS)
def test_leaving_and_coming_back_changes_nothing(
    make_article: MakeArticle, scheme: Scheme, acts: list[tuple[str, int]]
) -> None:
    sitting, leaving = Sittings(make_article(4), scheme), Sittings(make_article(4), scheme)
    for name, sentence in acts:
        outcome = leaving.act(name, sentence)
        if name != "leave":
            staying = sitting.act(name, sentence)
            assert outcome is not None
            assert staying is not None
            assert (outcome.message, outcome.accepted) == (staying.message, staying.accepted)
        assert leaving.said() == sitting.said()


@given(ACTS)
def test_undo_goes_back_to_the_very_first_step(
    make_article: MakeArticle, scheme: Scheme, acts: list[tuple[str, int]]
) -> None:
    work = Sittings(make_article(4), scheme)
    for name, sentence in acts:
        work.act(name, sentence)
    work.come_back()
    while (outcome := work.act("undo", 0)) is not None and outcome.step is not None:
        pass
    assert work.said() == [None] * 4
    while (outcome := work.act("redo", 0)) is not None and outcome.step is not None:
        work.come_back()


def test_nothing_is_read_before_it_is_needed(make_article: MakeArticle, scheme: Scheme) -> None:
    first = Sittings(make_article(4), scheme)
    for sentence in range(3):
        first.act("fact", sentence)
    read: list[Step] = []

    def reading() -> Iterator[Step]:
        for step in reversed(first.stored):
            read.append(step)
            yield step

    work = Work(annotations={said.start: said for said in first.said() if said is not None})
    session = Session(first.article, scheme, work, "ana", earlier=reading())
    session.toggle(3, "quote")
    session.undo()
    assert read == []
    session.undo()
    assert len(read) == 1


def test_a_step_that_changed_nothing_is_passed_over(make_article: MakeArticle, scheme: Scheme) -> None:
    work = Sittings(make_article(4), scheme)
    work.act("fact", 0)
    work.act("fact", 1)
    work.act("undo", 0)
    work.stored.append(Step(action="repair", label="repaired", at="", changes=(), cursor=0))
    work.come_back()
    acts = [work.act(name, 0) for name in ("redo", "undo", "undo", "undo")]
    messages = [outcome.message for outcome in acts if outcome]
    assert messages == [
        "redone: tag fact (sentence 2)",
        "undone: tag fact (sentence 2)",
        "undone: tag fact (sentence 1)",
        "nothing to undo",
    ]


def test_what_an_older_version_stored_is_not_taken_back(make_article: MakeArticle, scheme: Scheme) -> None:
    work = Sittings(make_article(4), scheme)
    work.act("fact", 0)
    work.stored = [msgspec.structs.replace(work.stored[0], action="migrate", label="taken over")]
    work.come_back()
    work.act("quote", 1)
    work.come_back()
    messages = [outcome.message for outcome in (work.act("undo", 0), work.act("undo", 0)) if outcome]
    assert messages == ["undone: tag quote (sentence 2)", "nothing to undo"]


def test_what_has_changed_since_is_not_overwritten(make_article: MakeArticle, scheme: Scheme) -> None:
    first = Sittings(make_article(4), scheme)
    first.act("fact", 0)
    session = Session(first.article, scheme, Work(), "ana", earlier=reversed(first.stored))
    outcome = session.undo()
    assert not outcome.accepted
    assert outcome.message == "not undone: tag fact, because the sentence has changed since"
    assert session.annotation(0) is None


def test_a_damaged_history_is_said(make_article: MakeArticle, scheme: Scheme) -> None:
    def damaged() -> Iterator[Step]:
        yield from ()
        raise Damaged("the history is damaged: mend it")

    session = Session(make_article(4), scheme, Work(), "ana", earlier=damaged())
    assert session.undo().message == "the history is damaged: mend it"
    assert session.undo().message == "nothing to undo"
