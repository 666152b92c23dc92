"""The quotations that preparation found, as suggestions for marking one."""

from __future__ import annotations

from collections.abc import Sequence

from tui.model.annotation import Annotation
from tui.model.article import Article
from tui.model.quotation import Quotation, quotations_between
from tui.quotations.bounds import begins_after_mark, quotation_in


def quotation_to_mark(
    article: Article, sentence: int, annotation: Annotation | None
) -> tuple[int, int] | None:
    """The bounds, in code points, of the quotation that most likely will be marked next in a sentence.

    In this order: quotations that preparation found after a quotation mark; any words between marks, which may be a
    term or damaged; reported speech without marks. Quotations that are already marked come last.
    """
    start, end = article.starts[sentence], article.ends[sentence]
    text = article.text
    quotations = [
        (quotation.start, quotation.end)
        for quotation in quotations_between(article.quotation_blocks, start, end)
    ]
    after_marks = [bounds for bounds in quotations if begins_after_mark(text, bounds[0])]
    paragraph = article.paragraph_sentences(article.paragraph_of(sentence))
    between = quotation_in(text, start, end, article.ends[paragraph[-1]])
    candidates = [
        *after_marks,
        *([(between.start, between.end)] if between is not None else []),
        *quotations,
    ]
    marked = (
        {(quote.start, quote.end) for quote in annotation.quotes}
        if annotation is not None
        else set[tuple[int, int]]()
    )
    return next(
        (bounds for bounds in candidates if bounds not in marked), candidates[0] if candidates else None
    )


def found_quotation(article: Article, start: int, end: int) -> Quotation | None:
    """The quotation that preparation found with these bounds."""
    quotations = quotations_between(article.quotation_blocks, start, start + 1)
    return next((quotation for quotation in quotations if quotation.end == end), None)


def found_speaker(quotation: Quotation, people: Sequence[str]) -> str | None:
    """The speaker of a quotation, with the full name if exactly one person has that surname; None if unknown.

    A single lower-case word is a pronoun or no name at all: `il`, `sources`.
    """
    speaker = quotation.speaker
    if speaker is None or (speaker.islower() and len(speaker.split()) == 1):
        return None
    full = [name for name in people if name == speaker or name.endswith(f" {speaker}")]
    return full[0] if len(full) == 1 else speaker
