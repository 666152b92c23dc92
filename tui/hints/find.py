"""Running all detectors on an article, and finding its quotations in parallel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from tui.hints.detector import Detector, Finding
from tui.hints.passage import Passage, count_words
from tui.hints.registry import DETECTORS
from tui.model.article import Article
from tui.model.hint import Hint, hint_id
from tui.model.quotation import Quotation
from tui.quotations.finder import find_quotations
from tui.text.cores import parallel
from tui.text.flowing import flowing_text

_PART = 2000
"""Sentences of a long article that are tokenised at a time."""

_QUOTATIONS = 0.2
"""Time to find the quotations, relative to the time to find the hints."""


def find_hints(article: Article, detectors: Iterable[Detector] = DETECTORS) -> list[Hint]:
    """The hints of an article, by start, without those that cross the end of a sentence."""
    find_in = detection(article, detectors)
    return in_order(hint for part in parts(article) for hint in find_in(part))


def find_all(
    article: Article, progress: Callable[[float], None] = lambda _: None
) -> tuple[list[Hint], list[Quotation]]:
    """The hints and the quotations of an article, both by start.

    `progress` receives the share that is done, 0 to 1. Raises ProcessKilled.
    """
    find_in, pieces = detection(article), [None, *parts(article)]
    # The quotations are a single piece, and the longest one, so they are started first.
    count = len(_paragraphs(article))
    weights = [_QUOTATIONS, *(len(piece) / count for piece in pieces if piece is not None)]

    def work(piece: range | None) -> list[Hint] | list[Quotation]:
        return find_quotations(article) if piece is None else find_in(piece)

    hints: list[Hint] = []
    quotations: list[Quotation] = []
    done = 0.0
    for number, results in parallel(work, pieces, len(article.text)):
        for result in results:
            if isinstance(result, Quotation):
                quotations.append(result)
            else:
                hints.append(result)
        done += weights[number]
        progress(done / sum(weights))
    return in_order(hints), quotations


def parts(article: Article) -> list[range]:
    """The paragraphs of an article as detectors see them, divided into parts of limited length."""
    ranges: list[range] = []
    firsts = _paragraphs(article)
    first = 0
    for number in range(1, len(firsts) + 1):
        is_last = number == len(firsts)
        end = len(article) if is_last else firsts[number]
        if end - firsts[first] >= _PART or is_last:
            ranges.append(range(first, number))
            first = number
    return ranges


def _paragraphs(article: Article) -> Sequence[int]:
    """The first sentence of each paragraph. Where each line is a sentence, each is a paragraph of its own: the lines
    need not belong together, and a mark that is missing in one would mislead the detectors in all others."""
    return range(len(article)) if article.layout == "lines" else article.paragraphs


def detection(article: Article, detectors: Iterable[Detector] = DETECTORS) -> Callable[[range], list[Hint]]:
    """A function that finds the hints in some paragraphs of the article."""
    active = [detector for detector in detectors if detector.knows(article.language)]
    counts = count_words(article.text) if len(article) > _PART else None
    headings = {article.starts[number] for number in article.headings}
    text = flowing_text(article)
    shared: dict[str, object] | None = {} if counts is not None else None

    def find_in(paragraphs: range) -> list[Hint]:
        offset, passage = _passage(article, text, paragraphs, headings, counts, shared)
        return [hint for detector in active for hint in _hints(article, detector, passage, offset)]

    return find_in


def in_order(hints: Iterable[Hint]) -> list[Hint]:
    """The hints by start; of several with the same bounds only the first is kept."""
    kept: dict[tuple[int, int], Hint] = {}
    for hint in hints:
        kept.setdefault((hint.start, hint.end), hint)
    return sorted(kept.values(), key=lambda hint: (hint.start, hint.end))


def _passage(
    article: Article,
    text: str,
    paragraphs: range,
    headings: set[int],
    counts: Counter[str] | None,
    shared: dict[str, object] | None,
) -> tuple[int, Passage]:
    firsts = _paragraphs(article)
    bounds = [*firsts[paragraphs.start : paragraphs.stop], *firsts[paragraphs.stop : paragraphs.stop + 1]]
    if paragraphs.stop >= len(firsts):
        bounds.append(len(article))
    ranges = [range(first, end) for first, end in pairwise(bounds) if first < end]
    numbers = range(ranges[0].start, ranges[-1].stop)
    offset, end = article.starts[numbers[0]], article.ends[numbers[-1]]
    return offset, Passage(
        text[offset:end],
        article.language,
        sentences=[(article.starts[i] - offset, article.ends[i] - offset) for i in numbers],
        paragraphs=[(article.starts[r[0]] - offset, article.ends[r[-1]] - offset) for r in ranges],
        headings=frozenset(article.starts[i] - offset for i in numbers if article.starts[i] in headings),
        source_language=article.source_language,
        counts=counts,
        shared=shared,
        is_line_each=article.layout == "lines",
    )


def _hints(article: Article, detector: Detector, passage: Passage, offset: int) -> Iterator[Hint]:
    for finding in detector.find(passage):
        start, end = finding.start + offset, finding.end + offset
        sentence = article.sentence_at(start)
        if start < end <= article.ends[sentence] and not passage.is_address(finding.start, finding.end):
            yield _hint(article, detector, finding._replace(start=start, end=end))


def _hint(article: Article, detector: Detector, finding: Finding) -> Hint:
    return Hint(
        id=hint_id(article.text_sha256, detector.name, finding.start, finding.end),
        start=finding.start,
        end=finding.end,
        detector=detector.name,
        category=finding.category or detector.category,
        severity=finding.severity or detector.severity,
        reason=finding.reason,
        confidence=detector.confidence if finding.confidence is None else finding.confidence,
        correction=finding.correction,
    )
