"""A full stop, then a small letter: `il en frappa un. des pires affaires`, `Il part. la réponse est non.`"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.hints.detector import Detector, Finding
from tui.hints.function_words import ABBREVIATIONS, FUNCTION_WORDS, OPENERS, words
from tui.hints.passage import Passage

_STOP = re.compile(
    r"(?<![\w.@/])([^\W_]{1,40})(?:[ \u00a0]?[»”“\")])?\.([»”“\"]?)(?=[ \u00a0]{1,4}([^\W\d_]++)(?!://|[\w.@/]{0,40}[.@/]\w))"
)
_PARTICLES = words("von van de d der den di da del della el al ben bin iPhone iPad")
_FEWEST_WORDS = 4
"""Of what is cut off: `thanks Rich` is how a letter ends."""


def _find(passage: Passage) -> Iterator[Finding]:
    if _is_in_small_letters(passage):
        return
    ends = {end for _, end in passage.sentences}
    last_words = _last_words(passage)
    for found in _STOP.finditer(passage.text):
        word, quote, after = found.groups()
        if not after.islower() or (after in _PARTICLES and _is_name(passage, found.end(3) + 1)):
            continue
        is_cut = found.end(2) in ends
        if not (_ends_a_sentence(passage, word, is_cut) and _begins_one(passage, word, quote, after)):
            continue
        if is_cut:
            if found.start(3) not in last_words:
                reason = "a small letter at the start of a sentence"
                yield Finding(found.start(3), found.end(3), reason, after.capitalize(), confidence=0.7)
        else:
            reason = "a full stop, and then a small letter: is the sentence cut?"
            yield Finding(found.start(), found.end(3), reason)


def _ends_a_sentence(passage: Passage, word: str, is_cut: bool) -> bool:
    """Whether the stop after the word is no abbreviation's, nor a number's; `is_cut` where a sentence ends there."""
    if word.isdigit():
        return len(word) > 2
    lower = word.lower()
    if lower in ABBREVIATIONS or not word.isalpha():
        return False
    lexicon = passage.lexicon
    if not word.islower():
        return len(word) > 5 and word[1:].islower()
    if lexicon is None or lexicon.zipf(word) < (2.0 if is_cut or len(word) > 5 else 4.0):
        return False
    function = FUNCTION_WORDS.get(passage.language, frozenset[str]())
    return len(word) > 3 or word in function or lexicon.zipf(word) >= 5.0


def _begins_one(passage: Passage, word: str, quote: str, after: str) -> bool:
    """After a name, a number or a quotation only a word with which sentences begin."""
    if quote and passage.language == "en":
        return False  # “Yes.” he said
    if quote or not word.islower():
        return after in OPENERS[passage.language] | FUNCTION_WORDS[passage.language]
    return passage.lexicon is not None and passage.lexicon.zipf(after) >= 3.0


def _is_name(passage: Passage, place: int) -> bool:
    return passage.text[place : place + 1].isupper()


def _last_words(passage: Passage) -> set[int]:
    """Starts of the sentences with which a paragraph ends in a few words without a stop, as a letter does."""
    ends = {end for _, end in passage.paragraphs}
    return {
        start
        for start, end in passage.sentences
        if end in ends
        and passage.text[end - 1] not in ".!?"
        and len(passage.text[start:end].split()) < _FEWEST_WORDS
    }


def _is_in_small_letters(passage: Passage) -> bool:
    """Whether sentences begin so as a habit, as in a chat."""
    if passage.language == "en" and passage.counts["i"]:
        return True
    starts = {start for start, _ in passage.paragraphs}
    if any(passage.text[start].islower() for start in starts):
        return True
    small = sum(passage.text[start].islower() for start, _ in passage.sentences)
    return small >= 3 and small * 5 > len(passage.sentences)


DETECTOR = Detector(
    name="lower-case",
    what="a small letter after a full stop",
    category="punctuation",
    severity="major",
    confidence=0.75,
    languages=frozenset(FUNCTION_WORDS),
    find=_find,
)
