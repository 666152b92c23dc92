"""How probable characters are after each other in a language: how text differs from bytes read in the wrong encoding.

Costs are in nats: -ln P(character | the one before). The table `data/letters.gz` is made by
`scripts/letter_tables.py`; a line of it is a language, the length of its entries in characters, and the entries in one
string: a pair of small letters (a blank is the edge of a word) or a single character, and its cost in quarters of a nat
as a character, `0` for 0.
"""

from __future__ import annotations

import gzip
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from tui.documents.control_characters import REPLACEMENT

_UNITS = 4
_UNKNOWN_PAIR = 2.5
"""What a pair that is not in the table costs more than its second letter alone."""
_LETTER_OF_OTHERS = 9.5
"""A letter that other languages of the script have."""
_FOREIGN_LETTER = 13.0
_MIXED_SCRIPTS = 7.0
_LONE_COMBINING = 13.0

CHARACTER_LANGUAGES = ("ja", "ko", "zh", "zt")
"""Languages whose characters count one by one; `zt` is Chinese in traditional characters."""

_LATIN = [
    "en",
    "fr",
    "de",
    "es",
    "it",
    "pt",
    "nl",
    "ca",
    "sv",
    "da",
    "nb",
    "fi",
    "is",
    "pl",
    "cs",
    "sk",
    "hu",
    "ro",
    "sl",
    "sh",
    "lt",
    "lv",
    "tr",
    "et",
    "sq",
]
_SCRIPTS = {"GREEK": ["el"], "CYRILLIC": ["ru", "uk", "bg", "mk"], "ARABIC": ["ar", "fa"], "HEBREW": ["he"]}
LANGUAGES: dict[str, tuple[str, ...]] = {
    "LATIN": tuple(_LATIN),
    **{script: tuple(languages) for script, languages in _SCRIPTS.items()},
    "THAI": ("th",),
    "CJK": CHARACTER_LANGUAGES,
}
"""The languages of each script."""


class Letters(msgspec.Struct, frozen=True):
    """The table of one language."""

    pairs: dict[str, float]
    singles: dict[str, float]
    """Cost of a letter whatever is before it."""


@cache
def letters(language: str) -> Letters:
    return _table()[language]


@cache
def _table() -> dict[str, Letters]:
    path = files("tui.documents").joinpath("data/letters.gz")
    table: dict[str, Letters] = {}
    for line in gzip.decompress(path.read_bytes()).decode().splitlines():
        language, length, entries = line.split("\t")
        step = int(length) + 1
        costs = {
            entries[start : start + step - 1]: (ord(entries[start + step - 1]) - ord("0")) / _UNITS
            for start in range(0, len(entries), step)
        }
        table[language] = Letters(costs, _singles(costs) if step == 3 else costs)
    return table


def _singles(pairs: dict[str, float]) -> dict[str, float]:
    cheapest: dict[str, float] = {}
    for pair, cost in pairs.items():
        cheapest[pair[1]] = min(cost, cheapest.get(pair[1], 99.0))
    return {letter: cost + _UNKNOWN_PAIR for letter, cost in cheapest.items()}


# Kinds of characters

_OPENING = frozenset("«“„‘¿¡‹‚(")
_CLOSING = frozenset("»”’…°%€™®›º")
_DASHES = frozenset("–—·•")
_CLOSED = _CLOSING - {"’"}
_MARKS = _OPENING | _CLOSING | _DASHES | frozenset("£§©№")
_WIDE_MARKS = frozenset("、。「」『』，！？：；（）《》・ー〜～“”‘’…―—　【】〈〉")


@lru_cache(maxsize=4096)
def kind(char: str) -> str:
    """`letter`, `edge` (blank or ASCII punctuation), `digit`, `mark` (typographic), `wide` (CJK), `odd` or `bad`."""
    if char.isascii():
        if char.isalpha():
            return "letter"
        return "digit" if char.isdigit() else "edge" if char.isprintable() or char in "\t\n\r\f" else "bad"
    if char == REPLACEMENT:
        return "bad"
    if char in _MARKS:
        return "mark"
    if char in "\u00a0\u202f\u2009\u2028":
        return "edge"
    category = unicodedata.category(char)
    if char in _WIDE_MARKS or is_wide(char):
        return "wide"
    if category[0] in "LM" and char not in "ªºﬀﬁﬂﬃﬄ":
        return "letter" if category != "Lm" else "odd"
    return "bad" if category[0] == "C" or "\u2500" <= char <= "\u259f" else "odd"


def is_wide(char: str) -> bool:
    """True for the characters of Chinese, Japanese and Korean."""
    return (
        "\u3040" <= char <= "\u30ff"
        or "\u3400" <= char <= "\u9fff"
        or "\uac00" <= char <= "\ud7a3"
        or "\uf900" <= char <= "\ufaff"
        or "\uff00" <= char <= "\uffef"
        or "\U00020000" <= char <= "\U0003ffff"
    )


# Costs of one character after another


@lru_cache(maxsize=200_000)
def cost(before: str, char: str, language: str) -> float:
    """Cost of a character after another, of which at least one is not ASCII, in nats."""
    first, second = kind(before), kind(char)
    if second == "letter":
        return _letter_cost(before, char, first, letters(language))
    if second == "wide":
        return _wide_cost(char, first, language)
    if second == "bad":
        return 22.0
    if second == "odd":
        return 13.0 if first == "letter" else 11.0
    if second == "mark":
        spanish = 0.0 if char not in "¡¿" or language in ("es", "ca") else 6.0
        return _mark_cost(before, char, first, letters(language)) + spanish
    if second == "digit":
        return 6.0 if first == "letter" else 2.0
    return _edge_cost(before, char, first, letters(language))


def _letter_cost(before: str, char: str, first: str, table: Letters) -> float:
    small = _small(char)
    previous = _small(before) if first == "letter" else " "
    known = table.pairs.get(previous + small)
    if known is None:
        known = table.singles.get(small)
    if known is None:
        known = _LETTER_OF_OTHERS if _script(small) == _script(previous) or previous == " " else 14.0
        if unicodedata.category(char)[0] == "M":
            known = _LONE_COMBINING
    if first == "letter" and _script(small) != _script(previous):
        known += _MIXED_SCRIPTS
    if char != small:
        known += 2.0 if first != "letter" else 1.0 if before != previous else 9.0
    return known + {
        "letter": 0.0,
        "edge": 0.0,
        "mark": 3.0 if before in _CLOSED else 0.5,
        "wide": 4.0,
        "digit": 5.0,
    }.get(first, 4.0)


def _edge_cost(before: str, char: str, first: str, table: Letters) -> float:
    if first != "letter":
        return 4.0 if char in "\u00a0\u202f" else 0.7
    end = table.pairs.get(_small(before) + " ", 6.0)
    # An apostrophe in a word does not end it.
    return end + (4.0 if char in "\u00a0\u202f" else 0.5 if char in " \n" else 1.5)


def _mark_cost(before: str, char: str, first: str, table: Letters) -> float:
    if first != "letter":
        if first == "digit":
            return 9.5 if char in _OPENING else 4.5
        return 10.0 if char == "’" else 6.5 if char in _CLOSED else 4.5
    end = table.pairs.get(_small(before) + " ", 6.0)
    return end + (8.0 if char in _OPENING else 3.0 if char in _CLOSING else 4.5)


def _wide_cost(char: str, first: str, language: str) -> float:
    joined = 0.0 if first in ("wide", "edge", "mark") else 3.0
    if char in _WIDE_MARKS:
        return 3.5 + joined
    if language not in CHARACTER_LANGUAGES:
        return 15.0
    if known := letters(language).singles.get(char):
        return known + joined
    if "\uff01" <= char <= "\uff5e":
        return 9.0 + joined
    if "\uff61" <= char <= "\uff9f":
        return 11.0 + joined
    if "\u4e00" <= char <= "\u9fff":
        return (14.0 if language == "ko" else 12.5) + joined
    return (13.5 if language == "ko" else 14.0) + joined


@lru_cache(maxsize=4096)
def _small(char: str) -> str:
    small = char.lower()
    return small if len(small) == 1 else "i" if char == "İ" else char


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]
