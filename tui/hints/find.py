"""All detectors over one article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from tui.hints.detector import Detector, Finding
from tui.hints.passage import Passage, count_words
from tui.hints.registry import DETECTORS
from tui.model.article import Article
from tui.model.hint import Hint, hint_id

_PART = 2000
"""Sentences of a long article that are held as tokens at a time."""


def find_hints(article: Article, detectors: Iterable[Detector] = DETECTORS) -> list[Hint]:
    """The hints of an article, by their start. Those that a sentence's end would cut are left out."""
    wanted = [detector for detector in detectors if detector.knows(article.language)]
    hints = [
        hint
        for offset, passage in _passages(article)
        for detector in wanted
        for hint in _hints(article, detector, passage, offset)
    ]
    return sorted(_without_echoes(hints), key=lambda hint: (hint.start, hint.end))


def _passages(article: Article) -> Iterator[tuple[int, Passage]]:
    """The article in parts that end with a paragraph, each with the offset at which it begins."""
    counts = count_words(article.text) if len(article) > _PART else None
    headings = {article.starts[number] for number in article.headings}
    first = 0
    for number in range(1, len(article.paragraphs) + 1):
        is_last = number == len(article.paragraphs)
        end = len(article) if is_last else article.paragraphs[number]
        if end - article.paragraphs[first] >= _PART or is_last:
            yield _part(article, range(first, number), headings, counts)
            first = number


def _part(
    article: Article, paragraphs: range, headings: set[int], counts: Counter[str] | None
) -> tuple[int, Passage]:
    ranges = [article.paragraph_sentences(number) for number in paragraphs]
    ranges = [sentences for sentences in ranges if sentences]
    numbers = range(ranges[0].start, ranges[-1].stop)
    offset, end = article.starts[numbers[0]], article.ends[numbers[-1]]
    return offset, Passage(
        article.text[offset:end],
        article.language,
        sentences=[(article.starts[i] - offset, article.ends[i] - offset) for i in numbers],
        paragraphs=[(article.starts[r[0]] - offset, article.ends[r[-1]] - offset) for r in ranges],
        headings=frozenset(article.starts[i] - offset for i in numbers if article.starts[i] in headings),
        source_language=article.source_language,
        counts=counts,
    )


def _hints(article: Article, detector: Detector, passage: Passage, offset: int) -> Iterator[Hint]:
    for found in detector.find(passage):
        start, end = found.start + offset, found.end + offset
        sentence = article.sentence_at(start)
        if start < end <= article.ends[sentence] and not passage.is_address(found.start, found.end):
            yield _hint(article, detector, found._replace(start=start, end=end))


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
