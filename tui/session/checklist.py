"""What is still missing until an article is done, and what is worth a look before it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from tui.model.annotation import Annotation
from tui.session.focus import focus_of_hint
from tui.session.hint_answers import open_hints
from tui.session.session import Session
from tui.text.plurals import counted

QUOTE_TAG = "quote"
"""The tag of sentences that have a quotation, in schemes that have it."""


class Missing(NamedTuple):
    """One thing left to do."""

    sentence: int
    """Index of the sentence."""
    mark: str | None
    """The id of the mark or the focus of the hint; None for the sentence itself."""
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


def worth_a_look(session: Session) -> Iterator[Missing]:
    """What may have been forgotten or was left for later, in the order of the text.

    Error tags without a mark, quote tags without a quotation, flags, unanswered hints that are shown, and notes.
    """
    hints: defaultdict[int, list[str]] = defaultdict(list)
    for sentence, hint in open_hints(session):
        hints[sentence].append(focus_of_hint(hint))
    for index in range(len(session.article)):
        annotation = session.annotation(index)
        if annotation is not None:
            for what in _unfinished(annotation, session.scheme.error_tag):
                yield Missing(index, None, what)
        for hint in hints.get(index, ()):
            yield Missing(index, hint, "unanswered hint")
        if annotation is None:
            continue
        if annotation.note:
            yield Missing(index, None, "note")
        for span in annotation.spans:
            if span.note:
                yield Missing(index, span.id, "note on a mark")


def _unfinished(annotation: Annotation, error_tag: str) -> Iterator[str]:
    if error_tag in annotation.tags and not annotation.spans:
        yield "no error mark"
    if QUOTE_TAG in annotation.tags and not annotation.quotes:
        yield "no quotation"
    if annotation.unsure:
        yield "unsure"


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
