"""Finding the names of a text, with the scores of each kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from tui.text.cores import map_pieces
from tui.text.names import labels
from tui.text.names.decoding import NEVER, Decoder
from tui.text.names.features import segments
from tui.text.names.languages import CLASS_OF, SENTENCE_END, TRAINED, group
from tui.text.names.line import ORDINARY, Line
from tui.text.names.model_file import ModelFileError, decode
from tui.text.names.tokens import simplified
from tui.text.names.word_lists import Kind

_DATA = Path(__file__).parent / "data" / "names.bin"

_RECALL, _RECALL_UNTRAINED = 5, 10
"""Taken from the score of the label outside, in stored weights, so that names that are found and names that are right
balance: in languages with training data, and in others."""
_LISTED = 30
"""What it counts that a whole name is in the list of organisations or of countries, in stored weights."""
_LEARNT_OPENINGS = TRAINED | frozenset(
    {"es", "it", "ca", "gl", "nl", "af", "lb", "da", "nb", "nn", "no", "is"}
)
"""Languages in which it knows, also from their relatives, what only begins a sentence."""
_GREEK = "\u0370"
"""Latin letters come before it, Greek and Cyrillic ones after it."""
_LETTERS = re.compile(r"[^\W\d_]+")
_WINDOW = 20_000
"""Code points of a line that are looked at together."""


class ScoredName(NamedTuple):
    start: int
    end: int
    scores: tuple[int, ...]
    """Of each of `labels.KINDS`."""


class NameRecogniser:
    """Takes time linear in the text, and any text."""

    def __init__(self, data: bytes) -> None:
        """Raises ModelFileError."""
        model = decode(data)
        self.version = model.header.version
        self._lists = model.lists
        self._decoder = Decoder(model)
        self._bits = {language: 1 << i for i, language in enumerate(model.header.languages)}

    def find(self, text: str, language: str) -> list[ScoredName]:
        """The names in order; none crosses a line end. Raises ProcessKilled."""
        plain = simplified(text)
        pieces = map_pieces(partial(self._find_in_piece, plain, language), plain)
        return [name for piece in pieces for name in piece]

    def _find_in_piece(self, text: str, language: str, piece: tuple[int, int]) -> list[ScoredName]:
        names: list[ScoredName] = []
        for start, line in _windows(text, piece):
            if line.isupper() and line.count(" ") > 1:
                line = self._recased(line, self._bits.get(language, 0))
            if not line.islower():
                names += self._in_line(line, start, language)
        return names

    def _recased(self, line: str, language_bit: int) -> str:
        """A headline in capitals as it would stand in a sentence; its offsets do not change."""

        def recased(match: re.Match[str]) -> str:
            word = match[0]
            lower = word.lower()
            is_small = lower in CLASS_OF or self._lists.kinds(lower) & Kind.LINK
            is_listed = self._lists.kinds(word) & Kind.ORGANISATION
            if len(lower) != len(word) or (is_listed and not is_small):
                return word
            is_ordinary = is_small or self._lists.ordinary_in(lower) & language_bit
            return lower if is_ordinary else word[0] + lower[1:]

        return _LETTERS.sub(recased, line) if language_bit else line

    def _in_line(self, text: str, offset: int, language: str) -> Iterator[ScoredName]:
        line = Line(text, language, self._bits.get(language, 0), self._lists)
        for first, features in segments(line, language):
            scores = [
                self._constrained(line, first + i, self._decoder.scores(own), language)
                for i, own in enumerate(features)
            ]
            path = self._decoder.best(scores)
            for start, end, as_person in self._parts(line, first, path):
                inside = line.tokens[first + start : first + end]
                begins, ends = inside[0].start, inside[-1].end
                sums = _sums(scores[start:end], (path[start] - 1) // 2)
                sums[labels.KINDS.index("PER")] += as_person
                self._weigh_lists(
                    sums, self._lists.kinds(text[begins:ends]), line.kinds[first + start], language
                )
                yield ScoredName(offset + begins, offset + ends, tuple(sums))

    def _constrained(self, line: Line, i: int, scores: list[int], language: str) -> list[int]:
        """The scores, without the labels that a token cannot have, and for more names to be found."""
        scores[labels.OUTSIDE] -= _RECALL if language in TRAINED else _RECALL_UNTRAINED
        word, shape = line.words[i], line.shapes[i]
        is_lower = word == line.lower[i]
        is_link = bool(line.kinds[i] & Kind.LINK)
        ends = word in SENTENCE_END or (word == "." and i > 0 and len(line.words[i - 1]) > 4)
        is_day = is_lower and line.kinds[i] & Kind.CALENDAR and (i == 0 or not line.words[i - 1].isdigit())
        if ends or is_day or (is_lower and language not in TRAINED and not is_link and shape[0] != "d"):
            return [scores[0], *(score + NEVER for score in scores[1:])]
        if is_lower and is_link:
            # Only a person's name begins with a link: `von der Leyen`.
            for kind in ("ORG", "LOC", "MISC"):
                scores[labels.beginning(kind)] += NEVER
        return scores

    def _parts(self, line: Line, first: int, path: list[int]) -> Iterator[tuple[int, int, int]]:
        """The names of a segment, with what to add to the score of a person. In Cyrillic and Greek, a word before a given name is a name of its own.

        `России Владимир Путин` is a country and a person; the languages that are trained on have no such names.
        """
        for start, end in _bounds(path):
            if line.language not in _LEARNT_OPENINGS:
                start += self._openings(line, first + start, end - start)
            if start == end:
                continue
            cut, as_person = start, 0
            if line.words[first + start][0] >= _GREEK:
                kinds = line.kinds[first + start : first + end]
                given = next((i for i, kind in enumerate(kinds) if kind & Kind.GIVEN), 0)
                if given and not any(kind & (Kind.GIVEN | Kind.FAMILY) for kind in kinds[:given]):
                    cut, as_person = start + given, -NEVER
                    yield start, cut, NEVER
            yield cut, end, as_person

    def _openings(self, line: Line, start: int, count: int) -> int:
        """How many words of a name only have a capital because they begin a sentence."""
        kinds = line.kinds[start]
        is_opening = line.is_start[start] and kinds & ORDINARY and not kinds & (_KNOWN | Kind.FAMILY)
        return int(bool(is_opening) or (count > 0 and line.is_start[start] and line.lower[start] in CLASS_OF))

    def _weigh_lists(self, sums: list[int], whole: int, first: int, language: str) -> None:
        """Add to the scores what the lists say of the whole name and of its first word."""
        if whole & Kind.ORGANISATION:
            sums[labels.KINDS.index("ORG")] += _LISTED
        if whole & Kind.COUNTRY:
            sums[labels.KINDS.index("LOC")] += _LISTED
        if not knows_kinds(language) and not (whole | first) & _KNOWN:
            sums[labels.KINDS.index("MISC")] -= NEVER


def _bounds(path: list[int]) -> Iterator[tuple[int, int]]:
    """The names of a segment, from the labels of its tokens: first token, and the one after the last."""
    start = 0
    while start < len(path):
        end = start + 1
        if path[start] != labels.OUTSIDE:
            while end < len(path) and labels.continues(path[end]):
                end += 1
            yield start, end
        start = end


def _sums(scores: list[list[int]], best: int) -> list[int]:
    """The score of a name for each kind, from those of its tokens; the kind of the best path gets some more."""
    sums = [
        scores[0][1 + 2 * kind] + sum(own[2 + 2 * kind] for own in scores[1:])
        for kind in range(len(labels.KINDS))
    ]
    sums[best] += _LISTED // 2
    return sums


_KNOWN = int(Kind.GIVEN | Kind.CITY | Kind.COUNTRY | Kind.REGION | Kind.ORGANISATION | Kind.INSTITUTION)
"""What the lists must say of a name for its kind to count in a language that is not known."""


def knows_kinds(language: str) -> bool:
    """True for languages with training data, and their relatives. Else only shapes and lists are known."""
    return group(language) != "?"


@cache
def shipped() -> NameRecogniser:
    """The recogniser that comes with Postil, loaded once a process. Raises ModelFileError."""
    try:
        data = _DATA.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ModelFileError(f"{_DATA.name} cannot be read ({reason}): reinstall postil") from error
    return NameRecogniser(data)


def _windows(text: str, piece: tuple[int, int]) -> Iterator[tuple[int, str]]:
    """The lines of a piece, those that are too long in parts cut at a blank, each with its offset."""
    start, end_of_piece = piece
    while start < end_of_piece:
        line_feed = text.find("\n", start, end_of_piece)
        end_of_line = end_of_piece if line_feed < 0 else line_feed
        while end_of_line - start > _WINDOW:
            cut = text.rfind(" ", start + _WINDOW // 2, start + _WINDOW)
            cut = start + _WINDOW if cut < 0 else cut + 1
            yield start, text[start:cut]
            start = cut
        yield start, text[start:end_of_line]
        start = end_of_line + 1
