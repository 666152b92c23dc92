from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "C'est une ⟪guerra aperta⟫ entre eux."),
        ("fr", "Capitale ⟪e⟫ 8VC investissent."),
        ("en", "It was a ⟪guerra aperta⟫ for them."),
        ("de", "Er sprach ⟪with the government⟫ darüber."),
        ("es", "La casa ⟪nel anno della⟫ guerra."),
        ("it", "Ha detto che ⟪the government⟫ è debole."),
        ("fr", "Le président a dit ⟪che⟫ la situation est difficile."),
        ("fr", "Le week-end, le leader du football a un look cool."),
        ("en", "The chef ate pasta in a café."),
        ("fr", "Il a dit « guerra aperta » hier."),
        ("de", "Das Team hat ein Update."),
        ("fr", "La Banca d'Italia et le Corriere della Sera."),
        ("es", "El siglo 5to y el 1ero."),
        ("it", "Il computer, lo sport e il film."),
        ("fr", "Il pleut ⟪aber⟫ on sort."),
        ("es", "La casa ⟪still⟫ existe."),
        ("fr", "Un aber du Finistère, un abers."),
    ],
)
def test_it_points_where_the_brackets_are(marked: Callable[..., str], language: str, sentence: str) -> None:
    assert marked("untranslated", language, sentence) == sentence
