"""All detectors over one article, and its quotations beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from tui.hints.detector import Detector, Finding
from tui.hints.passage import Passage, count_words
from tui.hints.registry import DETECTORS
from tui.model.article import Article
from tui.model.hint import Hint, hint_id
from tui.model.quotation import Quotation
from tui.quotations.finder import find_quotations
from tui.text.cores import parallel

_PART = 2000
"""Sentences of a long article that are held as tokens at a time."""

_QUOTATIONS = 0.2
"""What finding the quotations takes, where finding the hints takes 1."""


def find_hints(article: Article, detectors: Iterable[Detector] = DETECTORS) -> list[Hint]:
    """The hints of an article, by their start. Those that a sentence's end would cut are left out."""
    look = detection(article, detectors)
    return in_order(hint for part in parts(article) for hint in look(part))


def find_all(
    article: Article, progress: Callable[[float], None] = lambda _: None
) -> tuple[list[Hint], list[Quotation]]:
    """The hints and the quotations of an article, each by their start.

    `progress` is told the share that is done, 0 to 1. Raises ProcessKilled.
    """
    look, pieces = detection(article), [None, *parts(article)]
    # The quotations are one piece, and the longest: they are begun first.
    weights = [_QUOTATIONS, *(len(piece) / len(article.paragraphs) for piece in pieces if piece is not None)]

    def work(piece: range | None) -> list[Hint] | list[Quotation]:
        return find_quotations(article) if piece is None else look(piece)

    hints: list[Hint] = []
    quotations: list[Quotation] = []
    done = 0.0
    for number, found in parallel(work, pieces, len(article.text)):
        for one in found:
            if isinstance(one, Quotation):
                quotations.append(one)
            else:
                hints.append(one)
        done += weights[number]
        progress(done / sum(weights))
    return in_order(hints), quotations


def parts(article: Article) -> list[range]:
    """The paragraphs of an article in parts that are not long."""
    found: list[range] = []
    first = 0
    for number in range(1, len(article.paragraphs) + 1):
        is_last = number == len(article.paragraphs)
        end = len(article) if is_last else article.paragraphs[number]
        if end - article.paragraphs[first] >= _PART or is_last:
            found.append(range(first, number))
            first = number
    return found


def detection(article: Article, detectors: Iterable[Detector] = DETECTORS) -> Callable[[range], list[Hint]]:
    """What finds the hints in some paragraphs of an article."""
    wanted = [detector for detector in detectors if detector.knows(article.language)]
    counts = count_words(article.text) if len(article) > _PART else None
    headings = {article.starts[number] for number in article.headings}
    worked_out: dict[str, object] | None = {} if counts is not None else None

    def look(paragraphs: range) -> list[Hint]:
        offset, passage = _passage(article, paragraphs, headings, counts, worked_out)
        return [hint for detector in wanted for hint in _hints(article, detector, passage, offset)]

    return look


def in_order(hints: Iterable[Hint]) -> list[Hint]:
    """By their start, without those that point at the very words of one before them."""
    kept: dict[tuple[int, int], Hint] = {}
    for hint in hints:
        kept.setdefault((hint.start, hint.end), hint)
    return sorted(kept.values(), key=lambda hint: (hint.start, hint.end))


def _passage(
    article: Article,
    paragraphs: range,
    headings: set[int],
    counts: Counter[str] | None,
    worked_out: dict[str, object] | None,
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
        worked_out=worked_out,
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
