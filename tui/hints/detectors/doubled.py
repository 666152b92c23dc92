"""A word written twice: `a a répondu`, `the the`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tui.hints.detector import Detector, Finding
from tui.hints.passage import Passage


def _find(passage: Passage) -> Iterator[Finding]:
    for sentence in passage.tokens:
        for first, second in pairwise(sentence):
            if first.is_word and first.lower == second.lower and second.is_spaced:
                yield Finding(first.start, second.end, f"“{second.text}” stands twice", first.text)


DETECTOR = Detector(
    name="doubled",
    what="a word that stands twice in a row",
    category="addition",
    severity="minor",
    confidence=0.8,
    languages=None,
    find=_find,
)
