"""Filters: sentences by their annotations."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tui.model.annotation import Annotation
from tui.model.scheme import Scheme
from tui.session.session import Session

Fits = Callable[[int], bool]


def filter_by(session: Session, name: str) -> Fits:
    """A test of sentences by index: `undecided`, `unsure`, `noted`, `marked`, `quoted`, a tag, a category or a severity.

    Raises KeyError for any other name.
    """
    scheme = session.scheme
    if name == "undecided":
        return lambda index: not session.is_decided(index)
    tests: dict[str, Callable[[Annotation], bool]] = {
        "unsure": lambda annotation: annotation.unsure,
        "noted": lambda annotation: bool(annotation.note) or any(span.note for span in annotation.spans),
        "marked": lambda annotation: bool(annotation.spans),
        "quoted": lambda annotation: bool(annotation.quotes),
    }
    for tag in scheme.tags:
        tests[tag.id] = lambda annotation, tag_id=tag.id: tag_id in annotation.tags
    for category in scheme.categories:
        tests.setdefault(
            category.id,
            lambda annotation, expected=category.id: any(
                span.category == expected for span in annotation.spans
            ),
        )
    for severity in scheme.severities:
        tests[severity.id] = lambda annotation, expected=severity.id: any(
            span.severity == expected for span in annotation.spans
        )
    fits = tests[name]

    def sentence_fits(index: int) -> bool:
        annotation = session.annotation(index)
        return annotation is not None and fits(annotation)

    return sentence_fits


class Filter(NamedTuple):
    """A kind of sentence that you can step through."""

    name: str
    """The name that `filter_by` takes."""
    shown: str
    sentences: int
    """How many sentences match."""


def filters(session: Session) -> list[Filter]:
    """Every filter, with the number of sentences that match it now."""
    shown = filter_names(session.scheme)
    about = [index for index in range(len(session.article)) if session.annotation(index) is not None]
    counts = {name: sum(map(filter_by(session, name), about)) for name in shown}
    counts["undecided"] = len(session.article) - session.decided_count
    return [Filter(name, words, counts[name]) for name, words in shown.items()]


def filter_names(scheme: Scheme) -> dict[str, str]:
    """What each filter is called on screen, by its name."""
    return {
        "undecided": "undecided",
        **{tag.id: tag.name for tag in scheme.tags},
        "marked": "with an error mark",
        **{severity.id: f"{severity.name} error" for severity in scheme.severities},
        **{category.id: f"{category.name} error" for category in scheme.categories},
        "quoted": "with a quotation",
        "unsure": "unsure",
        "noted": "with a note",
    }


def following(count: int, after: int, step: int, fits: Fits) -> int | None:
    """The next sentence that matches, starting over at the end; None if none does."""
    for distance in range(1, count + 1):
        index = (after + step * distance) % count
        if fits(index):
            return index
    return None
