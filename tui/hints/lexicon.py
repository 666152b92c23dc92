"""What is known of a language's words: how usual they are, and of French ones how to read them."""

from __future__ import annotations

import re
from functools import cache

from tui.hints.tables import Table, table

LANGUAGES = frozenset({"fr", "it", "en", "es", "de"})
"""ISO 639-1 codes of those that have tables."""

_LANGUAGE_AND_ZIPF = re.compile(r"([a-z]{2})(\d+)")


class Lexicon:
    """One language's words, in lower case with straight apostrophes."""

    def __init__(self, words: Table, forms: Table | None, usual: Table) -> None:
        self._words = words
        self._forms = forms
        self._usual = usual
        self._zipf: dict[str, float] = {}
        self._readings: dict[str, frozenset[str]] = {}

    def zipf(self, word: str) -> float:
        """Decimal logarithm of how often it occurs among a thousand million words; 0 for an unknown word."""
        known = self._zipf.get(word)
        if known is None:
            known = self._zipf[word] = int(self._words.get(word) or 0) / 10
        return known

    def knows(self, word: str) -> bool:
        """Whether it is in a list of words, however rare it is."""
        return self.zipf(word) > 0 or bool(self.readings(word))

    @property
    def has_dictionary(self) -> bool:
        """Whether words can be told that are correct, and not only those that are usual."""
        return self._forms is not None

    def readings(self, word: str) -> frozenset[str]:
        """The ways to read a form, as `french.py` tells; none of a form that no dictionary has."""
        known = self._readings.get(word)
        if known is None:
            known = self._readings[word] = frozenset(self._forms.get(word).split() if self._forms else ())
        return known

    def elsewhere(self, word: str) -> dict[str, float]:
        """The languages in which the word is usual, with its Zipf frequency in each."""
        found = _LANGUAGE_AND_ZIPF.findall(self._usual.get(word))
        return {language: int(zipf) / 10 for language, zipf in found}


@cache
def lexicon(language: str) -> Lexicon | None:
    """The words of a language, loaded once a process; None where there is no table of it."""
    if language not in LANGUAGES:
        return None
    words, usual = table(f"{language}.words"), table("usual")
    if words is None or usual is None:
        return None
    return Lexicon(words, table(f"{language}.forms"), usual)
