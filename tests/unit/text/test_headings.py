from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.headings import find
from tui.text.sentences import split

SAMPLE = Path(__file__).parents[3] / "seeds/musk-altman.fr.txt"
BODY = "A paragraph that goes on. It has two sentences."


def headings(text: str, known: tuple[int, ...] = (), layout: str = "paragraphs") -> list[str]:
    sentences = split(text, "en", layout=layout)
    return [text[sentences.starts[i] : sentences.ends[i]] for i in find(text, sentences, known, layout)]


def test_the_sample_has_four_subheadings() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    sentences = split(text, "fr")
    assert [text[sentences.starts[i] : sentences.ends[i]] for i in find(text, sentences, ())] == [
        "Musk contre Altman : de l’amitié à la rivalité",
        "Les projets d'Elon Musk et le refus d'Altman",
        "Musk et la bataille juridique contre OpenAI",
        "Musk contre Altman : à quoi faut-il s’attendre ensuite ?",
    ]


@pytest.mark.parametrize("line", ["A heading", "Is it one?", "Numbers 12", "x" * 80])
def test_a_short_line_before_a_paragraph_is_a_heading(line: str) -> None:
    assert headings(f"{line}\n\n{BODY}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "A sentence.",
        "No!",
        "List:",
        "said »",
        "and so on…",
        "a;",
        "b,",
        "x" * 81,
        "* * *",
        "Really? Yes",
        "12",
    ],
)
def test_other_lines_are_not(line: str) -> None:
    assert headings(f"{line}\n{BODY}") == []


def test_the_last_line_and_lines_before_others_of_their_kind_are_not() -> None:
    assert headings(f"{BODY}\nBy Ann") == []
    assert headings(f"One\nTwo\nThree\n{BODY}") == ["Three"]
    assert headings("One\nTwo") == []
    assert headings("") == []


def test_known_headings_are_taken_and_nothing_is_guessed_beside_them() -> None:
    text = f"Title. In two sentences.\n\nNot marked\n\n{BODY}\n\nLast"
    assert headings(text, (0, text.index("Last"))) == ["Title.", "In two sentences.", "Last"]


@given(st.lists(st.sampled_from(["Short", BODY, "", "Why?"])))
def test_indexes_are_ascending_and_never_the_last(lines: list[str]) -> None:
    text = "\n".join(lines)
    sentences = split(text, "en")
    found = find(text, sentences, ())
    assert found == sorted(set(found))
    assert all(0 <= index < len(sentences) - 1 for index in found)


WRAPPED = "A paragraph that goes on over\ntwo lines. It has two sentences."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"A heading\n\n{WRAPPED}", ["A heading"]),
        (f"A heading\n\n{WRAPPED}\n\nIs it another?\n\n{WRAPPED}", ["A heading", "Is it another?"]),
        (f"Не заголовок.\n\n{WRAPPED}", []),
        (f"Un titre\n \t\n{WRAPPED}", ["Un titre"]),
        (f"标题\n\n{WRAPPED}", ["标题"]),
        (f"two lines are\nno heading\n\n{WRAPPED}", []),
        (f"A heading without a blank line\n{WRAPPED}", []),
        (f"{WRAPPED}\n\nBy Ann", []),
        (f"One\n\nTwo\n\n{WRAPPED}", ["Two"]),
        (WRAPPED, []),
    ],
)
def test_in_wrapped_text_a_heading_is_a_line_between_blank_lines(text: str, expected: list[str]) -> None:
    assert headings(text, layout="wrapped") == expected


def test_where_each_line_is_a_sentence_only_marked_ones_are_headings() -> None:
    text = f"A heading\n\n{BODY}\nAnother line\n{BODY}"
    assert headings(text, layout="lines") == []
    assert headings(text, (0,), layout="lines") == ["A heading"]
