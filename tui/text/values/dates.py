"""DATE: months and weekdays with the figures around them, dates in figures, and years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tui.text.values.lexicon import LETTER, SPACE, Match
from tui.text.values.words import DateWord, Words, alternatives

_SIGNS = "%$€£‰٪"
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_IN_FIGURES = re.compile(
    r"(?<![\d/.])(?<!\d-)(?P<day>\d{1,2})(?:\u200f)?(?P<sign>[/.-])(?P<month>\d{1,2})(?:\u200f)?(?P=sign)(?P<year>\d{4}|(?<!-)\d\d)(?![\d/]|-\d)"
)
_YEAR_FIRST = re.compile(
    rf"(?<![\d/.])(?P<year>\d{{4}})(?P<sign>/|\.{SPACE})(?P<month>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}})(?![\d/])"
)
_WITH_BLANKS = re.compile(
    rf"(?<![\d/.])(?<![\d.,]{SPACE})(?P<day>\d{{1,2}})\.{SPACE}(?P<month>\d{{1,2}})\.{SPACE}(?P<year>\d{{4}})(?!\d|[.,]\d)"
)
# A round thousand before a word is a count: "2000 personnes".
_YEAR = re.compile(
    rf"(?<![\d.,$€£A-Za-z])(?<!\d:)(?<![\d.,]{SPACE})(?P<thousands>\d\d\d\d)(?!\d|[.,]\d|{SPACE}\d{{3}}|{SPACE}?[{_SIGNS}])"
)
_BLANK = re.compile(SPACE)
_SENTENCE_START = re.compile(rf"[.!?…:;»”\")\]]{SPACE}\Z|[«“„\"(\[—–•-]{SPACE}?\Z|\n.\Z")
_BEFORE_WORD = re.compile(rf"{SPACE}{LETTER}")
_ROUND = re.compile(rf"{SPACE}\w")
_ROUND_UNSPACED = re.compile(rf"{SPACE}?{LETTER}")
_WRITTEN_YEARS = range(1500, 2100)
"""The years that count next to a month."""
_LONGEST_BEFORE = 24
"""Code points of the longest text between a word and what belongs to it before."""


class _Patterns(NamedTuple):
    day_before: re.Pattern[str]
    day_after: re.Pattern[str]
    year_after: re.Pattern[str]
    after_year: re.Pattern[str]
    weekday_to_day: re.Pattern[str]
    lead: re.Pattern[str]


@lru_cache(32)
def _patterns(words: Words) -> _Patterns:
    cldr, added = words.cldr, words.added
    after_day = (*cldr.after_day, *added.after_day)
    glued = alternatives(tuple(word for word in after_day if not word.isascii() and len(word) == 1), False)
    joined = "|".join(
        rf"{re.escape(w)}{'' if w[-1] in '’' + chr(39) else SPACE}" for w in after_day if w != "."
    )
    before_year = (*cldr.before_year, *added.before_year)
    to_year = rf"(?:{alternatives(before_year, False)}{SPACE}?)?" if before_year else ""
    to_day = rf"(?:{alternatives(added.before_day)}{SPACE})?" if added.before_day else ""
    ordinal = rf"(?:{alternatives(('er', 'st', 'nd', 'rd', 'th', '.', 'º', '°', *added.ordinals))})?"
    return _Patterns(
        re.compile(
            rf"(?<!\d)(?<!\d[.,:])(?P<day>\d{{1,2}})(?:{ordinal}{SPACE}(?:{joined or '(?!)'})?|\.|-)(?:{glued})?\Z",
            re.IGNORECASE,
        ),
        re.compile(rf"{SPACE}(?P<day>\d{{1,2}}){ordinal}(?!\d|[.,:]\d|{SPACE}?[{_SIGNS}])", re.IGNORECASE),
        re.compile(rf"(?:,?{SPACE}?{to_year}|-)(?P<year>\d{{4}})(?!\d|[.,]\d)", re.IGNORECASE),
        re.compile(
            rf"{SPACE}?{alternatives((*cldr.after_year, *added.after_year), words.is_spaced)}", re.IGNORECASE
        ),
        re.compile(rf"[,،]?{SPACE}?{to_day}", re.IGNORECASE),
        re.compile(rf"(?<!{LETTER}){alternatives(added.leads, False)}{SPACE}\Z", re.IGNORECASE),
    )


def find(text: str, words: Words, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The bounds of the dates of a piece of text; they may overlap, and the longest of those that do counts."""
    yield from _around_words(text, words, start, end)
    after_year = _patterns(words).after_year
    for pattern in (_ISO, _IN_FIGURES, _YEAR_FIRST, _WITH_BLANKS):
        for match in pattern.finditer(text, start, end):
            smaller, larger = sorted((int(match["month"]), int(match["day"])))
            if smaller <= 12 and larger <= 31:
                unit = after_year.match(text, match.end(), end) if match.end() == match.end("year") else None
                yield match.start(), unit.end() if unit else match.end()
    yield from _years(text, words, start, end)
    if words.added.date_units:
        for match in _with_units(words).finditer(text, start, end):
            month = int(match["month"] or match["month_first"] or 1)
            day = match["day"] or match["day_alone"] or match["day_after"]
            if 0 < month <= 12 and 0 < int(day or 1) <= 31:
                yield match.start(), _with_weekday(text, match.end(), words, end) if day else match.end()


def _years(text: str, words: Words, start: int, end: int) -> Iterator[tuple[int, int]]:
    first, last = words.added.years
    after_year = _patterns(words).after_year
    for match in _YEAR.finditer(text, start, end):
        year = int(match["thousands"])
        if not (first <= year <= last or 1900 <= year <= 2099):
            continue
        unit = after_year.match(text, match.end(), end)
        counted = _ROUND if words.is_spaced else _ROUND_UNSPACED
        if unit is None and year % 1000 == 0 and counted.match(text, match.end(), end):
            continue
        yield match.start(), unit.end() if unit else match.end()


@lru_cache(4)
def _with_units(words: Words) -> re.Pattern[str]:
    year, month, day = (alternatives(units, False) for units in words.added.date_units or ((), (), ()))
    eras = alternatives(words.added.eras, False)
    month_day = rf"(?P<month>\d{{1,2}}){SPACE}?{month}(?![間间간])(?:{SPACE}?(?P<day>\d{{1,2}}){SPACE}?{day}(?![間间간]))?"
    written = rf"(?:[〇零一二三四五六七八九]{{4}}{year})?[一二三四五六七八九十]{{1,2}}{month}[一二三四五六七八九十]{{1,3}}{day}"
    alone = (
        rf"(?<!\d)(?P<day_alone>\d{{1,2}}){day}(?=[、，,。に午上下朝夜夕晚(（])"
        if not words.added.particles
        else r"(?P<day_alone>(?!))"
    )
    years = rf"(?<!\d)(?:(?:{eras}){SPACE}?(?:\d{{1,2}}|元)|\d{{4}}){SPACE}?{year}[代度]?(?![間间간])"
    either = month_day.replace("<month>", "<month_first>").replace("<day>", "<day_after>")
    return re.compile(rf"{years}(?:{SPACE}?{month_day})?|(?<!\d){either}|{alone}|{written}")


def _around_words(text: str, words: Words, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Dates with a month or a weekday in words."""
    known = _patterns(words)
    weekday: Match[DateWord] | None = None
    for match in words.dates.search(text, start, end):
        word = match.value
        if not _has_case(word, text[match.start : match.end]):
            continue
        if not word.is_month:
            weekday = match
            if _is_capital_inside(text, match, start):
                continue
            is_closed = not words.added.is_unclear_before_word or not _BEFORE_WORD.match(text, match.end, end)
            if _is_clear(text, match, known, start) and (is_closed or not word.is_unclear):
                yield match.start, match.end
            continue
        begin, finish = _with_figures(text, match, words, start, end)
        if begin == match.start and finish <= match.end + 1:
            if not word.is_short and text[begin] == word.written[:1] and _is_clear(text, match, known, start):
                yield begin, match.end
            continue
        # A month that is before its day, as in English, has its weekday apart.
        is_day_first = begin < match.start
        if weekday and is_day_first and known.weekday_to_day.fullmatch(text, weekday.end, begin):
            begin = weekday.start
        if words.cldr.weekday_last:
            finish = _with_weekday(text, finish, words, end)
        yield begin, finish


def _with_weekday(text: str, at: int, words: Words, end: int) -> int:
    """Where a date ends with the weekday that follows it: `3 Aralık Salı`."""
    blank = _BLANK.match(text, at, end)
    weekday = words.dates.match(text, blank.end() if blank else at, end)
    return weekday.end if weekday and not weekday.value.is_month and not weekday.value.is_short else at


def _has_case(word: DateWord, written: str) -> bool:
    """False for a small letter where the language has a capital: English `may`."""
    return not word.written[:1].isupper() or written[0].isupper()


def _is_capital_inside(text: str, match: Match[DateWord], start: int) -> bool:
    """True for a capital that the language does not write and that begins no sentence: Santo Domingo."""
    written = match.value.written
    if not text[match.start].isupper() or not written or written[0].isupper():
        return False
    before = text[max(start, match.start - 2) : match.start]
    return before != "" and not before.endswith("\n") and not _SENTENCE_START.search(before)


def _is_clear(text: str, match: Match[DateWord], known: _Patterns, start: int) -> bool:
    if not match.value.is_unclear:
        return True
    return known.lead.search(text, max(start, match.start - _LONGEST_BEFORE), match.start) is not None


def _with_figures(text: str, match: Match[DateWord], words: Words, start: int, end: int) -> tuple[int, int]:
    """The bounds of a month with its day and its year."""
    known = _patterns(words)
    at = match.end
    if match.value.is_short and text[at : at + 1] in (".", "׳", "॰"):
        at += 1
    begin = match.start
    before = known.day_before.search(text, max(start, begin - _LONGEST_BEFORE), begin)
    has_day = before is not None and 0 < int(before["day"]) <= 31
    if before and has_day:
        begin = before.start()
    elif words.added.is_month_first:
        after = known.day_after.match(text, at, end)
        if after and 0 < int(after["day"]) <= 31:
            at, has_day = after.end(), True
    year = known.year_after.match(text, at, end)
    years = (*_WRITTEN_YEARS, *range(words.added.years[0], words.added.years[1] + 1)) if year else ()
    if year and int(year["year"]) in years:
        unit = known.after_year.match(text, year.end(), end)
        return begin, unit.end() if unit else year.end()
    return begin, at if has_day else match.end
