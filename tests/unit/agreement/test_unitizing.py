"""Alpha for unitizing gives what Krippendorff's worked examples say."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.agreement.unitizing import Stretch, alpha, expected, merged, observed

LENGTH = 300
"""The continuum of the example in Krippendorff 2004, appendix, goes from 150 to 450; here it begins at 0."""
C_OF_I = [(75, 145), (220, 250)]
C_OF_J = [(70, 150), (205, 225), (250, 270)]
K = [(30, 90), (150, 200)]


def test_krippendorff_2004_category_c() -> None:
    """Observed .0144, expected .0532, alpha .7286."""
    differences = observed(C_OF_I, C_OF_J)
    assert differences == 50 + 850 + 400
    assert differences / LENGTH**2 == pytest.approx(0.0144, abs=0.00005)
    chance = expected(C_OF_I, C_OF_J, LENGTH)
    assert chance == pytest.approx(0.0532, abs=0.0001)
    assert alpha(differences, chance, LENGTH) == pytest.approx(0.7286, abs=0.0002)


def test_krippendorff_2004_category_k() -> None:
    """Expected .0490, alpha 1."""
    chance = expected(K, K, LENGTH)
    assert chance == pytest.approx(0.0490, abs=0.00005)
    assert alpha(observed(K, K), chance, LENGTH) == 1


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ([(5, 11)], [], 36),
        ([(5, 11)], [(4, 6)], 26),
        ([(5, 11)], [(5, 7)], 16),
        ([(5, 11)], [(6, 8)], 10),
        ([(5, 11)], [(7, 9)], 8),
        ([(5, 11)], [(6, 10)], 2),
        ([(5, 11)], [(5, 11)], 0),
        ([(5, 11)], [(2, 4)], 40),
    ],
)
def test_the_difference_of_two_units_of_krippendorff_2004(
    one: list[Stretch], other: list[Stretch], difference: int
) -> None:
    """The examples that the paper draws with a unit of length 6 against others."""
    assert observed(one, other) == difference
    assert observed(other, one) == difference


STRETCH = 50_000
EXAMPLES_1995 = [
    ("A", [(2, 10), (14, 20)], [(4, 8), (15, 17)], 0.03125, 0.06990, 0.553),
    ("B", [(0, 18)], [(0, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 9), (9, 10)], 2.26736, 1.17731, -0.926),
    ("C", [(2, 8), (10, 12), (14, 18), (20, 22)], [(0, 2), (4, 8), (10, 14), (16, 18), (20, 22)], 0.02777, 0.08642, 0.679),
    ("D", [(0, 2), (2, 10), (10, 14), (14, 20), (20, 24)], [(0, 4), (4, 8), (8, 15), (15, 17), (17, 24)], 0.38715, 0.41445, 0.066),
]  # fmt: skip


@pytest.mark.parametrize(("name", "one", "other", "seen", "chance", "value"), EXAMPLES_1995)
def test_krippendorff_1995_page_57(
    name: str, one: list[Stretch], other: list[Stretch], seen: float, chance: float, value: float
) -> None:
    """Four pairs on a continuum of 24, divided ever more finely: Do, De and alpha in the limit.

    Its De differs a little from that of the later papers, which is what is computed here.
    """
    finer, finest = ([(start * STRETCH, end * STRETCH) for start, end in marks] for marks in (one, other))
    length = 24 * STRETCH
    differences = observed(finer, finest)
    assert differences / length**2 == pytest.approx(seen, abs=0.00001)
    assert expected(finer, finest, length) == pytest.approx(chance, abs=0.005)
    assert alpha(differences, expected(finer, finest, length), length) == pytest.approx(value, abs=0.02)


stretches = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair)))
)


@given(stretches)
def test_merged_stretches_cover_the_same_and_do_not_overlap(marks: list[Stretch]) -> None:
    found = merged(marks)
    assert all(start < end for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert {place for start, end in found for place in range(start, end)} == {
        place for start, end in marks for place in range(start, end)
    }


@given(stretches, stretches)
def test_it_is_symmetric_and_1_only_for_the_same(one: list[Stretch], other: list[Stretch]) -> None:
    one, other = merged(one), merged(other)
    found = alpha(observed(one, other), expected(one, other, 41), 41)
    assert found == alpha(observed(other, one), expected(other, one, 41), 41)
    assert (found is None) == (not one and not other)
    if found is not None:
        assert (found == 1) == (one == other)
