"""The sentences on which annotators disagree, in what they differ, and what a strict majority says.

Only decided sentences with the same bounds are compared: a sentence that an annotator has not decided, or has split or
merged, is a gap, not a disagreement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeVar

import msgspec
from msgspec.structs import replace

from tui.model.annotation import Annotation, Quote, Span
from tui.model.article import Article

Aspect = Literal["tags", "bounds", "category", "severity", "quotation", "speaker"]

Bounds = tuple[int, int]
"""Start and end, code points of the article's text, end-exclusive."""

Versions = Mapping[str, Annotation]
"""The annotations of one sentence by annotator; all have the same bounds."""

_Mark = TypeVar("_Mark", Span, Quote)
_Key = TypeVar("_Key", bound=Hashable)


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One thing in which annotators differ."""

    aspect: Aspect
    start: int
    end: int
    """The sentence's bounds for `tags`, otherwise those of the mark or quotation."""
    groups: tuple[tuple[str, ...], ...]
    """Annotators who agree, the largest group first. For `bounds` and `quotation`: those who marked it and those who
    did not."""


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence on which annotators differ."""

    sentence: int
    """Its index in the published segmentation."""
    start: int
    end: int
    differences: tuple[Difference, ...]

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        """Each once, in the order of `Aspect`."""
        return tuple(dict.fromkeys(difference.aspect for difference in self.differences))


class NoMajority(Exception):
    """There is no strict majority; `str()` is one line with the reason."""


class Majority(msgspec.Struct, frozen=True, kw_only=True):
    """What a strict majority says about a sentence."""

    tags: frozenset[str]
    spans: tuple[Span, ...]
    """In order; each as the first annotator of the majority, by name, has it."""
    quotes: tuple[Quote, ...]


def disagreements(
    article: Article, by_annotator: Mapping[str, Mapping[int, Annotation]]
) -> list[Disagreement]:
    """The sentences that differ, in order. `by_annotator` has each annotator's annotations by their start."""
    disagreements: list[Disagreement] = []
    for index, (start, end) in enumerate(zip(article.starts, article.ends, strict=True)):
        different = differences(versions(by_annotator, start, end))
        if different:
            disagreements.append(Disagreement(sentence=index, start=start, end=end, differences=different))
    return disagreements


def versions(
    by_annotator: Mapping[str, Mapping[int, Annotation]], start: int, end: int
) -> dict[str, Annotation]:
    """The annotations of those who decided the sentence with these bounds, ordered by name."""
    decided: dict[str, Annotation] = {}
    for annotator in sorted(by_annotator):
        annotation = by_annotator[annotator].get(start)
        if annotation is not None and annotation.end == end and annotation.decided:
            decided[annotator] = annotation
    return decided


def differences(by_annotator: Versions) -> tuple[Difference, ...]:
    """All that differs on one sentence, in the order of `Aspect`; nothing for fewer than two annotators."""
    if len(by_annotator) < 2:
        return ()
    start, end = next((annotation.start, annotation.end) for annotation in by_annotator.values())
    tags = {annotator: frozenset(annotation.tags) for annotator, annotation in by_annotator.items()}
    spans = {annotator: _by_bounds(annotation.spans) for annotator, annotation in by_annotator.items()}
    quotes = {annotator: _by_bounds(annotation.quotes) for annotator, annotation in by_annotator.items()}
    found_differences = [
        *_difference("tags", (start, end), tags),
        *_marked_or_not("bounds", spans),
        *_same_place("category", spans, lambda span: span.category or ""),
        *_same_place("severity", spans, lambda span: span.severity),
        *_marked_or_not("quotation", quotes),
        *_same_place("speaker", quotes, _speaker),
    ]
    return tuple(found_differences)


def majority(by_annotator: Versions) -> Majority:
    """The tags that more than half give, and the marks and quotations that more than half have identically.

    Marks are identical if bounds, category and severity are, quotations if bounds and speaker are; a correction is kept
    if all who have the mark give the same one. Raises NoMajority if a tag, mark or quotation has exactly half of the
    annotators, or if no tag has more than half although most gave one; ValueError without versions.
    """
    if not by_annotator:
        raise ValueError("no one has decided this sentence")
    voters = len(by_annotator)
    in_order = [by_annotator[annotator] for annotator in sorted(by_annotator)]
    tags = _most(Counter(tag for annotation in in_order for tag in set(annotation.tags)), voters, "tags")
    if not tags and 2 * sum(not annotation.tags for annotation in in_order) <= voters:
        raise NoMajority("The tags differ, so there is no majority: choose one version")
    spans = _identical(
        [{_span_key(span): span for span in annotation.spans} for annotation in in_order], "error marks"
    )
    quotes = _identical(
        [{_quote_key(quote): quote for quote in annotation.quotes} for annotation in in_order], "quotations"
    )
    return Majority(
        tags=frozenset(tags),
        spans=tuple(
            same[0] if len({span.correction for span in same}) == 1 else replace(same[0], correction=None)
            for same in spans
        ),
        quotes=tuple(same[0] for same in quotes),
    )


def _difference(aspect: Aspect, bounds: Bounds, by_annotator: Mapping[str, Hashable]) -> Iterator[Difference]:
    groups: dict[Hashable, list[str]] = {}
    for annotator, answer in by_annotator.items():
        groups.setdefault(answer, []).append(annotator)
    if len(groups) > 1:
        largest_first = sorted(map(tuple, groups.values()), key=lambda group: (-len(group), group))
        yield Difference(aspect=aspect, start=bounds[0], end=bounds[1], groups=tuple(largest_first))


def _by_bounds(marks: Iterable[_Mark]) -> dict[Bounds, list[_Mark]]:
    by_bounds: dict[Bounds, list[_Mark]] = {}
    for mark in marks:
        by_bounds.setdefault((mark.start, mark.end), []).append(mark)
    return by_bounds


def _all_bounds(marks_of: Mapping[str, Mapping[Bounds, object]]) -> list[Bounds]:
    return sorted({bounds for marks in marks_of.values() for bounds in marks})


def _marked_or_not(aspect: Aspect, marks_of: Mapping[str, Mapping[Bounds, object]]) -> Iterator[Difference]:
    for bounds in _all_bounds(marks_of):
        yield from _difference(aspect, bounds, {name: bounds in marks for name, marks in marks_of.items()})


def _same_place(
    aspect: Aspect, marks_of: Mapping[str, Mapping[Bounds, list[_Mark]]], what: Callable[[_Mark], str]
) -> Iterator[Difference]:
    """Differences between annotators who marked the same words."""
    for bounds in _all_bounds(marks_of):
        marked = {name: marks[bounds] for name, marks in marks_of.items() if bounds in marks}
        yield from _difference(
            aspect, bounds, {name: tuple(sorted(map(what, of))) for name, of in marked.items()}
        )


def _span_key(span: Span) -> Hashable:
    return (span.start, span.end, span.category, span.severity)


def _quote_key(quote: Quote) -> Hashable:
    return (quote.start, quote.end, _speaker(quote))


def _speaker(quote: Quote) -> str:
    """Compared without case and spaces; a missing speaker equals one that names no one, as in an export."""
    return " ".join((quote.speaker or "").split()).casefold()


def _identical(marks_of: Sequence[Mapping[Hashable, _Mark]], what: str) -> list[list[_Mark]]:
    """The marks that more than half have, each as a list of theirs, in order. Raises NoMajority."""
    counts = Counter(key for marks in marks_of for key in marks)
    kept = _most(counts, len(marks_of), what)
    same = [[marks[key] for marks in marks_of if key in marks] for key in kept]
    return sorted(same, key=lambda marks: (marks[0].start, marks[0].end))


def _most(counts: Mapping[_Key, int], voters: int, what: str) -> list[_Key]:
    """The keys that more than half of the voters have. Raises NoMajority if exactly half have one."""
    if any(2 * count == voters for count in counts.values()):
        raise NoMajority(f"The {what} differ, so there is no majority: choose one version")
    return [item for item, count in counts.items() if 2 * count > voters]
