"""Sentence ends by kind, as data: a kind, a language and the text; ` | ` is where a sentence ends.

Each is tried as it stands and with its accents decomposed.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from tui.text.sentences import split

TABLE = Path(__file__).parent / "sentence_ends.tsv"
CASES = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()]
UNSPACED = ("ja", "zh")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("kind", "language", "expected"), CASES)
def test_sentence_ends(kind: str, language: str, expected: str, form: Literal["NFC", "NFD"]) -> None:
    wanted = [unicodedata.normalize(form, sentence) for sentence in expected.split(" | ")]
    text = ("" if language in UNSPACED else " ").join(wanted)
    sentences = split(text, language)
    found = [text[start:end] for start, end in zip(sentences.starts, sentences.ends, strict=True)]
    assert found == wanted, kind
