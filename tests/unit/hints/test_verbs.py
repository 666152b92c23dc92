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
        ("fr", "Elle sort ⟪pour acheté⟫ du pain."),
        ("fr", "Il invite ⟪à prenez⟫ le train."),
        ("fr", "Il ⟪faut mangé⟫ vite."),
        ("fr", "Elle ⟪a prends⟫ son sac."),
        ("fr", "Nos voisins ⟪ont vendus⟫ leur maison."),
        ("fr", "Le pain a ⟪été trancher⟫ hier."),
        ("fr", "Nul n'⟪a été arrêtés⟫ hier."),
        ("fr", "Les trains ⟪sont arrivé⟫ tard."),
        ("fr", "Elles ⟪ont étés⟫ là."),
        ("fr", "Le but ⟪est gagner⟫ du temps."),
        ("fr", "Les maisons que nos voisins ont vendues sont belles."),
        ("fr", "Il nous a punis, elle les a vendus."),
        ("fr", "On est arrivés tard, c'est gagner du temps."),
        ("fr", "Il n'y a rien de changé, quelque chose de cassé la nuit."),
        ("fr", "Il se veut engagé et il peut venir, il doit partir."),
        ("fr", "Vouloir est pouvoir."),
        ("fr", "Il a été conseiller du roi."),
    ],
)
def test_it_points_where_the_brackets_are(marked: Callable[..., str], language: str, sentence: str) -> None:
    assert marked("verbs", language, sentence) == sentence
