from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Il coûte ⟪XNUMX⟫ euros."),
        ("fr", "Mise à jour à 14,30h⟪XNUMX⟫"),
        ("en", "He paid ⟪XNUMX⟫ dollars."),
        ("it", "L'Italia ⟪&quot;⟫vince⟪&quot;⟫."),
        ("en", "A ⟪<unk>⟫ word and a caf⟪Ã©⟫."),
        ("es", "Hola, ⟪{{name}}⟫."),
        ("de", "Ein Wort ⟪�⟫ fehlt."),
        ("xx", "Kila mtu ana ⟪XNUMX⟫ kitabu."),
        ("fr", "Le Sénat vote le 3 mai à 14 h 30."),
        ("en", "Use A&B, 5 < 6 and 7 > 2."),
        ("fr", "La société XMU et le NUM de la carte."),
        ("pt", "NÃO É UMA CANÇÃO DE VERÃO."),
    ],
)
def test_it_points_where_the_brackets_are(marked: Callable[..., str], language: str, sentence: str) -> None:
    assert marked("placeholder", language, sentence) == sentence
