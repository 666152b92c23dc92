"""Every detector there is. The order is that of trust: where two point at the same words, the first counts."""

from __future__ import annotations

from tui.hints.detector import Detector
from tui.hints.detectors import doubled

DETECTORS: tuple[Detector, ...] = (doubled.DETECTOR,)

BY_NAME = {detector.name: detector for detector in DETECTORS}
