"""Names in many languages, and any text at all."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text import aliases, entities
from tui.text.names import recogniser
from tui.text.names.model_file import ModelFileError
from tui.text.names.recogniser import NameRecogniser


def names(text: str, language: str) -> list[tuple[str, str]]:
    recognised = entities.recognise(text, language, aliases.NONE, None).entities
    return [(text[e.start : e.end], e.label) for e in recognised]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The plan of Tim Cook worries London.", [("Tim Cook", "PER"), ("London", "LOC")]),
        ("en", "Shares of Apple Inc. fell in Tokyo.", [("Apple Inc.", "ORG"), ("Tokyo", "LOC")]),
        ("fr", "Le maire de Lyon a reçu Anne Hidalgo.", [("Lyon", "LOC"), ("Anne Hidalgo", "PER")]),
        ("de", "Angela Merkel sprach gestern in Berlin.", [("Angela Merkel", "PER"), ("Berlin", "LOC")]),
        ("es", "Pedro Sánchez viajó a Madrid el lunes.", [("Pedro Sánchez", "PER"), ("Madrid", "LOC")]),
        ("it", "Mario Rossi vive a Milano.", [("Mario Rossi", "PER"), ("Milano", "LOC")]),
        ("pt", "Marcelo Costa chegou a Lisboa.", [("Marcelo Costa", "PER"), ("Lisboa", "LOC")]),
        ("ro", "Ion Popescu a plecat la Cluj.", [("Ion Popescu", "PER"), ("Cluj", "LOC")]),
        ("sv", "Anna Lindberg bor i Stockholm.", [("Anna Lindberg", "PER"), ("Stockholm", "LOC")]),
        ("hr", "Ivan Horvat živi u Zagrebu.", [("Ivan Horvat", "PER"), ("Zagrebu", "LOC")]),
        ("sk", "Peter Novák býva v Bratislave.", [("Peter Novák", "PER"), ("Bratislave", "LOC")]),
        ("pl", "Donald Tusk pojechał do Berlina.", [("Donald Tusk", "PER"), ("Berlina", "LOC")]),
    ],
)
def test_names_have_their_kinds(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    found = [(name, kind) for name, kind in names(text, language) if kind != "DATE"]
    assert found == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "PARIS (AFP) - Rain fell.", [("PARIS", "LOC"), ("AFP", "ORG")]),
        ("fr", "LONDRES (Reuters) - Il pleut.", [("LONDRES", "LOC"), ("Reuters", "ORG")]),
        ("de", "BERLIN (dpa) - Es regnet.", [("BERLIN", "LOC")]),
        ("en", "By JOHN SMITH", [("JOHN SMITH", "PER")]),
        (
            "es",
            "EL GOBIERNO DE ESPAÑA CRITICA A PEDRO SÁNCHEZ",
            [("ESPAÑA", "LOC"), ("PEDRO SÁNCHEZ", "PER")],
        ),
        ("en", "@someone writes to us", []),
    ],
)
def test_datelines_bylines_and_headlines(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert names(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Angela Merkel reist. Merkels Reise endet."),
        ("sv", "Anna Lindberg sa det. Lindbergs hus är rött."),
    ],
)
def test_a_genitive_counts_with_the_name(language: str, text: str) -> None:
    assert [kind for _, kind in names(text, language)] == ["PER", "PER"]


def test_a_day_after_a_name_is_no_part_of_it() -> None:
    text = "Le conseil d'administration d'OpenAI lundi et que le groupe voit."
    assert ("lundi", "DATE") in names(text, "fr")


@pytest.mark.parametrize("language", ["fi", "hu", "tr", "el", "lt", "id"])
def test_a_language_that_is_not_known_has_no_kinds_but_those_of_lists(language: str) -> None:
    assert not recogniser.knows_kinds(language)
    assert names("xx yy Zorblat Quxyn zz.", language) in ([("Zorblat Quxyn", "MISC")], [])
    assert ("Paris", "LOC") in names("xx yy Paris zz.", language)


def test_what_stands_before_a_given_name_in_cyrillic_is_a_name_of_its_own() -> None:
    text = "Президент России Владимир Путин встретился в Москве с гостями."
    assert names(text, "ru") == [("России", "LOC"), ("Владимир Путин", "PER"), ("Москве", "LOC")]


PIECES = st.sampled_from(
    [
        "A",
        "Éa",
        "İ",
        "ß",
        "ǅ",
        "\u0301",
        "\u200d",
        "😀",
        "北京",
        "서울",
        "مصر",
        "נתן",
        "भारत",
        "ไทย",
        "Ω",
        "Ж",
        " ",
        " ",
        "\n",
        "\r",
        "\u2028",
        ".",
        "'",
        "’",
        "-",
        "&",
        "@",
        "#",
        "(",
        "\ud800",
        "\0",
        "von",
        "d'",
        "1",
        "II",
    ]
)


@given(
    st.lists(PIECES, max_size=60).map("".join),
    st.sampled_from(["en", "fr", "de", "ja", "zh", "ar", "th", "ko", "he", "hi", "ru", "el", "und", ""]),
)
def test_any_text_in_any_script_has_exact_spans(text: str, language: str) -> None:
    end = 0
    for entity in entities.recognise(text, language, aliases.NONE, None).entities:
        assert end <= entity.start < entity.end <= len(text)
        assert "\n" not in text[entity.start : entity.end]
        end = entity.end


@given(st.text(max_size=200), st.sampled_from(["en", "de", "ja", "ar", "und"]))
def test_any_characters_at_all(text: str, language: str) -> None:
    for entity in entities.recognise(text, language, aliases.NONE, None).entities:
        assert text[entity.start : entity.end].strip()


def test_decomposed_letters_are_the_same_letters() -> None:
    text = "Le maire a reçu François Lefèvre à Orléans."
    apart = unicodedata.normalize("NFD", text)
    assert [unicodedata.normalize("NFC", name) for name, _ in names(apart, "fr")] == [
        "François Lefèvre",
        "Orléans",
    ]


@pytest.mark.parametrize(
    "text", ["A" * 50_000, "A " * 25_000, "Xy" * 25_000, "\u0301" * 50_000, "A.-" * 15_000, "'" * 50_000]
)
def test_a_long_line_is_cut_and_read(text: str) -> None:
    assert all(0 <= e.start < e.end <= len(text) for e in recogniser.shipped().find(text, "de"))


def test_a_missing_file_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tui.text.names.recogniser._DATA", tmp_path / "names.bin")
    recogniser.shipped.cache_clear()
    try:
        with pytest.raises(ModelFileError, match=r"^names\.bin cannot be read \(.+\): reinstall postil$"):
            recogniser.shipped()
    finally:
        recogniser.shipped.cache_clear()


@pytest.mark.parametrize("data", [b"", b"PNM1", b"PNM1\xff\xff\xff\xff", b"PNM1\2\0\0\0{}", b"\0" * 100])
def test_a_damaged_file_is_one_line(data: bytes) -> None:
    with pytest.raises(ModelFileError, match=r"is damaged .*: reinstall postil") as error:
        NameRecogniser(data)
    assert "\n" not in str(error.value)


def test_a_file_cut_short_is_damaged() -> None:
    data = (Path(recogniser.__file__).parent / "data" / "names.bin").read_bytes()
    with pytest.raises(ModelFileError, match="damaged"):
        NameRecogniser(data[: len(data) // 2])
