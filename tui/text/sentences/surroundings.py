"""The word before a full stop, and the word after it."""

from __future__ import annotations

import re

import msgspec

from tui.text.sentences.vocabulary import Vocabulary

LOOK_BACK = 48
"""Code points on each side of a full stop that are looked at."""

_LETTERS = r"(?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0e31-\u0e4e])+"
"""A word, with the vowel signs and accents that Python does not count as a part of it."""
_DOTTED = re.compile(rf"{_LETTERS}(?:(?:\.[ \u00a0\u202f]?-?|-){_LETTERS})*$")
_PARTS = re.compile(_LETTERS)
_JOINTS = re.compile(r"[\s\u00a0\u202f-]+")
_PREVIOUS_WORD = re.compile(r"([\w°º%,.-]+)[\s\u00a0\u202f]+$")
_FOLLOWING_WORD = re.compile(r"[\s\"'«“„‹(\[¿¡‚‘”»›‟’*_]*([^\W_]+)(['’]?)")
_ROMAN_LETTERS = re.compile(r"[IVXLCDM]+$")
_ROMAN_NUMBER = re.compile(r"M{0,3}(?:C[MD]|D?C{0,3})(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})$")
_MOST_PARTS = 6


def is_roman(word: str) -> bool:
    """True for a Roman number in capitals."""
    return bool(_ROMAN_LETTERS.match(word)) and bool(_ROMAN_NUMBER.match(word))


def is_number(word: str) -> bool:
    """True for a number in digits, with or without a unit, and for a Roman one."""
    return word[:1].isdigit() or is_roman(word)


class Before(msgspec.Struct, frozen=True):
    """The word before a full stop."""

    dotted: str
    """The word with those that are joined to it by dots or hyphens: `c.-à-d`, `z. B`, `EE. UU`."""
    parts: list[str]
    """The words of `dotted`."""
    text: str
    """What precedes `dotted`."""
    previous: str
    """The last word of `text`, with its own dot; empty if it does not end with a word and white space."""

    @property
    def word(self) -> str:
        """The word that the full stop follows."""
        return self.parts[-1]

    @property
    def follows_number(self) -> bool:
        """True if a number in digits precedes."""
        return self.previous[-1:].isdigit()

    @property
    def follows_year(self) -> bool:
        """True if a number precedes without a comma: `2019`, `90-х`, `XIX`."""
        return is_number(self.previous) and not self.previous.endswith(",")

    def written_forms(self) -> list[str]:
        """The ends of `dotted`, longest first, as the vocabulary writes them, but for capitals: `z.B`, `B`."""
        starts = [match.start() for match in _PARTS.finditer(self.dotted)]
        return [_JOINTS.sub("", self.dotted[start:]) for start in starts[-_MOST_PARTS:]]


class Following(msgspec.Struct, frozen=True):
    """The word after a full stop; the word is empty if something else than a word follows."""

    word: str = ""
    is_direct: bool = False
    """False if a quotation mark or bracket precedes it, or an apostrophe follows."""
    has_dot: bool = False
    is_opener: bool = False
    """True if the word has a capital only because a sentence begins with it."""
    is_verb: bool = False
    """True if the word is a verb that may begin a sentence, with a capital only for that."""
    is_given_name: bool = False
    """True if the word is a frequent given name."""
    is_surname: bool = False
    """True if the word could begin a surname, as in `Le Goff`."""

    @property
    def is_capital(self) -> bool:
        """True if it begins with a capital."""
        return self.word[:1].isupper()


def before(text: str) -> Before | None:
    """The word at the end of a text; None if it ends with something else."""
    match = _DOTTED.search(text)
    if match is None:
        return None
    rest = text[: match.start()]
    previous = _PREVIOUS_WORD.search(rest)
    return Before(match.group(), _PARTS.findall(match.group()), rest, previous.group(1) if previous else "")


def following(text: str, words: Vocabulary) -> Following:
    """The word at the start of a text, after any opening marks."""
    match = _FOLLOWING_WORD.match(text, 0, LOOK_BACK)
    if match is None:
        return Following()
    word, end = match.group(1), match.end()
    has_dot = text[end : end + 1] == "."
    could_open = word[0].isupper() and not has_dot and not (len(word) > 1 and word.isupper())
    return Following(
        word=word,
        is_direct=match.start(1) == 0 and not match.group(2),
        has_dot=has_dot,
        is_opener=could_open and _is_opener(word.lower(), bool(match.group(2)), words),
        is_verb=word.istitle() and _is_verb(word.lower(), words),
        is_given_name=could_open and word.lower() in words.given,
        is_surname=word.lower() in words.particles and text[end : end + 2].strip()[:1].isupper(),
    )


def _is_verb(word: str, words: Vocabulary) -> bool:
    is_long = len(word) > 4 or not word[-1:].isascii()
    return word in words.verbs or (is_long and word.endswith(tuple(words.verb_endings)))


def _is_opener(word: str, has_apostrophe: bool, words: Vocabulary) -> bool:
    if has_apostrophe and word in words.elisions:
        return True
    return word in words.openers or (len(word) > 7 and word.endswith(tuple(words.endings)))
