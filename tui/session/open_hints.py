"""The hints of an article that an annotator sees, and how often each detector was right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from tui.model.annotation import Annotation, HintDecision, Span
from tui.model.article import Article
from tui.model.hint import Hint, HintIndex, HintMode

ENOUGH = 20
"""The number of decisions from which a detector's precision means something."""

TOO_FEW_RIGHT = 0.5

_ORIGIN = "hint:"


class Tally(NamedTuple):
    """How many of a detector's decided hints were accepted."""

    accepted: int
    decided: int

    @property
    def precision(self) -> float:
        """From 0 to 1. Raises ZeroDivisionError without decisions."""
        return self.accepted / self.decided

    @property
    def is_poor(self) -> bool:
        """True if the detector was wrong too often to be useful."""
        return self.decided >= ENOUGH and self.precision < TOO_FEW_RIGHT


class Tallies:
    """A tally for each detector."""

    def __init__(self, decisions: Iterable[HintDecision] = ()) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self.add(decisions)

    def add(self, decisions: Iterable[HintDecision], times: int = 1) -> None:
        """Add decisions, or subtract them with `times` -1."""
        for decision in decisions:
            self._counts[decision.detector, decision.decision] += times

    def of(self, detector: str) -> Tally:
        accepted = self._counts[detector, "accepted"]
        return Tally(accepted, accepted + self._counts[detector, "refused"])

    def detectors(self) -> list[str]:
        """The detectors with decisions, sorted."""
        return sorted({detector for (detector, _), count in self._counts.items() if count})


class OpenHints:
    """The hints of one article, as one annotator sees them."""

    def __init__(self, article: Article, annotations: Iterable[Annotation]) -> None:
        self.mode: HintMode = "on"
        self.detectors_off: Collection[str] = ()
        """Detectors whose hints are not shown."""
        self.elsewhere = Tallies()
        """The decisions in other articles."""
        self.here = Tallies(decision for annotation in annotations for decision in annotation.hint_decisions)
        """The decisions in this article."""
        self.take(article)

    def take(self, article: Article) -> None:
        """Replace the hints with those of `article`."""
        self._index = HintIndex(article.hint_blocks)

    def count(self, before: Annotation | None, after: Annotation | None) -> None:
        """Update the tallies after a change of an annotation."""
        for annotation, times in ((before, -1), (after, 1)):
            if annotation is not None:
                self.here.add(annotation.hint_decisions, times)

    def tally(self, detector: str) -> Tally:
        """This annotator's decisions on a detector's hints, in all known articles."""
        here, elsewhere = self.here.of(detector), self.elsewhere.of(detector)
        return Tally(here.accepted + elsewhere.accepted, here.decided + elsewhere.decided)

    # -- hints -------------------------------------------------------------

    def of_sentence(self, article: Article, index: int) -> list[Hint]:
        """All hints of a sentence, except those of detectors that are off."""
        end = article.ends[index]
        return [
            hint
            for hint in self._index.between(article.starts[index], end)
            if hint.end <= end and hint.detector not in self.detectors_off
        ]

    def open(self, article: Article, index: int, annotation: Annotation | None) -> list[Hint]:
        """The unanswered hints of a sentence that are shown; in blind mode, only once it is decided."""
        if self.mode == "off" or (self.mode == "blind" and (annotation is None or not annotation.decided)):
            return []
        hints = self.of_sentence(article, index)
        if annotation is None or not hints:
            return hints
        answered = {decision.id for decision in annotation.hint_decisions}
        return [
            hint for hint in hints if hint.id not in answered and not _is_answered_by(hint, annotation.spans)
        ]

    def onwards(self, offset: int, step: int) -> Iterator[Hint]:
        """The article's hints from an offset on, or backwards from it if `step` is negative, shown or not."""
        return self._index.after(offset) if step > 0 else self._index.before(offset)


def _is_answered_by(hint: Hint, spans: Iterable[Span]) -> bool:
    """True if you marked what the hint points at yourself. A mark made from another hint answers only that one."""
    origin = origin_of(hint)
    own = [span for span in spans if not span.origin.startswith(_ORIGIN)]
    return is_marked(hint, own) or any(
        span.origin == origin and (span.start, span.end) == (hint.start, hint.end) for span in spans
    )


def origin_of(hint: Hint) -> str:
    """The origin of a span that was made from a hint."""
    return f"{_ORIGIN}{hint.detector}"


def is_marked(hint: Hint, spans: Iterable[Span]) -> bool:
    """True if a span marks what the hint points at: the same words, or some of them with the same category."""
    return any(
        (span.start, span.end) == (hint.start, hint.end)
        or (span.category == hint.category and span.start < hint.end and hint.start < span.end)
        for span in spans
    )
