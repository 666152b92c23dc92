"""The text with every correction applied, with the blanks that it needs. The article's own text never changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.model.annotation import Annotation, Span
from tui.session.correction_pieces import Piece, joined, parts_of

__all__ = ["Piece", "corrected", "inserted_text", "pieces"]


def pieces(text: str, start: int, end: int, spans: Iterable[Span], language: str) -> list[Piece]:
    """`text[start:end]` with the corrections of `spans`: pieces that stay, are deleted, or are inserted.

    A blank that a correction needs next to it is part of the insertion; one that it leaves over is deleted. Of
    overlapping corrections, which merged sentences may have, only the first is applied.
    """
    applied = _applied(start, end, spans)
    if not applied:
        return [Piece("kept", text[start:end], start)] if end > start else []
    # Imported here: the first paint seldom shows a correction.
    from tui.session.correction_seams import Seams

    return joined(Seams(text, start, end, language).closed(parts_of(text, start, end, applied)))


def corrected(text: str, annotations: Iterable[Annotation], language: str) -> str:
    """The whole text with every correction applied, sentence by sentence as the reader shows them."""
    regions = list(_regions(annotations))
    output: list[str] = []
    offset = 0
    for start, end, spans in regions:
        start, end = max(start, offset), max(end, offset)
        output.append(text[offset:start])
        shown = pieces(text, start, end, spans, language)
        kept = "".join(piece.text for piece in shown if piece.kind != "deleted")
        output.append(kept)
        offset = end
        if not kept and start < end and _is_in_a_line(text, start, end):
            # The sentence is gone: the blank after it goes with it.
            while offset < len(text) and text[offset] in " \u00a0\u202f":
                offset += 1
    output.append(text[offset:])
    return "".join(output)


def inserted_text(text: str, start: int, end: int, span: Span, language: str) -> str:
    """What the correction of a span alone inserts into the sentence from `start` to `end`, with its blanks."""
    shown = pieces(text, start, end, [span], language)
    return "".join(piece.text for piece in shown if piece.kind == "inserted") or span.correction or ""


def _applied(start: int, end: int, spans: Iterable[Span]) -> list[Span]:
    """The spans with a correction, by start, without those that overlap an earlier one."""
    applied: list[Span] = []
    offset = start
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if span.correction is not None and offset <= span.start and span.end <= end:
            applied.append(span)
            offset = span.end
    return applied


def _regions(annotations: Iterable[Annotation]) -> Iterator[tuple[int, int, list[Span]]]:
    """The annotated sentences with corrections, in order; sentences that overlap are one region."""
    start, end, spans = 0, -1, list[Span]()
    for annotation in sorted(annotations, key=lambda annotation: annotation.start):
        own = [span for span in annotation.spans if span.correction is not None]
        if not own:
            continue
        first, last = (
            min(annotation.start, *(span.start for span in own)),
            max(annotation.end, *(span.end for span in own)),
        )
        if first < end:
            end = max(end, last)
            spans += own
            continue
        if spans:
            yield start, end, spans
        start, end, spans = first, last, own
    if spans:
        yield start, end, spans


def _is_in_a_line(text: str, start: int, end: int) -> bool:
    """True if blanks surround a sentence, or only follow it."""
    return end < len(text) and text[end] in " \u00a0\u202f" and (start == 0 or text[start - 1].isspace())
