"""Finding sentences by what is said about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tui.model.annotation import Annotation
from tui.model.scheme import Scheme
from tui.session.session import Session

Fits = Callable[[int], bool]


def filter_by(session: Session, name: str) -> Fits:
    """Whether a sentence fits a filter: `undecided`, `unsure`, `noted`, a tag, a category or a severity.

    Raises KeyError for any other name.
    """
    scheme = session.scheme
    if name == "undecided":
        return lambda index: not session.is_decided(index)
    said_fits: dict[str, Callable[[Annotation], bool]] = {
        "unsure": lambda said: said.unsure,
        "noted": lambda said: bool(said.note) or any(span.note for span in said.spans),
        "marked": lambda said: bool(said.spans),
        "quoted": lambda said: bool(said.quotes),
    }
    for tag in scheme.tags:
        said_fits[tag.id] = lambda said, tag_id=tag.id: tag_id in said.tags
    for category in scheme.categories:
        said_fits.setdefault(
            category.id, lambda said, wanted=category.id: any(span.category == wanted for span in said.spans)
        )
    for severity in scheme.severities:
        said_fits[severity.id] = lambda said, wanted=severity.id: any(
            span.severity == wanted for span in said.spans
        )
    fits = said_fits[name]

    def sentence_fits(index: int) -> bool:
        said = session.annotation(index)
        return said is not None and fits(said)

    return sentence_fits


class Filter(NamedTuple):
    """A kind of sentence that can be gone through."""

    name: str
    """What `filter_by` takes."""
    shown: str
    sentences: int
    """How many sentences fit."""


def filters(session: Session) -> list[Filter]:
    """Every filter, with how many sentences fit it now."""
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
    """The next sentence that fits, going round at the end; None when none does."""
    for distance in range(1, count + 1):
        index = (after + step * distance) % count
        if fits(index):
            return index
    return None
