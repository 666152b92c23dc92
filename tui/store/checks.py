"""Whether an annotation still says what the article says."""

from __future__ import annotations

from tui.model.annotation import Annotation, Quote, Span


def misplaced(said: Annotation, text: str) -> str | None:
    """What of an annotation is not the slice of the article's `text` that it says it is; None when all is."""
    parts: tuple[Annotation | Span | Quote, ...] = (said, *said.spans, *said.quotes)
    for part in parts:
        if not 0 <= part.start <= part.end or text[part.start : part.end] != part.text:
            kind = type(part).__name__.lower()
            return f"the {kind} at {part.start}-{part.end} is not the article's text there"
    return None
