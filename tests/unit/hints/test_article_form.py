from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "He saw ⟪a elephant⟫ and ⟪an man⟫."),
        ("en", "It took ⟪a hour⟫ or more."),
        ("en", "She is ⟪an European⟫ and he ⟪a Italian⟫."),
        ("it", "⟪Il amico⟫ parla."),
        ("it", "È successo ⟪nel anno⟫ scorso."),
        ("it", "Ecco ⟪i studenti⟫ e ⟪un studio⟫."),
        ("it", "La casa ⟪del studente⟫."),
        ("es", "Padre ⟪y hijo⟫"),
        ("es", "Bebe ⟪la agua⟫."),
        ("es", "Siete ⟪o ocho⟫ días."),
        ("es", "Viene ⟪de el⟫ pueblo y va ⟪a el⟫ mar."),
        ("en", "A university, a one-off, a European, a unicorn and an hour."),
        ("en", "An historic day, a house, an MP, a US ship."),
        ("en", "Vitamin A is good, a and b too."),
        ("it", "Il whisky, lo studente, gli studenti, un amico, uno studio."),
        ("it", "Uno dei dei; gli dei antichi."),
        ("it", "Il week end e il jazz, uno per uno, il uno per cento."),
        ("es", "Agua y hielo, y hierba; el agua fría, siete u ocho."),
        ("es", "De él y de El País."),
        ("en", "It was ⟪an happy⟫ day and ⟪a umbrella⟫."),
        ("es", "⟪La águila⟫ vuela."),
        ("es", "Vienen perros ⟪e gatos⟫."),
        ("es", "Días ⟪u semanas⟫."),
        ("en", "An historic hotel, an hour, a hospital."),
        ("es", "Padres e hijos, siete u ocho."),
    ],
)
def test_it_points_where_the_brackets_are(marked: Callable[..., str], language: str, sentence: str) -> None:
    assert marked("article-form", language, sentence) == sentence
