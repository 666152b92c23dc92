from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.language import UNDETERMINED, detect

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "it"])
def test_paragraphs_of_the_gold_sets(language: str) -> None:
    lines = (ROOT / "tests/gold" / f"{language}_pud.sent.jsonl").read_text(encoding="utf-8").splitlines()
    found = [detect(json.loads(line)["text"]) for line in lines]
    assert found.count(language) >= 0.99 * len(found)


def test_the_sample() -> None:
    assert detect((ROOT / "seeds/musk-altman.fr.txt").read_text(encoding="utf-8")) == "fr"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("O presidente disse que não vai mais falar com os jornalistas na cidade.", "pt"),
        ("De president zei dat hij niet meer met de pers wil praten in het land.", "nl"),
        ("El president va dir que no parlarà més amb els periodistes de la ciutat.", "ca"),
        ("Președintele a spus că nu mai vorbește cu jurnaliștii și că este în oraș.", "ro"),
        ("L’ÉTÉ EST LÀ ET LES GENS SONT DANS LES RUES.", "fr"),
    ],
)
def test_more_languages(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 34 …",
        "Bonjour",
        "Привет, как дела?",
        "你好，世界。",
        "Presidenten sade att han inte vill prata med journalister i dag.",
        "lorem ipsum dolor sit amet consectetur adipiscing elit",
        "der die das " + "lorem ipsum dolor " * 20,
    ],
)
def test_without_evidence_it_is_undetermined(text: str) -> None:
    assert detect(text) == UNDETERMINED == "und"


def test_only_the_beginning_is_read() -> None:
    assert detect("x " * 10_000 + "le la les des est dans une que " * 1000) == "und"


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert detect(text) in {"ca", "de", "en", "es", "fr", "it", "nl", "pt", "ro", "und"}
