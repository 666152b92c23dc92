"""Targets are what one points at: words, elisions, numbers, marks; nothing is cut that is seen as one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.text.words import grapheme_bounds, grapheme_start, targets, targets_around


def words(text: str, language: str = "fr") -> list[str]:
    return [text[start:end] for start, end in targets(text, 0, len(text), language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("par l'entreprise d’Open", "fr", ["par", "l'", "entreprise", "d’", "Open"]),
        ("laL'influence", "fr", ["laL'", "influence"]),
        ("aujourd'hui, a-t-il dit.", "fr", ["aujourd'hui", ",", "a-t-il", "dit", "."]),
        ("l'été dell'arte", "it", ["l'", "été", "dell'", "arte"]),
        ("don't stop", "en", ["don't", "stop"]),
        ("Dans le 2015Musk", "fr", ["Dans", "le", "2015", "Musk"]),
        ("jour à 14,30hXNUMX", "fr", ["jour", "à", "14,30h", "XNUMX"]),
        ("8VC, 97,4 % et 3.5.", "fr", ["8VC", ",", "97,4", "%", "et", "3.5", "."]),
        ("souhaitez« . Une", "fr", ["souhaitez", "«", ".", "Une"]),
        ("parvenir., a-t-il...", "fr", ["parvenir", ".", ",", "a-t-il", "..."]),
        ("Musk:« OpenAI", "fr", ["Musk", ":", "«", "OpenAI"]),
        ("the U.S.A. won", "en", ["the", "U.S.A", ".", "won"]),
        ("cafe\u0301 noir", "fr", ["cafe\u0301", "noir"]),
        ("mot\u00a0: \u200bautre", "fr", ["mot", ":", "autre"]),
        ("日本語です。", "ja", ["日", "本", "語", "で", "す", "。"]),
        ("👩\u200d👩\u200d👧 ok 🇫🇷🇮🇹 👍🏽", "en", ["👩\u200d👩\u200d👧", "ok", "🇫🇷", "🇮🇹", "👍🏽"]),
        ("שלום, مرحبا", "he", ["שלום", ",", "مرحبا"]),
        ("हिन्दी में", "hi", ["हिन्दी", "में"]),
    ],
)
def test_what_one_points_at(text: str, language: str, expected: list[str]) -> None:
    assert words(text, language) == expected


@given(st.text(max_size=60), st.sampled_from(["fr", "en", "ja", "und"]))
def test_targets_cover_everything_seen_once_and_in_order(text: str, language: str) -> None:
    found = targets(text, 0, len(text), language)
    last = 0
    for start, end in found:
        assert last <= start < end <= len(text)
        assert all(char.isspace() or char in "\u200b\u200c\u2060\ufeff\u00ad" for char in text[last:start])
        last = end
    assert all(char.isspace() or char in "\u200b\u200c\u2060\ufeff\u00ad" for char in text[last:])


@given(st.text(max_size=60), st.sampled_from(["fr", "en"]))
@example("0\u0301", "fr")
@example("12\u20dd,5", "fr")
@example("::\u0301", "fr")
def test_no_target_cuts_a_character(text: str, language: str) -> None:
    bounds = set(grapheme_bounds(text, 0, len(text)))
    for start, end in targets(text, 0, len(text), language):
        if start in bounds:
            assert end in bounds


@given(st.text(max_size=60))
def test_bounds_go_from_the_start_to_the_end(text: str) -> None:
    bounds = grapheme_bounds(text, 0, len(text))
    assert bounds[0] == 0
    assert bounds[-1] == len(text)
    assert bounds == sorted(set(bounds))


@given(st.text(alphabet="ae\u0301\u200d👩👧🇫🇷 \n«'\u200b", max_size=30))
def test_a_character_back_is_the_bound_before(text: str) -> None:
    bounds = grapheme_bounds(text, 0, len(text))
    assert [grapheme_start(text, place, 0) for place in bounds[1:]] == bounds[:-1]


@given(st.text(alphabet="ael'-. \u0301\u200d👩«", max_size=60), st.integers(0, 60), st.integers(1, 5))
def test_around_a_place_the_targets_are_the_same_ones(text: str, near: int, most: int) -> None:
    every = targets(text, 0, len(text), "fr")
    before = [word for word in every if word[0] < near]
    after = [word for word in every if word[0] >= near]
    assert targets_around(text, 0, len(text), "fr", min(near, len(text)), most) == before + after[:most]


def test_of_a_sentence_without_end_only_the_words_around_are_looked_at() -> None:
    text = "l'été " * 1_000_000
    found = targets_around(text, 0, len(text), "fr", 3_000_000, 100)
    assert found[-1] == (3_000_000 + 49 * 6 + 2, 3_000_000 + 49 * 6 + 5)
    assert found[0][0] >= 2_990_000
    assert {text[slice(*word)] for word in found} == {"l'", "été"}
