"""What is still missing until an article is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tui.session.session import Session
from tui.text.plurals import counted


class Missing(NamedTuple):
    """One thing left to do."""

    sentence: int
    """Index of the sentence."""
    mark: str | None
    """The id of the mark; None for the sentence itself."""
    what: str
    """A word or two: a list on 80 columns has room for 19 cells."""


def missing(session: Session) -> Iterator[Missing]:
    """Undecided sentences, marks without a category and quotations without a speaker, in the order of the text."""
    seen: set[str] = set()
    for index in range(len(session.article)):
        if not session.is_decided(index):
            yield Missing(index, None, "undecided")
        annotation = session.annotation(index)
        if annotation is None:
            continue
        for span in annotation.spans:
            if span.category is None:
                yield Missing(index, span.id, "no category")
        for quote in annotation.quotes:
            if quote.speaker is None and quote.id not in seen:
                yield Missing(index, quote.id, "no speaker")
            seen.add(quote.id)


def summary(session: Session) -> str:
    """One line about what is missing; empty if nothing is."""
    undecided = len(session.article) - session.decided_count
    marks = sum(1 for item in missing(session) if item.mark is not None)
    parts: list[str] = []
    if undecided:
        parts.append(f"{undecided:,} of {counted(len(session.article), 'sentence')} undecided")
    if marks:
        parts.append(f"{counted(marks, 'mark')} incomplete")
    return ", ".join(parts)
