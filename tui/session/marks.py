"""The commands on marks: error spans and quotations of a session's sentences.

Each returns the step to save, as the commands of the session do, and raises KeyError if the sentence has no such mark.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from tui.model.annotation import Annotation, Quote, Span
from tui.model.scheme import Scheme
from tui.session.hint_answers import without_span
from tui.session.mark_edits import (
    Mark,
    Side,
    marks,
    moved,
    overlapping_correction,
    with_quote,
    with_span,
    with_span_changed,
    without_mark,
)
from tui.session.session import Outcome, Session
from tui.session.tags import Refused

Make = Callable[[Annotation], Annotation]


def mark(session: Session, index: int, mark_id: str) -> Mark:
    """The sentence's mark with that id."""
    for candidate in marks(session.annotation(index)):
        if candidate.id == mark_id:
            return candidate
    raise KeyError(mark_id)


def add_span(
    session: Session,
    index: int,
    start: int,
    end: int,
    severity: str,
    category: str | None,
    origin: str = "human",
) -> Outcome:
    """Mark an error; `start == end` is an omission. Raises ValueError outside the sentence."""
    article = session.article
    if not article.starts[index] <= start <= end <= article.ends[index]:
        raise ValueError(f"{start}-{end} is outside sentence {index}")
    span = Span(
        id=_new_id(),
        start=start,
        end=end,
        text=article.text[start:end],
        severity=severity,
        category=(session.scheme.omission if start == end else None) or category,
        origin=origin,
    )
    label = "marked an omission" if start == end else f"marked {_quoted(span.text)}"
    return session.change(
        index, "span.mark", label, lambda annotation: with_span(annotation, span, session.scheme)
    )


def classify_span(session: Session, index: int, span_id: str, severity: str, category: str | None) -> Outcome:
    """Change a span's severity and category."""
    span = _span(session, index, span_id)
    changed = replace(span, severity=severity, category=category)
    kind = ", ".join(_names(session.scheme, severity, category))
    label = f"{_quoted(span.text) if span.text else 'omission'} as {kind}"
    return session.change(
        index, "mark.edit", label, lambda annotation: with_span_changed(annotation, changed)
    )


def correct_span(
    session: Session, index: int, span_id: str, correction: str | None, *, take_place: bool = False
) -> Outcome:
    """Write the correct words: `""` deletes the span's words, None removes the correction.

    Only one of overlapping spans may have a correction: refused, unless `take_place` removes the other's.
    """
    span = replace(_span(session, index, span_id), correction=_storable(correction))

    def make(annotation: Annotation) -> Annotation:
        other = overlapping_correction(annotation, span) if span.correction is not None else None
        if other is not None:
            if not take_place:
                raise Refused(f"{_quoted(other.text)} already corrects these words")
            annotation = with_span_changed(annotation, replace(other, correction=None))
        return with_span_changed(annotation, span)

    label = "removed the correction" if correction is None else f"corrected {_quoted(span.text)}"
    return session.change(index, "span.correct", label, make)


def note_mark(session: Session, index: int, span_id: str, note: str) -> Outcome:
    """Write a span's note; an empty one removes it."""
    span = replace(_span(session, index, span_id), note=(_storable(note) or "").strip())
    label = (
        f"wrote the note on {_quoted(span.text)}"
        if span.note
        else f"removed the note on {_quoted(span.text)}"
    )
    return session.change(index, "note", label, lambda annotation: with_span_changed(annotation, span))


def move_mark(session: Session, index: int, mark_id: str, side: Side, steps: int) -> Outcome:
    """Move one side of a mark by a number of visible characters; a quotation may cross sentences."""
    existing = mark(session, index, mark_id)
    article = session.article
    within = (
        (article.starts[index], article.ends[index]) if isinstance(existing, Span) else (0, len(article.text))
    )
    if existing.start == existing.end:
        return Outcome(
            step=None,
            message="an omission has no words: its ends cannot be moved",
            sentence=index,
            accepted=False,
        )
    try:
        start, end = moved(article.text, existing.start, existing.end, side, steps, within)
    except Refused as refusal:
        return Outcome(step=None, message=str(refusal), sentence=index, accepted=False)
    text = article.text[start:end]
    label = f"moved a mark to {_quoted(text)}"
    if isinstance(existing, Quote):
        if not text.strip():
            # Between two sentences, no sentence would have it.
            reason = "a quotation has at least one word"
            return Outcome(step=None, message=reason, sentence=index, accepted=False)
        return _put_quote(
            session, index, replace(existing, start=start, end=end, text=text), f"mark.{side}", label
        )
    changed = replace(existing, start=start, end=end, text=text)
    return session.change(
        index, f"mark.{side}", label, lambda annotation: with_span_changed(annotation, changed)
    )


def add_quote(
    session: Session,
    index: int,
    start: int,
    end: int,
    *,
    speaker: str | None,
    holder: str | None = None,
    closed: bool = True,
    origin: str = "human",
) -> Outcome:
    """Mark a quotation, which may cross sentences: each of them has it with its full bounds.

    `speaker` is None if it has not been filled in yet, `""` if the quotation names no one. Raises ValueError outside
    the article.
    """
    text = session.article.text
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start}-{end} is outside the article")
    quote = Quote(
        id=_new_id(),
        start=start,
        end=end,
        text=text[start:end],
        speaker=_storable(speaker),
        holder=holder,
        closed=closed,
        origin=origin,
    )
    return _put_quote(session, index, quote, "quote.mark", f"marked the quotation {_quoted(quote.text)}")


def attribute_quote(
    session: Session, index: int, quote_id: str, speaker: str | None, holder: str | None
) -> Outcome:
    """Set the speaker, and whether an opinion in it is the author's or the source's."""
    existing = mark(session, index, quote_id)
    assert isinstance(existing, Quote)
    quote = replace(existing, speaker=_storable(speaker), holder=holder)
    return _put_quote(session, index, quote, "mark.edit", f"attributed {_quoted(quote.text)}")


def delete_mark(session: Session, index: int, mark_id: str) -> Outcome:
    """Delete a span, or a quotation from every sentence that it crosses."""
    existing = mark(session, index, mark_id)
    at = session.clock()
    makers: dict[int, Make] = {
        sentence: lambda annotation: without_span(annotation, mark_id, session.scheme, at)
        for sentence in _sentences_of(session, index, existing)
    }
    return session.change_all(makers, "mark.delete", f"deleted the mark on {_quoted(existing.text)}")


def _put_quote(session: Session, index: int, quote: Quote, action: str, label: str) -> Outcome:
    """Put the quotation into every sentence that it reaches, and remove it from the others."""
    makers: dict[int, Make] = {
        sentence: lambda annotation: without_mark(annotation, quote.id, session.scheme)
        for sentence in _sentences_of(session, index, quote)
    }
    article = session.article
    first, last = article.sentence_at(quote.start), article.sentence_at(quote.end - 1)
    for sentence in range(first, last + 1):
        if article.starts[sentence] < quote.end and quote.start < article.ends[sentence]:
            makers[sentence] = lambda annotation: with_quote(annotation, quote)
    return session.change_all(makers, action, label)


def _sentences_of(session: Session, index: int, existing: Mark) -> list[int]:
    """The sentences that have a mark, the current one first."""
    if isinstance(existing, Span):
        return [index]
    around = [index]
    for step in (-1, 1):
        sentence = index + step
        while any(quote.id == existing.id for quote in _quotes(session, sentence)):
            around.append(sentence)
            sentence += step
    return around


def _quotes(session: Session, index: int) -> tuple[Quote, ...]:
    annotation = session.annotation(index)
    return annotation.quotes if annotation is not None else ()


def _span(session: Session, index: int, span_id: str) -> Span:
    existing = mark(session, index, span_id)
    if not isinstance(existing, Span):
        raise KeyError(span_id)
    return existing


def _names(scheme: Scheme, severity: str, category: str | None) -> Iterator[str]:
    """What people read instead of the ids."""
    for known, label_id in ((scheme.severities, severity), (scheme.categories, category)):
        if label_id is not None:
            yield next((label.name for label in known if label.id == label_id), label_id)


def _new_id() -> str:
    return os.urandom(6).hex()


def _storable(text: str | None) -> str | None:
    """Without half surrogate pairs, which no file can store."""
    return None if text is None else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= 24 else text[:23] + '…'}”"
