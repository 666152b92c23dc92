"""The sample of a second pass: 5 %, the same every time, and not to be chosen."""

from __future__ import annotations

import pytest

from tui.agreement.second_pass import Sampled, is_second_pass, sample, second_name
from tui.model.annotation import Annotation


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


def test_its_name_is_a_name_and_known_for_what_it_is() -> None:
    assert second_name("ana") == "ana.again"
    assert is_second_pass("ana.again", ["ana", "ana.again"])
    assert not is_second_pass("ana.again", ["ana.again", "bob"])
    assert not is_second_pass("ana", ["ana", "ana.again"])
    with pytest.raises(ValueError):
        second_name("a" * 60)
