"""TIME: an hour, with the minutes, and what a language writes before and after them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tui.text.values.lexicon import LETTER, SPACE
from tui.text.values.words import Words, alternatives

_CLOCK = re.compile(
    rf"(?<![\d.,:])(?<!\d/)(?P<hour>\d{{1,2}})"
    rf"(?:(?P<sign>{SPACE}?[hH]{SPACE}?|[:.,])(?P<minutes>\d\d)(?!\d)(?P<seconds>:\d\d(?!\d))?|(?![.,:]?\d))"
)
_HOUR_SIGN = re.compile(rf"{SPACE}?[hH](?![^\W_])")
_HOUR_SIGN_OF_MINUTES = re.compile(rf"[hH]|{SPACE}[hH](?![^\W_])")
"""After the minutes, `h` counts even if something is glued to it."""
_LONGEST_BEFORE = 20
"""Code points of the longest word before an hour."""


class _Patterns(NamedTuple):
    hours: re.Pattern[str]
    """After the hour or the minutes: the word for the hour, or the part of the day."""
    weak_hours: re.Pattern[str]
    """The word for the hour that is more often a duration."""
    minutes: re.Pattern[str]
    """After the word for the hour: the minutes with their word."""
    period: re.Pattern[str]
    clock: re.Pattern[str]
    lead: re.Pattern[str]


@lru_cache(32)
def _patterns(words: Words) -> _Patterns:
    cldr, added = words.cldr, words.added
    is_whole = words.is_spaced
    names = (*cldr.day_periods, *added.day_periods)
    periods = alternatives(names, is_whole)
    hours = alternatives(added.hours, is_whole)
    weak = alternatives(added.weak_hours, is_whole)
    periods = rf"(?:{periods}|(?-i:AM|PM)(?!{LETTER}))"
    before = periods if cldr.period_first or added.is_period_first else "(?!)"
    bare = rf"{SPACE}[0-5]\d(?!\d|[.,:]\d|{SPACE}?[%€$])" if added.has_bare_minutes else "(?!)"
    words_before = rf"(?<!{LETTER})" if is_whole else ""
    return _Patterns(
        re.compile(rf"{SPACE}?(?:{hours}|{periods})(?![間间간])", re.IGNORECASE),
        re.compile(rf"\.?{SPACE}?{weak}(?![間间간])", re.IGNORECASE),
        re.compile(
            rf"{SPACE}?(?:\d{{1,2}}(?!\d){SPACE}?{alternatives(added.minutes, is_whole)}|半|반|{bare})"
        ),
        re.compile(rf"{words_before}{before}{SPACE}?\Z", re.IGNORECASE),
        re.compile(rf"{words_before}{alternatives(added.clock, False)}{SPACE}?\Z", re.IGNORECASE),
        re.compile(rf"(?<!{LETTER}){alternatives(added.clock_leads, False)}{SPACE}\Z", re.IGNORECASE),
    )


def find(text: str, words: Words, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The bounds of the times of a piece of text, from left to right."""
    known = _patterns(words)
    for clock in _CLOCK.finditer(text, start, end):
        if not clock["sign"] and not _has_neighbour(text, clock, start, end):
            continue
        if int(clock["hour"]) <= 23 and int(clock["minutes"] or 0) <= 59:
            bounds = _time(text, clock, known, start, end)
            if bounds:
                yield bounds


def _has_neighbour(text: str, clock: re.Match[str], start: int, end: int) -> bool:
    """False if no word that could make an hour of the figure is next to it, as with most figures."""
    after = text[clock.end() : min(end, clock.end() + 2)].lstrip()
    before = text[max(start, clock.start() - 2) : clock.start()].rstrip()
    return any(
        sign.isalpha() or sign == "." or not sign.isascii() for sign in (after[:1], before[-1:]) if sign
    )


def _time(text: str, clock: re.Match[str], known: _Patterns, start: int, end: int) -> tuple[int, int] | None:
    sign = (clock["sign"] or "").strip()
    after = _after(text, clock, known, end)
    weak = None if after else known.weak_hours.match(text, clock.end(), end)
    minutes = weak and (
        known.minutes.match(text, weak.end(), end) or known.hours.match(text, weak.end(), end)
    )
    begin = _before(text, clock.start(), known, start)
    is_lead = known.lead.search(text, max(start, clock.start() - _LONGEST_BEFORE), clock.start()) is not None
    has_word = begin < clock.start()
    if sign in (":", "h", "H") or after or minutes:
        is_time = True
    elif weak:
        is_time = bool(sign) or has_word or is_lead
    else:
        is_time = has_word or (is_lead and sign == ".")
    last = minutes or weak
    return (begin, after or (last.end() if last else clock.end())) if is_time else None


def _after(text: str, clock: re.Match[str], known: _Patterns, end: int) -> int | None:
    """Where the words after the figures end: `Uhr`, `p.m.`, `h du soir`."""
    at: int | None = None
    if (clock["sign"] or ".") in (".", ","):
        sign = _HOUR_SIGN_OF_MINUTES if clock["sign"] else _HOUR_SIGN
        hour = sign.match(text, clock.end(), end)
        at = hour.end() if hour else None
    for _ in range(2):
        word = known.hours.match(text, at or clock.end(), end)
        if not word:
            break
        minutes = known.minutes.match(text, word.end(), end)
        at = minutes.end() if minutes else word.end()
    return at


def _before(text: str, at: int, known: _Patterns, start: int) -> int:
    """Where the words before the figures start: `kl.`, `午後`."""
    window = max(start, at - _LONGEST_BEFORE)
    for pattern in (known.period, known.clock, known.period):
        word = pattern.search(text, window, at)
        at = word.start() if word else at
    return at
