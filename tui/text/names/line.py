"""A line as the recogniser of names sees it: its tokens, what the lists say of them, and the runs of capitals."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tui.text.names.languages import SENTENCE_START
from tui.text.names.tokens import Token, shape, tokens
from tui.text.names.word_lists import MOST_WORDS, MULTIWORD, Kind, WordLists

_OF_NAMES = int(Kind.GIVEN | Kind.FAMILY)
_IN_COMPOUND = 40
"""Letters of a German word that are searched for a noun at its end."""

ORDINARY, MANY, COMPOUND = 1 << 16, 1 << 17, 1 << 18
"""Bits after those of Kind: an ordinary word of the language; part of a listed name of several words; a German
compound that ends with a noun."""

_LETTERS = {
    Kind.GIVEN: "f",
    Kind.FAMILY: "l",
    Kind.CITY: "c",
    Kind.PLACE: "p",
    Kind.COUNTRY: "y",
    Kind.REGION: "r",
    Kind.LEGAL: "g",
    Kind.LANGUAGE: "a",
    Kind.ORGANISATION: "o",
    Kind.NOUN: "n",
    Kind.CALENDAR: "m",
    ORDINARY: "x",
    MANY: "2",
    COMPOUND: "k",
}


class Run(NamedTuple):
    """Words with capitals in a row, with the small words that link them."""

    start: int
    """Index of its first token, without an ordinary word that only begins a sentence."""
    end: int
    """Index after its last token."""
    contains: str
    """What kinds of word it contains: institution, geography, title, legal form."""


class Line:
    """Lists of equal length, one item a token."""

    def __init__(self, line: str, language: str, language_bit: int, lists: WordLists) -> None:
        """`language_bit` is the language's in the lists of ordinary words; 0 if there is none."""
        self.language = language
        self.tokens: list[Token] = tokens(line)
        self.words = [token.text for token in self.tokens]
        self.lower = [word.lower() for word in self.words]
        self.shapes = [_shape(word) for word in self.words]
        self.has_capital = [
            word[0].isupper() or kind == "xX" for word, kind in zip(self.words, self.shapes, strict=True)
        ]
        self.is_active = self._near_capitals()
        self.kinds = self._kinds(language, language_bit, lists)
        self.letters = [letters_of(kinds) for kinds in self.kinds]
        self.is_start = [i == 0 or self.words[i - 1] in SENTENCE_START for i in range(len(self.words))]
        self.runs = self._runs()

    def _near_capitals(self) -> bytearray:
        """1 for each token with a capital and its neighbours: a name is nowhere else."""
        active = bytearray(len(self.words))
        for i, is_capital in enumerate(self.has_capital):
            if is_capital:
                active[max(0, i - 1) : i + 2] = b"\1" * len(active[max(0, i - 1) : i + 2])
        return active

    def _kinds(self, language: str, language_bit: int, lists: WordLists) -> list[int]:
        kinds = [
            _word_kinds(word, lower, language == "de", language_bit, lists) if active else 0
            for word, lower, active in zip(self.words, self.lower, self.is_active, strict=True)
        ]
        for i, own in enumerate(kinds):
            if own & Kind.FIRST_OF_MANY and self.has_capital[i]:
                for count in range(min(MOST_WORDS, len(kinds) - i), 1, -1):
                    listed = lists.kinds(" ".join(self.words[i : i + count])) & MULTIWORD
                    if listed:
                        for j in range(i, i + count):
                            kinds[j] |= listed | MANY
                            self.is_active[j] = 1
                        break
        return kinds

    def _runs(self) -> list[Run | None]:
        """For each token the run that it is part of."""
        runs: list[Run | None] = [None] * len(self.words)
        i = 0
        while i < len(runs):
            if not self.has_capital[i] or self.words[i][-1] == "'":
                i += 1
                continue
            end = self._end_of_run(i)
            skips = (
                self.is_start[i]
                and self.kinds[i] & ORDINARY
                and end - i > 1
                and not self.kinds[i] & _OF_NAMES
            )
            start = i + 1 if skips else i
            run = Run(start, end, self._contained(start, end))
            for j in range(i, end):
                runs[j] = run
                self.is_active[j] = 1
            i = end
        return runs

    def _end_of_run(self, start: int) -> int:
        words, capital, length = self.words, self.has_capital, len(self.words)
        j = start + 1
        while j < length:
            if capital[j]:
                if words[j - 1] in SENTENCE_START or words[j][-1] == "'":
                    break
                j += 1
            elif self.shapes[j][0] == "d" and capital[j - 1]:
                j += 1
            elif not self.kinds[j] & Kind.LINK:
                break
            elif j + 1 < length and capital[j + 1]:
                j += 2
            elif j + 2 < length and self.kinds[j + 1] & Kind.LINK and capital[j + 2]:
                j += 3
            else:
                break
        return j

    def _contained(self, start: int, end: int) -> str:
        contained = 0
        for i in range(start, end):
            contained |= self.kinds[i] & (_CONTAINED if i > start else _CONTAINED & ~Kind.LEGAL)
        return _contained_letters(contained)


_CONTAINED = int(Kind.INSTITUTION | Kind.GEOGRAPHY | Kind.TITLE | Kind.LEGAL)


@lru_cache(maxsize=64)
def _contained_letters(kinds: int) -> str:
    named = (("O", Kind.INSTITUTION), ("L", Kind.GEOGRAPHY), ("T", Kind.TITLE), ("G", Kind.LEGAL))
    return "".join(letter for letter, kind in named if kinds & kind)


@lru_cache(maxsize=4096)
def letters_of(kinds: int) -> str:
    """The kinds as one letter each, for features."""
    return "".join(letter for kind, letter in _LETTERS.items() if kinds & kind)


_shape = lru_cache(maxsize=65536)(shape)

_LOWER_CASE = int(
    Kind.LEGAL | Kind.LANGUAGE | Kind.TITLE | Kind.INSTITUTION | Kind.GEOGRAPHY | Kind.CALENDAR | Kind.LINK
)
"""Kinds that are listed in lower case."""


def _word_kinds(word: str, lower: str, is_german: bool, language_bit: int, lists: WordLists) -> int:
    """Of one token: what is listed as it is written, and in lower case."""
    bare = lower[:-1] if lower[-1] == "." and len(lower) > 2 else lower
    if not bare[0].isalnum() and bare != "&":
        return 0
    kinds = lists.kinds(word)
    kinds |= lists.kinds(bare) & _LOWER_CASE
    if language_bit and lists.ordinary_in(lower) & language_bit:
        kinds |= ORDINARY
    if word == lower:
        return kinds
    if len(word) > 3 and word.isupper():
        kinds |= lists.kinds(word.capitalize())
    if is_german and not kinds & Kind.NOUN and len(word) > 6 and word[0].isupper():
        kinds |= _german_compound(word, lists)
    if "-" in word and not kinds & _OF_NAMES:
        parts = [lists.kinds(part) for part in word.split("-", 4)]
        if all(part & _OF_NAMES for part in parts):
            kinds |= Kind.FAMILY | (parts[0] & Kind.GIVEN)
    return kinds


def _german_compound(word: str, lists: WordLists) -> int:
    for start in range(max(3, len(word) - _IN_COMPOUND), len(word) - 3):
        if lists.kinds(word[start:].capitalize()) & Kind.NOUN:
            return COMPOUND
    return 0
