from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.long import long_or_short
from tui.text import values

SAMPLE = Path(__file__).resolve().parents[3] / "seeds" / "musk-altman.fr.txt"


def found(text: str, language: str) -> list[tuple[str, str]]:
    return [(e.label, text[e.start : e.end]) for e in values.find(text, language)]


def test_the_sample_s_values_are_all_found_and_nothing_else() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    assert found(text, "fr") == [
        ("MONEY", "97,4 milliards de dollars"),
        ("DATE", "lundi"),
        ("MONEY", "9,74 milliards de dollars"),
        ("DATE", "2015"),
        ("DATE", "2018"),
        ("MONEY", "500 milliards de dollars"),
        ("MONEY", "40 milliards de dollars"),
        ("MONEY", "22 millions de dollars"),
        ("MONEY", "300 milliards de dollars"),
        ("TIME", "14,30h"),
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "le vendredi 13 juin 2025 à 9h05", [("DATE", "vendredi 13 juin 2025"), ("TIME", "9h05")]),
        ("fr", "12 000 € et 3,5 %", [("MONEY", "12 000 €"), ("PERCENT", "3,5 %")]),
        (
            "fr",
            "1er mai, 12/05/2018, 2018-05-12",
            [("DATE", "1er mai"), ("DATE", "12/05/2018"), ("DATE", "2018-05-12")],
        ),
        ("fr", "2000 personnes ont couru 1500 mètres", []),
        ("fr", "la planète Mars, M. Mai", []),
        ("en", "May 5, 2018 at 2:30 pm", [("DATE", "May 5, 2018"), ("TIME", "2:30 pm")]),
        ("en", "$1.5 billion, or 3.5 per cent", [("MONEY", "$1.5 billion"), ("PERCENT", "3.5 per cent")]),
        ("en", "It may march on.", []),
        ("de", "am 5. Mai 2018 um 14.30 Uhr", [("DATE", "5. Mai 2018"), ("TIME", "14.30 Uhr")]),
        ("it", "97,4 miliardi di dollari", [("MONEY", "97,4 miliardi di dollari")]),
        ("es", "9.000 millones de dólares", [("MONEY", "9.000 millones de dólares")]),
        ("pl", "12 000 €, 2018-05-12", [("MONEY", "12 000 €"), ("DATE", "2018-05-12")]),
        ("und", "5 %", [("PERCENT", "5 %")]),
    ],
)
def test_values_by_language(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, language) == expected


@pytest.mark.longer
@pytest.mark.parametrize("language", ["fr", "en", "de", "it", "es", "und"])
@pytest.mark.parametrize("unit", ["1", " ", "1 ", "1,", "12.345.", "111 ", "12:", "$", "1\u202f", "1 mai "])
def test_much_of_one_thing_is_read_once(language: str, unit: str) -> None:
    # Anything worse than linear would take hours here, and minutes in short.
    text = unit * (long_or_short(1_000_000, 100_000) // len(unit))
    for value in values.find(text, language):
        assert value.start < value.end


@given(
    st.text(alphabet="0123456789 .,:hH/%€$-\n\u202fmaideurosjlnq"),
    st.sampled_from(["fr", "en", "de", "it", "es", "xx"]),
)
def test_values_are_sorted_apart_and_inside_lines(text: str, language: str) -> None:
    end = 0
    for value in values.find(text, language):
        assert end <= value.start < value.end <= len(text)
        assert "\n" not in text[value.start : value.end]
        assert text[value.start : value.end].strip() == text[value.start : value.end]
        end = value.end
