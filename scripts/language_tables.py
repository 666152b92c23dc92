"""Compile the language profiles of `tui/text/language/data` from wordfreq, Universal Dependencies and langdetect.

    python scripts/language_tables.py WORDFREQ_FOLDER TREEBANK_FOLDER LANGDETECT_FOLDER

WORDFREQ_FOLDER holds the `small_*.msgpack.gz` of wordfreq 3.1.1 (data: CC BY-SA 4.0); TREEBANK_FOLDER the
`.conllu` files of the treebanks in `TREEBANKS` (CC BY-SA); LANGDETECT_FOLDER the `profiles` of langdetect 1.0.9
(Apache-2.0). The tables are the same to the byte wherever this runs.
"""

from __future__ import annotations

import math
import sys
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
from hint_tables import word_lists

from tui.text.language.letter_groups import LONGEST, groups, words
from tui.text.language.profiles import UNIT, Profiles
from tui.text.language.scripts import ARABIC, CYRILLIC, DEVANAGARI, LATIN, script_of

OUT = Path(__file__).resolve().parent.parent / "tui" / "text" / "language" / "data" / "profiles.bin"

WORDFREQ = {
    LATIN: [
        "ca",
        "cs",
        "da",
        "de",
        "en",
        "es",
        "fi",
        "fil",
        "fr",
        "hu",
        "id",
        "is",
        "it",
        "lt",
        "lv",
        "ms",
        "nb",
        "nl",
        "pl",
        "pt",
        "ro",
        "sh",
        "sk",
        "sl",
        "sv",
        "tr",
        "vi",
    ],
    CYRILLIC: ["bg", "mk", "ru", "sh", "uk"],
    ARABIC: ["ar", "fa", "ur"],
}
"""Languages whose words wordfreq counts. `sh` is Bosnian, Croatian and Serbian, in Latin letters."""
TREEBANKS = {
    LATIN: {
        "af": "af_afribooms",
        "cy": "cy_ccg",
        "et": "et_ewt",
        "ga": "ga_idt",
        "gl": "gl_pud",
        "la": "la_llct",
        "nn": "no_nynorsk",
    },
    CYRILLIC: {"be": "be_hse"},
}
"""Languages that wordfreq lacks, and the names of their treebanks' files."""
LANGDETECT = {DEVANAGARI: ["hi", "mr", "ne"]}
LANGDETECT_LONGEST = 3

SERBIAN = dict(
    zip(
        [
            "a",
            "b",
            "c",
            "č",
            "ć",
            "d",
            "dž",
            "đ",
            "e",
            "f",
            "g",
            "h",
            "i",
            "j",
            "k",
            "l",
            "lj",
            "m",
            "n",
            "nj",
            "o",
            "p",
            "r",
            "s",
            "š",
            "t",
            "u",
            "v",
            "z",
            "ž",
        ],
        [
            "а",
            "б",
            "ц",
            "ч",
            "ћ",
            "д",
            "џ",
            "ђ",
            "е",
            "ф",
            "г",
            "х",
            "и",
            "ј",
            "к",
            "л",
            "љ",
            "м",
            "н",
            "њ",
            "о",
            "п",
            "р",
            "с",
            "ш",
            "т",
            "у",
            "в",
            "з",
            "ж",
        ],
        strict=True,
    )
)

WORDS = 30_000
"""The most usual words of a language that count."""
GROUPS = {LATIN: 500, CYRILLIC: 900, ARABIC: 700, DEVANAGARI: 900}
"""Groups kept for each language of a script: those that say most about it."""
LEAST = 1e-6
"""Share that a group needs in one language."""
LEAST_LETTER = 5e-6
"""Share of a letter among the groups of one language; the rest is foreign to the script's languages."""
SMOOTHING = 1.7e-7
"""Share of a language's groups that is added to each."""
UNMARKED = 0.02
"""How often a word is written without its accents, as on a keyboard that lacks them."""
MOST = 255


def from_wordfreq(folder: Path, language: str, script: str) -> dict[str, float]:
    """Share of each word, one to a part of an elided or hyphenated form."""
    found: defaultdict[str, float] = defaultdict(float)
    for centibels, bucket in enumerate(word_lists(folder / f"small_{language}.msgpack.gz")):
        for form in bucket:
            for word in words(form):
                found[word] += 10 ** (-centibels / 100)
    if script == CYRILLIC and language == "sh":
        found = defaultdict(float, {_in_cyrillic(word): share for word, share in found.items()})
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))[:WORDS])


def from_treebank(folder: Path, name: str) -> dict[str, float]:
    found: Counter[str] = Counter()
    for path in sorted(folder.glob(f"{name}-ud-*.conllu")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# text = "):
                found.update(words(line.removeprefix("# text = ")))
    assert found, name
    return {word: count / found.total() for word, count in found.items()}


def from_langdetect(folder: Path, language: str, script: str) -> dict[str, float]:
    """Share of each group of that script among those of its length."""
    profile = msgspec.json.decode((folder / language).read_bytes(), type=dict[str, msgspec.Raw])
    counts = msgspec.json.decode(profile["freq"], type=dict[str, int])
    totals = msgspec.json.decode(profile["n_words"], type=list[int])
    return {
        group: count / totals[len(group) - 1]
        for group, count in counts.items()
        if words(group) == group.split()
        and all(script_of(letter) == script for letter in group.replace(" ", ""))
    }


def shares_of_groups(counted: dict[str, float], script: str) -> dict[str, float]:
    """Share of each group among all groups of the words in that script."""
    found: defaultdict[str, float] = defaultdict(float)
    for word, share in counted.items():
        if all(script_of(letter) == script for letter in word if letter.isalpha()):
            plain = _without_marks(word) if script == LATIN else word
            for group in groups(word):
                found[group] += share
            for group in groups(plain) if plain != word else ():
                found[group] += share * UNMARKED
    return _in_proportion(found)


def profiles(script: str, shares: dict[str, dict[str, float]], longest: int) -> Profiles:
    languages = sorted(shares)
    kept = sorted(_telling(shares, GROUPS[script]))
    table = [
        [math.log(shares[language].get(group, 0.0) + SMOOTHING) for language in languages] for group in kept
    ]
    costs = [[min(MOST, round((max(row) - value) * UNIT)) for value in row] for row in table]
    expected: list[float] = []
    for number, language in enumerate(languages):
        known = [shares[language].get(group, 0.0) for group in kept]
        cost = sum(share * row[number] for share, row in zip(known, costs, strict=True))
        expected.append(round(cost / sum(known), 2))
    columns = b"".join(bytes(column) for column in zip(*costs, strict=True))
    return Profiles(languages, expected, longest, "\n".join(kept), columns)


def _telling(shares: dict[str, dict[str, float]], most: int) -> set[str]:
    """The groups that tell a language from the others: by its part of the Jensen-Shannon divergence."""
    usual = {group for found in shares.values() for group, share in found.items() if share >= LEAST}
    mean = {group: sum(found.get(group, 0.0) for found in shares.values()) / len(shares) for group in usual}
    kept = {
        group
        for group in usual
        if len(group) == 1 and max(found.get(group, 0.0) for found in shares.values()) >= LEAST_LETTER
    }
    for found in shares.values():
        scores = {
            group: share * abs(math.log(share / mean[group]))
            for group, share in found.items()
            if group in usual
        }
        kept.update(sorted(scores, key=lambda group: (-scores[group], group))[:most])
    return kept


def _in_proportion(found: dict[str, float]) -> dict[str, float]:
    total = sum(found.values())
    return {group: share / total for group, share in found.items()}


def _without_marks(word: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)
    )


def _in_cyrillic(word: str) -> str:
    for latin in sorted(SERBIAN, key=len, reverse=True):
        word = word.replace(latin, SERBIAN[latin])
    return word


def _all(
    languages: Iterable[str], counted: Callable[[str], dict[str, float]], script: str
) -> dict[str, dict[str, float]]:
    return {language: shares_of_groups(counted(language), script) for language in languages}


def main(wordfreq: Path, treebanks: Path, langdetect: Path) -> None:
    tables: dict[str, Profiles] = {}
    for script, languages in WORDFREQ.items():
        shares = _all(
            languages, lambda language, script=script: from_wordfreq(wordfreq, language, script), script
        )
        names = TREEBANKS.get(script, {})
        shares |= _all(names, lambda language, names=names: from_treebank(treebanks, names[language]), script)
        tables[script] = profiles(script, shares, LONGEST)
    for script, languages in LANGDETECT.items():
        shares = {
            language: _in_proportion(from_langdetect(langdetect, language, script)) for language in languages
        }
        tables[script] = profiles(script, shares, LANGDETECT_LONGEST)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(zlib.compress(msgspec.msgpack.encode(tables), 9))
    for script, table in tables.items():
        print(f"{script}: {len(table.languages)} languages, {table.groups.count(chr(10)) + 1} groups")
    print(f"{OUT.name}: {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
