from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.mentions import Mention, Names, plain, without_overlaps


@pytest.mark.parametrize(
    ("names", "text", "expected"),
    [
        (["Musk"], "Dans le 2015Musk et Altman", ["Musk"]),
        (["Musk"], "Muskrat, aMusk, Musk.", ["Musk"]),
        (["Elon Musk", "Musk"], "Elon Musk, Musk", ["Elon Musk", "Musk"]),
        (["8VC"], "Capitale e 8VC,", ["8VC"]),
        (["l'Oréal"], "chez l’Oréal", ["l’Oréal"]),
        (["New York"], "à New\u00a0York", ["New\u00a0York"]),
        (["Yahoo!"], "Yahoo et Yahoo!", ["Yahoo!"]),
        ([".NET"], "avec .NET ici", [".NET"]),
        (["AT&T"], "chez AT&T.", ["AT&T"]),
        (["Jean", "X"], "Jean-Marie et X-Men", []),
        (["Marie"], "Jean-Marie", []),
        (["Trump"], "pro-Trump", ["Trump"]),
        (["New York"], "New\nYork", []),
        ([], "Musk", []),
        (["..."], "...", []),
    ],
)
def test_names_are_found_as_words(names: list[str], text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in Names(names).find(text)] == expected


def test_plain_keeps_every_offset() -> None:
    text = "l’«\u00a0été\u202f»\tʼ"
    assert len(plain(text)) == len(text)
    assert plain("l’été\u00a0!") == "l'été !"


def test_many_names_and_a_long_text_take_one_pass() -> None:
    # A pass a name would be 20,000 times a megabyte.
    names = [f"Jean Nom{i}" for i in range(20_000)]
    text = " ".join(names) * 3
    assert len(list(Names(names).find(text))) >= 59_990


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6)))


@given(spans, spans)
def test_preferred_mentions_stay_and_the_others_fill_the_gaps(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    preferred = without_overlaps([], [Mention(s, s + n, "PER") for s, n in first])
    others = [Mention(s, s + n, "LOC") for s, n in second]
    result = without_overlaps(preferred, others)
    assert set(preferred) <= set(result)
    assert all(a.end <= b.start for a, b in pairwise(result))
    assert set(result) <= {*preferred, *others}


@given(
    st.lists(st.text(alphabet="Aab 1'-&.", min_size=1, max_size=6), max_size=5),
    st.text(alphabet="Aab 1'-&.\n"),
)
def test_every_span_found_is_one_of_the_names(names: list[str], text: str) -> None:
    end = 0
    for start, stop in Names(names).find(text):
        assert end <= start < stop
        assert plain(text[start:stop]) in {plain(name) for name in names}
        end = stop
