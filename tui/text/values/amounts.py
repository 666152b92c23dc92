"""MONEY, PERCENT and NUMBER: a figure with the signs and words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tui.text.values.lexicon import LETTER, SPACE, Match
from tui.text.values.words import Scale, Words, alternatives, codes

FIGURE = re.compile(
    r"(?<![\d.,٫٬])(?:"
    r"\d{1,3}(?:[ .,'’٬，\u00a0\u202f\u2009]\d{3}){1,5}(?!\d)"
    # Indian grouping: 12,34,567
    r"|\d{1,2}(?:,\d\d){1,6},\d{3}(?!\d)"
    r"|\d{1,15}"
    r")(?:[.,٫．]\d{1,4})?(?!\d)"
)
"""A number in figures of any script."""

_PART = re.compile(rf"(?P<blank>{SPACE}?){FIGURE.pattern}")
"""A further figure of a number: 1億2000万, 1억 2000만, 3 млн 200 тыс."""
_ORDINAL_SIGNS = frozenset("第제")

_SIGNS = "$€£¥₽₹₴₺₪₩฿₫₦₱₸₼₾₡₲₵₿￥＄￡"
_PERCENT_SIGN = re.compile(rf"{SPACE}?[%‰٪％]")
_SIGN_BEFORE = re.compile(rf"(?:(?<![A-Za-z])(?:[A-Z]{{1,3}}-?|U\$S))?[{_SIGNS}]{SPACE}?\Z")
_SIGN_AFTER = re.compile(rf"{SPACE}?(?:[A-Z]{{1,3}})?[{_SIGNS}](?!\d)")
_CODE_BEFORE = re.compile(rf"(?<![A-Za-z\d_-])([A-Z]{{3}}){SPACE}?\Z")
_CODE_AFTER = re.compile(rf"{SPACE}?([A-Z]{{3}})(?!{LETTER}|\d)")
_WORDLIKE_CODES = frozenset(
    ["ALL", "AMD", "BAM", "COP", "CUP", "GEL", "LAK", "MAD", "MOP", "PEN", "SOS", "TOP", "TRY"]
)
"""Codes that capitals spell for other reasons, as in TOP 10 and COP 28: before a figure they do not count."""

_CLOSING = frozenset(".,;:!?)]}»”’\"'…\n")
_BLANK = re.compile(SPACE)
_JOINT = re.compile(rf"{SPACE}|[-‐‑](?=[^\W\d_])")
"""What may be between a figure and its words: `$10 million`, `$10-million`."""
_GLUED_SCALE = re.compile(rf"(?:[kKmMB]|bn|mn|tn)(?!{LETTER}|\d)")
"""Scales that follow a figure with a sign in every language: `$5m`."""
_LONGEST_BEFORE = 12
"""Code points of the longest sign, code or word before a figure."""
_MOST_PARTS = 5
"""Figures of one number, as in 1兆2345億6789万."""


class Amount(NamedTuple):
    start: int
    end: int
    label: str


class _Patterns(NamedTuple):
    """What only the words of one language can tell."""

    symbol_before: re.Pattern[str]
    symbol_after: re.Pattern[str]
    of: re.Pattern[str]
    percent: re.Pattern[str]
    percent_before: re.Pattern[str]


@lru_cache(32)
def _patterns(words: Words) -> _Patterns:
    cldr, added = words.cldr, words.added
    symbols = alternatives((*cldr.symbols, *added.symbols))
    of = "|".join(rf"{re.escape(word)}" + ("" if word.endswith(("'", "’")) else SPACE) for word in added.of)
    of = rf"(?:{of})?" if of else ""
    percent = alternatives((*cldr.percent, *added.percent), words.is_spaced)
    before = (*cldr.percent_before, *added.percent_before)
    sign = "%|" if before else ""
    return _Patterns(
        re.compile(rf"(?<!{LETTER}){symbols}{SPACE}?\Z"),
        re.compile(rf"{SPACE}?{symbols}(?!\d)"),
        re.compile(rf"(?:{SPACE}|[-‐‑](?=[^\W\d_]))?{of}"),
        re.compile(rf"{SPACE}?{of}{percent}", re.IGNORECASE),
        re.compile(rf"(?:{sign}(?<!{LETTER}){alternatives(before, False)}){SPACE}?\Z", re.IGNORECASE),
    )


def find(text: str, words: Words, start: int, end: int) -> Iterator[Amount]:
    """The amounts, percentages and scaled numbers of a piece of text, from left to right."""
    after = start
    for figure in FIGURE.finditer(text, start, end):
        if figure.start() < after or not _has_neighbour(text, figure, start, end):
            continue
        if figure.start() > start and text[figure.start() - 1] in _ORDINAL_SIGNS:
            continue
        amount = _amount(text, figure, words, (after, end))
        if amount:
            after = amount.end
            yield amount


def _has_neighbour(text: str, figure: re.Match[str], start: int, end: int) -> bool:
    """False if nothing that could give the figure a meaning is near it, as in most text."""
    at = figure.end()
    if at < end and _BLANK.match(text, at):
        at += 1
    if at < end and text[at] not in _CLOSING and not text[at].isdecimal():
        return True
    at = figure.start() - 1
    if at > start and _BLANK.match(text, at):
        at -= 1
    return at >= start and not text[at].isdecimal() and (text[at] == "." or text[at] not in _CLOSING)


def _amount(text: str, figure: re.Match[str], words: Words, piece: tuple[int, int]) -> Amount | None:
    known = _patterns(words)
    start, end = piece
    window = max(start, figure.start() - _LONGEST_BEFORE)
    currency = _currency_before(text, window, figure.start(), known)
    quantity_end, has_scale, is_number = _scaled(text, figure.end(), words, end)
    if currency is not None:
        glued = None if has_scale else _GLUED_SCALE.match(text, quantity_end, end)
        quantity_end = glued.end() if glued else quantity_end
        return Amount(currency, quantity_end, "MONEY")
    money_end = _currency_after(text, quantity_end, has_scale, words, end)
    if not money_end and has_scale:
        # What looks like a scale word may begin the currency's name: 조 of 조지아 라리.
        money_end = _currency_after(text, figure.end(), False, words, end)
    if money_end:
        return Amount(figure.start(), money_end, "MONEY")
    percent = _PERCENT_SIGN.match(text, figure.end(), end) or known.percent.match(text, figure.end(), end)
    if percent:
        return Amount(figure.start(), percent.end(), "PERCENT")
    before = known.percent_before.search(text, window, figure.start())
    if before:
        return Amount(before.start(), figure.end(), "PERCENT")
    if is_number:
        return Amount(figure.start(), quantity_end, "NUMBER")
    return None


def _currency_before(text: str, start: int, end: int, known: _Patterns) -> int | None:
    """Where the currency before a figure starts; the longest one counts."""
    matches = (pattern.search(text, start, end) for pattern in (_SIGN_BEFORE, known.symbol_before))
    starts = [match.start() for match in matches if match]
    code = _CODE_BEFORE.search(text, start, end)
    if code and code[1] in codes() and code[1] not in _WORDLIKE_CODES:
        starts.append(code.start())
    return min(starts, default=None)


def _scaled(text: str, end: int, words: Words, limit: int) -> tuple[int, bool, bool]:
    """Where a figure ends with its scale words, whether it has any, and whether they make it a number."""
    has_scale = is_number = False
    for _ in range(_MOST_PARTS):
        scale = _scale(text, end, words, limit)
        if not scale:
            break
        end = scale.end + (scale.value.has_dot and text[scale.end : scale.end + 1] in (".", "॰"))
        has_scale, is_number = True, is_number or scale.value.is_number
        figure = _PART.match(text, end, limit)
        if not figure or (figure["blank"] and not _scale(text, figure.end(), words, limit)):
            break
        end = figure.end()
    return end, has_scale, is_number


def _scale(text: str, at: int, words: Words, limit: int) -> Match[Scale] | None:
    """The scale word after a figure."""
    joint = _JOINT.match(text, at, limit)
    scale = words.scales.match(text, joint.end() if joint else at, limit)
    return scale if scale and _has_case(scale.value, text[scale.start : scale.end]) else None


def _has_case(scale: Scale, written: str) -> bool:
    """False for `m` where only `M` counts, and for a word with a capital that may be part of a name."""
    if scale.forms:
        return written in scale.forms
    return not (scale.is_small and written[0].isupper() and not written.isupper())


def _currency_after(text: str, end: int, has_scale: bool, words: Words, limit: int) -> int | None:
    """Where the currency after a figure ends; the longest one counts."""
    known = _patterns(words)
    of = known.of.match(text, end, limit)
    for at in {of.end() if of else end: 0, end: 0}:
        matches = (pattern.match(text, at, limit) for pattern in (known.symbol_after, _SIGN_AFTER))
        ends = [match.end() for match in matches if match]
        code = _CODE_AFTER.match(text, at, limit)
        if code and code[1] in codes():
            ends.append(code.end())
        currency = words.currencies.match(text, at, limit)
        if currency and (has_scale or not currency.value.needs_scale):
            dot = currency.value.has_dot and text[currency.end : currency.end + 1] == "."
            ends.append(currency.end + dot)
        if ends:
            return max(ends)
    return None
