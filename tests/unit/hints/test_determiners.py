from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "⟪Le Les⟫ tensions montent."),
        ("fr", "Il voit ⟪la cette⟫ maison."),
        ("fr", "Elle profite ⟪des ses⟫ amis."),
        ("en", "He has ⟪a the⟫ plan."),
        ("en", "She took ⟪the my⟫ book."),
        ("it", "È ⟪nel il⟫ palazzo."),
        ("es", "La casa ⟪del los⟫ niños."),
        ("de", "Er wohnt ⟪im dem⟫ Haus."),
        ("de", "Zwischen ⟪der Die⟫ Firma und ihm."),
        ("fr", "L'un des deux est un des meilleurs."),
        ("fr", "Il lit le Le Monde du jour."),
        ("fr", "Un article du Le Figaro."),
        ("fr", "Elle chante le la de Mozart."),
        ("fr", "La une du journal."),
        ("en", "That is all the more true of the A team."),
        ("en", "I gave her the book."),
        ("it", "Uno dei tanti, gli uni e gli altri."),
        ("it", "Legge La Repubblica e il Il Sole."),
        ("es", "El uno por ciento de los unos."),
        ("de", "Die, die der Frau die Hand gab, zum einen und zum anderen."),
        ("de", "Einer der besten Filme ist eines der Bücher."),
        ("fr", "C'est ⟪le un⟫ plaisir rare."),
        ("fr", "Elle aime ⟪cette un⟫ ville."),
        ("fr", "On voit ⟪la des⟫ gens."),
        ("it", "Comincia ⟪la il⟫ lavoro."),
        ("es", "Es ⟪el una⟫ casa."),
        ("de", "Das ist ⟪ein eine⟫ Frage."),
        ("en", "Look at ⟪his the⟫ car."),
        ("fr", "À la une du journal, le un pour cent, les un million, et ce le jour même."),
        ("es", "A la una de la tarde."),
        ("de", "Wenn einer eine Reise tut, der eine Hund."),
    ],
)
def test_it_points_where_the_brackets_are(marked: Callable[..., str], language: str, sentence: str) -> None:
    assert marked("determiners", language, sentence) == sentence
