"""Finding amounts, dates, times, percentages and numbers by their figures, signs and words.

Every repetition is bounded and every look-up takes constant time, so the search takes time linear in the text for
any text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tui.model.article import Entity
from tui.text.cores import map_pieces
from tui.text.values import amounts, dates, times, words


def find(text: str, language: str, progress: Callable[[float], None] = lambda _: None) -> list[Entity]:
    """MONEY, PERCENT, TIME, DATE and NUMBER values, sorted and without overlaps; none crosses a line end.

    `language` is an ISO 639-1 code; words are known for those in `words.LANGUAGES`, figures and symbols for all
    languages. A number is a value only with a scale word: `3,4 millions`. `progress` receives the share of the text
    that has been searched, 0 to 1. Raises ProcessKilled.
    """
    by_piece = map_pieces(partial(_find_in_piece, text, language), text, progress)
    return [value for piece in by_piece for value in piece]


def _find_in_piece(text: str, language: str, piece: tuple[int, int]) -> list[Entity]:
    longest_first = sorted(_all(text, language, piece), key=lambda e: (e.start, e.start - e.end))
    kept: list[Entity] = []
    for value in longest_first:
        if not kept or value.start >= kept[-1].end:
            kept.append(value)
    return kept


def _all(text: str, language: str, piece: tuple[int, int]) -> Iterator[Entity]:
    known = words.load(language)
    for start, end, label in amounts.find(text, known, *piece):
        yield _entity(start, end, label)
    for start, end in times.find(text, known, *piece):
        yield _entity(start, end, "TIME")
    for start, end in dates.find(text, known, *piece):
        yield _entity(start, end, "DATE")


def _entity(start: int, end: int, label: str) -> Entity:
    return Entity(start=start, end=end, label=label, origin="rule")
