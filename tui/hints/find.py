"""All detectors over one article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.hints.detector import Detector, Finding
from tui.hints.passage import Passage
from tui.hints.registry import DETECTORS
from tui.model.article import Article
from tui.model.hint import Hint, hint_id


def find_hints(article: Article, detectors: Iterable[Detector] = DETECTORS) -> list[Hint]:
    """The hints of an article, by their start. Those that a sentence's end would cut are left out."""
    passage = passage_of(article)
    hints: list[Hint] = []
    for detector in detectors:
        if detector.knows(article.language):
            hints += _hints(article, detector, passage)
    return sorted(_without_echoes(hints), key=lambda hint: (hint.start, hint.end))


def passage_of(article: Article) -> Passage:
    """What the detectors read of an article."""
    ranges = (article.paragraph_sentences(number) for number in range(len(article.paragraphs)))
    return Passage(
        article.text,
        article.language,
        sentences=list(zip(article.starts, article.ends, strict=True)),
        paragraphs=[(article.starts[range_[0]], article.ends[range_[-1]]) for range_ in ranges if range_],
        headings=frozenset(article.starts[number] for number in article.headings),
        source_language=article.source_language,
    )


def _hints(article: Article, detector: Detector, passage: Passage) -> Iterator[Hint]:
    for found in detector.find(passage):
        sentence = article.sentence_at(found.start)
        if found.start < found.end <= article.ends[sentence]:
            yield _hint(article, detector, found)


def _hint(article: Article, detector: Detector, found: Finding) -> Hint:
    return Hint(
        id=hint_id(article.text_sha256, detector.name, found.start, found.end),
        start=found.start,
        end=found.end,
        detector=detector.name,
        category=found.category or detector.category,
        severity=found.severity or detector.severity,
        reason=found.reason,
        confidence=detector.confidence if found.confidence is None else found.confidence,
        correction=found.correction,
    )


def _without_echoes(hints: Iterable[Hint]) -> list[Hint]:
    """The hints without those that point at the very words of one before them."""
    kept: dict[tuple[int, int], Hint] = {}
    for hint in hints:
        kept.setdefault((hint.start, hint.end), hint)
    return list(kept.values())
