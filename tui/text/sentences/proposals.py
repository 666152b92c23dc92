"""Where Punkt or sentencex would begin a sentence: the second opinion on full stops that no rule decides.

Punkt: Kiss and Strunk, "Unsupervised Multilingual Sentence Boundary Detection",
Computational Linguistics 32(4), 2006.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import cast

WINDOW = 5000
"""Code points a splitter gets at once: some take time quadratic in the length of a line."""

PUNKT_MODELS = {
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ru": "russian",
    "sl": "slovene",
    "sv": "swedish",
    "tr": "turkish",
}
"""ISO 639-1 code to the name of the Punkt model."""

Cutter = Callable[[str], list[int]]
"""Takes a line and returns the offsets at which it proposes that a new sentence begins."""


@lru_cache(maxsize=32)
def cutter(language: str) -> Cutter:
    """Punkt if it has a model of the language, else sentencex."""
    if language in PUNKT_MODELS:
        return _punkt_cutter(PUNKT_MODELS[language])
    return _sentencex_cutter(language)


def _punkt_cutter(model: str) -> Cutter:
    import punkt

    tokenizer = punkt.tokenizer_for(model, prefixes=True)
    # Punkt takes every guillemet for a closing one; `marks` handles them correctly.
    return lambda piece: [start for start, _ in tokenizer.span_tokenize(piece, realign_boundaries=False)][1:]


_MARKS_IN_PAIRS = re.compile("[\"'«»“”„‟‹›‘’‚()\\[\\]{}]")


def _sentencex_cutter(language: str) -> Cutter:
    # It treats an unknown language, such as `und`, as English.
    import sentencex  # pyright: ignore[reportMissingTypeStubs]

    boundaries = cast(
        Callable[[str, str], list[dict[str, int]]],
        sentencex.get_sentence_boundaries,  # pyright: ignore
    )

    def propose(piece: str) -> list[int]:
        # It ends no sentence between two quotation marks, and mistakes which of them belong together.
        plain = _MARKS_IN_PAIRS.sub(" ", piece)
        return [boundary["start_index"] for boundary in boundaries(language, plain)][1:]

    return propose


def proposed_cuts(line: str, propose: Cutter) -> list[int]:
    """The proposed cuts of a line of any length, in order, in time linear in its length."""
    cuts: list[int] = []
    begin = 0
    while True:
        end = begin + WINDOW
        if end >= len(line):
            return cuts + [begin + cut for cut in propose(line[begin:])]
        end = max(line.rfind(" ", begin + WINDOW // 2, end), begin + WINDOW // 2) + 1
        proposed = [begin + cut for cut in propose(line[begin:end])]
        cuts += proposed
        # The last sentence is examined again together with what follows it.
        begin = proposed[-1] if proposed else end
