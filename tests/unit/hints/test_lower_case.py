from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Il en frappa ⟪un. des⟫ pires coups de sa carrière."),
        ("en", "He wanted to ⟪go. and⟫ then he left."),
        ("it", "Il presidente è arrivato. ⟪alla⟫ fine."),
        ("es", "El hombre vino. ⟪con⟫ su hijo."),
        ("fr", "Il est né à ⟪Besançon. les⟫ autres aussi."),
        ("it", "È morto nel ⟪1920. il⟫ figlio vive."),
        ("de", "„Das ist ⟪so.“ sie⟫ lacht laut."),
        ("en", "“Yes.” he said."),
        ("en", "Look at this page. http://a.org is fine."),
        ("de", "Der Mann ist ⟪gekommen. und⟫ ging."),
        ("fr", "Le 3 janv. dernier, env. dix personnes, etc. et d'autres."),
        ("en", "The U.S. is big, e.g. this, vs. that."),
        ("de", "Am 3. des Monats, usw. und bzw. auch."),
        ("fr", "Il habite av. de la République, M. de Villepin aussi."),
        ("en", "i am here. you are there. we go. she stays."),
        ("fr", "Il hésite... puis part."),
    ],
)
def test_it_points_where_the_brackets_are(marked: Callable[..., str], language: str, sentence: str) -> None:
    assert marked("lower-case", language, sentence) == sentence
