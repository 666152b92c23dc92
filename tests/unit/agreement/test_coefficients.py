"""Every coefficient gives what its paper's worked example says."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.agreement.coefficients import Ratings, cohen_kappa, fleiss_kappa, krippendorff_alpha, masi, nominal
from tui.agreement.resampling import totals


def test_cohen_1960_page_45() -> None:
    """Two judges on 200 cases: Po .70, Pe .41, kappa .492."""
    table = [88, 14, 18, 10, 40, 10, 2, 6, 12]
    kappa = cohen_kappa(table)
    assert kappa == pytest.approx(0.492, abs=0.0005)


def test_cohen_of_artstein_and_poesio_2008_page_558() -> None:
    """Artstein & Poesio 2008, "Inter-coder agreement for computational linguistics", Comput. Linguist. 34: .348."""
    assert cohen_kappa([20, 10, 20, 50]) == pytest.approx(0.348, abs=0.0005)


def rated(*rows: str) -> list[list[int]]:
    """Each row says how many raters gave categories 1, 2, 3 ...: `222` is two each."""
    return [[place for place, count in enumerate(row) for _ in range(int(count))] for row in rows]


FLEISS_1971 = rated(
    "00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006",
    "10050", "11040", "03300", "10050", "02031", "00501", "30012", "51000", "02040", "10203",
    "00006", "01050", "02013", "20040", "10041", "05010", "40002", "02040", "10500", "00006",
)  # fmt: skip
"""Table 1: six psychiatrists on thirty patients, five diagnoses."""


def test_fleiss_1971_table_1() -> None:
    """P .5556, Pe .2201, kappa .430."""
    assert fleiss_kappa(FLEISS_1971) == pytest.approx(0.430, abs=0.0005)
    ratings = Ratings(FLEISS_1971)
    assert ratings.raw(totals(ratings.groups)) == pytest.approx(0.5556, abs=0.00005)


@pytest.mark.parametrize(("category", "kappa"), [(0, 0.248), (1, 0.248), (2, 0.517), (3, 0.470), (4, 0.565)])
def test_fleiss_1971_category_by_category(category: int, kappa: float) -> None:
    """One diagnosis against all others, as one tag is: the paper's values, which it computes from rounded shares."""
    one = [[value == category for value in values] for values in FLEISS_1971]
    assert fleiss_kappa(one) == pytest.approx(kappa, abs=0.004)


def columns(*observers: str) -> list[list[str]]:
    """Units of a reliability data matrix, an observer a row; `*` is a missing value."""
    return [[value for value in unit if value != "*"] for unit in zip(*observers, strict=True)]


@pytest.mark.parametrize(
    ("observers", "alpha"),
    [
        # A. Binary data, two observers, no missing data.
        (("0100000000", "1110010100"), 0.095),
        # B. Nominal data, two observers, no missing data.
        (("aabbdcccedda", "babbbccceddd"), 0.692),
        # C. Nominal data, any number of observers, missing data.
        (("123321412***", "1233224125*3", "*3332342251*", "12332441251*"), 0.743),
    ],
)
def test_krippendorff_2011(observers: tuple[str, ...], alpha: float) -> None:
    assert krippendorff_alpha(columns(*observers)) == pytest.approx(alpha, abs=0.0005)


def test_weighted_alpha_of_artstein_and_poesio_2008_page_568() -> None:
    """Do .090, De .4879 and alpha .8156 with their weights; alpha .800 without."""
    table = {
        ("STAT", "STAT"): 46,
        ("IREQ", "STAT"): 6,
        ("IREQ", "IREQ"): 32,
        ("IREQ", "CHCK"): 6,
        ("CHCK", "CHCK"): 10,
    }
    pairs = list(Counter(table).elements())

    def weighted(one: str, other: str) -> Fraction:
        return nominal(one, other) / (2 if "CHCK" in (one, other) else 1)

    assert krippendorff_alpha(pairs, weighted) == pytest.approx(0.8156, abs=0.0001)
    assert krippendorff_alpha(pairs) == pytest.approx(0.800, abs=0.001)


@pytest.mark.parametrize(
    ("one", "other", "jaccard", "monotonicity"),
    [
        ("ab", "ab", 1, 1),
        ("ab", "abcd", Fraction(1, 2), Fraction(2, 3)),
        ("abc", "bcd", Fraction(1, 2), Fraction(1, 3)),
        ("ab", "cd", 0, 0),
        ("", "a", 0, 0),
        ("", "", 1, 1),
    ],
)
def test_masi_as_passonneau_2006_defines_it(
    one: str, other: str, jaccard: Fraction, monotonicity: Fraction
) -> None:
    """Section 3: J is the share in common, M is 1, 2/3, 1/3 or 0; their product is the agreement."""
    assert masi(frozenset(one), frozenset(other)) == 1 - jaccard * monotonicity


answers = st.lists(st.lists(st.sampled_from("abc"), min_size=2, max_size=5), min_size=1, max_size=12)


@given(answers)
def test_alpha_is_the_definition_and_needs_no_order(sentences: list[list[str]]) -> None:
    """Against the sum over all pairs of values, written out."""
    n = sum(map(len, sentences))
    values = [value for sentence in sentences for value in sentence]
    within = sum(
        Fraction(sum(one != other for one in sentence for other in sentence), len(sentence) - 1)
        for sentence in sentences
    )
    among = Fraction(sum(one != other for one in values for other in values), n - 1)
    found = krippendorff_alpha(sentences)
    if among == 0:
        assert found is None
    else:
        assert found == pytest.approx(float(1 - within / among))
    assert krippendorff_alpha([sorted(sentence) for sentence in reversed(sentences)]) == found


def test_without_variation_nothing_is_known() -> None:
    assert cohen_kappa([5, 0, 0, 0]) is None
    assert fleiss_kappa(["aaa", "aaa"]) is None
    assert krippendorff_alpha(["aaa", "aa"]) is None
    assert cohen_kappa([0, 0, 0, 0]) is None
    assert fleiss_kappa([]) is None
    assert krippendorff_alpha(["a", ""]) is None
