"""Searching for words: what is found is what looking at every character finds, at any length and little by little."""

from __future__ import annotations

import sys
import tracemalloc
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.long import IS_LONG
from tui.session import search as word_search
from tui.session.search import FoldedText, Match, Search, folded

TEXT = "Un été. Un Été à l’offre, l'été. ᾳ ﬁn… straße İ"
ODD = st.text(alphabet="aábnNe\u0301\u0345\u0316’' .ﬁß\n가", max_size=60)


def folded_by_character(text: str) -> Iterator[tuple[str, int]]:
    """The letters, each with the place that it comes from."""
    for place, char in enumerate(text):
        for letter in unicodedata.normalize("NFKD", char).casefold():
            if not unicodedata.combining(letter):
                yield "'" if letter in "’ʼ‘" else letter, place


def matches(text: str, words: str) -> list[tuple[int, int]]:
    """All matches, found the slow way."""
    letters = list(folded_by_character(text))
    wanted = [letter for letter, _ in folded_by_character(words)]
    if not "".join(wanted).strip():
        return []
    return [
        (letters[at][1], letters[at + len(wanted) - 1][1] + 1)
        for at in range(len(letters) - len(wanted) + 1)
        if [letter for letter, _ in letters[at : at + len(wanted)]] == wanted
    ]


def done(text: str, words: str, begin: int = 0) -> Search:
    search = Search(FoldedText(text), words, begin)
    while not search.is_done:
        search.go_on()
    return search


def folds(char: str) -> bool:
    return bool(unicodedata.combining(char)) or unicodedata.normalize("NFKD", char).casefold() != char


@pytest.fixture(params=[1, 3, 7, 16_384])
def block(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_search, "BLOCK", request.param)


@pytest.mark.longer
def test_every_character_folds_as_it_does_by_itself() -> None:
    """In short, those that fold to something else, and one in sixteen of the others."""
    chars = [
        char
        for point, char in enumerate(map(chr, range(sys.maxunicode + 1)))
        if not 0xD800 <= point <= 0xDFFF and (IS_LONG or point % 16 == 0 or folds(char))
    ]
    expected = "".join(letter for letter, _ in folded_by_character("".join(chars)))
    assert "".join(map(folded, chars)) == expected == folded("".join(chars))


@given(st.text() | ODD)
def test_a_text_folds_to_what_its_characters_do(text: str) -> None:
    assert folded(text) == "".join(letter for letter, _ in folded_by_character(text))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ETE", ["été", "Été", "été"]),
        ("e\u0301te", ["été", "Été", "été"]),
        ("un été. u", ["Un été. U"]),
        ("l'", ["l’", "l'"]),
        ("fin..", ["ﬁn…"]),
        ("αι", ["ᾳ"]),
        ("strasse i", ["straße İ"]),
        ("", []),
        (" ", []),
        ("\u0301", []),
        ("x", []),
    ],
)
@pytest.mark.usefixtures("block")
def test_neither_case_nor_accents_matter(words: str, found: list[str]) -> None:
    search = done(TEXT, words)
    assert [TEXT[start:end] for start, end in search.within(0, len(TEXT))] == found
    assert search.total == len(found)
    assert search.first == (search.within(0, len(TEXT))[0][0] if found else None)


@given(
    ODD,
    ODD.map(lambda words: words[:4]),
    st.integers(0, 60),
    st.integers(0, 60),
    st.sampled_from((1, 3, 7, 100)),
)
def test_matches_are_those_that_the_slow_way_finds(
    text: str, words: str, place: int, end: int, block: int
) -> None:
    place, end = min(place, len(text)), min(end, len(text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_search, "BLOCK", block)
        search = done(text, words, place)
        expected = matches(text, words)
        starts = [start for start, _ in expected]
        assert search.within(place, end) == [one for one in expected if one[0] < end and one[1] > place]
        assert search.total == len(expected)
        behind = [Match(start, number) for number, start in enumerate(starts, 1) if start >= place]
        before = [Match(start, number) for number, start in enumerate(starts, 1) if start < place]
        if expected:
            assert search.at(place) == (*behind, *before)[0]
            assert search.before(place) == (*behind, *before)[-1]
        assert search.first == (search.at(place).start if expected else None)


@pytest.mark.parametrize("words", ["rome", "e", "de paris", "nowhere"])
def test_a_book_is_searched_in_small_steps_and_little_memory(words: str) -> None:
    book = "Rome est « belle », dit le maire de Paris. " * 20_000
    text = FoldedText(book)
    tracemalloc.start()
    try:
        search = Search(text, words, len(book) // 2)
        steps = 0
        while not search.is_done:
            search.go_on()
            steps += 1
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert search.total == folded(book).count(words)
    assert steps >= len(book) // word_search.BLOCK
    assert most < 1.5 * len(book)


def test_the_first_match_is_known_before_the_rest() -> None:
    search = Search(FoldedText("rome " * 100_000), "rome", 250_000)
    search.go_on()
    assert (search.first, search.is_done) == (250_000, False)


def test_a_heap_of_marks_costs_no_more_than_other_letters() -> None:
    # Sorting these marks, as decomposing does, would take minutes.
    heap = "a" + "\u0301\u0316" * 200_000 + "b"
    search = done(heap, "ab")
    assert search.total == 1
    assert search.first == 0
