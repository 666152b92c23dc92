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
        ("fr", "On mange ⟪Ainsi⟫ depuis toujours."),
        ("fr", "Une recette ⟪Mondiale⟫ est née."),
        ("fr", "Pourtant, ⟪Le⟫ vent souffle depuis trois jours."),
        ("fr", "Il revient ⟪Mardi⟫ à midi."),
        ("it", "Torna il 3 ⟪Ottobre⟫ a casa."),
        ("es", "La novia ⟪Siempre⟫ llega tarde."),
        ("en", "The driver ⟪Told⟫ us so."),
        ("de", "Er geht ⟪Nicht⟫ nach Hause."),
        ("fr", "Le Vendredi saint, la rue de l'Ouest, la place Nord et le Grand Est."),
        ("fr", "Paris, Le Havre et Nice sont loin."),
        ("fr", "Il lit le journal du Dimanche."),
        ("it", "La domenica delle Palme, lo Stato e la Domenica delle Palme."),
        ("es", "Vive en Punta del Este y viene de El Salvador."),
        ("es", "Vio el estreno de El viejo y La barca de oro."),
        ("en", "It was us, and the US won in May."),
        ("de", "Die Macht der Waren und das Sein sind alt."),
        ("fr", "Son roman, La rue haute, plaît."),
        ("fr", "Il reste trois ⟪Semaines⟫ de travail."),
        ("fr", "Ces Anglais et ces Normands parlent, la Bourse et la Constitution aussi."),
        ("fr", "Plusieurs États voisins ont signé."),
        ("it", "Fino alla Prima guerra mondiale regnava."),
    ],
)
def test_it_points_where_the_brackets_are(marked: Callable[..., str], language: str, sentence: str) -> None:
    assert marked("capital", language, sentence) == sentence
