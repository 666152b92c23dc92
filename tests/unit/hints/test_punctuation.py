from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Nous allons y parvenir⟪.,⟫ a-t-il déclaré."),
        ("fr", "Selon Marie⟪:«⟫ C'est non. »"),
        ("en", "He came⟪ ,⟫ then left⟪ .⟫"),
        ("en", "It ende⟪d.T⟫hen it began."),
        ("it", "È vero⟪,,⟫ dice."),
        ("fr", "⟪l' ⟫avion part."),
        ("es", "El perr⟪o,g⟫ato y ratón."),
        ("de", "Er kam⟪;,⟫ sah."),
        ("fr", "Il a dit, etc., puis le prix de 1,5 et 2.000 euros... Voilà."),
        ("en", "See www.example.com, e.g., and U.S., Inc., at 10:30."),
        ("fr", "Il dit : « Oui », et « non »."),
        ("fr", "Qui ?! Quoi… Non !"),
        ("en", "Mail a.b@example.com or read Booking.com."),
        ("fr", "L'avion, aujourd'hui, d'un coup."),
        ("fr", "Il vit à Besançon⟪.,⟫ dit-elle."),
        ("fr", "Il dort⟪..⟫ Puis il part."),
        ("fr", "Elle vient. ⟪¿⟫Pourquoi partir ?"),
        ("es", "¡Ven! Qué bien⟪!⟫ Nada más."),
        ("fr", "Qui ? Toi ! Oui : toi ; alors⟪:⟫ viens ! Bon."),
        ("en", "Acme Inc., Calif., and Smith Corp.; they left."),
        ("es", "¿Vienes? ¡Claro que sí!"),
        ("es", "Vale! Vamos? Sin más!"),
        ("fr", "Qui? Toi! Oui: toi; alors: viens!"),
        ("en", "Wait.. what.. no.. never.. ok."),
        ("en", "One⟪ ,⟫ two , three , four , five , six."),
        ("de", "»Kommen Sie mit?« fragte er. »Nein« sagte sie. (»Doch.«)"),
        ("es", "«Soy inocente.\n»Siempre lo he dicho», declaró."),
        ("fr", "Un mot « dur⟪»⟫et bref."),
    ],
)
def test_it_points_where_the_brackets_are(marked: Callable[..., str], language: str, sentence: str) -> None:
    assert marked("punctuation", language, sentence) == sentence
