"""A name spelled in two ways in one text: `Musc` once, `Musk` many times; `xIA` beside `OpenAI`. A question only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tui.hints.detector import Detector, Finding
from tui.hints.french import kinds
from tui.hints.lexicon import Lexicon
from tui.hints.passage import Passage, Token

_LEAST_LETTERS, _MOST_LETTERS = 4, 30
_LEAST_TIMES = 3
_ENDING_IN_IA = re.compile(r"(?<![\w@#./-])(?:[^\W\d_A-Z]{1,2}|[A-Z][^\W\d_A-Z]+)IA(?![\w@])")
_ENDING_IN_AI = re.compile(r"(?<=[^\W\d_A-Z])AI(?!\w)")
_SAYS_IA = frozenset({"fr", "it", "es", "pt", "ca"})
"""Languages in which artificial intelligence is IA, so that a name that ends in AI may have been translated."""


def _find(passage: Passage) -> Iterator[Finding]:
    yield from _variants(passage)
    if passage.language in _SAYS_IA:
        sure = 0.7 if _ENDING_IN_AI.search(passage.text) else 0.5
        for found in _ENDING_IN_IA.finditer(passage.text):
            name = f"{found.group()[:-2]}AI"
            reason = f"is “IA” translated inside a name: “{name}”?"
            yield Finding(found.start(), found.end(), reason, confidence=sure)


def _variants(passage: Passage) -> Iterator[Finding]:
    counts = passage.counts
    frequent = {
        word: times
        for word, times in counts.items()
        if times >= _LEAST_TIMES and _is_name(word) and counts[word.lower()] == 0
    }
    if not frequent:
        return
    near: dict[str, list[str]] = {}
    for name in frequent:
        for key in _keys(name):
            near.setdefault(key, []).append(name)
    for sentence in passage.tokens:
        for number, token in enumerate(sentence):
            if (
                token.text in frequent
                or not _is_name(token.text)
                or not _is_doubtful(passage, sentence, number)
            ):
                continue
            meant = next(
                (
                    name
                    for name in dict.fromkeys(name for key in _keys(token.text) for name in near.get(key, ()))
                    if counts[name] >= _LEAST_TIMES * counts[token.text] and _is_one_slip(token.text, name)
                ),
                None,
            )
            if meant is not None:
                times = counts[meant]
                yield Finding(
                    token.start, token.end, f"the same name as “{meant}”, which stands {times} times?", meant
                )


def _is_name(word: str) -> bool:
    return (
        _LEAST_LETTERS <= len(word) <= _MOST_LETTERS
        and word[0].isupper()
        and word[1:].islower()
        and word.isalpha()
    )


def _is_doubtful(passage: Passage, sentence: Sequence[Token], number: int) -> bool:
    """Whether the word, which stands with a capital, is no name that is known as such."""
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


def _keys(word: str) -> list[str]:
    """The word, and the word without each of its letters: words that are one slip apart share one."""
    return [word, *(word[:i] + word[i + 1 :] for i in range(len(word)))]


def _is_one_slip(word: str, name: str) -> bool:
    """One letter more, less or other, or two turned round; but not an ending, as in Syria and Syrian."""
    if word.startswith(name) or name.startswith(word):
        return False
    if len(word) != len(name):
        longer, shorter = (word, name) if len(word) > len(name) else (name, word)
        return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
    different = [i for i in range(len(word)) if word[i] != name[i]]
    if len(different) == 1:
        # Endings of grammar: Lorenzo and Lorenza, Italiano and Italiana.
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
