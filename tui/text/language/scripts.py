"""Writing systems: which one a letter belongs to, and the languages that their letters alone decide."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

LATIN, CYRILLIC, ARABIC, DEVANAGARI = "Latn", "Cyrl", "Arab", "Deva"
GREEK, HEBREW, THAI, HANGUL, KANA, HAN = "Grek", "Hebr", "Thai", "Hang", "Kana", "Hani"
OTHER = "Zzzz"
"""ISO 15924 codes; `OTHER` is every script without a name here."""

_RANGES = (
    (0x0041, 0x02AF, LATIN),
    (0x02B0, 0x036F, OTHER),
    (0x0370, 0x03FF, GREEK),
    (0x0400, 0x052F, CYRILLIC),
    (0x0590, 0x05FF, HEBREW),
    (0x0600, 0x06FF, ARABIC),
    (0x0750, 0x077F, ARABIC),
    (0x0870, 0x08FF, ARABIC),
    (0x0900, 0x097F, DEVANAGARI),
    (0x0E00, 0x0E7F, THAI),
    (0x1100, 0x11FF, HANGUL),
    (0x1E00, 0x1EFF, LATIN),
    (0x1F00, 0x1FFF, GREEK),
    (0x3041, 0x30FF, KANA),
    (0x3130, 0x318F, HANGUL),
    (0x31F0, 0x31FF, KANA),
    (0x3400, 0x4DBF, HAN),
    (0x4E00, 0x9FFF, HAN),
    (0xAC00, 0xD7AF, HANGUL),
    (0xF900, 0xFAFF, HAN),
    (0xFB1D, 0xFB4F, HEBREW),
    (0xFB50, 0xFDFF, ARABIC),
    (0xFE70, 0xFEFE, ARABIC),
    (0xFF21, 0xFF5A, LATIN),
    (0xFF66, 0xFF9F, KANA),
    (0x20000, 0x3FFFF, HAN),
)
"""First and last code point. From the Unicode block list (https://www.unicode.org/Public/UNIDATA/Blocks.txt)."""

_FIRST = [first for first, _, _ in _RANGES]

_WEIGHT = {LATIN: 1, HAN: 4, KANA: 3, HANGUL: 3}
_WEIGHT_ELSE = 2
"""What a letter counts. Names in Latin letters stand in texts of every script; a letter of Han is a word."""

_SINGLE = {GREEK: "el", HEBREW: "he", THAI: "th", HANGUL: "ko", KANA: "ja", HAN: "zh"}
_LEAST_KANA = 0.1
"""Share of kana among the letters of a Japanese text; a Chinese text quotes fewer."""
_YIDDISH = "װױײ"
_LEAST_YIDDISH = 0.005
"""Share of letters that Yiddish has and Hebrew lacks."""


def script_of(letter: str) -> str:
    """The ISO 15924 code of a letter's script."""
    code = ord(letter)
    index = bisect_right(_FIRST, code) - 1
    if index >= 0 and code <= _RANGES[index][1]:
        return _RANGES[index][2]
    return OTHER


def letter_counts(text: str) -> dict[str, Counter[str]]:
    """How often each letter occurs, by script."""
    counts: dict[str, Counter[str]] = {}
    for letter, count in Counter(text).items():
        if letter.isalpha():
            counts.setdefault(script_of(letter), Counter())[letter] = count
    return counts


def main_script(counts: dict[str, Counter[str]]) -> tuple[str, int]:
    """The script that most of the text is written in, and how much of it there is, in Latin letters.

    Japanese is `KANA`, with or without Han.
    """
    weights = {
        script: letters.total() * _WEIGHT.get(script, _WEIGHT_ELSE) for script, letters in counts.items()
    }
    if not weights:
        return OTHER, 0
    kana, han = (counts[script].total() if script in counts else 0 for script in (KANA, HAN))
    if kana >= _LEAST_KANA * (kana + han) > 0:
        weights[KANA] += weights.pop(HAN, 0)
    elif kana:
        weights[HAN] += weights.pop(KANA)
    script = max(weights, key=lambda script: (weights[script], script))
    return script, weights[script]


def decided_by_script(script: str, letters: Counter[str]) -> str | None:
    """The only language of the script; None if it has several or none of the known ones."""
    if script == HEBREW and sum(letters[letter] for letter in _YIDDISH) > _LEAST_YIDDISH * letters.total():
        return None
    return _SINGLE.get(script)
