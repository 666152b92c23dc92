"""Which blank belongs between two stretches of text."""

from __future__ import annotations

import pytest

from tui.text.spacing import blank_between, tight_blank

NARROW = "\u202f"


@pytest.mark.parametrize(
    ("language", "left", "right", "blank"),
    [
        ("fr", "Que", "elle", "space"),
        ("fr", "de l'", "entreprise", "none"),
        ("fr", "mot", ",", "none"),
        ("fr", "mot", "; suite", "tight"),
        ("fr", "Il dit «", "non", "tight"),
        ("fr", "non", "»", "tight"),
        ("fr", "oui ?", "!", "none"),
        ("fr", "Ils sont ‘grands’", "ici", "space"),
        ("en", "the dogs'", "house", "space"),
        ("en", "the dog", "'s house", "none"),
        ("en", "do", "n't know", "none"),
        ("en", 'He said "', "no", "none"),
        ("en", 'He said "no', '" and', "none"),
        ("en", 'He said "no"', "and", "space"),
        ("en", "mot", "; rest", "none"),
        ("de", "Er sagt: „Nein", "“", "none"),
        ("de", "Er sagt: „Nein“", "und", "space"),
        ("de", "Er sagt: »Nein", "« und", "none"),
        ("es", "Dijo:", "¿Qué", "space"),
        ("es", "Dijo: ¿", "Qué", "none"),
        ("it", "un po'", "di pane", "space"),
        ("it", "dell'", "acqua", "none"),
        ("zh", "他", "说", "none"),
        ("zh", "他说", "，", "none"),
        ("zh", "使用", "ChatGPT", "any"),
        ("zh", "他说：“好。”", "GPT", "none"),
        ("ja", "彼", "—", "none"),
        ("ko", "그는", "갔다", "space"),
        ("th", "เขา", "พูด", "any"),
        ("ar", "قال و", "الرجل", "none"),
        ("ru", "Он", "сказал", "space"),
        ("fr", "", "mot", "none"),
    ],
)
def test_the_blank_between(language: str, left: str, right: str, blank: str) -> None:
    assert blank_between(left, right, language) == blank


@pytest.mark.parametrize(
    ("text", "mark", "blank"),
    [
        ("Rien ici.", ";", NARROW),
        ("Oui\u00a0! Non\u00a0? Si ?", ":", "\u00a0"),
        ("Oui ! Non ? Si", ";", " "),
        ("Oui! Non? Si; bien", ":", ""),
        ("« Oui »", "»", " "),
        (f"«{NARROW}Oui{NARROW}»", "«", NARROW),
    ],
)
def test_the_habit_of_a_text_decides_which_no_break_space(text: str, mark: str, blank: str) -> None:
    assert tight_blank(text, mark, "fr") == blank
