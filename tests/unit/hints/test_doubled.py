from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Il ⟪a a⟫ répondu."),
        ("fr", "Il rentre ⟪de la de la⟫ ville."),
        ("fr", "⟪Les Les⟫ chats dorment."),
        ("en", "⟪The The⟫ talks failed."),
        ("en", "He left ⟪the the⟫ room."),
        ("it", "È nella casa ⟪di di⟫ Maria."),
        ("es", "Vive en ⟪la la⟫ ciudad."),
        ("de", "Die Insel ⟪und und⟫ das Meer."),
        ("de", "⟪Die Die⟫ Lage ist ernst."),
        ("fr", "Nous nous levons et vous vous taisez."),
        ("fr", "Il est très très grand."),
        ("en", "He had had enough that that day."),
        ("it", "Piano piano arriva."),
        ("de", "Ich weiß, dass die die Frau kennt."),
        ("en", "Duran Duran played in Baden Baden."),
        ("es", "Es muy muy tarde."),
        ("fr", "Le groupe La La La chante."),
        ("id", "Anak anak bermain."),
        ("fr", "Il crie : « non, non ! »"),
        ("en", "No no no, he said."),
        ("fr", "⟪À À⟫ Rome il pleut."),
        ("en", "It is ⟪in in⟫ Spain."),
    ],
)
def test_it_points_where_the_brackets_are(marked: Callable[..., str], language: str, sentence: str) -> None:
    assert marked("doubled", language, sentence) == sentence
