"""Compile `tui/documents/data/letters.gz`, how probable letters are after each other, from wordfreq and langdetect.

    python scripts/letter_tables.py WORDFREQ_FOLDER LANGDETECT_FOLDER

WORDFREQ_FOLDER has the `small_*.msgpack.gz` and `_chinese_mapping.msgpack.gz` of wordfreq 3.1.1 (data: CC BY-SA 4.0),
LANGDETECT_FOLDER the `profiles` of langdetect 1.0.9 (Apache-2.0). The table is the same to the byte wherever this runs.
`tui/documents/letters.py` describes its format.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

import msgspec

from tui.documents.letters import CHARACTER_LANGUAGES, LANGUAGES

OUT = Path(__file__).resolve().parent.parent / "tui" / "documents" / "data" / "letters.gz"

PROFILES = ["et", "sq", "th"]
"""Languages of langdetect that wordfreq lacks."""
CHARACTERS = [language for language in CHARACTER_LANGUAGES if language != "zt"]
"""Languages of wordfreq whose characters are counted one by one; `zt`, traditional, is made from `zh`."""
ALPHABETS = [
    language
    for languages in LANGUAGES.values()
    for language in languages
    if language not in (*PROFILES, *CHARACTER_LANGUAGES)
]
"""Languages of wordfreq that are written with letters. `sh` is Bosnian, Croatian and Serbian, in Latin letters."""
UNITS = 4
"""Costs are in quarters of a nat."""
LEAST = 3e-6
"""Share of all pairs below which a pair of ASCII letters is left out."""
LEAST_ACCENTED = 4e-7
"""The same for other pairs: few words of a language have letters of another, and they are what encodings differ in."""
LEAST_CHARACTER = 1e-5


def word_shares(folder: Path, language: str) -> dict[str, float]:
    """How often each word occurs among all words."""
    shares: dict[str, float] = {}
    with gzip.open(folder / f"small_{language}.msgpack.gz") as file:
        _, *buckets = msgspec.msgpack.decode(file.read(), type=list[msgspec.Raw])
    for centibels, bucket in enumerate(buckets):
        words = msgspec.msgpack.decode(bucket, type=list[str])
        shares.update(dict.fromkeys(words, 10 ** (-centibels / 100)))
    return shares


def pairs_of_words(shares: Mapping[str, float], language: str) -> dict[str, float]:
    """How often each pair of letters occurs; a blank is the edge of a word."""
    counts: defaultdict[str, float] = defaultdict(float)
    for word, share in shares.items():
        if language == "el" and word.endswith("σ"):
            word = word[:-1] + "ς"
        text = "".join(char if char.isalpha() else " " for char in f" {word} ")
        for pair in map("".join, pairwise(text)):
            if pair != "  ":
                counts[pair] += share
                if language == "ro":
                    # Old encodings have only the letters with a cedilla.
                    for form in {pair.replace("ș", "ş").replace("ț", "ţ")} - {pair}:
                        counts[form] += share
    return counts


def pairs_of_profile(path: Path) -> dict[str, float]:
    counts: defaultdict[str, float] = defaultdict(float)
    for group, count in json.loads(path.read_text(encoding="utf-8"))["freq"].items():
        if len(group) == 2 and len(group.lower()) == 2:
            counts[group.lower()] += count
    return counts


def pair_table(counts: Mapping[str, float]) -> str:
    """Each pair with its cost, -ln P(second | first), sorted."""
    first: defaultdict[str, float] = defaultdict(float)
    for pair, count in counts.items():
        first[pair[0]] += count
    total = sum(counts.values())
    return "".join(
        pair + _cost(count / first[pair[0]])
        for pair, count in sorted(counts.items())
        if count >= total * (LEAST if pair.isascii() else LEAST_ACCENTED)
    )


def character_table(counts: Mapping[str, float]) -> str:
    """Each character with its cost, -ln P, sorted."""
    total = sum(counts.values())
    return "".join(
        char + _cost(count / total)
        for char, count in sorted(counts.items())
        if count >= total * LEAST_CHARACTER and ord(char) > 127
    )


def _cost(probability: float) -> str:
    return chr(ord("0") + round(-math.log(probability) * UNITS))


def characters(shares: Mapping[str, float]) -> dict[str, float]:
    counts: defaultdict[str, float] = defaultdict(float)
    for word, share in shares.items():
        for char in word:
            counts[char] += share
    return counts


def traditional(simplified: Mapping[str, float], mapping: Mapping[int, str]) -> dict[str, float]:
    """The characters of Big5 with the counts of their simplified forms, which several of them may share."""
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for code, simple in mapping.items():
        if _is_in_big5(chr(code)):
            forms[simple].append(chr(code))
    counts: dict[str, float] = {}
    for char, count in simplified.items():
        own = [*forms[char], *([char] if _is_in_big5(char) else [])]
        counts.update({form: count / len(own) for form in own})
    return counts


def _is_in_big5(char: str) -> bool:
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


def lines(wordfreq: Path, langdetect: Path) -> Iterable[str]:
    for language in ALPHABETS:
        yield f"{language}\t2\t{pair_table(pairs_of_words(word_shares(wordfreq, language), language))}"
    for language in PROFILES:
        yield f"{language}\t2\t{pair_table(pairs_of_profile(langdetect / language))}"
    for language in CHARACTERS:
        yield f"{language}\t1\t{character_table(characters(word_shares(wordfreq, language)))}"
    with gzip.open(wordfreq / "_chinese_mapping.msgpack.gz") as file:
        mapping = msgspec.msgpack.decode(file.read(), type=dict[int, str])
    yield f"zt\t1\t{character_table(traditional(characters(word_shares(wordfreq, 'zh')), mapping))}"


def main() -> None:
    data = ("\n".join(lines(Path(sys.argv[1]), Path(sys.argv[2]))) + "\n").encode()
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(gzip.compress(data, mtime=0))
    print(f"{OUT.name}: {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
