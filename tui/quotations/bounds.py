"""Where a quotation that begins in a sentence ends, by its marks."""

from __future__ import annotations

from typing import NamedTuple

_PAIRS = {"«": "»", "“": "”", "„": "“”", "‹": "›", "‘": "’", "「": "」", "『": "』"}
_STRAIGHT = '"'
_OPENING = {*_PAIRS, _STRAIGHT}
_MARKS = _OPENING | set("".join(_PAIRS.values()))
_BLANK = " \t\u00a0\u202f"
_NEAR = 8
"""Characters before and behind a stretch among which its marks would be."""


class Quotation(NamedTuple):
    """A stretch between quotation marks, without them and without the white space inside them."""

    start: int
    end: int
    closed: bool
    """False where no closing mark was found: it then ends with the paragraph."""


def quotation_in(text: str, start: int, end: int, paragraph_end: int) -> Quotation | None:
    """The first quotation whose opening mark lies in `text[start:end]`; it may run on to `paragraph_end`.

    A mark that faces the wrong way, as machine translations write them, opens too where nothing is open.
    """
    for place in range(start, end):
        closing = _PAIRS.get(text[place]) or (_STRAIGHT if text[place] == _STRAIGHT else None)
        if closing is None:
            continue
        stop = _closing(text, place + 1, paragraph_end, text[place], closing)
        found = _inside(text, place + 1, stop if stop is not None else paragraph_end, stop is not None)
        if found is not None:
            return found
    return None


def is_closed(text: str, start: int, end: int) -> bool:
    """Whether a stretch is a whole quotation: one that begins behind an opening mark needs a mark behind it too.

    The mark behind it may face the wrong way, and punctuation may stand before it. Indirect speech has no
    marks, and nothing to close.
    """
    before = text[max(0, start - _NEAR) : start].rstrip(_BLANK)[-1:]
    after = text[end : end + _NEAR].lstrip(_BLANK + ".,;:!?…")[:1]
    return before not in _OPENING or after in _MARKS


def begins_behind_mark(text: str, start: int) -> bool:
    """Whether a mark of any kind, or a dash, stands right before a place."""
    before = text[max(0, start - _NEAR) : start].rstrip(_BLANK)[-1:]
    return before in _MARKS or before in {"'", "—", "–", "―"}


def _closing(text: str, place: int, end: int, opening: str, closing: str) -> int | None:
    """Where the mark that closes is; marks of the same kind may lie within."""
    depth = 1
    for at in range(place, end):
        if text[at] in closing:
            depth -= 1
            if depth == 0:
                return at
        elif text[at] == opening:
            depth += 1
    return None


def _inside(text: str, start: int, end: int, closed: bool) -> Quotation | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quotation(start, end, closed) if start < end else None
