"""The MQM score of what is marked: penalty points, and points per 1000 words.

Linear scoring model with a severity multiplier a mark and every category weighed alike
(https://themqm.org/error-types-2/the-mqm-scoring-models/): the absolute penalty total is the sum of the
multipliers, and the normed penalty total is that sum times 1000 over the words evaluated.
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


def score(annotations: Iterable[Annotation], words: int, scheme: Scheme) -> Score:
    """The score of the annotations of a text with so many words."""
    multipliers = {severity.id: severity.multiplier for severity in scheme.severities}
    weighed = [multipliers.get(span.severity, 0.0) for said in annotations for span in said.spans]
    points = sum(weighed)
    return Score(points, 1000 * points / words if words else 0.0, len(weighed))


def word_count(text: str) -> int:
    """Words as they are counted by white space."""
    return len(text.split())
