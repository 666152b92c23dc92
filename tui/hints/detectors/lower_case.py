"""A full stop, then a small letter: `il en frappa un. des pires affaires`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.hints.detector import Detector, Finding
from tui.hints.function_words import ABBREVIATIONS, FUNCTION_WORDS, words
from tui.hints.passage import Passage

_STOP = re.compile(r"(?<![\w.@/'’-])([^\W\d_]{1,40})\.[ \u00a0]{1,4}([^\W\d_]++)(?![\w.@/]{0,40}[.@/]\w)")
_PARTICLES = words("von van de d der den di da del della el al ben bin iPhone iPad")


def _find(passage: Passage) -> Iterator[Finding]:
    lexicon, function = passage.lexicon, FUNCTION_WORDS.get(passage.language, frozenset[str]())
    if _is_in_small_letters(passage):
        return
    ends = {end for _, end in passage.sentences}
    for found in _STOP.finditer(passage.text):
        word, after = found.groups()
        if not (word.islower() and after.islower()) or word in ABBREVIATIONS:
            continue
        if len(word) <= 3 and word not in function and (lexicon is None or lexicon.zipf(word) < 5.0):
            continue
        if lexicon is None or lexicon.zipf(word) < 4.0 or lexicon.zipf(after) < 3.0:
            continue
        if after in _PARTICLES and passage.text[found.end() + 1 : found.end() + 2].isupper():
            continue
        end = found.end() if found.end(1) + 1 not in ends else found.end(1) + 1
        yield Finding(found.start(), end, "a full stop, and then a small letter: is the sentence cut?")


def _is_in_small_letters(passage: Passage) -> bool:
    """Whether sentences begin so as a habit, as in a chat."""
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
