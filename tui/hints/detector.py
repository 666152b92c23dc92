"""Detectors and their findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from tui.hints.passage import Passage


class Finding(NamedTuple):
    """A probable error that a detector found. A field that is None has its detector's default."""

    start: int
    end: int
    reason: str
    """One line for the reader about this passage."""
    correction: str | None = None
    confidence: float | None = None
    severity: str | None = None
    category: str | None = None


class Detector(NamedTuple):
    """A family of rules."""

    name: str
    """As in `hint:NAME`: lower-case letters and `-`."""
    what: str
    """One line that describes what it finds."""
    category: str
    """The id of an error category of the built-in scheme."""
    severity: str
    confidence: float
    """0 to 1."""
    languages: frozenset[str] | None
    """ISO 639-1 codes; None means every language."""
    find: Callable[[Passage], Iterable[Finding]]

    def knows(self, language: str) -> bool:
        return self.languages is None or language in self.languages
