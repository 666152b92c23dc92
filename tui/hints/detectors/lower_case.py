"""A lower-case letter after a full stop: `il en frappa un. des pires affaires`, `Il part. la réponse est non.`"""

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
"""Shorter last sentences of a paragraph are ignored: `thanks Rich` may end a letter."""


def _find(passage: Passage) -> Iterator[Finding]:
    if _is_lower_case_text(passage):
        return
    ends = {end for _, end in passage.sentences}
    last_words = _last_words(passage)
    for match in _STOP.finditer(passage.text):
        word, quote, after = match.groups()
        if not after.islower() or (after in _PARTICLES and _is_name(passage, match.end(3) + 1)):
            continue
        is_cut = match.end(2) in ends
        if not (_ends_a_sentence(passage, word, is_cut) and _begins_a_sentence(passage, word, quote, after)):
            continue
        if is_cut:
            if match.start(3) not in last_words:
                reason = "a lower-case letter at the start of a sentence"
                yield Finding(match.start(3), match.end(3), reason, after.capitalize(), confidence=0.7)
        else:
            reason = "a lower-case letter after a full stop: is the sentence cut?"
            yield Finding(match.start(), match.end(3), reason)


def _ends_a_sentence(passage: Passage, word: str, is_cut: bool) -> bool:
    """True if the full stop is not that of an abbreviation or a number; `is_cut` means that a sentence ends there."""
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


def _begins_a_sentence(passage: Passage, word: str, quote: str, after: str) -> bool:
    """True if a sentence may begin with `after`; after a name, a number or a quotation only certain words qualify."""
    if quote and passage.language == "en":
        return False  # “Yes.” he said
    if quote or not word.islower():
        return after in OPENERS[passage.language] | FUNCTION_WORDS[passage.language]
    return passage.lexicon is not None and passage.lexicon.zipf(after) >= 3.0


def _is_name(passage: Passage, offset: int) -> bool:
    return passage.text[offset : offset + 1].isupper()


def _last_words(passage: Passage) -> set[int]:
    """Starts of short last sentences of paragraphs without final punctuation, as at the end of a letter."""
    ends = {end for _, end in passage.paragraphs}
    return {
        start
        for start, end in passage.sentences
        if end in ends
        and passage.text[end - 1] not in ".!?"
        and len(passage.text[start:end].split()) < _FEWEST_WORDS
    }


def _is_lower_case_text(passage: Passage) -> bool:
    """True if the text regularly begins sentences in lower case, as in a chat."""
    if passage.language == "en" and passage.counts["i"]:
        return True
    starts = {start for start, _ in passage.paragraphs}
    if any(passage.text[start].islower() for start in starts):
        return True
    small = sum(passage.text[start].islower() for start, _ in passage.sentences)
    return small >= 3 and small * 5 > len(passage.sentences)


DETECTOR = Detector(
    name="lower-case",
    what="a lower-case letter after a full stop",
    category="punctuation",
    severity="major",
    confidence=0.75,
    languages=frozenset(FUNCTION_WORDS),
    find=_find,
)
