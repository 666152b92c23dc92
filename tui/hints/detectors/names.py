"""A name spelled in two ways in one text: `Musc` once, `Musk` often; `xIA` and `OpenAI`. Always a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from unicodedata import combining, normalize

from tui.hints.detector import Detector, Finding
from tui.hints.french import kinds
from tui.hints.lexicon import Lexicon
from tui.hints.passage import Passage, Token

_LEAST_LETTERS, _MOST_LETTERS = 4, 30
_LEAST_TIMES = 3
_MOST_ALIKE = 64
"""Maximum number of similar names that are compared with each other; the most frequent ones are kept."""
_ENDING_IN_IA = re.compile(r"(?<![\w@#./-])(?:[^\W\d_A-Z]{1,2}|[A-Z][^\W\d_A-Z]+)IA(?![\w@])")
_ENDING_IN_AI = re.compile(r"(?<=[^\W\d_A-Z])AI(?!\w)")
_SAYS_IA = frozenset({"fr", "it", "es", "pt", "ca"})
"""Languages with `IA` for artificial intelligence, in which a name that ends in AI may have been translated."""


def _find(passage: Passage) -> Iterator[Finding]:
    yield from _variants(passage)
    if passage.language in _SAYS_IA:
        sure = 0.7 if _ENDING_IN_AI.search(passage.text) else 0.5
        for match in _ENDING_IN_IA.finditer(passage.text):
            name = f"{match.group()[:-2]}AI"
            reason = f"was part of a name translated: “{name}”?"
            yield Finding(match.start(), match.end(), reason, name, confidence=sure)


class _Names:
    """The names of an article, and which of them differ by one typing error."""

    def __init__(self, counts: Counter[str]) -> None:
        self.counts = counts
        self.plain = {word: _plain(word) for word in counts if _is_name(word) and not counts[word.lower()]}
        self.intended: dict[str, str | None] = {}
        """Cache of `_intended`, by name."""
        self._near: dict[str, list[str]] = {}
        for name in sorted(self.plain, key=lambda name: -counts[name]):
            for key in _keys(self.plain[name]):
                near = self._near.setdefault(key, [])
                if len(near) < _MOST_ALIKE:
                    near.append(name)

    def near(self, name: str) -> list[str]:
        """The names that may differ from this one by one typing error, most frequent first."""
        keys = _keys(self.plain[name])
        others = dict.fromkeys(other for key in keys for other in self._near[key] if other != name)
        return sorted(others, key=lambda other: -self.counts[other])


def _variants(passage: Passage) -> Iterator[Finding]:
    counts, names = passage.counts, passage.derived_from_counts("names", _Names)
    seen = set[str]()
    for sentence in passage.tokens:
        for number, token in enumerate(sentence):
            name = _intended(passage, names, token.text) if token.text in names.plain else None
            if name is not None and _is_doubtful(passage, sentence, number):
                times = counts[name]
                if times >= _LEAST_TIMES * counts[token.text]:
                    reason = f"the same name as “{name}”, which occurs {times} times?"
                    yield Finding(token.start, token.end, reason, name)
                elif (
                    times > counts[token.text]
                    or name in seen
                    or _intended(passage, names, name) != token.text
                ):
                    reason = f"the same name as “{name}”?"
                    yield Finding(token.start, token.end, reason, confidence=0.55)
            seen.add(token.text)


def _intended(passage: Passage, names: _Names, name: str) -> str | None:
    """The name of which this one is a misspelling, computed once; None if it is not."""
    if name not in names.intended:
        names.intended[name] = _find_intended(passage, names, name)
    return names.intended[name]


def _find_intended(passage: Passage, names: _Names, name: str) -> str | None:
    """A similar name that is far more frequent, or at least as frequent if both are rare."""
    counts = names.counts
    for other in names.near(name):
        if not _is_one_typo(names.plain[name], names.plain[other]):
            continue
        if counts[other] >= _LEAST_TIMES * counts[name]:
            return other
        is_new = _is_rare(passage, name) and (_is_rare(passage, other) or _is_unknown(passage, name))
        if counts[other] >= counts[name] and is_new and not _is_ending(passage.language, name, other):
            return other
    return None


def _is_rare(passage: Passage, name: str) -> bool:
    """True for a longer name that is rare in the language: two such names are seldom similar by chance."""
    lexicon = passage.lexicon
    return (
        lexicon is not None
        and len(name) >= _LEAST_LETTERS_OF_RARE
        and lexicon.zipf(name.lower()) < 2.0
        and not lexicon.readings(name)
        and not lexicon.other_languages(name.lower())
    )


_LEAST_LETTERS_OF_RARE = 5
_GERMAN_ENDING = re.compile(r"(?:e[mnrs]?|s|ung|heit|keit)\Z")


def _is_unknown(passage: Passage, name: str) -> bool:
    return passage.lexicon is not None and not passage.lexicon.knows(name.lower())


def _is_ending(language: str, name: str, other: str) -> bool:
    """True if two similar German words may be forms of one noun, since all German nouns are capitalised."""
    return language == "de" and bool(_GERMAN_ENDING.search(name) and _GERMAN_ENDING.search(other))


def _plain(name: str) -> str:
    """The name without accents: a lost accent does not make another name."""
    return "".join(char for char in normalize("NFD", name) if not combining(char))


def _is_name(word: str) -> bool:
    return (
        _LEAST_LETTERS <= len(word) <= _MOST_LETTERS
        and word[0].isupper()
        and word[1:].islower()
        and word.isalpha()
    )


def _is_doubtful(passage: Passage, sentence: Sequence[Token], number: int) -> bool:
    """True if the capitalised word is not known to be a correct word."""
    token, lexicon = sentence[number], passage.lexicon
    if passage.counts[token.lower]:
        return False
    if lexicon is None:
        return number > 0
    if lexicon.zipf(token.lower) >= (2.0 if passage.language == "de" else 3.0):
        return number > 0 and _is_common_noun(lexicon, token.lower)
    return number > 0 or not lexicon.knows(token.lower)


def _is_common_noun(lexicon: Lexicon, word: str) -> bool:
    return "N" in kinds(lexicon.readings(word)) and lexicon.zipf(word) < 4.6


_NO_ENDINGS = frozenset("bcfghjklpqvwxyz")
"""Letters that are not grammatical endings: Milosevic, Milosevich."""


def _keys(word: str) -> list[str]:
    """The word, and the word without each of its letters: words that differ by one error share a key."""
    return [word, *(word[:i] + word[i + 1 :] for i in range(len(word)))]


def _is_one_typo(word: str, name: str) -> bool:
    """True if one letter is added, missing or different, or two are swapped; but not for an ending: Syria, Syrian."""
    if word == name:
        return True
    shorter, longer = sorted((word, name), key=len)
    if longer.startswith(shorter):
        return longer[len(shorter) :] in _NO_ENDINGS
    if len(word) != len(name):
        return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
    different = [i for i in range(len(word)) if word[i] != name[i]]
    if len(different) == 1:
        # Grammatical endings: Lorenzo and Lorenza, Italiano and Italiana.
        return different[0] < len(word) - 1 or not {word[-1], name[-1]} <= set("aeiosn")
    first = different[0]
    return len(different) == 2 and word[first : first + 2] == name[first : first + 2][::-1]


DETECTOR = Detector(
    name="names",
    what="a name that is spelled in two ways",
    category="mistranslation",
    severity="major",
    confidence=0.7,
    languages=None,
    find=_find,
)
