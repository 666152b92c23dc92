"""Whether a full stop ends a sentence, by the word before it and the word after it."""

from __future__ import annotations

import re
from enum import Enum

import msgspec

from tui.text.sentences.surroundings import Before, Following, before, following, is_number, is_roman
from tui.text.sentences.vocabulary import Vocabulary


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SYMBOLS = _words("km cm mm kg mg ml cl dl ha kw mw gw kwh км см мм кг га")
"""Measures that are written without a dot: it ends a sentence."""
_UNITS = _words("m g l t h min s sek sec std u м г т ч мин сек с хв год")
_TIMES = _words("min h hod godz sek sec uur ч мин сек хв")
"""Measures of time, before which and after which no name belongs."""
_VOWEL = re.compile("[aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýąęėīůőűăаеёиоуыэюяіїєαεηιουωάέήίόύώ]")
_CONSONANTS_MAKE_WORDS = frozenset({"cs", "sk", "sl", "hr", "bg"})
_LONGEST_ABBREVIATION = 4
"""Letters of an abbreviation that no table has, at most."""
_LONGEST_ORDINAL = 3
"""Digits."""
_DATE_ALONE = 7
"""A sentence that ends after `2019 r.` or `44 a.C.` has more words than this, or it only begins with the date."""
_DECADE = re.compile(r"\d+-")
"""`1970-х`"""

_DAY = re.compile(r"\b\d{1,2}(?:\.|er|º|,)?(?: de| d[’'])?[\s\u00a0\u202f]*$")
"""The day before a month."""

NEVER_LAST = {
    # Ordinals: "den 45. Präsidenten", "w latach 60. Lem".
    "pl": re.compile(r"\blat(?:a|ach)?\s\d{2}$"),
    "de": re.compile(r"\b(?:der|die|das|dem|den|des|am|beim|im|vom|zum|zur)\s\d{1,3}$"),
}
"""Text before a full stop that ends a sentence only if an opener follows, by language."""


class Verdict(Enum):
    """What the rules say about a full stop."""

    END = "end"
    NO_END = "no end"
    UNKNOWN = "unknown"


class Stop(msgspec.Struct, frozen=True):
    """A full stop with its surroundings."""

    before: str
    """At most `LOOK_BACK` code points before it."""
    after: str
    """The text after it, its closing marks and white space; at least the next word with its dot."""
    words: int
    """How many words the sentence has before it, counted up to 8."""


def verdict(stop: Stop, language: str, words: Vocabulary) -> Verdict:
    """What the rules say; `UNKNOWN` if they know neither word."""
    last = before(stop.before)
    if last is None:
        return Verdict.UNKNOWN
    never = NEVER_LAST.get(language)
    first = following(stop.after, words)
    if never and never.search(stop.before):
        return _end_if(first.is_opener)
    return (
        _after_unit_or_number(last, first, words)
        or _after_abbreviation(last, first, stop.words, words)
        or _after_letters_or_number(last, first, words)
        or _after_word(last, first, language, words)
    )


def _end_if(condition: bool) -> Verdict:
    return Verdict.END if condition else Verdict.NO_END


def _after_unit_or_number(last: Before, first: Following, words: Vocabulary) -> Verdict | None:
    """The end after `5 km.`, `plan B.` and `Nr. 7.`; None after anything else."""
    if not first.is_capital:
        return None
    word = last.word.lower()
    begins = first.is_opener or first.is_verb or (word in _TIMES and not words.nouns)
    is_measure = last.follows_number and (word in _SYMBOLS or (word in _UNITS | _TIMES and begins))
    if is_measure or (word in _SYMBOLS | _UNITS and last.text.endswith("/")):
        return Verdict.END
    is_lettered = len(last.dotted) == 1 and last.word.isupper() and last.previous.lower() in words.lettered
    if is_lettered and not first.has_dot:
        return Verdict.END
    if word.isdigit() and len(last.parts) > 1 and _takes_number(last.parts[-2].lower(), words):
        return Verdict.END
    return None


def _after_abbreviation(last: Before, first: Following, length: int, words: Vocabulary) -> Verdict | None:
    """The verdict after an abbreviation of the vocabulary; None if the word is none. `length` is in words."""
    for written in last.written_forms():
        key = written.lower()
        if key in words.eras or (key in words.years and last.follows_year):
            return _end_if(first.is_capital and (first.is_opener or length > _DATE_ALONE))
        if key in words.months and (answer := _after_month(written, last, first, words)):
            return answer
        if _takes_number(key, words) and first.is_direct and is_number(first.word):
            return Verdict.NO_END
        if len(written) > 1 and written.isalpha() and written.isupper() and not first.word.isupper():
            continue  # `FR` is no title, and `BES` no adjective.
        if key in words.inside:
            return Verdict.NO_END
        if key in words.names:
            is_word = written[0].islower() and not first.is_surname
            return _end_if(first.is_opener and (is_word or last.follows_number))
        if key in words.final:
            return _end_if(first.is_capital and first.word.lower() not in words.times)
        if key in words.anywhere:
            is_firm = "." in key or key in words.firms
            begins = first.is_verb and (is_firm or last.follows_number)
            return _end_if(first.is_opener or begins or (first.is_given_name and is_firm))
        if key in words.numbers:
            return Verdict.END if first.is_opener else Verdict.UNKNOWN
    return None


def _takes_number(key: str, words: Vocabulary) -> bool:
    is_compound = len(key) > _LONGEST_ABBREVIATION and key.endswith(tuple(words.compounds))
    return is_compound or key in words.numbers


def _after_month(written: str, last: Before, first: Following, words: Vocabulary) -> Verdict | None:
    is_capital = written[0].isupper() and words.capital_months
    has_day = _DAY.search(last.text) is not None
    if first.word[:1].isdigit() and (has_day or is_capital or len(first.word) == 4):
        return Verdict.NO_END
    return _end_if(first.is_opener) if has_day or is_capital or not first.is_capital else None


def _after_letters_or_number(last: Before, first: Following, words: Vocabulary) -> Verdict | None:
    """The verdict after initials, single letters and numbers; None after other words."""
    word = last.word
    if len(last.parts) > 1 and "." in last.dotted and all(len(part) == 1 for part in last.parts):
        is_begin = first.is_verb and " " not in last.dotted
        return _end_if(is_begin or (first.is_opener and not first.is_surname))
    if word.isdigit():
        return _after_number(last, first, words)
    if last.text.endswith(("'", "’", "&", '"', "“", "״")):
        return Verdict.UNKNOWN
    if len(word) == 1 and word.isalpha() and word.lower() == word.upper():
        return Verdict.NO_END
    if len(word) == 1 and word.isupper():
        return _after_letter(last, first, words)
    if is_roman(word) and words.ordinals:
        return _end_if(first.is_opener)
    return None


def _after_number(last: Before, first: Following, words: Vocabulary) -> Verdict:
    number = last.word
    is_short = len(number) <= _LONGEST_ORDINAL
    is_date = first.word.isdigit() and (first.has_dot or (last.dotted != number and len(first.word) == 4))
    if words.ordinals and is_date and len(number) <= 2:
        return Verdict.NO_END
    if words.ordinals and is_short and first.word.lower() in words.month_names:
        return Verdict.NO_END
    if first.is_opener:
        return Verdict.END
    is_noun = (
        words.nouns
        and last.text[-1:] != "."
        and last.dotted == number
        and first.is_direct
        and first.word.istitle()
    )
    return Verdict.NO_END if is_noun and is_short else Verdict.UNKNOWN


def _after_letter(last: Before, first: Following, words: Vocabulary) -> Verdict:
    """After a capital with a dot: an initial, or the end of `plan B.` or `20 °C.`"""
    if first.has_dot and len(first.word) == 1:
        return Verdict.NO_END
    if not first.is_capital:
        return Verdict.UNKNOWN
    if last.text.rstrip().endswith(("°", "º")):
        return Verdict.END
    if first.is_opener:
        return _end_if(not first.is_surname)
    is_initial = last.previous[:1].isupper() or not last.previous
    return Verdict.NO_END if is_initial else Verdict.UNKNOWN


def _after_word(last: Before, first: Following, language: str, words: Vocabulary) -> Verdict:
    word = last.word
    if first.is_opener:
        return Verdict.END if len(word) > 1 or word in words.openers else Verdict.UNKNOWN
    if first.is_capital and _DECADE.match(last.dotted) and not words.ordinals:
        return Verdict.END
    if not first.is_capital and not (words.small_begins and first.word[:1].islower()):
        return Verdict.UNKNOWN
    could_be_short = word.islower() and len(word) <= _LONGEST_ABBREVIATION
    if could_be_short and language not in _CONSONANTS_MAKE_WORDS and not _VOWEL.search(word):
        return Verdict.NO_END
    return Verdict.UNKNOWN
