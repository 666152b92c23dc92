"""The bounds of a quotation, found by its marks alone."""

from __future__ import annotations

from tui.model.quotation import Quotation

_PAIRS = {"«": "»", "“": "”", "„": "“”", "‹": "›", "‘": "’", "「": "」", "『": "』"}
_STRAIGHT = '"'
_OPENING = {*_PAIRS, _STRAIGHT}
_MARKS = _OPENING | set("".join(_PAIRS.values()))
_BLANK = " \t\u00a0\u202f"
_NEAR = 8
"""Characters before and after a passage that are searched for its quotation marks."""


def quotation_in(text: str, start: int, end: int, paragraph_end: int) -> Quotation | None:
    """The first quotation whose opening mark is in `text[start:end]`; it may continue up to `paragraph_end`.

    If nothing is open, a mark that faces the wrong way, as in machine translations, also opens a quotation.
    """
    for offset in range(start, end):
        closing = _PAIRS.get(text[offset]) or (_STRAIGHT if text[offset] == _STRAIGHT else None)
        if closing is None:
            continue
        stop = _closing(text, offset + 1, paragraph_end, text[offset], closing)
        quotation = _inside(text, offset + 1, stop if stop is not None else paragraph_end, stop is not None)
        if quotation is not None:
            return quotation
    return None


def is_closed(text: str, start: int, end: int) -> bool:
    """True unless the passage follows an opening mark and no mark follows it.

    The mark after it may face the wrong way and may come after punctuation. Indirect speech has no marks, so
    there is nothing to close.
    """
    before = text[max(0, start - _NEAR) : start].rstrip(_BLANK)[-1:]
    after = text[end : end + _NEAR].lstrip(_BLANK + ".,;:!?…")[:1]
    return before not in _OPENING or after in _MARKS


def begins_after_mark(text: str, start: int) -> bool:
    """True if a quotation mark of any kind, or a dash, comes right before `start`."""
    before = text[max(0, start - _NEAR) : start].rstrip(_BLANK)[-1:]
    return before in _MARKS or before in {"'", "—", "–", "―"}


def _closing(text: str, start: int, end: int, opening: str, closing: str) -> int | None:
    """Offset of the closing mark, or None; pairs of the same marks may be nested inside."""
    depth = 1
    for at in range(start, end):
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
    return Quotation(start=start, end=end, closed=closed) if start < end else None
