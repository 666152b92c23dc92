"""Numbers, times and dates in the format of another language: `14,30h`, `97.4 milliards`, `dans le 2018`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tui.hints.detector import Detector, Finding
from tui.hints.passage import Passage

_UNITS = (
    r"(?:millions?|milliards?|millones|millón|milioni|miliardi|miliardo|Millionen|Milliarden|%|pour cent|per cento"
    r"|por ciento|Prozent|euros?|dollars?|dólares|dollari|Euro|Dollar|mètres|metros|metri|Meter|km|kg)"
)
_PEOPLE = (
    r"(?:dollars|personnes|habitants|personas|persone|abitanti|habitantes|dólares|dollari|hommes|soldats|morts"
    r"|Einwohner|Menschen|Personen|employés|emplois|étudiants|soldati|dipendenti|empleados|muertos)"
)
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
_CONTINENT = frozenset({"fr", "it", "es", "de"})


class _Rule(NamedTuple):
    languages: frozenset[str]
    pattern: re.Pattern[str]
    reason: str
    confidence: float
    correction: Callable[[str], str | None]
    """The replacement for the matched words."""
    category: str | None = None


def _none(_: str) -> None:
    return None


def _comma(words: str) -> str:
    return words.replace(".", ",")


def _point(words: str) -> str:
    return words.replace(",", ".")


def _no_commas(words: str) -> str:
    return words.replace(",", "\u202f")


def _no_points(words: str) -> str:
    return words.replace(".", "\u202f")


def _swapped(words: str) -> str:
    return words.translate(str.maketrans(".,", ",."))


def _plain_day(words: str) -> str:
    """`12ème mai`: `12 mai`."""
    return re.sub(r"^(\d+)\S*", r"\1", words)


def _clock(words: str) -> str:
    return re.sub(r",(\d\d) ?h", r" h \1", words)


def _without_article(words: str) -> str:
    """`Dans le 2018`: `En 2018`; `in the 2018`: `in 2018`."""
    if words.lower().startswith("dans"):
        return f"{'En' if words[0] == 'D' else 'en'} {words[-4:]}"
    return f"{words[:2]} {words[-4:]}"


_RULES = (
    _Rule(
        _CONTINENT,
        re.compile(
            r"(?<![\w.,])(?:[01]?\d|2[0-4])[,][0-5]\d ?h(?![\wÀ-ÿ²³]|[^\W\d_]*[a-z])|(?<![\w.,])(?:[01]?\d|2[0-4]),[0-5]\dh(?=X)"
        ),
        "a time written as a decimal number",
        0.85,
        _clock,
    ),
    _Rule(
        _CONTINENT,
        re.compile(rf"(?<![\w.,/])\d{{1,3}}\.\d{{1,2}}(?= ?{_UNITS}(?!\w))"),
        "a decimal point: this language uses a comma",
        0.7,
        _comma,
    ),
    _Rule(
        _CONTINENT,
        re.compile(
            rf"(?<![\w.,$€£])\d{{1,3}}(?:,\d{{3}}){{2,}}(?![\w,])|(?<![\w.,$€£])\d{{1,3}},\d{{3}}(?= {_PEOPLE}(?!\w))"
        ),
        "commas between thousands, as in English",
        0.7,
        _no_commas,
    ),
    _Rule(
        frozenset({"fr", "it", "es", "de"}),
        re.compile(
            r"(?<![\w.,:])(?:1[0-2]|0?[1-9])(?:(?:[:.][0-5]\d)? ?(?:am|pm|a\.m\.|p\.m\.)|[:.][0-5]\d ?(?:AM|PM))(?!\w)"
        ),
        "a time in the English format",
        0.6,
        _none,
    ),
    _Rule(
        _CONTINENT,
        re.compile(r"(?<![\w.,:/$€£-])0\.\d{1,3}(?![\w.,:/-])"),
        "a decimal point: this language uses a comma",
        0.6,
        _comma,
    ),
    _Rule(
        frozenset({"en"}),
        re.compile(r"(?<!\w)[$€£]\d{1,3},\d\d(?![\d,.])"),
        "a decimal comma: English uses a point",
        0.8,
        _none,
    ),
    _Rule(
        frozenset({"fr", "it"}),
        re.compile(r"(?<![\w.,:])(?:[01]?\d|2[0-4])[:.][0-5]\d ?h(?!\w)"),
        "a time with two marks between hour and minute",
        0.7,
        _none,
    ),
    _Rule(
        frozenset({"fr", "it", "es", "de", "en"}),
        re.compile(r"(?<![\w.,:])(?:[01]?\d|2[0-4]) ?h ?[.,:] ?[0-5]\d(?!\d)"),
        "a time with two marks between hour and minute",
        0.75,
        _none,
    ),
    _Rule(
        frozenset({"fr"}),
        re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+,\d{1,2}(?![\w,.])"),
        "points between thousands: French uses spaces",
        0.6,
        _no_points,
    ),
    _Rule(
        frozenset({"en"}),
        re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+,\d{1,2}(?![\w,.])"),
        "points and commas are swapped compared with English",
        0.8,
        _swapped,
    ),
    _Rule(
        frozenset({"fr"}),
        re.compile(
            r"(?<![\w.,])(?:[2-9]|[12]\d|3[01])(?:er|[eè]me|e|st|nd|rd|th) (?:janvier|février|mars|avril|mai|juin"
            r"|juillet|août|septembre|octobre|novembre|décembre)(?!\w)"
        ),
        "only the first of the month takes an ordinal number",
        0.75,
        _plain_day,
    ),
    _Rule(
        frozenset({"fr"}),
        re.compile(
            r"(?<!\w)(?:janvier|février|avril|juin|juillet|août|septembre|octobre|novembre|décembre)"
            r" (?:[1-9]|[12]\d|3[01]),? (?:1[5-9]|20)\d\d(?!\d)",
            re.IGNORECASE,
        ),
        "the day comes before the month",
        0.75,
        _none,
    ),
    _Rule(
        frozenset({"de"}),
        re.compile(r"(?<![\w.,/])(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|[12]\d|3[01])/(?:19|20)\d\d(?![\d/])"),
        "a date with slashes: German uses full stops",
        0.6,
        _none,
    ),
    _Rule(
        frozenset({"en"}),
        re.compile(
            r"(?<![\w.,])\d{1,3},\d{1,2}(?= ?(?:million|billion|trillion|%|percent|per cent|euros|dollars)(?!\w))"
        ),
        "a decimal comma: English uses a point",
        0.8,
        _point,
    ),
    _Rule(
        frozenset({"fr"}),
        re.compile(rf"(?<!\w)[Dd]ans le {_YEAR}(?! ?(?:m|mètres|euros|pages)(?!\w))"),
        "a year takes “en”",
        0.85,
        _without_article,
        "grammar",
    ),
    _Rule(
        frozenset({"en"}),
        re.compile(rf"(?<!\w)[Ii]n the {_YEAR}(?=[.,;:)]|\s+(?:the|he|she|they|it|we|when|and)\s)"),
        "a year takes no article",
        0.75,
        _without_article,
        "grammar",
    ),
    _Rule(
        frozenset({"de"}),
        re.compile(rf"(?<!\w)[Ii]n {_YEAR}(?=[,;])|(?<!\w)[Ii]m {_YEAR}(?=[.,;])"),
        "a year is written alone or after “im Jahr”",
        0.6,
        _none,
        "grammar",
    ),
    _Rule(
        frozenset({"fr", "it", "es", "de", "en"}),
        re.compile(
            r"(?<![\d:.,/])(?:2[5-9]|[3-9]\d) ?h ?[0-5]\d(?!\d)|(?<![\d:.,/])(?:[01]?\d|2[0-3])h[6-9]\d(?!\d)"
        ),
        "not a valid time",
        0.7,
        _none,
    ),
)


def _find(passage: Passage) -> Iterator[Finding]:
    for rule in _RULES:
        if passage.language in rule.languages:
            for match in rule.pattern.finditer(passage.text):
                yield Finding(
                    match.start(),
                    match.end(),
                    rule.reason,
                    rule.correction(match.group()),
                    rule.confidence,
                    category=rule.category,
                )


DETECTOR = Detector(
    name="numbers",
    what="a number, time or date in the format of another language",
    category="locale",
    severity="minor",
    confidence=0.7,
    languages=frozenset({"fr", "it", "es", "de", "en"}),
    find=_find,
)
