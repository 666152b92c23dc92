"""The hints' results on passages written to measure them, `tests/gold/heldout.errors.jsonl`.

By half and family: the share of planted errors that a hint overlaps, the share of hints that overlap an error, and
the hints on the same passages with every error corrected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from bench.sentences import GOLD
from tui.documents.document import Document, ReadingOptions
from tui.hints.find import find_hints
from tui.model.article import Article
from tui.model.hint import Hint
from tui.prepare.pipeline import prepare_text

HALVES = ("tune", "held")


class Planted(msgspec.Struct, frozen=True):
    """An error, with offsets in code points, and the correct text."""

    start: int
    end: int
    text: str
    family: str
    right: str


class Passage(msgspec.Struct, frozen=True):
    id: str
    half: str
    lang: str
    source: str
    """The language from which it appears to be translated."""
    text: str
    errors: list[Planted]

    @property
    def corrected(self) -> str:
        """The text without its errors."""
        text = self.text
        for error in sorted(self.errors, key=lambda error: error.start, reverse=True):
            text = text[: error.start] + error.right + text[error.end :]
        return text


class Measured(msgspec.Struct, frozen=True):
    """The results for one half."""

    planted: Counter[str]
    hinted: Counter[str]
    missed: list[tuple[Passage, Planted]]
    hints: int
    false: list[tuple[str, Hint]]
    """Text and hint."""
    on_corrected: list[tuple[str, Hint]]


def read_passages() -> list[Passage]:
    """All passages. Raises OSError or msgspec.DecodeError."""
    decoder = msgspec.json.Decoder(Passage)
    _, *lines = (GOLD / "heldout.errors.jsonl").read_bytes().splitlines()
    return [decoder.decode(line) for line in lines]


def measure(passages: Sequence[Passage]) -> Measured:
    result = Measured(Counter(), Counter(), [], 0, [], [])
    total = 0
    for passage in passages:
        hints = find_hints(_article(passage.text, passage.lang))
        total += len(hints)
        for error in passage.errors:
            result.planted[error.family] += 1
            if any(_overlap(hint, error) for hint in hints):
                result.hinted[error.family] += 1
            else:
                result.missed.append((passage, error))
        alone = [hint for hint in hints if not any(_overlap(hint, error) for error in passage.errors)]
        result.false.extend((passage.text, hint) for hint in alone)
        corrected = passage.corrected
        result.on_corrected.extend(
            (corrected, hint) for hint in find_hints(_article(corrected, passage.lang))
        )
    return msgspec.structs.replace(result, hints=total)


def _article(text: str, language: str) -> Article:
    return prepare_text(Document(text=text), source="", options=ReadingOptions(language=language))


def _overlap(hint: Hint, error: Planted) -> bool:
    return hint.start < error.end and error.start < hint.end
