from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "C'est ⟪un société⟫ privée."),
        ("fr", "⟪Le gestion⟫ du port."),
        ("fr", "⟪Plusieurs tour⟫ de table."),
        ("fr", "⟪Cette homme⟫ parle."),
        ("fr", "⟪Les gouvernement⟫ hésitent."),
        ("fr", "⟪Leur enfants⟫ jouent."),
        ("fr", "Il a gagné ⟪3 milliard⟫."),
        ("fr", "Une ⟪société américain⟫ arrive."),
        ("fr", "⟪Deux million⟫ de voitures."),
        ("fr", "Des ⟪mesures nationale⟫ sont prises."),
        ("fr", "Il parle ⟪au fille⟫ du roi."),
        ("fr", "Le voile et la voile, le tour et la tour, un livre et une livre."),
        ("fr", "Il la gestionne, elle le vend, il les porte."),
        ("fr", "Vingt et un buts et une fois."),
        ("fr", "La numéro deux, la ministre, la juge."),
        ("fr", "Les langues anglaise et française."),
        ("fr", "Une partie du territoire revendiquée."),
        ("fr", "Il a gagné 1,9 million et 1 milliard."),
        ("fr", "Un chef d'entreprise américain."),
        ("fr", "L'un sociétés."),
        ("fr", "Le chapitre deux alinéa trois."),
        ("fr", "Un aigle, une aigle, un après-midi."),
        ("fr", "Un kilomètre et des kilomètres."),
        ("fr", "Il boit dans ⟪le bouteille⟫ vide."),
        ("fr", "Il vit ⟪une moment⟫ rare."),
        ("fr", "C'est ⟪le nouveau maison⟫ du roi."),
        ("fr", "⟪La dernier mandat⟫ finit."),
        ("fr", "Sur ⟪les porte⟫ du roi."),
        ("fr", "Le petit porte un sac, l'autre marche."),
        ("fr", "Il les porte, on la montre, il le cadre."),
        ("fr", "La premier ministre, un grand merci."),
    ],
)
def test_it_points_where_the_brackets_are(marked: Callable[..., str], language: str, sentence: str) -> None:
    assert marked("agreement", language, sentence) == sentence
