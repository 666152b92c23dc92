from __future__ import annotations

from collections.abc import Callable

import pytest

MANY = "Toberov parle. Ensuite Toberov part, et Toberov revient. Le soir, "


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", MANY + "on voit ⟪Tobberov⟫ dormir."),
        ("fr", MANY + "on voit ⟪Toebrov⟫ dormir."),
        ("en", "Toberov spoke. Then Toberov left, and Toberov came back. At night ⟪Toborov⟫ slept."),
        ("xx", "Toberov ka. Na Toberov ba, na Toberov wa. Ni ⟪Toborov⟫ la."),
        ("fr", "OpenAI existe. Puis vient ⟪OpenIA⟫, et ⟪xIA⟫."),
        ("fr", "Toberov parle. On voit ⟪Tobberov⟫ dormir."),
        ("es", "Ayer vino ⟪xIA⟫ a la ciudad."),
    ],
)
def test_it_asks_about_a_name_that_differs(marked: Callable[..., str], language: str, sentence: str) -> None:
    assert marked("names", language, sentence) == sentence


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Obama spoke. Obama left. Obama slept. Osama was not there."),
        ("en", "Syria is far. Syria is old. Syria is big. A Syrian man came."),
        ("it", "Lorenzo dorme. Lorenzo parla. Lorenzo ride. Anche Lorenza ride."),
        ("fr", "Marin parle. Marin part. Marin dort. Matin et soir, il lit."),
        ("de", "Das Haus. Das Haus. Das Haus. Die Maus."),
        ("fr", "L'IA, la CIA et l'ARN de Maria."),
        ("en", "The xIA group."),
        ("fr", "Marin parle. On voit Matin dormir."),
        ("de", "Die Toborologen kamen. Und Toborologien gingen."),
    ],
)
def test_it_leaves_other_names_alone(marked: Callable[..., str], language: str, sentence: str) -> None:
    assert marked("names", language, sentence) == sentence


def test_it_offers_the_usual_spelling(hints_of: Callable[..., list[object]]) -> None:
    [hint] = hints_of(MANY + "on voit Tobberov dormir.", "fr", "names")
    assert hint.correction == "Toberov"  # type: ignore[attr-defined]
