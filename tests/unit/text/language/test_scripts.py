from __future__ import annotations

import pytest

from tui.text.language.scripts import decided_by_script, letter_counts, main_script, script_of


@pytest.mark.parametrize(
    ("letter", "script"),
    [
        ("a", "Latn"),
        ("ß", "Latn"),
        ("ế", "Latn"),
        ("ə", "Latn"),
        ("λ", "Grek"),
        ("ἀ", "Grek"),
        ("ж", "Cyrl"),
        ("ש", "Hebr"),
        ("ع", "Arab"),
        ("ﻋ", "Arab"),
        ("क", "Deva"),
        ("ก", "Thai"),
        ("한", "Hang"),
        ("か", "Kana"),
        ("カ", "Kana"),
        ("字", "Hani"),
        ("𠀀", "Hani"),
        ("ა", "Zzzz"),
        ("ሀ", "Zzzz"),
        ("𝒜", "Zzzz"),
    ],
)
def test_the_script_of_a_letter(letter: str, script: str) -> None:
    assert script_of(letter) == script


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Le mot japonais 新しい", "Latn"),
        ("โดย Daniel Sturridge ทีม Liverpool ทำคะแนน", "Thai"),
        ("市長は言った", "Kana"),
        ("市长说「の」是日文字母，他每天都在写这个字母，也喜欢写别的字母。", "Hani"),
        ("Мост (bridge)", "Cyrl"),
        ("1234 😀", "Zzzz"),
        ("", "Zzzz"),
    ],
)
def test_the_main_script_of_a_text(text: str, script: str) -> None:
    assert main_script(letter_counts(text))[0] == script


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("γέφυρα", "el"),
        ("גשר", "he"),
        ("די שטאָט וועט בויען אַ נײַע בריק און קיינער ווייסט נישט װער", None),
        ("สะพาน", "th"),
        ("다리", "ko"),
        ("桥", "zh"),
        ("橋です", "ja"),
        ("bridge", None),
        ("мост", None),
        ("ხიდი", None),
    ],
)
def test_a_script_of_one_language_decides(text: str, language: str | None) -> None:
    counts = letter_counts(text)
    script, _ = main_script(counts)
    assert decided_by_script(script, counts[script]) == language
