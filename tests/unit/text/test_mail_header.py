from __future__ import annotations

import pytest

from tui.text.mail_header import header_end, subject

SUBJECTS = [
    ("From: Ann\nSubject: The ferry\n\nText.", "The ferry"),
    ("Von: Anna\nDatum: 3. März\nBetreff: Die Fähre\n\nText.", "Die Fähre"),
    ("De : Anne\nÀ : Bob\nObjet : Le bac\n\nTexte.", "Le bac"),
    ("Da: Anna\nA: Bob\nOggetto: Il traghetto\n\nTesto.", "Il traghetto"),
    ("De: Ana\nPara: Bob\nAsunto: El barco\n\nTexto.", "El barco"),
    ("Van: Anna\nAan: Bob\nOnderwerp: De boot\n\nTekst.", "De boot"),
    ("Od: Anna\nDo: Bob\nTemat: Prom\n\nTekst.", "Prom"),
    ("От: Анна\nТема: Паром\n\nТекст.", "Паром"),
    ("差出人：森\n件名：フェリー\n\n本文。", "フェリー"),
    ("Received: from a\n\tby b\nSubject: =?utf-8?Q?Caf=C3=A9?=\n\nText.", "Café"),
    ("From: Ann\nSubject: =?nothing?Q?=C3?=\n\nText.", "=?nothing?Q?=C3?="),
    ("> From: Ann\n> Subject: The ferry\n> \n> Text.", "The ferry"),
    ("From: Ann\nSubject:\n\nText.", None),
    ("Subject: one field is no header\n\nText.", None),
    ("The ferry\nFrom: Ann\nSubject: no\n", None),
    ("A: Where to?\nB: Home.\n", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), SUBJECTS)
def test_the_subject_of_a_mail(text: str, expected: str | None) -> None:
    assert subject(text) == expected


def test_a_header_ends_before_the_first_other_line() -> None:
    header = "From: Ann\nReferences: <1>\n  <2>\n"
    assert header_end(header + "\nText") == len(header)
    assert header_end(header + "Text: more") == len(header)
    assert header_end(header.rstrip("\n")) == len(header) - 1
