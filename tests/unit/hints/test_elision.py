from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Il dit ⟪que Il⟫ n'abandonne pas."),
        ("fr", "⟪Le accord⟫ est signé."),
        ("fr", "Il parle ⟪de « acheter⟫ des parts »."),
        ("fr", "Car ⟪je ai⟫ faim"),
        ("fr", "⟪Ce homme⟫ parle."),
        ("fr", "Il aime ⟪sa entreprise⟫."),
        ("fr", "Un ⟪nouveau avion⟫ arrive."),
        ("fr", "⟪Si ils⟫ viennent, tant mieux."),
        ("fr", "Il reste peu ⟪de le⟫ gouvernement."),
        ("fr", "Il craint ⟪l'hausse⟫ des prix."),
        ("fr", "C'est ⟪le hôpital⟫ de la ville."),
        ("fr", "Le onze, le huit et le oui."),
        ("fr", "La hausse et le héros, la hache et le haricot."),
        ("fr", "Il vient de le voir et tient à les entendre."),
        ("fr", "Le yaourt et le yacht de la une."),
        ("fr", "Ce à quoi il pense, et ce en quoi il croit."),
        ("fr", "De A à Z, le IV et le X."),
        ("fr", "Dis-le à ton ami."),
        ("fr", "Sa hache, ma honte, ce héros."),
        ("fr", "Si elle vient, si on part."),
        ("fr", "Un film de Il Maestro."),
        ("fr", "Le beau haricot et le nouveau hangar."),
        ("fr", "Sa grande maison, sa sœur, ce matin."),
        ("fr", "C'est un match contre ⟪la Espagne⟫ hier."),
        ("fr", "Il vient ⟪de Istanbul⟫ demain."),
        ("fr", "C'est plus ⟪que une⟫ fête."),
        ("fr", "Il sort ⟪de une⟫ réunion."),
        ("fr", "De un à dix, de une à trois heures."),
        ("fr", "L'Université de Alicante, la Ukraine."),
        ("fr", "Le yacht de Hanoï, le quotidien La Opinion."),
    ],
)
def test_it_points_where_the_brackets_are(marked: Callable[..., str], language: str, sentence: str) -> None:
    assert marked("elision", language, sentence) == sentence
