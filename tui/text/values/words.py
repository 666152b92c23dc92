"""The words of one language: those of Unicode CLDR, and those that are added by hand."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

import msgspec
from msgspec.structs import replace

from tui.text.values.lexicon import LETTER, Lexicon, plain

_DATA = Path(__file__).parent / "data"

LANGUAGES = (
    *("fr", "it", "es", "de", "en", "ca", "pt", "nl", "ro", "pl", "sv", "cs"),
    *("el", "ru", "uk", "tr", "ar", "he", "hi", "th", "zh", "ja", "ko"),
)
"""Languages with words. For the others only figures and symbols are known."""

_CASED_LETTERS = 2
"""Letters of the scale words whose case matters: 5 mM is a number, 5 mm is not."""

_WITHOUT_BLANKS = ("th", "zh", "ja", "ko")


class CldrWords(msgspec.Struct, kw_only=True):
    """What `scripts/values_data.py` takes from CLDR; `data/LANGUAGE.json`."""

    months: tuple[str, ...] = ()
    short_months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    short_weekdays: tuple[str, ...] = ()
    after_day: tuple[str, ...] = ()
    before_year: tuple[str, ...] = ()
    after_year: tuple[str, ...] = ()
    scales: tuple[str, ...] = ()
    short_scales: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    minor_currencies: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    percent: tuple[str, ...] = ()
    percent_before: tuple[str, ...] = ()
    day_periods: tuple[str, ...] = ()
    period_first: bool = False
    weekday_last: bool = False


class AddedWords(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What CLDR does not have; `data/LANGUAGE.toml`, by hand."""

    months: tuple[str, ...] = ()
    short_months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    """Months and weekdays that mean something else too: alone, they count only after one of `leads`."""
    leads: tuple[str, ...] = ()
    is_unclear_before_word: bool = False
    """Before another word, they do not count even then: Portuguese `na segunda vez`."""
    scales: tuple[str, ...] = ()
    short_scales: tuple[str, ...] = ()
    """Abbreviations, in this case only."""
    currencies: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    scaled_currencies: tuple[str, ...] = ()
    """Currencies that count only after a scale word: `5 trillion won`."""
    not_currencies: tuple[str, ...] = ()
    """Currencies of CLDR that the language uses more for something else: `the 40 million mark`."""
    of: tuple[str, ...] = ()
    """What is between the figure or the scale word and the currency or the percentage."""
    percent: tuple[str, ...] = ()
    percent_before: tuple[str, ...] = ()
    ordinals: tuple[str, ...] = ()
    """What is written at the day: `1st`."""
    after_day: tuple[str, ...] = ()
    before_day: tuple[str, ...] = ()
    """What is between the weekday and the day."""
    before_year: tuple[str, ...] = ()
    after_year: tuple[str, ...] = ()
    is_month_first: bool = False
    date_units: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]] | None = None
    """Year, month and day where dates are written with units: `2024年5月3日`."""
    eras: tuple[str, ...] = ()
    years: tuple[int, int] = (1900, 2099)
    """The years that count without a month."""
    hours: tuple[str, ...] = ()
    """What follows the hour: `Uhr`."""
    weak_hours: tuple[str, ...] = ()
    """What follows the hour, and a duration too: it counts only with minutes, or after one of `clock_leads`."""
    minutes: tuple[str, ...] = ()
    has_bare_minutes: bool = False
    """The minutes may follow the word for the hour: `18 heures 30`."""
    clock: tuple[str, ...] = ()
    """What is before the hour, and part of the time: `kl.`."""
    clock_leads: tuple[str, ...] = ()
    """What is before the hour, and not part of the time: with it, `14.30` is a time."""
    day_periods: tuple[str, ...] = ()
    is_period_first: bool = False
    before_word: str = ""
    """Letters that are glued to a word and not part of it."""
    particles: tuple[str, ...] = ()
    """What may be glued to the end of a word."""


class DateWord(msgspec.Struct, frozen=True):
    """A month or a weekday."""

    written: str
    """As the language writes it; empty if a small and a capital letter are usual."""
    is_month: bool
    is_short: bool
    is_unclear: bool


class Currency(msgspec.Struct, frozen=True):
    needs_scale: bool
    has_dot: bool = False


class Scale(msgspec.Struct, frozen=True):
    forms: tuple[str, ...]
    """How one of one or two letters must be written: `M`, `m`, `mM`. Empty if the case does not matter."""
    has_dot: bool
    is_number: bool
    """A figure with it is a number by itself."""
    is_small: bool = False
    """The language writes it with a small letter."""


class Words(msgspec.Struct, frozen=True, eq=False):
    """One language's words, ready to be looked up."""

    language: str
    cldr: CldrWords
    added: AddedWords
    dates: Lexicon[DateWord]
    scales: Lexicon[Scale]
    currencies: Lexicon[Currency]

    @property
    def is_spaced(self) -> bool:
        return self.language not in _WITHOUT_BLANKS


@cache
def load(language: str) -> Words:
    """The words of a language; empty for an unknown one."""
    cldr, added = CldrWords(), AddedWords()
    if language in LANGUAGES:
        cldr = msgspec.json.decode((_DATA / f"{language}.json").read_bytes(), type=CldrWords)
        written = (_DATA / f"{language}.toml").read_text(encoding="utf-8")
        added = msgspec.convert(tomllib.loads(written), AddedWords)
    is_spaced = language not in _WITHOUT_BLANKS
    return Words(
        language,
        cldr,
        added,
        Lexicon(_dates(cldr, added), is_spaced, added.before_word),
        Lexicon(_scales(cldr, added), is_spaced),
        Lexicon(_currencies(cldr, added), is_spaced, particles=added.particles),
    )


class _Codes(msgspec.Struct):
    codes: frozenset[str]


@cache
def codes() -> frozenset[str]:
    """ISO 4217 codes of the currencies that are tender somewhere."""
    return msgspec.json.decode((_DATA / "codes.json").read_bytes(), type=_Codes).codes


def alternatives(words: tuple[str, ...], is_whole: bool = True) -> str:
    """The words as part of a regular expression, with any blank for a blank; it matches nothing without words.

    With `is_whole`, no letter follows a word that ends with one. Composed and decomposed letters are the same.
    """
    forms = {form for word in words for form in (word, unicodedata.normalize("NFD", word))}
    longest_first = sorted(forms, key=lambda word: (-len(word), word))
    escaped = [(word, re.escape(word).replace(r"\ ", "[ \u00a0\u202f]")) for word in longest_first]
    open_ended = [pattern for word, pattern in escaped if not is_whole or not _ends_with_letter(word)]
    whole = [pattern for word, pattern in escaped if is_whole and _ends_with_letter(word)]
    parts = [f"(?:{'|'.join(whole)})(?!{LETTER})"] if whole else []
    return f"(?:{'|'.join((*open_ended, *parts))})" if words else "(?!)"


def _ends_with_letter(word: str) -> bool:
    return word[-1].isalpha() or unicodedata.category(word[-1]).startswith("M")


def _dates(cldr: CldrWords, added: AddedWords) -> dict[str, DateWord]:
    unclear = set(added.unclear)
    words: dict[str, DateWord] = {}
    for is_month, is_short, names in (
        (True, False, (*cldr.months, *added.months)),
        (False, False, (*cldr.weekdays, *added.weekdays)),
        (True, True, (*cldr.short_months, *added.short_months)),
    ):
        for name in names:
            bare = re.sub(r"^(?:de |d’)", "", name)
            key = bare.rstrip(".׳॰")
            word = DateWord(bare, is_month, is_short, bare in unclear)
            other = words.setdefault(plain(key), word)
            if other.written and other.written[0].isupper() != bare[0].isupper():
                words[plain(key)] = replace(other, written="")
    return words


def _scales(cldr: CldrWords, added: AddedWords) -> dict[str, Scale]:
    long = (*cldr.scales, *added.scales)
    words = {word: Scale((), False, True, is_small=word[0].islower()) for word in long}
    for word in (*cldr.short_scales, *added.short_scales):
        bare = word.rstrip(".॰")
        if len(bare) <= _CASED_LETTERS and bare.isascii():
            known = words.get(bare.lower())
            is_number = len(bare) > 1 or (known is not None and known.is_number)
            words[bare.lower()] = Scale((*(known.forms if known else ()), bare), bare != word, is_number)
        else:
            words.setdefault(bare, Scale((), bare != word, True))
    return words


def _currencies(cldr: CldrWords, added: AddedWords) -> dict[str, Currency]:
    words: dict[str, Currency] = {}
    for needs_scale, names in (
        (True, added.scaled_currencies),
        (False, (*added.currencies, *cldr.currencies)),
        (True, cldr.minor_currencies),
    ):
        for name in names:
            if name not in added.not_currencies:
                words.setdefault(name.rstrip("."), Currency(needs_scale, name.endswith(".")))
    return words
