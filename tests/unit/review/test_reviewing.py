"""A reviewer settles what annotators differ on; every decision says whose version it is, why, and can be undone."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import msgspec
import pytest
from msgspec.structs import replace

from tui.model.annotation import Annotation, Quote, Review, Span, Work
from tui.model.article import Article
from tui.review.reviewing import Left, Reviewing
from tui.review.settled import reviewed
from tui.session.marks import add_span
from tui.session.session import Session
from tui.settings.scheme_file import load

SENTENCES = 5
TEXT = "Un été. " * SENTENCES

Said = Callable[..., Annotation]


def build_article() -> Article:
    return Article(
        id="un-ete-12345678",
        title="Un été",
        source="ete.txt",
        language="fr",
        text_sha256="0" * 64,
        added_at="2026-11-22T22:00:00.000Z",
        text=TEXT,
        starts=list(range(0, 8 * SENTENCES, 8)),
        ends=list(range(7, 8 * SENTENCES, 8)),
        paragraphs=[0],
    )


def said(index: int, *tags: str, **more: object) -> Annotation:
    start = 8 * index
    plain = Annotation(
        segmentation=1,
        start=start,
        end=start + 7,
        text="Un été.",
        tags=tags,
        decided=True,
        created_at="a",
        updated_at="b",
        active_ms=700,
    )
    return msgspec.structs.replace(plain, **more)


def span(index: int, first: int, last: int) -> Span:
    start = 8 * index
    return Span(
        id=f"{first}-{last}",
        start=start + first,
        end=start + last,
        text="Un été."[first:last],
        category="grammar",
        severity="minor",
    )


def work(*of: Annotation) -> dict[int, Annotation]:
    return {one.start: one for one in of}


def reviewing(blind: bool = False, earlier: Work | None = None, **people: dict[int, Annotation]) -> Reviewing:
    ticks = itertools.count(1)
    session = Session(build_article(), load(), earlier or Work(), "rita", clock=lambda: f"{next(ticks):06}")
    return Reviewing(session, people, blind=blind)


@pytest.fixture
def two() -> Reviewing:
    """They differ on 0 (tags), 2 (span bounds) and 3 (a speaker), agree on 1, and nobody decided 4."""
    quote = Quote(id="q", start=24, end=26, text="Un", speaker="Musk")
    return reviewing(
        ana=work(
            said(0, "fact", note="sure", active_ms=900),
            said(1, "fact"),
            said(2, "translation_error", spans=(span(2, 0, 2),)),
            said(3, "quote", quotes=(quote,)),
        ),
        bob=work(
            said(0, "opinion"),
            said(1, "fact"),
            said(2, "translation_error", spans=(span(2, 3, 6),)),
            said(3, "quote", quotes=(replace(quote, speaker="Altman"),)),
        ),
    )


def standings(review: Reviewing) -> list[str]:
    return [review.standing(index) for index in range(SENTENCES)]


def test_what_differs_is_to_be_settled_and_one_goes_from_one_to_the_next(two: Reviewing) -> None:
    assert standings(two) == ["open", "agreed", "open", "open", "undecided"]
    assert [two.next_to_settle(index) for index in (-1, 0, 2, 3)] == [0, 2, 3, None]
    assert [two.next_to_settle(index, -1) for index in (4, 3, 2, 0)] == [3, 2, 0, None]
    assert (two.progress, two.is_done) == ((0, 3), False)
    assert list(two.left()) == [
        Left(0, None, "to be settled"),
        Left(2, None, "to be settled"),
        Left(3, None, "to be settled"),
        Left(4, None, "undecided"),
    ]


def test_a_version_is_taken_whole(two: Reviewing) -> None:
    outcome = two.take(2, "bob")
    assert (outcome.message, outcome.accepted) == ("took the version of bob", True)
    settled = two.session.annotation(2)
    assert settled is not None
    assert settled.spans == (span(2, 3, 6),)
    assert settled.tags == ("translation_error",)
    assert (settled.status, settled.reviewer, settled.updated_at) == ("accepted", "rita", "000001")
    assert settled.review == Review(how="version", whose="bob", seen={"ana": "b", "bob": "b"}, blind=False)
    # The reviewer's own time, which a version's is not.
    assert settled.active_ms == 0
    assert (standings(two)[2], two.progress) == ("settled", (1, 3))


def test_an_undecided_version_cannot_be_taken(two: Reviewing) -> None:
    outcome = two.take(4, "bob")
    assert (outcome.step, outcome.accepted, outcome.message) == (
        None,
        False,
        "bob has not decided this sentence",
    )


def test_undo_and_redo_take_decisions_back_and_do_them_again(two: Reviewing) -> None:
    two.take(0, "ana")
    two.take(0, "bob")
    two.reject(2, "nonsense")
    for expected in (("bob", 1), ("ana", 1), (None, 0)):
        two.follow(two.session.undo())
        settled = two.session.annotation(0)
        whose = settled.review.whose if settled is not None and settled.review else None
        assert (whose, two.progress[0]) == expected
    two.follow(two.session.redo())
    assert (two.standing(0), two.progress) == ("settled", (1, 3))


def test_decisions_are_there_in_the_next_sitting(two: Reviewing) -> None:
    two.take(0, "bob")
    again = reviewing(False, two.session.work, ana=work(said(0, "fact")), bob=work(said(0, "opinion")))
    assert (again.standing(0), again.progress) == ("settled", (1, 1))


def test_the_majority_is_taken_and_a_tie_refused(two: Reviewing) -> None:
    tie = two.take_majority(0)
    assert (tie.step, tie.accepted) == (None, False)
    assert "choose one version" in tie.message
    three = reviewing(
        ana=work(said(0, "fact", "quote")), bob=work(said(0, "fact")), eve=work(said(0, "fact", "opinion"))
    )
    three.take_majority(0)
    settled = three.session.annotation(0)
    assert settled is not None
    assert (settled.tags, settled.status) == (("fact",), "accepted")
    assert settled.review
    assert (settled.review.how, settled.review.whose) == ("majority", "bob")


def test_a_majority_may_be_nobodys_version() -> None:
    three = reviewing(
        ana=work(said(0, "fact", "opinion")),
        bob=work(said(0, "fact", "quote")),
        eve=work(said(0, "opinion", "quote")),
    )
    three.take_majority(0)
    settled = three.session.annotation(0)
    assert settled is not None
    assert settled.tags == ("fact", "opinion", "quote")
    assert (settled.status, settled.review and settled.review.whose) == ("amended", None)


def test_a_rejection_needs_a_reason_and_settles(two: Reviewing) -> None:
    assert two.reject(0, " \n ").accepted is False
    two.reject(0, " not a\nsentence ")
    settled = two.session.annotation(0)
    assert settled is not None
    assert (settled.status, settled.review_note, settled.tags, settled.reviewer) == (
        "rejected",
        "not a sentence",
        (),
        "rita",
    )
    assert two.standing(0) == "settled"
    assert two.give_reason(0, "").accepted is False


def test_a_reason_goes_with_a_decision(two: Reviewing) -> None:
    assert two.give_reason(0, "why").accepted is False
    two.take(0, "ana")
    two.give_reason(0, "ana is right")
    settled = two.session.annotation(0)
    assert settled is not None
    assert (settled.review_note, settled.status) == ("ana is right", "accepted")
    assert settled.review
    assert settled.review.whose == "ana"


def test_the_reviewers_own_keys_amend(two: Reviewing) -> None:
    two.follow(two.session.tag(0, "quote"))
    settled = two.session.annotation(0)
    assert settled is not None
    # Where they differ it begins with nothing.
    assert (settled.tags, settled.status, settled.reviewer) == (("quote",), "amended", "rita")
    assert settled.review == Review(how="anew", whose=None, seen={"ana": "b", "bob": "b"})
    two.follow(two.session.tag(1, "quote"))
    settled = two.session.annotation(1)
    assert settled is not None
    # Where they agree, with that.
    assert (settled.tags, settled.status) == (("fact", "quote"), "amended")
    assert two.progress == (2, 4)


def test_a_taken_version_that_is_changed_is_amended_and_taken_back_is_not(two: Reviewing) -> None:
    two.take(2, "ana")
    outcome = add_span(two.session, 2, 19, 22, "minor", "grammar")
    two.follow(outcome)
    settled = two.session.annotation(2)
    assert settled is not None
    assert (len(settled.spans), settled.status) == (2, "amended")
    two.follow(two.session.clear(2))
    settled = two.session.annotation(2)
    assert settled is not None
    assert (settled.decided, settled.status, settled.reviewer, settled.review) == (
        False,
        "unreviewed",
        None,
        msgspec.UNSET,
    )
    assert two.standing(2) == "open"


def test_what_comes_out_the_same_as_somebodys_version_is_accepted(two: Reviewing) -> None:
    two.follow(two.session.tag(0, "opinion"))
    settled = two.session.annotation(0)
    assert settled is not None
    assert (settled.status, settled.review and settled.review.whose) == ("accepted", "bob")


def test_it_works_for_one_annotator() -> None:
    one = reviewing(ana=work(said(0, "fact"), said(1, "quote"), said(2, "opinion")))
    assert standings(one) == ["open"] * 3 + ["undecided"] * 2
    one.take(0, "ana")
    one.follow(one.session.tag(1, "fact"))
    one.reject(2, "no")
    statuses = [found.status for _, found in sorted(one.session.work.annotations.items())]
    assert statuses == ["accepted", "amended", "rejected"]
    assert (one.progress, one.is_done) == ((3, 3), True)


def test_work_that_comes_in_later_is_taken_in(two: Reviewing) -> None:
    two.take(0, "ana")
    assert two.update_work("bob", {}) == [0, 1, 2, 3]
    assert standings(two) == ["settled", "single", "single", "single", "undecided"]
    later = work(said(0, "quote", updated_at="c"), said(1, "fact"), said(4, "fact"))
    assert two.update_work("bob", later) == [0, 1, 4]
    assert standings(two) == ["changed", "agreed", "single", "single", "single"]
    assert Left(0, None, "changed since") in list(two.left())
    # What becomes the same as what was settled asks nothing.
    two.update_work("bob", work(said(0, "fact", updated_at="d")))
    assert two.standing(0) == "settled"


def test_whoever_comes_later_stands_last(two: Reviewing) -> None:
    two.update_work("abe", work(said(0, "quote")))
    assert two.columns == ["ana", "bob", "abe"]


def test_blind_names_are_nowhere_and_the_order_tells_nothing() -> None:
    names = [f"person{number}" for number in range(6)]
    review = reviewing(True, None, **{name: work(said(0, "fact")) for name in names})
    assert sorted(review.columns) == names
    assert review.columns != names
    outcome = review.take(0, review.columns[2])
    assert outcome.message == "took the version of annotator 3"
    settled = review.session.annotation(0)
    assert settled is not None
    assert settled.review
    assert settled.review.blind


def test_each_version_gets_what_became_of_it(two: Reviewing) -> None:
    def statuses(index: int) -> list[str]:
        settled = two.session.annotation(index)
        return [reviewed(one, name, settled).status for name, one in two.versions.of(index).items()]

    assert statuses(0) == ["unreviewed", "unreviewed"]
    two.take(0, "ana")
    assert statuses(0) == ["accepted", "rejected"]
    two.follow(two.session.tag(0, "quote"))
    assert statuses(0) == ["amended", "amended"]
    two.reject(0, "no")
    assert statuses(0) == ["rejected", "rejected"]
    two.update_work("bob", work(said(0, "quote", updated_at="later")))
    assert statuses(0) == ["rejected", "unreviewed"]


def test_a_second_annotator_leaves_only_what_differs_to_settle() -> None:
    one = reviewing(ana=work(said(0, "fact"), said(1, "quote")))
    assert standings(one)[:2] == ["open", "open"]
    one.update_work("bob", work(said(0, "opinion")))
    assert standings(one)[:2] == ["open", "single"]
    assert one.progress == (0, 1)
    assert one.next_to_settle(0) is None
