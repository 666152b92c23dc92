from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Il dit : ⟪«⟫ Nous verrons. Puis il part."),
        ("fr", "« Non merci, si vous le souhaitez⟪«⟫."),
        ("en", "He said “yes⟪“⟫ and left."),
        ("en", "This ⟪(⟫is bad."),
        ("fr", "Il part ⟪»⟫, dit-elle."),
        ("it", 'Ha detto ⟪"⟫no, e poi è uscito.'),
        ("de", "Er sagte: ⟪„⟫Nein. Dann ging er."),
        ("xx", "Alisema ⟪“⟫ndiyo."),
        ("es", "Dijo ⟪«⟫no y se fue."),
        ("fr", "Il dit : « Oui » et « non »."),
        ("en", "He said “yes” and (no)."),
        ("de", "Er sagte „nein“ und »ja«."),
        ("en", "a) first b) second 1) third :)"),
        ("en", 'A 6\'2" man said "yes".'),
        ("fr", "« Un jour.\n« Un autre jour. »"),
        ("en", "“One day.\n“Another day.”"),
        ("fr", "« Il a dit « oui » hier. »"),
        ("fr", "« Oui. Non.\nPeut-être », dit-il."),
        ("en", 'He said: "Yes. No.\nPerhaps," and left.'),
        ("fr", "⟪„⟫ Oui », dit-il. « Non » et « si »."),
        ("en", 'He said "yes" and ⟪"⟫no, and "perhaps" too.'),
        ("en", "Thank you (: and (;"),
        ("es", "«Soy inocente.\n»Siempre lo he dicho.\n»Y lo diré», declaró."),
        ("de", "Er sagte: „Danke⟪„⟫. Sie sagte: „Bitte“."),
        ("en", 'He said: “Thank you⟪"⟫. She said “no”.'),
        ("en", 'He said: "Thank you⟪”⟫. She said "no" and "yes".'),
        ("de", "»Kommen Sie mit?« fragte er. »Nein«, sagte sie."),
    ],
)
def test_it_points_where_the_brackets_are(marked: Callable[..., str], language: str, sentence: str) -> None:
    assert marked("unbalanced", language, sentence) == sentence
