"""How the time that an article takes divides among the steps of preparation, so that one number tells of them all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from tui.model.article import Article
from tui.prepare.pace import Pace
from tui.text import spacy_french

Step = Literal["reading", "names", "hints"]

_BY_RULES: dict[Step, tuple[float, float]] = {"reading": (0, 0.05), "names": (0.05, 0.55), "hints": (0.55, 1)}
_BY_MODEL: dict[Step, tuple[float, float]] = {"reading": (0, 0.05), "names": (0.05, 0.8), "hints": (0.8, 1)}
"""Where each begins and ends, as measured on long texts: in French a model finds the names, which takes longest."""


class Steps:
    """How far one file is, which may hold several articles."""

    def __init__(self, pace: Pace, path: Path, size: int, changed: Callable[[], None]) -> None:
        """Told to `pace`, in bytes of the file's `size`; `changed` is called then."""
        self._pace, self._path, self._size, self._changed = pace, path, size, changed
        self._holds_many = path.suffix.lower() == ".jsonl"
        self._before = 0
        """Bytes of the articles that are done."""
        self._own = size
        """Bytes of the one that is under way."""
        self._shares = _BY_RULES

    def begin(self, article: Article) -> None:
        """It has been read."""
        if self._holds_many:
            self._own = min(self._size - self._before, len(article.text.encode("utf-8", "replace")))
        if article.language == "fr" and spacy_french.available():
            self._shares = _BY_MODEL

    def tell(self, step: Step, share: float) -> None:
        """So much of a step is done, 0 to 1."""
        if step == "reading" and self._holds_many:
            # Nobody knows how large the next one is.
            return
        begins, ends = self._shares[step]
        self._pace.partly(str(self._path), self._before + self._own * (begins + share * (ends - begins)))
        self._changed()

    def end(self) -> None:
        """The article is done."""
        self._before += self._own
