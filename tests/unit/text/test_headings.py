from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.headings import find
from tui.text.sentences import split

SAMPLE = Path(__file__).parents[3] / "seeds/musk-altman.fr.txt"
BODY = "A paragraph that goes on. It has two sentences."


def headings(text: str, known: tuple[int, ...] = ()) -> list[str]:
    sentences = split(text, "en")
    return [text[sentences.starts[i] : sentences.ends[i]] for i in find(text, sentences, known)]


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
