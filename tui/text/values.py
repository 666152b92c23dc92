"""Finding amounts, dates, times and percentages with regular expressions.

Every repetition is bounded, so the search takes time linear in the text for any text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import NamedTuple

from tui.model.article import Entity
from tui.text.cores import map_pieces


class _Words(NamedTuple):
    """One language's words, as parts of a regular expression."""

    months: str
    lone_months: str
    """Months that have no other meaning when written alone."""
    weekdays: str
    scales: str
    currencies: str
    of: str
    percent: str
    hours: str = r"[hH]"


_WORDS = {
    "fr": _Words(
        months=r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
        r"|janv\.|févr\.|avr\.|juil\.|sept\.|oct\.|nov\.|déc\.",
        lone_months=r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
        weekdays=r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
        scales=r"milliers|milliards?|millions?|billions?|Mds?|M|k",
        currencies=r"dollars?|euros?|livres?(?: sterling)?|francs?|yens?|roubles?|yuans?|centimes?",
        of=r"de |d'|d’",
        percent=r"pour cent",
        hours=r"(?:h|H|heures?)",
    ),
    "en": _Words(
        months=r"January|February|March|April|May|June|July|August|September|October|November|December"
        r"|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.",
        lone_months=r"January|February|April|June|July|September|October|November|December",
        weekdays=r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
        scales=r"thousand|million|billion|trillion|bn|mn|m|k",
        currencies=r"dollars?|euros?|pounds?(?: sterling)?|francs?|yen|roubles?|rubles?|yuan|cents?|pence",
        of=r"of ",
        percent=r"per ?cent",
        hours=r"(?:[aApP]\.?[mM]\b\.?|o'clock|o’clock)",
    ),
    "de": _Words(
        months=r"Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
        r"|Jan\.|Feb\.|Aug\.|Sept?\.|Okt\.|Nov\.|Dez\.",
        lone_months=r"Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember",
        weekdays=r"Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag",
        scales=r"Tausend|Millionen|Million|Milliarden?|Billionen?|Mio\.?|Mrd\.?",
        currencies=r"Dollar|Euro|Pfund|Franken|Yen|Rubel|Yuan|Cent|Mark",
        of=r"an ",
        percent=r"Prozent",
        hours=r"Uhr",
    ),
    "it": _Words(
        months=r"gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
        lone_months=r"gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
        weekdays=r"lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica",
        scales=r"mila|migliaia|milioni|milione|miliardi|miliardo|mln|mld",
        currencies=r"dollari|dollaro|euro|sterline|sterlina|franchi|yen|rubli|yuan|centesimi",
        of=r"di ",
        percent=r"per cento",
    ),
    "es": _Words(
        months=r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre",
        lone_months=r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre",
        weekdays=r"lunes|martes|miércoles|jueves|viernes|sábado|domingo",
        scales=r"mil(?: millones)?|millones|millón|billones|billón",
        currencies=r"dólares|dólar|euros?|libras?(?: esterlinas)?|francos?|yenes|rublos?|yuanes|centavos?|pesos?",
        of=r"de ",
        percent=r"por ciento",
        hours=r"(?:h|horas)",
    ),
}
_SHARED = _Words("(?!)", "(?!)", "(?!)", "M|k", "(?!)", "(?!)", "(?!)")
"""For other languages: only symbols, codes, and dates in figures."""

_SPACE = "[ \u00a0\u202f\u2009]"
_NUMBER = r"(?<![\d.,])(?:\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3}){1,5}(?!\d)|\d{1,15})(?:[.,]\d{1,4})?(?!\d)"
_SYMBOL = r"(?:(?:US|CA|AU)?\$|[€£¥₽₹])"
_CODE = r"(?:USD|EUR|GBP|CHF|JPY|CNY)"
_DAY = r"(?<!\d)(?:[12]\d|3[01]|0?[1-9])"
_YEAR = r"(?:1[5-9]|20)\d\d"


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    w = _WORDS.get(language, _SHARED)
    scale = rf"(?:{_SPACE}?(?:{w.scales})(?!\w))?"
    of_currency = rf"{_SPACE}?(?:{w.of})?(?:{_SYMBOL}|(?:{_CODE}|{w.currencies})(?!\w))"
    day = rf"{_DAY}(?:er|st|nd|rd|th|\.|º|°)?"
    month_year = rf"(?:{w.months})(?:{_SPACE}(?:de |del )?{_YEAR}(?!\d))?"
    dates = (
        rf"(?:(?<!\w)(?:{w.weekdays}),?{_SPACE})?{day}{_SPACE}(?:de )?{month_year}(?!\w)",
        rf"(?<!\w)(?:{w.months}){_SPACE}{day}(?:,?{_SPACE}{_YEAR})?(?!\w)",
        rf"(?<!\w)(?:{w.months}){_SPACE}(?:de |del )?{_YEAR}(?!\d)",
        rf"(?<!\w)(?:{w.weekdays}|{w.lone_months})(?!\w)",
        rf"(?<!\d){_YEAR}-(?:0\d|1[0-2])-[0-3]\d(?!\d)",
        r"(?<![\d/.])[0-3]?\d([/.])[01]?\d\1(?:\d{4}|\d\d)(?![\d/])",
        # A round thousand before a word is a count: "2000 personnes".
        rf"(?<![\d.,$€£])(?<![\d.,]{_SPACE})(?!\d000{_SPACE}\w)(?:19|20)\d\d(?!\d|[.,]\d|{_SPACE}\d{{3}}|{_SPACE}?[%€$£])",
    )
    percents = rf"{_NUMBER}{_SPACE}?(?:[%‰]|(?:{w.percent})(?!\w))"
    times = (
        rf"(?<![\d.,:])(?:[01]?\d|2[0-3])(?:"
        rf"{_SPACE}?[hH]{_SPACE}?[0-5]\d(?!\d)|:[0-5]\d(?::[0-5]\d)?(?!\d)(?:{_SPACE}?{w.hours})?"
        rf"|[.,][0-5]\d{_SPACE}?{w.hours}|{_SPACE}?{w.hours}(?!\w))"
    )
    money = rf"(?:{_SYMBOL}{_SPACE}?{_NUMBER}{scale}|{_NUMBER}{scale}{of_currency})"
    return (
        ("MONEY", re.compile(money)),
        ("PERCENT", re.compile(percents)),
        ("TIME", re.compile(times)),
        *(("DATE", re.compile(date)) for date in dates),
    )


def find(text: str, language: str, progress: Callable[[float], None] = lambda _: None) -> list[Entity]:
    """MONEY, PERCENT, TIME and DATE values, sorted and without overlaps; none crosses a line end.

    `language` is an ISO 639-1 code; words are known for fr, en, de, it and es, figures and symbols for all
    languages. `progress` receives the share of the text that has been searched, 0 to 1. Raises ProcessKilled.
    """
    by_piece = map_pieces(partial(_find_in_piece, text, language), text, progress)
    return [value for piece in by_piece for value in piece]


def _find_in_piece(text: str, language: str, piece: tuple[int, int]) -> list[Entity]:
    longest_first = sorted(_all(text, language, piece), key=lambda e: (e.start, e.start - e.end))
    kept: list[Entity] = []
    for value in longest_first:
        if not kept or value.start >= kept[-1].end:
            kept.append(value)
    return kept


def _all(text: str, language: str, piece: tuple[int, int]) -> Iterator[Entity]:
    for label, pattern in _patterns(language):
        for match in pattern.finditer(text, *piece):
            yield Entity(start=match.start(), end=match.end(), label=label, origin="rule")
