"""Finding sentences: by their words, by what is said about them, by their number."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tui.model.annotation import Annotation
from tui.session.session import Session

Fits = Callable[[int], bool]


def folded(text: str) -> tuple[str, list[int]]:
    """The text without case and accents, and for each of its characters the place it comes from."""
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for letter in unicodedata.normalize("NFKD", char).casefold():
            if not unicodedata.combining(letter):
                letters.append("'" if letter in "’ʼ‘" else letter)
                places.append(place)
    return "".join(letters), places


class Finder:
    """Searches one article; the folded text is made once, when it is first needed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded: tuple[str, list[int]] | None = None

    def matches(self, words: str) -> Iterator[tuple[int, int]]:
        """Where `words` occur, whatever their case and accents: start and end in the article's text."""
        wanted, _ = folded(words)
        if not wanted.strip():
            return
        if self._folded is None:
            self._folded = folded(self._text)
        text, places = self._folded
        found = text.find(wanted)
        while found >= 0:
            yield places[found], places[found + len(wanted) - 1] + 1
            found = text.find(wanted, found + len(wanted))


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
    scheme = session.scheme
    shown = {
        "undecided": "undecided",
        **{tag.id: tag.name for tag in scheme.tags},
        "marked": "with an error mark",
        **{severity.id: f"{severity.name} error" for severity in scheme.severities},
        **{category.id: f"{category.name} error" for category in scheme.categories},
        "quoted": "with a quotation",
        "unsure": "unsure",
        "noted": "with a note",
    }
    about = [index for index in range(len(session.article)) if session.annotation(index) is not None]
    counts = {name: sum(map(filter_by(session, name), about)) for name in shown}
    counts["undecided"] = len(session.article) - session.decided_count
    return [Filter(name, words, counts[name]) for name, words in shown.items()]


def following(count: int, after: int, step: int, fits: Fits) -> int | None:
    """The next sentence that fits, going round at the end; None when none does."""
    for distance in range(1, count + 1):
        index = (after + step * distance) % count
        if fits(index):
            return index
    return None
