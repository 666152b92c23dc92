"""The correction that a hint offers, where its rule knows it, and none where it does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tui.model.hint import Hint

NARROW = "\u202f"
MUSK = "Musk parle. Paul écoute Musk. Elle connaît Musk. "


@pytest.mark.parametrize(
    ("detector", "language", "text", "words", "correction"),
    [
        ("agreement", "fr", "Il cite le gestion du port.", "le gestion", "la gestion"),
        ("agreement", "fr", "Le gestion du port.", "Le gestion", "La gestion"),
        ("agreement", "fr", "C'est un société privée.", "un société", "une société"),
        ("agreement", "fr", "Il vit une moment rare.", "une moment", "un moment"),
        ("agreement", "fr", "Cette homme parle.", "Cette homme", "Cet homme"),
        ("agreement", "fr", "Il parle au fille du roi.", "au fille", "à la fille"),
        ("agreement", "fr", "Il vient du société privée.", "du société", "de la société"),
        ("agreement", "fr", "Il part avec le entreprise.", "le entreprise", "l'entreprise"),
        ("agreement", "fr", "Plusieurs tour de table.", "Plusieurs tour", "Plusieurs tours"),
        ("agreement", "fr", "Il lit trois journal.", "trois journal", "trois journaux"),
        ("agreement", "fr", "Les gouvernement hésitent.", "Les gouvernement", None),
        ("agreement", "fr", "Une société américain arrive.", "société américain", "société américaine"),
        ("agreement", "fr", "Des mesures nationale sont prises.", "mesures nationale", "mesures nationales"),
        (
            "agreement",
            "fr",
            "C'est le nouveau maison du roi.",
            "le nouveau maison",
            "la nouvelle maison",
        ),
        ("agreement", "fr", "La dernier mandat finit.", "La dernier mandat", "Le dernier mandat"),
        ("punctuation", "fr", "Il dit:« Non » et part.", ":«", ": «"),
        ("punctuation", "fr", f"Il dit:«Non{NARROW}» et part.", ":«", f": «{NARROW}"),
        ("punctuation", "fr", "Il dit« Non » et part.", "«", " «"),
        ("punctuation", "fr", "Il dit «Non»et part.", "»", "» "),
        ("punctuation", "es", "Dijo:«No» y se fue.", ":«", ": «"),
        ("punctuation", "es", "Dijo «No»y se fue.", "»", "» "),
        ("punctuation", "it", "Disse,«No» e partì.", ",«", ", «"),
        ("names", "fr", f"{MUSK}Puis Paul appelle Musc.", "Musc", "Musk"),
        ("names", "fr", "Il quitte OpenIA et part.", "OpenIA", "OpenAI"),
    ],
)
def test_the_correction_that_a_rule_knows(
    hints_of: Callable[..., list[Hint]],
    detector: str,
    language: str,
    text: str,
    words: str,
    correction: str | None,
) -> None:
    found = {text[hint.start : hint.end]: hint.correction for hint in hints_of(text, language, detector)}
    assert found == {words: correction}
