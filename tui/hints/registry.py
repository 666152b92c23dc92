"""All detectors, the most reliable first: if two find the same words, the first one counts."""

from __future__ import annotations

from tui.hints.detector import Detector
from tui.hints.detectors import (
    agreement,
    article_form,
    capital,
    determiners,
    doubled,
    elision,
    glued,
    lower_case,
    names,
    numbers,
    placeholder,
    punctuation,
    unbalanced,
    untranslated,
    verbs,
)

DETECTORS: tuple[Detector, ...] = (
    placeholder.DETECTOR,
    glued.DETECTOR,
    doubled.DETECTOR,
    elision.DETECTOR,
    article_form.DETECTOR,
    determiners.DETECTOR,
    agreement.DETECTOR,
    verbs.DETECTOR,
    unbalanced.DETECTOR,
    punctuation.DETECTOR,
    lower_case.DETECTOR,
    capital.DETECTOR,
    names.DETECTOR,
    numbers.DETECTOR,
    untranslated.DETECTOR,
)

BY_NAME = {detector.name: detector for detector in DETECTORS}
