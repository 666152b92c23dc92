from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "La structure ⟪juridique Le⟫ fonctionnement est complexe."),
        ("fr", "Il vient ⟪avec Des⟫ alliés sûrs."),
        ("fr", "Il a pour but de ⟪Développer⟫ la ville."),
        ("fr", "Sous les yeux de ⟪Trump La⟫ querelle continue encore."),
        ("en", "The end ⟪of The⟫ talks is near."),
        ("it", "Parla ⟪con La⟫ sorella."),
        ("es", "Viene ⟪de La⟫ ciudad vieja."),
        ("de", "Er kommt ⟪mit Der⟫ alten Frau."),
        ("fr", "On sait ⟪que Il⟫ part demain."),
        ("fr", "Il lit Le Monde et va à La Rochelle avec Le Pen."),
        ("fr", "Le film La vie est belle, le journal Le monde."),
        ("en", "He Reads The Long Book Of The Dead."),
        ("en", "They live in The Hague near The Shard."),
        ("fr", "Il dit : « Le chat dort. »"),
        ("de", "Er sagt Ihnen, dass Die Zeit kommt."),
        ("fr", "Il va chez De Gaulle et Des Forges."),
        ("it", "Abita a La Spezia."),
    ],
)
def test_it_points_where_the_brackets_are(marked: Callable[..., str], language: str, sentence: str) -> None:
    assert marked("capital", language, sentence) == sentence
