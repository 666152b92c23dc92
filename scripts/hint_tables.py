"""Compile the word tables of `tui/hints/data` from hunspell-fr and wordfreq.

    python scripts/hint_tables.py FR_FOLDER WORDFREQ_FOLDER

FR_FOLDER holds `fr.aff` and `fr.dic` of Debian's `hunspell-fr-comprehensive` 1:7.0-1 (MPL-2.0);
WORDFREQ_FOLDER the `large_*.msgpack.gz` of wordfreq 3.1.1 (data: CC BY-SA 4.0). Needs the packages of
the `dev` extra. The tables are the same to the byte wherever this runs.

A table is gzipped UTF-8: a line a word, sorted by code points, with a tabulator between the word and
what is known of it, and an empty line after every `BLOCK` words. In `LANGUAGE.words.gz` that is its Zipf frequency (the decimal logarithm of how often
it stands among a thousand million words) times ten; in `usual.gz`, of the usual words of all languages,
the same after the code of each language that has it; in `fr.forms.gz` the ways to read it, each as
`tui/hints/french.py` says.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

OUT = Path(__file__).resolve().parent.parent / "tui" / "hints" / "data"
LANGUAGES = ("fr", "it", "en", "es", "de")
COMPARED = (*LANGUAGES, "pt", "nl", "ro", "ca")
"""Languages whose words may be left over in a translation."""
USUAL = 33
"""Zipf frequency times ten from which on a word may tell a language."""
BLOCK = 64
"""Words. A block is found by bisection, and the word in it by `str.find`."""
RAREST = {"de": 17}
"""Zipf frequency times ten. Below it lists taken from the Web are mostly misspellings and names, and
in German compounds without end."""
RAREST_ELSE = 13

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
NEEDS_AFFIX = "()"
METRIC = "Um"
"""The flag of units that take `kilo` and its like."""

KINDS = {
    "nom": "N",
    "adj": "A",
    "ppas": "P",
    "infi": "I",
    "ppre": "G",
    "nb": "U",
    **dict.fromkeys(("npr", "prn", "patr"), "Q"),
    **dict.fromkeys(("adv", "negadv", "advint", "interj", "loc"), "R"),
}
FINITE = {"ipre", "spre", "iimp", "ipsi", "simp", "ifut", "cond", "impe"}
PERSONS = {"1sg": "1s", "2sg": "2s", "3sg": "3s", "1pl": "1p", "2pl": "2p", "3pl": "3p", "3pl!": "3p"}
GENDERS = {"mas": "m", "fem": "f", "epi": "e"}
NUMBERS = {"sg": "s", "pl": "p", "inv": "i"}


class Suffix(NamedTuple):
    """One rule of the affix file."""

    strip: str
    add: str
    condition: re.Pattern[str]
    tags: tuple[str, ...]


def suffixes(path: Path) -> dict[str, list[Suffix]]:
    """The rules by their flag of two characters."""
    found: defaultdict[str, list[Suffix]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if len(words) < 5 or words[0] != "SFX":
            continue
        _, flag, strip, add, condition, *tags = words
        added = add.partition("/")[0]
        found[flag].append(
            Suffix(
                "" if strip == "0" else strip,
                "" if added == "0" else added,
                re.compile(f"(?:{condition})$"),
                tuple(tags),
            )
        )
    return found


def forms(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Every form with the tags of its stem and its ending. Elided prefixes are left out."""
    rules = suffixes(folder / "fr.aff")
    for line in (folder / "fr.dic").read_text(encoding="utf-8").splitlines()[1:]:
        head, *tags = line.split()
        stem, _, flags = head.partition("/")
        wanted = [flags[i : i + 2] for i in range(0, len(flags), 2)]
        if NEEDS_AFFIX not in wanted:
            yield stem, tags
        if METRIC in wanted:
            for prefix in _metric_prefixes(folder / "fr.aff"):
                for rule in rules["S."]:
                    if rule.condition.search(stem):
                        yield f"{prefix}{stem}{rule.add}", [*tags, *rule.tags]
        for flag in wanted:
            for rule in rules.get(flag, ()):
                if stem.endswith(rule.strip) and rule.condition.search(stem):
                    yield stem[: len(stem) - len(rule.strip)] + rule.add, [*tags, *rule.tags]


@cache
def _metric_prefixes(path: Path) -> list[str]:
    """`kilo` and its like; none for the unit itself."""
    lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    rules = [words for words in lines if len(words) >= 5 and words[:2] == ["PFX", METRIC]]
    added = (words[3].partition("/")[0] for words in rules)
    return ["" if prefix == "0" else prefix for prefix in added if "'" not in prefix]


def readings(tags: list[str]) -> set[str]:
    """What `tui/hints/french.py` calls readings: `Nfs`, `V3p`, `X` ..."""
    kinds = [tag[3:] for tag in tags if tag.startswith("po:")]
    marks = [tag[3:] for tag in tags if tag.startswith("is:")]
    gender = next((GENDERS[mark] for mark in reversed(marks) if mark in GENDERS), "e")
    number = next((NUMBERS[mark] for mark in reversed(marks) if mark in NUMBERS), "i")
    found: set[str] = set()
    if any(kind in FINITE for kind in kinds):
        return {f"V{PERSONS[kind]}" for kind in kinds if kind in PERSONS} or {"V"}
    verbal = [kind for kind in kinds if kind in {"infi", "ppre", "ppas"}]
    for kind in verbal or kinds:
        if re.fullmatch(r"v\d.*", kind):
            continue
        letter = KINDS.get(kind, "X")
        found.add(f"{letter}{gender}{number}" if letter in "NAPQ" else letter)
    return found


def french_forms(folder: Path) -> dict[str, str]:
    """The ways to read each form, sorted, with spaces between them, as one string."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for form, tags in forms(folder):
        if WORD.fullmatch(form) and (form.islower() or form.istitle()):
            found[form.replace("’", "'")] |= readings(tags)
    return {form: " ".join(sorted(ways)) for form, ways in found.items() if ways}


def word_lists(path: Path) -> Iterator[list[str]]:
    """The words of a file of wordfreq, by their frequency in centibels below 1: 0, 1, 2 ..."""
    with gzip.open(path) as file:
        header, *buckets = msgspec.msgpack.decode(file.read(), type=list[msgspec.Raw])
    described = msgspec.msgpack.decode(header, type=dict[str, str | int])
    assert described["format"] == "cB", described
    for bucket in buckets:
        yield msgspec.msgpack.decode(bucket, type=list[str])


def frequencies(path: Path, least: int) -> dict[str, int]:
    """Zipf frequency times ten of each word, from wordfreq's list of lists by centibel."""
    found: dict[str, int] = {}
    for centibels, words in enumerate(word_lists(path)):
        zipf = round(90 - centibels / 10)
        if zipf >= least:
            found.update((word, zipf) for word in words if WORD.fullmatch(word))
    return found


def usual(tables: dict[str, dict[str, int]]) -> dict[str, str]:
    """Each usual word with its languages, the one that has it most first: `it45 es32`."""
    found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for language, table in tables.items():
        for word, zipf in table.items():
            if zipf >= USUAL:
                found[word].append((-zipf, language))
    return {word: " ".join(f"{language}{-zipf}" for zipf, language in sorted(found[word])) for word in found}


def write(name: str, values: dict[str, str] | dict[str, int]) -> None:
    lines = [f"{word}\t{values[word]}" for word in sorted(values)]
    text = "\n\n".join("\n".join(lines[i : i + BLOCK]) for i in range(0, len(lines), BLOCK))
    path = OUT / name
    with path.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.encode("utf-8"))
    print(f"{name}: {len(values)} words, {path.stat().st_size} bytes")


def main(french: Path, wordfreq: Path) -> None:
    OUT.mkdir(exist_ok=True)
    tables = {
        language: frequencies(
            _largest(wordfreq, language),
            RAREST.get(language, RAREST_ELSE) if language in LANGUAGES else USUAL,
        )
        for language in COMPARED
    }
    for language in LANGUAGES:
        write(f"{language}.words.gz", tables[language])
    write("usual.gz", usual(tables))
    write("fr.forms.gz", french_forms(french))


def _largest(wordfreq: Path, language: str) -> Path:
    large = wordfreq / f"large_{language}.msgpack.gz"
    return large if large.exists() else wordfreq / f"small_{language}.msgpack.gz"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
