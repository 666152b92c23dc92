"""Whatever commands are given, in whatever order: nothing said is ever out of place, and all can be undone and redone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.long import long_or_short
from tui.model.annotation import Annotation, Quote, Span
from tui.model.article import Entity
from tui.session.boundary_repairs import merge, places_to_split, split
from tui.session.entities import delete_entity, set_entity, set_entity_bounds
from tui.session.mark_edits import Mark, marks
from tui.session.marks import (
    add_quote,
    add_span,
    attribute_quote,
    classify_span,
    correct_span,
    delete_mark,
    move_mark,
    note_mark,
)
from tui.session.session import Outcome, Session
from tui.store.checks import misplaced_in_work
from tui.text.words import targets

PARAGRAPHS = (
    ("Un été à Rome.", "Musk a dit\u00a0: «\u00a0non\u00a0».", "L'été de Rome… 👩\u200d👧 oui."),
    ("Titre",),
    ("e\u0301té Rome Musk", "Trois fois Rome, Rome et Rome."),
)
NAMES = {"Rome": "LOC", "Musk": "PER", "Trois": "NUMBER"}
TAGS = ("fact", "opinion", "quote", "translation_error")


class Hand:
    """Gives a command at a sentence; `a`, `b` and `c` choose words, marks and answers."""

    def __init__(self, session: Session, index: int, a: int, b: int, c: int) -> None:
        self.session, self.index, self.a, self.b, self.c = session, index, a, b, c

    def stretch(self, words: Sequence[tuple[int, int]] = ()) -> tuple[int, int]:
        article = self.session.article
        words = words or targets(
            article.text, article.starts[self.index], article.ends[self.index], article.language
        )
        first = self.a % len(words)
        last = min(len(words) - 1, first + self.b % 4)
        return words[first][0], words[last][1]

    def mark(self, kind: type[Mark]) -> str | None:
        """One of the sentence, or of the next that has any; the command is then about that."""
        for index in self.onwards():
            found = [one.id for one in marks(self.session.annotation(index)) if isinstance(one, kind)]
            if found:
                self.index = index
                return found[self.a % len(found)]
        return None

    def entity(self) -> Entity | None:
        for index in self.onwards():
            found = self.session.entities(index)
            if found:
                self.index = index
                return found[self.a % len(found)]
        return None

    def onwards(self) -> Iterator[int]:
        count = len(self.session.article)
        return ((self.index + step) % count for step in range(count))

    # -- commands; None where there is nothing to give it on -----------------

    def tag(self) -> Outcome:
        return self.session.tag(self.index, TAGS[self.a % 4])

    def toggle(self) -> Outcome:
        return self.session.toggle(self.index, TAGS[self.a % 4])

    def none(self) -> Outcome:
        return self.session.none(self.index)

    def clear(self) -> Outcome:
        return self.session.clear(self.index)

    def unsure(self) -> Outcome:
        return self.session.unsure(self.index)

    def note(self) -> Outcome:
        return self.session.set_note(self.index, "n" * (self.a % 3))

    def add_span(self) -> Outcome:
        start, end = self.stretch()
        return add_span(self.session, self.index, start, start if self.c % 4 == 0 else end, "minor", "style")

    def classify_span(self) -> Outcome | None:
        found = self.mark(Span)
        severity = ("minor", "major", "critical")[self.b % 3]
        return None if found is None else classify_span(self.session, self.index, found, severity, None)

    def correct_span(self) -> Outcome | None:
        found, words = self.mark(Span), ("", "été", "x", None)[self.b % 4]
        return (
            None
            if found is None
            else correct_span(self.session, self.index, found, words, take_place=bool(self.c % 2))
        )

    def note_mark(self) -> Outcome | None:
        found = self.mark(Span)
        return None if found is None else note_mark(self.session, self.index, found, "n" * (self.b % 3))

    def add_quote(self) -> Outcome:
        article = self.session.article
        ahead = targets(
            article.text,
            article.starts[self.index],
            min(len(article.text), article.ends[self.index] + 30),
            "fr",
        )
        start, end = self.stretch(ahead)
        return add_quote(self.session, self.index, start, end, speaker=(None, "", "Musk")[self.c % 3])

    def attribute_quote(self) -> Outcome | None:
        found = self.mark(Quote)
        return (
            None
            if found is None
            else attribute_quote(self.session, self.index, found, "Altman", ("author", None)[self.b % 2])
        )

    def move_mark(self) -> Outcome | None:
        found = self.mark(Span) if self.c % 2 else self.mark(Quote)
        if found is None:
            return None
        outcome = move_mark(self.session, self.index, found, "start" if self.c % 4 < 2 else "end", self.b - 4)
        said = map(self.session.annotation, range(len(self.session.article)))
        assert any(one.id == found for each in said for one in marks(each))
        return outcome

    def delete_mark(self) -> Outcome | None:
        found = self.mark(Span) if self.c % 2 else self.mark(Quote)
        return None if found is None else delete_mark(self.session, self.index, found)

    def set_entity(self) -> Outcome:
        return set_entity(
            self.session, *self.stretch(), ("PER", "ORG")[self.c % 2], everywhere=bool(self.c % 3)
        )

    def set_entity_bounds(self) -> Outcome | None:
        found = self.entity()
        return (
            None
            if found is None
            else set_entity_bounds(self.session, found, *self.stretch(), everywhere=bool(self.c % 2))
        )

    def delete_entity(self) -> Outcome | None:
        found = self.entity()
        return None if found is None else delete_entity(self.session, found, everywhere=bool(self.c % 2))

    def split(self) -> Outcome | None:
        places = places_to_split(self.session, self.index)
        return split(self.session, self.index, places[self.a % len(places)][0]) if places else None

    def merge(self) -> Outcome:
        return merge(self.session, self.index)


COMMANDS = [
    name for name, made in vars(Hand).items() if callable(made) and "Outcome" in str(made.__annotations__)
]
numbers = st.integers(0, 11)
ACTS = st.lists(
    st.tuples(st.sampled_from(COMMANDS), numbers, numbers, numbers, numbers), min_size=8, max_size=40
)


def state(session: Session) -> object:
    """All that is said, and the sentences that it is said of."""
    work, article = session.work, session.article
    return work.annotations, work.entities, work.repairs, article.starts, article.ends, session.decided_count


def check(session: Session) -> None:
    """What always holds."""
    article = session.article
    assert list(misplaced_in_work(session.work, article.text)) == []
    assert session.orphans == ()
    said = [session.annotation(index) for index in range(len(article))]
    assert session.decided_count == sum(one is not None and one.decided for one in said)
    for index, one in enumerate(said):
        start, end = article.starts[index], article.ends[index]
        entities = session.entities(index)
        assert all(start <= entity.start < entity.end <= end for entity in entities)
        assert all(before.end <= after.start for before, after in pairwise(entities))
        if one is not None:
            assert not one.is_empty
            check_marks(one, start, end)
            for quote in one.quotes:
                for other in range(len(article)):
                    is_there = article.starts[other] < quote.end and quote.start < article.ends[other]
                    beside = said[other]
                    assert is_there == (beside is not None and quote in beside.quotes)


def check_marks(one: Annotation, start: int, end: int) -> None:
    for span in one.spans:
        assert start <= span.start <= span.end <= end
    for quote in one.quotes:
        assert quote.start < end
        assert start < quote.end
    assert len({mark.id for mark in marks(one)}) == len(marks(one))
    if one.spans and one.decided:
        assert one.tags
    corrected = [span for span in one.spans if span.correction is not None]
    for place, span in enumerate(corrected):
        for other in corrected[place + 1 :]:
            assert not (span.start < other.end and other.start < span.end)


@pytest.mark.longer
@settings(deadline=None, max_examples=long_or_short(600, 100))
@given(ACTS)
def test_undoing_all_gives_the_beginning_and_redoing_all_the_end(
    session_of: Callable[..., Session], acts: list[tuple[str, int, int, int, int]]
) -> None:
    session = session_of(*PARAGRAPHS, names=NAMES)
    states = [state(session)]
    for name, index, a, b, c in acts:
        before = states[-1]
        outcome = getattr(Hand(session, index % len(session.article), a, b, c), name)()
        check(session)
        if outcome is None or outcome.step is None:
            assert state(session) == before
        else:
            event(name)
            states.append(state(session))
            assert states[-1] != before
    undone = redone = None
    for one in reversed(states):
        assert state(session) == one
        check(session)
        undone = session.undo()
    assert undone is not None
    assert undone.message == "nothing to undo"
    assert session.article is session.published
    for one in states:
        assert state(session) == one
        redone = session.redo()
    assert redone is not None
    assert redone.message == "nothing to redo"


def test_every_command_is_among_them() -> None:
    assert len(COMMANDS) == 19


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_does_something(session_of: Callable[..., Session], name: str) -> None:
    session = session_of(*PARAGRAPHS, names=NAMES)
    for one in ("add_span", "add_quote", "toggle"):
        getattr(Hand(session, 1, 1, 2, 1), one)()
    outcomes = [getattr(Hand(session, index, a, 2, 1), name)() for a in range(6) for index in (1, 2)]
    assert any(outcome is not None and outcome.step is not None for outcome in outcomes)
