"""The sample of a second pass: 5 %, the same every time, and not to be chosen; and what such a pass can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.model.annotation import Annotation
from tui.model.second_pass import Sampled, could_be_second_pass, sample


def decided(count: int, article: str = "essai") -> list[tuple[str, Annotation]]:
    return [
        (
            article,
            Annotation(
                segmentation=1, start=place * 10, end=place * 10 + 9, text="", decided=True,
                created_at="", updated_at="",
            ),
        )
        for place in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize(("count", "size"), [(0, 0), (1, 1), (20, 1), (21, 2), (41, 3), (1000, 50)])
def test_it_is_a_twentieth_rounded_up(count: int, size: int) -> None:
    assert len(sample("ana", decided(count))) == size


def test_it_is_the_same_in_any_order_and_another_for_everybody() -> None:
    sentences = decided(400)
    chosen = sample("ana", sentences)
    assert sample("ana", sentences[::-1]) == chosen
    assert sample("bob", sentences) != chosen
    assert len({(one.start, one.end) for one in chosen}) == 20


def test_it_is_spread_over_the_whole_and_in_no_order() -> None:
    chosen = [one.start for one in sample("ana", decided(2000))]
    assert chosen != sorted(chosen)
    assert sum(start < 10_000 for start in chosen) == pytest.approx(50, abs=20)


def test_who_decides_more_keeps_most_of_the_sample() -> None:
    before, after = sample("ana", decided(1000)), sample("ana", decided(1100))
    kept: set[tuple[int, int]] = {(one.start, one.end) for one in before} & {
        (one.start, one.end) for one in after
    }
    assert len(kept) >= 40
    assert isinstance(before[0], Sampled)


def works(said: list[tuple[str, Annotation]]) -> dict[str, dict[int, Annotation]]:
    found: dict[str, dict[int, Annotation]] = {}
    for article, one in said:
        found.setdefault(article, {})[one.start] = one
    return found


def redone(first: list[tuple[str, Annotation]], at: str = "") -> list[tuple[str, Annotation]]:
    """The sample of the first pass, decided again."""
    drawn = {(one.article, one.start) for one in sample("ana", first)}
    return [
        (article, replace(said, created_at=at)) for article, said in first if (article, said.start) in drawn
    ]


@pytest.mark.parametrize("count", [1, 20, 41, 400])
def test_a_sample_that_was_decided_again_can_be_a_second_pass(count: int) -> None:
    first = decided(count)
    again = redone(first)
    assert could_be_second_pass("ana", works(first), works(again))
    assert could_be_second_pass("ana", works(first), works(again[:1]))
    assert not could_be_second_pass("ana", works(first), {})


@pytest.mark.parametrize("count", [21, 41, 400])
def test_one_more_sentence_cannot(count: int) -> None:
    first = decided(count)
    again = redone(first)
    others = [one for one in first if one not in again]
    assert others
    assert not any(could_be_second_pass("ana", works(first), works([*again, other])) for other in others)
    assert not could_be_second_pass("bob", works(decided(400)), works(redone(decided(400))))


def test_nor_can_what_came_first_or_what_the_first_pass_left_undecided() -> None:
    first = [(article, replace(said, created_at="2026-11-22")) for article, said in decided(41)]
    again = redone(first, at="2026-11-23")
    assert could_be_second_pass("ana", works(first), works(again))
    assert not could_be_second_pass("ana", works(first), works(redone(first, at="2026-11-21")))
    left = [(article, replace(said, decided=said.start != again[0][1].start)) for article, said in first]
    assert not could_be_second_pass("ana", works(left), works(again))
    undecided = [(article, replace(said, decided=False)) for article, said in again]
    assert not could_be_second_pass("ana", works(first), works(undecided))


def test_who_went_on_deciding_still_has_a_second_pass() -> None:
    """The sample of today is another: what was drawn from less is one all the same."""
    early = [(article, replace(said, created_at="2026-11-22")) for article, said in decided(100)]
    late = [(article, replace(said, created_at="2026-11-24")) for article, said in decided(100, "deux")]
    again = redone(early, at="2026-11-23")
    assert not set(redone(early)) <= set(redone([*early, *late]))
    assert could_be_second_pass("ana", works([*early, *late]), works(again))


def test_a_sample_of_named_articles_is_one_too() -> None:
    articles = [decided(41, name) for name in ("un", "deux", "trois", "quatre", "cinq")]
    again = [one for first in articles for one in redone(first)]
    assert could_be_second_pass("ana", works([one for first in articles for one in first]), works(again))


@given(
    counts=st.lists(st.integers(1, 60), min_size=1, max_size=4),
    grown=st.integers(0, 200),
    name=st.sampled_from(["ana", "bob"]),
)
def test_whatever_is_drawn_is_recognised(counts: list[int], grown: int, name: str) -> None:
    first = [
        (article, replace(said, created_at="2026-11-22"))
        for number, count in enumerate(counts)
        for article, said in decided(count, f"article-{number}")
    ]
    drawn = {(one.article, one.start) for one in sample(name, first)}
    again = [
        (article, replace(said, created_at="2026-11-23"))
        for article, said in first
        if (article, said.start) in drawn
    ]
    later = [(article, replace(said, created_at="2026-11-24")) for article, said in decided(grown, "later")]
    assert could_be_second_pass(name, works([*first, *later]), works(again))
