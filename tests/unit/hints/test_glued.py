from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "On observe ⟪laL'influence⟫ du chef."),
        ("fr", "⟪LaL'influence⟫ du chef."),
        ("fr", "En ⟪2015Musk⟫ a fondé OpenAI."),
        ("fr", "C'est ⟪laacquisition⟫ de la ville."),
        ("fr", "Son ⟪lentreprise⟫ ferme."),
        ("fr", "Il habite ⟪àParis⟫."),
        ("fr", "Il part ⟪depuisLe⟫ début."),
        ("fr", "⟪En2018⟫ il partit."),
        ("fr", "Il voit l'⟪entrepriseLe⟫ ministre."),
        ("en", "⟪TheThe⟫ talks near ⟪theInfluence⟫ of men."),
        ("en", "It was ⟪theplan⟫ of men."),
        ("it", "È ⟪allinterno⟫ della casa."),
        ("it", "Vive nella ⟪lacittà⟫ grande."),
        ("es", "Vino ⟪laciudad⟫ entera."),
        ("de", "Das ist ⟪dieregierung⟫ von heute."),
        ("sw", "Mwaka ⟪2015Musk⟫ alikuja."),
        ("fr", "YouTube, iPhone, eBay, PlayStation et LeBron James."),
        ("fr", "Les années 1990 et le 2015e concert, la 4L."),
        ("en", "LaGuardia, OnStar, McDonald, the 1990s and a 2000th."),
        ("de", "Die 1990er Jahre, in den 2010ern."),
        ("en", "Visit theplan.com and www.theplan.org today."),
        ("fr", "Il lambine, enlaidit et désapprouve, relance et dansa."),
        ("it", "Il lavoro, la lezione e l'allenamento."),
        ("de", "Derartige Dieselfahrzeuge sind undenkbar."),
        ("fr", "Un protozoaire, une hydrolyse, un lamantin."),
        ("fr", "Elle vient ⟪deuxfois⟫ ici."),
        ("fr", "Il dit ⟪quedemain⟫ il part."),
        ("en", "It was ⟪fromhome⟫ they came."),
        ("it", "Dice ⟪chedomani⟫ parte."),
        ("es", "Vino ⟪cuandoquiso⟫ venir."),
        ("it", "Vogliono vederlo, portarglielo e prendersela."),
        ("es", "Quieren decírselo y buscándola."),
        ("en", "The blacklined gamestops postor."),
        ("de", "Einheitspreisladen und Bundesverfassungsgericht."),
    ],
)
def test_it_points_where_the_brackets_are(marked: Callable[..., str], language: str, sentence: str) -> None:
    assert marked("glued", language, sentence) == sentence
