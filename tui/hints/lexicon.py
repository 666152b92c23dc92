"""The words of a language: how frequent they are, and for French their grammatical readings."""

from __future__ import annotations

import re
from functools import cache

from tui.hints.tables import Table, table

LANGUAGES = frozenset({"fr", "it", "en", "es", "de"})
"""ISO 639-1 codes of the languages that have tables."""

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
        """The Zipf frequency: the decimal logarithm of occurrences per 1,000 million words; 0 for an unknown word."""
        known = self._zipf.get(word)
        if known is None:
            known = self._zipf[word] = int(self._words.get(word) or 0) / 10
        return known

    def knows(self, word: str) -> bool:
        """True if the word is in a word list or dictionary, however rare it is."""
        return self.zipf(word) > 0 or bool(self.readings(word))

    @property
    def has_dictionary(self) -> bool:
        """True if there is a dictionary of correct words, and not only frequencies."""
        return self._forms is not None

    def readings(self, word: str) -> frozenset[str]:
        """The readings of a form, coded as in `french.py`; empty for a form that is not in the dictionary."""
        known = self._readings.get(word)
        if known is None:
            known = self._readings[word] = frozenset(self._forms.get(word).split() if self._forms else ())
        return known

    def other_languages(self, word: str) -> dict[str, float]:
        """The languages in which the word is frequent, with its Zipf frequency in each."""
        entries = _LANGUAGE_AND_ZIPF.findall(self._usual.get(word))
        return {language: int(zipf) / 10 for language, zipf in entries}


@cache
def lexicon(language: str) -> Lexicon | None:
    """The words of a language, loaded once per process; None if it has no table."""
    if language not in LANGUAGES:
        return None
    words, usual = table(f"{language}.words"), table("usual")
    if words is None or usual is None:
        return None
    return Lexicon(words, table(f"{language}.forms"), usual)
