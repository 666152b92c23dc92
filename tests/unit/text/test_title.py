from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.text.clean import is_safe
from tui.text.sentences import split
from tui.text.title import MAX_LENGTH, shown, title_of


def title(text: str, given_title: str | None = None, layout: str = "paragraphs") -> str:
    return title_of(text, given_title, split(text, "en", layout=layout), layout)


def test_the_given_title_comes_first() -> None:
    assert title("Text.", "  Given\n title\u00a0") == "Given title"
    assert title("Text.", " \n ") == title("Text.") == "Text."


def test_then_a_short_first_line_with_all_its_sentences() -> None:
    assert title("\n\n  One.  Two.\t \nThree.") == "One. Two."
    assert title("One. " + "X" * 115 + "\nmore") == "One. " + "X" * 115


def test_then_the_first_sentence_of_a_long_line() -> None:
    assert title("One. Two" + "x" * 113 + "\nmore") == "One."
    assert title("x" * 121) == "x" * 121


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayor speaks\n\nThe mayor spoke on\nMonday.", "Mayor speaks"),
        (
            "A long heading that goes over\ntwo lines\n\nThe mayor spoke.",
            "A long heading that goes over two lines",
        ),
        (
            "The mayor spoke on Monday near the\ntown hall.\n\nNobody came.",
            "The mayor spoke on Monday near the town hall.",
        ),
        ("The mayor spoke on\nMonday. " + "Nobody came\n" * 20, "The mayor spoke on Monday."),
        ("  Le maire a parlé\n  lundi. " + "Personne\n" * 20 + "fin.", "Le maire a parlé lundi."),
        ("Der Bürgermeister\nsprach.\n \t\nNiemand kam.", "Der Bürgermeister sprach."),
        ("Мэр\nвыступил.\n\nНикто.", "Мэр выступил."),
        ("市长\n讲话。\n\n没有人。", "市长 讲话。"),
        ("One line only", "One line only"),
        ("Die Regie-\nrung spricht", "Die Regie-rung spricht"),
        ("Une vie -\net la mort", "Une vie - et la mort"),
        ("word\n" * 60 + "end.", "word " * 59 + "word…"),
    ],
)
def test_of_wrapped_text_the_first_paragraph_counts(text: str, expected: str) -> None:
    assert title(text, layout="wrapped") == expected


def test_of_lines_the_first_counts() -> None:
    assert title("One line. It has two.\nAnother.", layout="lines") == "One line. It has two."


def test_it_is_stored_up_to_its_limit() -> None:
    assert title("word " * 100) == ("word " * 60).rstrip() + "…"
    assert len(title("Text.", "x" * 1000)) == MAX_LENGTH == 300
    assert title("Text.", "x" * 301) == "x" * 299 + "…"
    assert title("Text.", "x" * 300) == "x" * 300


def test_it_is_shown_cut_in_cells() -> None:
    assert shown("x" * 80) == "x" * 80
    assert shown("x" * 81) == "x" * 79 + "…"
    assert shown("中文标题", 5) == "中文…"
    assert shown("中文标题", 4) == "中…"
    assert shown("\x1b[31mred") == "␛[31mred"


@given(st.text(), st.integers(0, 30))
def test_what_is_shown_fits_and_is_safe(text: str, cells: int) -> None:
    assert cell_len(shown(text, cells)) <= cells
    assert is_safe(shown(text, cells))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_every_text_has_a_title(text: str) -> None:
    if not text.isspace():
        found = title(text)
        assert found == " ".join(found.split()) != ""
