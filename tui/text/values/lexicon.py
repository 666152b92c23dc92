"""Words and phrases, looked up whole at an offset, so that no pattern has to list them.

Case, accents and the form of blanks, hyphens and apostrophes do not matter. In scripts without blanks between
words a phrase may begin and end anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")

SPACE = "[ \u00a0\u202f\u2009]"
"""The blanks that may be inside a value, as part of a regular expression."""

LETTER = (
    r"[^\s\d!-/:-@\[-`{-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf×÷\u02b9-\u02bf\u0970\u2000-\u200b\u200e-\u206f\u20a0-\u20cf"
    r"\u2190-\u2bff\u3000-\u3004\u3007-\u303f\uff00-\uff0f\uff1a-\uff20\uffe0-\uffef٪।॥،؛؟٫٬״׳־]"
)
"""A letter or a mark on one, as part of a regular expression: `re` has no class that includes the vowel signs."""

_WORD = re.compile(rf"{LETTER}+")
_JOINT = re.compile(rf"\.?(?:{SPACE}(?:[–&-]{SPACE})?|['’ʼʻ‘\"״׳/־-])|\.(?=[^\W\d_])")
_GERESH = frozenset("'’׳")
"""What may end a word: Hebrew `יום א׳`."""
_LONGEST_WORD = 40
_BLANKS = " \u00a0\u202f\u2009"
_BLANKS_INSIDE = 4
"""Blanks that a phrase may have where there are none between words: `スイス フラン`."""
_PLAIN_JOINTS = str.maketrans(
    dict.fromkeys("’ʼʻ‘׳", "'") | {"״": '"', "\u00a0": " ", "\u202f": " ", "\u2009": " "}
)
_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670\u093c\u200c\u200d\u0640]"
)
_ARABIC = str.maketrans("أإآىة", "ااايه")


@lru_cache(10_000)
def plain(text: str) -> str:
    """The text as it is compared: lower case, without accents, with plain blanks and apostrophes."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFD", text.lower().translate(_PLAIN_JOINTS).translate(_ARABIC))
    return unicodedata.normalize("NFC", _MARKS.sub("", text)).replace("ı", "i").replace("ς", "σ")


class Match(NamedTuple, Generic[Value]):
    start: int
    end: int
    value: Value


class Lexicon(Generic[Value]):
    """Phrases with what is known of each.

    Every look-up takes constant time: as many words as the longest phrase has, or as many code points.
    """

    def __init__(
        self,
        phrases: Mapping[str, Value],
        is_spaced: bool = True,
        before: str = "",
        particles: Sequence[str] = (),
    ) -> None:
        """`before` are letters that are glued to a word and do not belong to it, as in Hebrew `בינואר`.

        With `particles`, only they may be glued to the end of a phrase, as in Korean `달러를`.
        """
        self._particle = re.compile("|".join(particles)) if particles else None
        self._values: dict[str, Value] = {}
        self._most: dict[str, int] = {}
        self._is_spaced = is_spaced
        self._before = frozenset(before)
        for phrase, value in phrases.items():
            key = plain(phrase if is_spaced else phrase.replace(" ", ""))
            if key:
                self._values.setdefault(key, value)
                for form in {key, unicodedata.normalize("NFD", key)}:
                    first, size = self._first(form)
                    self._most[first] = max(self._most.get(first, 0), size)
        self._finder = None if is_spaced else self._pattern(phrases)

    def _first(self, key: str) -> tuple[str, int]:
        """What a phrase begins with, and its length in words; in code points without blanks."""
        if not self._is_spaced:
            return key[0], len(key)
        words = _WORD.findall(key)
        return (words[0] if words else key), len(words)

    @staticmethod
    def _pattern(phrases: Mapping[str, Value]) -> re.Pattern[str] | None:
        forms = {form for phrase in phrases for form in (phrase, unicodedata.normalize("NFD", phrase))}
        longest_first = sorted(forms, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first))) if phrases else None

    def match(self, text: str, start: int, end: int) -> Match[Value] | None:
        """The longest phrase that begins at `start` and ends as a word does, before `end`."""
        if not self._is_spaced:
            return self._match_anywhere(text, start, end)
        word = _WORD.match(text, start, min(end, start + _LONGEST_WORD))
        if word is None:
            return None
        key = plain(word[0])
        most = self._most.get(key, 0)
        longest = None
        at = word.end()
        while most:
            if key in self._values and not _WORD.match(text, at, end):
                longest = Match(start, at, self._values[key])
            if text[at : at + 1] in _GERESH and f"{key}'" in self._values:
                longest = Match(start, at + 1, self._values[f"{key}'"])
            most -= 1
            joint = _JOINT.match(text, at, end)
            word = joint and _WORD.match(text, joint.end(), min(end, joint.end() + _LONGEST_WORD))
            if not most or not joint or not word:
                break
            key += plain(joint[0]) + plain(word[0])
            at = word.end()
        return longest

    def _match_anywhere(self, text: str, start: int, end: int) -> Match[Value] | None:
        if start >= end:
            return None
        longest = self._most.get(plain(text[start]), 0)
        for length in range(min(longest and longest + _BLANKS_INSIDE, end - start), 0, -1):
            if text[start + length - 1] in _BLANKS:
                continue
            value = self._values.get(plain(text[start : start + length]).replace(" ", ""))
            if value is not None and self._ends(text, start + length, end):
                return Match(start, start + length, value)
        return None

    def _ends(self, text: str, at: int, end: int) -> bool:
        """True if a phrase may end here."""
        return (
            self._particle is None
            or not _WORD.match(text, at, end)
            or self._particle.match(text, at, end) is not None
        )

    def search(self, text: str, start: int, end: int) -> Iterator[Match[Value]]:
        """Every phrase, from left to right."""
        if self._finder is not None:
            for found_at in self._finder.finditer(text, start, end):
                yield Match(found_at.start(), found_at.end(), self._values[plain(found_at[0])])
            return
        if not self._most:
            return
        after = start
        for word in _WORD.finditer(text, start, end):
            if word.start() < after:
                continue
            match = self._at_word(text, word, end)
            if match:
                after = match.end
                yield match

    def _at_word(self, text: str, word: re.Match[str], end: int) -> Match[Value] | None:
        if word.end() - word.start() >= _LONGEST_WORD:
            return None
        written = word[0]
        if plain(written) in self._most:
            return self.match(text, word.start(), end)
        if written[0] in self._before and plain(written[1:]) in self._most:
            return self.match(text, word.start() + 1, end)
        return None
