from __future__ import annotations

import textwrap

import pytest

from tui.painting.article.line_ends import LineEnds


def shown(text: str) -> str:
    """The text as it is shown, with `|` for each line end that is not hidden."""
    pieces: list[str] = []
    position = 0
    for start, end in LineEnds(text).hidden(0, len(text)):
        pieces.append(text[position:start])
        position = end
    return "".join([*pieces, text[position:]]).replace("\n", "|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A soft hyphen only marks the cut.
        ("inter\u00ad\nnational", "international"),
        ("Regie\u00ad  \n  rung", "Regierung"),
        # Without evidence the hyphen stays, and the break goes.
        ("a well-\nknown man", "a well-known man"),
        ("il y a peut-\nêtre", "il y a peut-être"),
        ("Nord-\nouest", "Nord-ouest"),
        ("кто-\nнибудь", "кто-нибудь"),
        # The word stands elsewhere.
        ("The government: the govern-\nment", "The government: the government"),
        (
            "la nation ; les inter-\nnationales, internationales",
            "la nation ; les internationales, internationales",
        ),
        ("Die Regierung. Die Regie-\nrung", "Die Regierung. Die Regierung"),
        ("правительство прави-\nтельство", "правительство правительство"),
        ("a well-known, well-\nknown man; wellknown", "a well-known, well-known man; wellknown"),
        # No cut: a capital, a digit, a dash, a blank line, a line that is no letter.
        ("Nord-\nSüd", "Nord-|Süd"),
        ("1990-\n1995", "1990-|1995"),
        ("he left -\nand came", "he left -|and came"),
        ("word-\n\nnext", "word-||next"),
        ("dit-\n\u00a0il", "dit-|\u00a0il"),
        ("vor- \n und", "vor-und"),
    ],
)
def test_words_cut_at_a_line_end_are_shown_whole(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_in_a_text_with_many_hyphens_at_line_ends_they_only_mark_the_cut() -> None:
    lines = [
        "Les entre-",
        "prises de la ré-",
        "gion ont reçu",
        "des aides du gou-",
        "vernement, dit-",
        "il hier soir.",
    ]
    assert shown("\n".join(lines)) == (
        "Les entreprises de la région ont reçu|des aides du gouvernement, dit-il hier soir."
    )


def test_text_that_is_only_wrapped_keeps_its_hyphens() -> None:
    words = "The council spoke about the new harbour and its plan for all of the old town on Monday. " * 20
    text = textwrap.fill(words, 60) + "\nA well-\nknown man of twenty-\nfive spoke too."
    assert shown(text).endswith("A well-known man of twenty-five spoke too.")


def test_only_the_wanted_part_is_looked_at() -> None:
    text = "govern\u00ad\nment and parlia\u00ad\nment"
    assert LineEnds(text).hidden(0, 8) == []
    assert LineEnds(text).hidden(0, 9) == [(6, 8)]
    assert LineEnds(text).hidden(9, len(text)) == [(23, 25)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("That offer was\n> refused", "That offer was|refused"),
        ("> > That offer\n> > was refused", "> > That offer|was refused"),
        ("Cette offre a été\n    refusée", "Cette offre a été|refusée"),
        ("Das Angebot wurde   \n\tabgelehnt", "Das Angebot wurde|abgelehnt"),
        ("> the govern-\n> ment, the government", "> the government, the government"),
        ("предложение \n>отклонили", "предложение|отклонили"),
        ("x >\n y", "x >|y"),
    ],
)
def test_a_line_end_is_shown_as_one_blank(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_what_is_hidden_lies_within_the_stretch_and_is_never_empty() -> None:
    text = "  a \n > b-\n  c  \n"
    for start in range(len(text)):
        for end in range(start, len(text) + 1):
            position = start
            for first, last in LineEnds(text).hidden(start, end):
                assert position <= first < last <= end
                position = last
