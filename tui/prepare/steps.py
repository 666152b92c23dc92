"""The share of each step in the time of preparation, to show one number for the overall progress."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from tui.model.article import Article
from tui.prepare.pace import Pace
from tui.prepare.reading_process import may_have_many
from tui.text import spacy_french, spacy_models

Step = Literal["reading", "names", "hints"]

_BY_RULES: dict[Step, tuple[float, float]] = {"reading": (0, 0.05), "names": (0.05, 0.55), "hints": (0.55, 1)}
_BY_MODEL: dict[Step, tuple[float, float]] = {"reading": (0, 0.05), "names": (0.05, 0.8), "hints": (0.8, 1)}
"""Start and end of each step, measured on long texts. If a model finds the names, that takes longest."""


class Steps:
    """The progress of one file, which may contain several articles."""

    def __init__(self, pace: Pace, path: Path, size: int, changed: Callable[[], None]) -> None:
        """Progress is recorded in `pace`, in bytes out of `size`; then `changed` is called."""
        self._pace, self._path, self._size, self._changed = pace, path, size, changed
        self._holds_many = may_have_many(path)
        self._before = 0
        """Bytes of the finished articles."""
        self._own = size
        """Bytes of the current article."""
        self._shares = _BY_RULES

    def begin(self, article: Article) -> None:
        """Record that an article has been read and its next steps begin."""
        if self._holds_many:
            self._own = min(self._size - self._before, len(article.text.encode("utf-8", "replace")))
        is_french = article.language == "fr"
        if spacy_french.available() if is_french else spacy_models.installed(article.language):
            self._shares = _BY_MODEL

    def tell(self, step: Step, share: float) -> None:
        """Record the share of a step that is done, 0 to 1."""
        if step == "reading" and self._holds_many:
            # The size of the next article is not known.
            return
        begins, ends = self._shares[step]
        self._pace.update(str(self._path), self._before + self._own * (begins + share * (ends - begins)))
        self._changed()

    def end(self) -> None:
        """Record that the article is finished."""
        self._before += self._own
