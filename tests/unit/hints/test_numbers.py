from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Mise à jour à ⟪14,30h⟫."),
        ("fr", "⟪Dans le 2018⟫ tout change."),
        ("fr", "Un prix de ⟪97.4⟫ milliards."),
        ("fr", "Il y a ⟪1,250,000⟫ habitants."),
        ("fr", "Rendez-vous à ⟪3:30 pm⟫."),
        ("en", "It cost ⟪97,4⟫ million."),
        ("en", "⟪In the 2015⟫, he left."),
        ("de", "Ein Preis von ⟪3.5⟫ Millionen."),
        ("es", "El ⟪1.22⟫ % de la población."),
        ("it", "Vale ⟪12.5⟫ milioni."),
        ("fr", "Le train de ⟪25h30⟫."),
        ("fr", "Un prix de 97,4 milliards, 1.500 euros, 3,5 % et 1,365 euro."),
        ("fr", "À 14 h 30, à 14h30, à 14:30, dans le 2000 mètres."),
        ("en", "In the 2018 election 97.4 million people, 1,250,000 of them young, at 3:30 pm."),
        ("de", "Im Jahr 2018 waren es 3,5 Millionen."),
        ("it", "Nel 2018 erano 1.250.000."),
        ("fr", "En 2018, version 2.5 et chapitre 3.2."),
        ("fr", "Le train de ⟪7h.15⟫ part."),
        ("it", "Alle ⟪7:15h⟫ parte."),
        ("fr", "Un prix de ⟪1.234,50⟫ euros."),
        ("en", "It cost ⟪€1,50⟫ in all, and ⟪1.234,50⟫ there."),
        ("fr", "Un taux de ⟪0.25⟫ selon lui."),
        ("fr", "Le ⟪14ème juillet⟫, on danse."),
        ("fr", "Paru ⟪octobre 4, 2019⟫ à Lyon."),
        ("de", "Am ⟪04/10/2019⟫ kam er."),
        ("fr", "Le 1er mai, le 2 juin 2019 et la 5e de mars."),
        ("es", "A las 16:30h en casa."),
        ("en", "It cost $1,234.50, or 0.25 a day."),
        ("de", "Am 04.10.2019 um 16.30 Uhr."),
    ],
)
def test_it_points_where_the_brackets_are(marked: Callable[..., str], language: str, sentence: str) -> None:
    assert marked("numbers", language, sentence) == sentence
