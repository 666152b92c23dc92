from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Il est accusé d'⟪avoir a⟫ trahi."),
        ("fr", "On l'accuse ⟪de ayant⟫ trahi."),
        ("fr", "Ils partent ⟪pour améliore⟫ la ville."),
        ("fr", "⟪Ils a⟫ dit oui."),
        ("fr", "Pendant ce temps, ⟪je les premières⟫ tensions montent."),
        ("fr", "Il ⟪a répondre⟫ à tous."),
        ("fr", "⟪Je ne sait⟫ pas."),
        ("fr", "Reste à voir ⟪qui sera-t-il⟫ le premier."),
        ("fr", "Le chef ⟪a est⟫ parti."),
        ("fr", "Nous ⟪avons parler⟫ hier."),
        ("fr", "⟪Il sont⟫ partis."),
        ("fr", "Il peut être a priori content, l'être est là."),
        ("fr", "Ce qu'il a est perdu, ce qui est a une fin."),
        ("fr", "En ayant parlé, en étant là, sans y être."),
        ("fr", "Il, les premiers temps dormait peu."),
        ("fr", "Qui sera-t-il demain ? À qui est-ce ?"),
        ("fr", "Que sais-je ? Je le sais, tu le dis, il y en a."),
        ("fr", "Lui et elle sont venus, avec elle sont arrivés deux autres."),
        ("fr", "Ils ont à faire, il a pouvoir de décider."),
        ("fr", "Il va de soi, pour peu que ça dure, sans doute."),
        ("fr", "Un bruit de pas, de marche, de porte."),
    ],
)
def test_it_points_where_the_brackets_are(marked: Callable[..., str], language: str, sentence: str) -> None:
    assert marked("verbs", language, sentence) == sentence
