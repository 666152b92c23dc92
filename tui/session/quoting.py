"""What was found about the quotations of a sentence, for whoever marks one."""

from __future__ import annotations

from collections.abc import Sequence

from tui.model.annotation import Annotation
from tui.model.article import Article
from tui.model.quotation import Quotation, quotations_between
from tui.text.quotations import quotation_in


def quotation_to_mark(article: Article, sentence: int, said: Annotation | None) -> tuple[int, int] | None:
    """The bounds of the first quotation that begins in a sentence and is not marked yet, in code points.

    Where preparation found none, a term between marks, or words whose marks are damaged, may be meant.
    """
    start, end = article.starts[sentence], article.ends[sentence]
    found = quotations_between(article.quotation_blocks, start, end)
    marked = (
        {(quote.start, quote.end) for quote in said.quotes} if said is not None else set[tuple[int, int]]()
    )
    for quotation in found:
        if (quotation.start, quotation.end) not in marked:
            return quotation.start, quotation.end
    if found:
        return found[0].start, found[0].end
    paragraph = article.paragraph_sentences(article.paragraph_of(sentence))
    beside = quotation_in(article.text, start, end, article.ends[paragraph[-1]])
    return (beside.start, beside.end) if beside is not None else None


def found_quotation(article: Article, start: int, end: int) -> Quotation | None:
    """The quotation that preparation found with these bounds."""
    found = quotations_between(article.quotation_blocks, start, start + 1)
    return next((quotation for quotation in found if quotation.end == end), None)


def found_speaker(quotation: Quotation, people: Sequence[str]) -> str | None:
    """Who was found to speak: in full where one of the people has that surname, None where no name tells.

    A single word in lower case is a pronoun, or says as little: `il`, `sources`.
    """
    speaker = quotation.speaker
    if speaker is None or (speaker.islower() and len(speaker.split()) == 1):
        return None
    full = [name for name in people if name == speaker or name.endswith(f" {speaker}")]
    return full[0] if len(full) == 1 else speaker
