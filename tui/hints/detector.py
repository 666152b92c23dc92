"""What a detector is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from tui.hints.passage import Passage


class Finding(NamedTuple):
    """A passage that a detector points at. What is None is as its detector says."""

    start: int
    end: int
    reason: str
    """One line for the reader, about this very passage."""
    correction: str | None = None
    confidence: float | None = None
    severity: str | None = None
    category: str | None = None


class Detector(NamedTuple):
    """A family of rules."""

    name: str
    """As in `hint:NAME`: lower-case letters and `-`."""
    what: str
    """One line: what it points at."""
    category: str
    """The id of an error category of the built-in scheme."""
    severity: str
    confidence: float
    """0 to 1."""
    languages: frozenset[str] | None
    """ISO 639-1 codes; None for every language."""
    find: Callable[[Passage], Iterable[Finding]]

    def knows(self, language: str) -> bool:
        return self.languages is None or language in self.languages
