"""Compile the words of `tui/text/values/data` from Unicode CLDR, as babel ships it.

    python scripts/values_data.py

Needs babel (a tool to build with, which comes with the `html` extra; Postil itself never imports it). One JSON
file a language holds the months, weekdays, currencies, scale words, percentages and times of day of the
language and its regional variants, the version and the hashes of babel's files. The files are the same to the
byte wherever this runs with the same babel. What CLDR does not have is in `data/LANGUAGE.toml`, by hand.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

import babel
from babel.core import get_cldr_version, get_global

OUT = Path(__file__).resolve().parent.parent / "tui" / "text" / "values" / "data"
LOCALES = Path(babel.__file__).parent / "locale-data"


def words_of(text: str) -> list[str]:
    return text.split()


VARIANTS = {
    "fr": "fr_CA fr_CH", "it": "it_CH", "es": "es_419 es_MX es_US", "de": "de_AT de_CH", "en": "en_001 en_AU en_CA en_IN",
    "ca": "", "pt": "pt_PT", "nl": "nl_BE", "ro": "ro_MD", "pl": "", "sv": "sv_FI", "cs": "", "el": "", "ru": "ru_UA",
    "uk": "", "tr": "", "ar": "ar_LB ar_MA ar_DZ ar_EG ar_SA", "he": "", "hi": "", "th": "", "zh": "zh_Hant zh_Hant_HK",
    "ja": "", "ko": "",
}  # fmt: skip
"""Each language, and the variants whose words are added to its own."""

FORMER = words_of("ATS BEF CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MTL NLG PTE SIT SKK")
"""Currencies that are not tender any more and still in the news."""

TRADED = words_of(
    """USD EUR GBP JPY CNY CHF RUB UAH PLN CZK SEK NOK DKK INR BRL MXN TRY ILS KRW THB HUF RON BGN CAD AUD NZD HKD SGD
    AED SAR EGP ARS CLP COP PEN IDR VND PHP PKR IRR IQD MAD KZT GEL ISK TWD DEM FRF ITL ESP ATS"""
)
"""Currencies whose nouns count after any figure. Those of the others, such as `sum` and `tala`, need a scale word."""

NEW = frozenset(
    words_of(
        """new neuer neue novo novos nuevo nuevos nuovo nuovi nouveau nouveaux nou nous noi nowy nowe nowych nowego nový nové
    nového nových новый новых нового новий нові нових nieuwe ny nya νέο νέα νέος"""
    )
)
"""What official names begin with and news leaves out: `nouveau shekel`."""

LAST_WORD = {"de", "en", "nl", "sv", "cs", "tr", "hi", "ja", "ko"}
"""Languages whose currency names end in the noun: `Canadian dollars`. Elsewhere they begin with it."""

ADJECTIVE = re.compile(r"[сзц]ь?к(?:ий|ой|ая|ое|их|ого|ие|а|е|і|ої)\b|\w+(?:ый|ых|ого)\b", re.IGNORECASE)
"""Endings of the adjectives that stand before the noun in Russian and Ukrainian: `российских рублей`."""

Tree = Mapping[str, object]


def raw(locale: str) -> Tree:
    """What one locale has itself, without what it inherits."""
    return cast(Tree, pickle.loads((LOCALES / f"{locale}.dat").read_bytes()))


def strings(node: object) -> Iterator[str]:
    """Every string below a node, in order."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for below in cast(Tree, node).values():
            yield from strings(below)


def at(tree: object, *path: str) -> object:
    """What a tree has at a path, or None."""
    for step in path:
        if not isinstance(tree, Mapping):
            return None
        tree = cast(Tree, tree).get(step)
    return tree


def unique(words: Iterable[str]) -> list[str]:
    cleaned = (re.sub(r"[\u200e\u200f\u061c]", "", word).replace("\u00a0", " ").strip() for word in words)
    return list(dict.fromkeys(word for word in cleaned if word))


def calendar(trees: list[Tree], kind: str, width: str) -> list[str]:
    """Months or weekdays, first as they are next to a day, then as they are alone."""
    return unique(
        name
        for tree in trees
        for use in ("format", "stand-alone")
        for name in strings(at(tree, kind, use, width))
        if not re.match(r"\d", name)
    )


def scales(trees: list[Tree], length: str) -> list[str]:
    """The words of compact numbers: `0 millions` gives `millions`."""
    patterns = unique(
        str(getattr(pattern, "pattern", pattern)).replace("'", "")
        for tree in trees
        for plural in (cast(Tree, at(tree, "compact_decimal_formats", length) or {})).values()
        for pattern in cast(Tree, plural).values()
    )
    return unique(pattern.replace("0", "") for pattern in patterns if "0" in pattern)


def codes() -> list[str]:
    """ISO 4217 codes of what is tender somewhere, and of `FORMER`."""
    tender = {
        code
        for currencies in cast(Mapping[str, list[tuple[str, object, object, bool]]], get_global("territory_currencies")).values()
        for code, _, end, is_tender in currencies
        if is_tender and end is None
    }  # fmt: skip
    return sorted(tender)


def currencies(trees: list[Tree], wanted: list[str]) -> list[str]:
    """Every form of every name that CLDR has, without what it adds in brackets."""
    names = (
        name
        for code in wanted
        for tree in trees
        for table in ("currency_names", "currency_names_plural")
        for name in strings(at(tree, table, code))
    )
    return unique(re.sub(r"\s*[(\[].*", "", name) for name in names)


def nouns(names: list[str], language: str) -> list[str]:
    """The nouns of the names, as news writes them: `dollars` of `dollars canadiens`."""

    def head(name: str) -> str:
        words = name.split(" ")
        words = [word for word in words if word.lower() not in NEW and not ADJECTIVE.search(word)] or words
        return words[-1].split("-")[-1] if language in LAST_WORD else words[0]

    return unique(
        noun
        for noun in map(head, names)
        if (len(noun) > 2 or not noun.isascii()) and not noun.isupper() and noun.lower() not in NEW
    )


def symbols(trees: list[Tree], wanted: list[str]) -> list[str]:
    """Currency symbols with a letter in them, such as `zł` and `US$`."""
    written = unique(
        symbol
        for code in wanted
        for tree in trees
        for symbol in strings(at(tree, "currency_symbols", code))
        if symbol != code
    )
    return [symbol for symbol in written if len(symbol) > 1 and any(map(str.isalpha, symbol))]


def percent(trees: list[Tree]) -> tuple[list[str], list[str]]:
    """The words for `%`: those after the figure, and those before it."""
    patterns = unique(
        pattern
        for tree in trees
        for pattern in strings(at(tree, "unit_patterns", "concentr-percent", "long"))
    )
    after = unique(pattern[3:] for pattern in patterns if pattern.startswith("{0}"))
    before = unique(pattern[:-3] for pattern in patterns if pattern.endswith("{0}"))
    return [w for w in after if any(map(str.isalpha, w))], [w for w in before if any(map(str.isalpha, w))]


def joiners(trees: list[Tree]) -> dict[str, list[str]]:
    """What dates have between day and month, between month and year, and after the year."""
    patterns = [
        str(getattr(value, "pattern", value)).replace("'", "")
        for tree in trees
        for table, names in (("date_formats", ("full", "long")), ("datetime_skeletons", ("MMMMd", "yMMMM")))
        for name in names
        if (value := at(tree, table, name)) is not None
    ]
    text = "\n".join(patterns)
    return {
        "after_day": unique(w for w in re.findall(r"d(\.?(?: (?!MMM)\w+)?|[^\x00-\x7f])\s?MMMM", text)),
        "before_year": unique(re.findall(r"MMMM (\w\w+) y", text)),
        "after_year": unique(re.findall(r"\by(\s?[^\x00-\x7f]+\.?)$", text, re.MULTILINE)),
    }  # fmt: skip


def periods(trees: list[Tree]) -> list[str]:
    """The parts of the day that are written with an hour: `PM`, `du soir`, `午後`."""
    return unique(
        name
        for tree in trees
        for width in ("wide", "abbreviated")
        for key, name in (cast(dict[str, str], at(tree, "day_periods", "format", width) or {})).items()
        if key not in ("noon", "midnight")
    )


def words(language: str) -> dict[str, object]:
    locales = [language, *VARIANTS[language].split()]
    trees = [raw(locale) for locale in locales]
    tender = codes()
    names = currencies(trees, [*tender, *FORMER])
    traded = nouns(currencies(trees, TRADED), language)
    after, before = percent(trees)
    full = str(getattr(at(trees[0], "date_formats", "full"), "pattern", ""))
    time = str(getattr(at(trees[0], "datetime_skeletons", "hm"), "pattern", ""))
    return {
        "source": f"Unicode CLDR {get_cldr_version()}, from babel {babel.__version__}",
        "licence": "Unicode-3.0 (https://www.unicode.org/license.txt)",
        "inputs": {
            f"{locale}.dat": hashlib.sha256((LOCALES / f"{locale}.dat").read_bytes()).hexdigest()
            for locale in locales
        },
        "months": calendar(trees, "months", "wide"),
        "short_months": calendar(trees, "months", "abbreviated"),
        "weekdays": calendar(trees, "days", "wide"),
        "short_weekdays": calendar(trees, "days", "abbreviated"),
        **joiners(trees),
        "scales": scales(trees, "long"),
        "short_scales": scales(trees, "short"),
        "currencies": unique([*(name for name in names if re.search("[ -]", name)), *traded]),
        "minor_currencies": [noun for noun in nouns(names, language) if noun not in traded],
        "symbols": symbols(trees, tender),
        "percent": after,
        "percent_before": before,
        "day_periods": periods(trees),
        "period_first": time.startswith("a"),
        "weekday_last": full.endswith("EEEE"),
    }


def write(name: str, content: dict[str, object]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=0) + "\n"
    (OUT / f"{name}.json").write_text(text, encoding="utf-8")
    print(f"{name}.json: {len(text.encode())} bytes")


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    for language in VARIANTS:
        write(language, words(language))
    write("codes", {"source": f"babel {babel.__version__}", "codes": codes()})


if __name__ == "__main__":
    main()
