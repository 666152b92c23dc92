"""The MQM score of the marked errors: penalty points, and points per 1000 words.

The linear scoring model of https://themqm.org/error-types-2/the-mqm-scoring-models/: the absolute penalty total
is the sum, over all marks, of the severity's multiplier times the category's weight; the normed penalty total is
that sum times 1000 (the reference word count) over the words evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tui.model.annotation import Annotation
from tui.model.scheme import Scheme


class Score(NamedTuple):
    """How bad the marked errors are."""

    points: float
    """The absolute penalty total."""
    per_1000_words: float
    """The normed penalty total; 0 for a text without words."""
    errors: int
    uncounted: int = 0
    """Sentences with the error tag and no mark: nothing says how bad they are."""


def score(annotations: Iterable[Annotation], words: int, scheme: Scheme) -> Score:
    """The score of the annotations of a text with `words` words, each annotation looked at once.

    A mark without a category has weight 1; a severity that the scheme does not have costs nothing.
    """
    multipliers = {severity.id: severity.multiplier for severity in scheme.severities}
    weights: dict[str | None, float] = {category.id: category.weight for category in scheme.categories}
    penalties: list[float] = []
    uncounted = 0
    for annotation in annotations:
        penalties += (
            multipliers.get(span.severity, 0.0) * weights.get(span.category, 1.0) for span in annotation.spans
        )
        uncounted += scheme.error_tag in annotation.tags and not annotation.spans
    points = sum(penalties)
    return Score(points, 1000 * points / words if words else 0.0, len(penalties), uncounted)
