"""Which of an article's hints are asked of an annotator, and how often each detector was right for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from tui.model.annotation import Annotation, HintDecision, Span
from tui.model.article import Article
from tui.model.hint import Hint, HintIndex, HintMode

ENOUGH = 20
"""Decisions on a detector's hints from which its precision says something."""

TOO_FEW_RIGHT = 0.5


class Tally(NamedTuple):
    """How many of a detector's hints were accepted, of those that were decided."""

    accepted: int
    decided: int

    @property
    def precision(self) -> float:
        """0 to 1; only of a tally that has decisions."""
        return self.accepted / self.decided

    @property
    def is_poor(self) -> bool:
        """Whether it was wrong too often to be worth the reading."""
        return self.decided >= ENOUGH and self.precision < TOO_FEW_RIGHT


class Tallies:
    """A tally a detector."""

    def __init__(self, decisions: Iterable[HintDecision] = ()) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self.add(decisions)

    def add(self, decisions: Iterable[HintDecision], times: int = 1) -> None:
        """Count decisions in, or out with `times` -1."""
        for decision in decisions:
            self._counts[decision.detector, decision.decision] += times

    def of(self, detector: str) -> Tally:
        accepted = self._counts[detector, "accepted"]
        return Tally(accepted, accepted + self._counts[detector, "refused"])

    def detectors(self) -> list[str]:
        """Those that anything was decided of, sorted."""
        return sorted({detector for (detector, _), count in self._counts.items() if count})


class OpenHints:
    """The hints of one article, as one annotator is to see them."""

    def __init__(self, article: Article, annotations: Iterable[Annotation]) -> None:
        self.mode: HintMode = "on"
        self.detectors_off: Collection[str] = ()
        """Detectors whose hints are not shown."""
        self.elsewhere = Tallies()
        """What was decided in other articles."""
        self.here = Tallies(decision for annotation in annotations for decision in annotation.hint_decisions)
        """What was decided in this one."""
        self.take(article)

    def take(self, article: Article) -> None:
        """The article's hints are others now."""
        self._index = HintIndex(article.hint_blocks)

    def count(self, before: Annotation | None, after: Annotation | None) -> None:
        """Follow a change of what is said about a sentence."""
        for annotation, times in ((before, -1), (after, 1)):
            if annotation is not None:
                self.here.add(annotation.hint_decisions, times)

    def tally(self, detector: str) -> Tally:
        """Of this annotator, in all the articles that are known."""
        here, elsewhere = self.here.of(detector), self.elsewhere.of(detector)
        return Tally(here.accepted + elsewhere.accepted, here.decided + elsewhere.decided)

    # -- hints -------------------------------------------------------------

    def of_sentence(self, article: Article, index: int) -> list[Hint]:
        """All that the detectors have to say about a sentence, but for those that are off."""
        end = article.ends[index]
        return [
            hint
            for hint in self._index.between(article.starts[index], end)
            if hint.end <= end and hint.detector not in self.detectors_off
        ]

    def open(self, article: Article, index: int, annotation: Annotation | None) -> list[Hint]:
        """The hints of a sentence that wait for an answer and are shown; in blind mode, once it is decided."""
        if self.mode == "off" or (self.mode == "blind" and (annotation is None or not annotation.decided)):
            return []
        hints = self.of_sentence(article, index)
        if annotation is None or not hints:
            return hints
        answered = {decision.id for decision in annotation.hint_decisions}
        return [hint for hint in hints if hint.id not in answered and not is_marked(hint, annotation.spans)]

    def onwards(self, offset: int, step: int) -> Iterator[Hint]:
        """The article's hints from an offset on, or backwards from before it, whether they are shown or not."""
        return self._index.after(offset) if step > 0 else self._index.before(offset)


def is_marked(hint: Hint, spans: Iterable[Span]) -> bool:
    """Whether somebody marked what a hint points at: the same words, or some of them as the same kind of error."""
    return any(
        (span.start, span.end) == (hint.start, hint.end)
        or (span.category == hint.category and span.start < hint.end and hint.start < span.end)
        for span in spans
    )
