"""What was found about the quotations of a sentence, for whoever marks one."""

from __future__ import annotations

from collections.abc import Sequence

from tui.model.annotation import Annotation
from tui.model.article import Article
from tui.model.quotation import Quotation, quotations_between
from tui.quotations.bounds import begins_behind_mark, quotation_in


def quotation_to_mark(
    article: Article, sentence: int, annotation: Annotation | None
) -> tuple[int, int] | None:
    """The bounds of what begins in a sentence and is most likely to be marked next, in code points.

    The first quotation behind a mark that preparation found; else any words between marks, which may be a term
    or damaged; else what is reported without marks. What is marked already comes last.
    """
    start, end = article.starts[sentence], article.ends[sentence]
    text = article.text
    quotations = [
        (quotation.start, quotation.end)
        for quotation in quotations_between(article.quotation_blocks, start, end)
    ]
    behind_marks = [bounds for bounds in quotations if begins_behind_mark(text, bounds[0])]
    paragraph = article.paragraph_sentences(article.paragraph_of(sentence))
    between = quotation_in(text, start, end, article.ends[paragraph[-1]])
    candidates = [
        *behind_marks,
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
    """Who was found to speak: in full where one of the people has that surname, None where no name tells.

    A single word in lower case is a pronoun, or says as little: `il`, `sources`.
    """
    speaker = quotation.speaker
    if speaker is None or (speaker.islower() and len(speaker.split()) == 1):
        return None
    full = [name for name in people if name == speaker or name.endswith(f" {speaker}")]
    return full[0] if len(full) == 1 else speaker
