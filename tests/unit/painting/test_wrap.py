"""Rows fit, keep every word in order, and never part a grapheme."""

from __future__ import annotations

import itertools
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size, split_graphemes

from tui.painting import wrap as module
from tui.painting.wrap import thinned, wrap

PLAIN = st.text(alphabet="abcdé «»:!? ", max_size=200)
WILD = st.text(alphabet="ab 漢字é👩‍👩‍👧\u0301\u200b\u0627\u05d0", max_size=120)


def rows_of(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, 0, len(text), width)]


@given(PLAIN | WILD, st.integers(2, 40))
def test_rows_fit_and_lose_nothing_but_the_spaces_they_broke_at(text: str, width: int) -> None:
    # Of joiners with nothing before them Rich has two opinions.
    fit_and_lose_nothing(text.lstrip("\u200d"), width)


def fit_and_lose_nothing(text: str, width: int) -> None:
    rows = wrap(text, 0, len(text), width)
    assert rows[0][0] == 0
    assert rows[-1][1] == len(text)
    for (_, end), (start, _) in itertools.pairwise(rows):
        assert text[end:start] in {"", " "}
    for start, end in rows:
        assert cell_len(text[start:end]) <= width


@given(PLAIN | WILD, st.integers(2, 40))
def test_a_long_text_is_wrapped_in_stretches_like_a_short_one(text: str, width: int) -> None:
    long = (text * 40).lstrip("\u200d")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_STRETCH", 64)
        fit_and_lose_nothing(long, width)


@pytest.mark.parametrize(
    "text", ["नमस्ते दुनिया " * 3000, "न" + "\u0301" * 20_000 + " fin", "👩\u200d🚀 x\ufe0f " * 4000]
)
def test_stretches_leave_no_trace(text: str) -> None:
    assert wrap(text, 0, len(text), 30) == module._wrap_graphemes(text, 0, len(text), 30)


def test_what_is_known_of_characters_is_so() -> None:
    for pattern, cells in ((module._ONE_CELL, 1), (module._TWO_CELLS, 2)):
        for char in re.findall(f"[{pattern}]", "".join(map(chr, range(0x20, 0x20000)))):
            assert get_character_cell_size(char) == cells, ascii(char)
            assert not unicodedata.combining(char)


@given(WILD, st.integers(2, 20))
def test_a_row_never_begins_inside_a_grapheme(text: str, width: int) -> None:
    begins = {start for start, _, _ in split_graphemes(text)[0]} | {len(text)}
    assert all(start in begins for start, _ in wrap(text, 0, len(text), width))


def test_words_stay_whole() -> None:
    assert rows_of("La réponse de Sam Altman", 10) == ["La réponse", "de Sam", "Altman"]


def test_a_word_longer_than_a_row_is_cut() -> None:
    assert rows_of("anticonstitutionnellement", 10) == ["anticonsti", "tutionnell", "ement"]


def test_french_punctuation_keeps_to_its_word() -> None:
    assert rows_of("il dit ainsi : « oui »", 12) == ["il dit", "ainsi :", "« oui »"]


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "avant. Une phrase ici."
    assert wrap(text, 7, len(text), 10) == [(7, 17), (18, 22)]


def test_wide_characters_count_two_cells() -> None:
    assert rows_of("漢字漢字漢", 4) == ["漢字", "漢字", "漢"]


def test_a_heap_of_marks_is_thinned_and_nothing_else() -> None:
    heap = "e" + "\u0301" * 100_000 + " fin 👩‍👩‍👧 "
    assert len(thinned(heap)) < 40
    assert cell_len(thinned(heap)) == cell_len(heap)
    assert thinned(heap).endswith(" fin 👩‍👩‍👧 ")
    assert thinned("é" * 1000) == "é" * 1000
