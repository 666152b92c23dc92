"""The bootstrap: seeded, of the right width, and honest about what is undefined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.agreement.resampling import Estimate, estimates, totals


def share(sums: Sequence[int]) -> list[float | None]:
    return [sums[1] / sums[0] if sums and sums[0] else None]


def share_of(yes: int, no: int) -> Estimate:
    [found] = estimates(Counter({(1, 1): yes, (1, 0): no} if no else {(1, 1): yes}), share, yes + no)
    return found


@pytest.mark.parametrize(("yes", "no"), [(20, 21), (300, 700), (4500, 5500)])
def test_the_interval_of_a_share_is_as_wide_as_theory_says(yes: int, no: int) -> None:
    """About 1.96 standard errors, sqrt(p (1 - p) / n), to either side."""
    found = share_of(yes, no)
    assert found.value is not None
    assert found.value == yes / (yes + no)
    assert found.low is not None
    assert found.high is not None
    half = 1.96 * sqrt(found.value * (1 - found.value) / found.n)
    assert found.value - found.low == pytest.approx(half, rel=0.15)
    assert found.high - found.value == pytest.approx(half, rel=0.15)


def test_sentences_that_are_all_different_give_the_same_interval_as_equal_ones() -> None:
    """A third component that says nothing keeps each sentence a group of its own."""
    apart = Counter({(1, int(place < 120), place): 1 for place in range(400)})
    [found] = estimates(apart, share, 400)
    together = share_of(120, 280)
    assert found.low == pytest.approx(together.low, abs=0.01)
    assert found.high == pytest.approx(together.high, abs=0.01)


def test_the_same_data_give_the_same_interval_in_any_order() -> None:
    groups = [((1, 1, 3), 4), ((1, 0, 2), 1), ((1, 1, 0), 1), ((1, 0, 9), 7)]
    assert estimates(dict(groups), share, 13) == estimates(dict(reversed(groups)), share, 13)


def test_without_variation_the_interval_is_a_point_and_without_data_there_is_none() -> None:
    assert share_of(10, 0) == Estimate(value=1, low=1, high=1, n=10)
    assert estimates({}, share, 0) == [Estimate(value=None, low=None, high=None, n=0)]


def test_what_is_mostly_undefined_has_no_interval() -> None:
    def rarely(sums: Sequence[int]) -> list[float | None]:
        return [1.0 if sums[0] == 70 or sums[0] > 90 else None]

    assert estimates({(1,): 70}, rarely, 70) == [Estimate(value=1, low=None, high=None, n=70)]


@settings(max_examples=20)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 10**30), st.integers(0, 3), st.just(1)),
        st.integers(1, 5),
        min_size=1,
        max_size=6,
    )
)
def test_components_do_not_run_into_each_other(groups: dict[tuple[int, ...], int]) -> None:
    """Every sample is what whole sentences add up to."""
    seen: list[Sequence[int]] = []

    def look(sums: Sequence[int]) -> list[float | None]:
        seen.append(sums)
        return []

    estimates(groups, look, 10)
    tops = [max(column) for column in zip(*groups, strict=True)]
    assert tuple(seen[0]) == totals(groups)
    for sums in seen:
        assert all(0 <= part <= top * sums[2] for part, top in zip(sums, tops, strict=True))


def test_a_handful_of_sentences_has_no_interval() -> None:
    assert share_of(6, 3) == Estimate(value=6 / 9, low=None, high=None, n=9)
    assert share_of(6, 4).low is not None
