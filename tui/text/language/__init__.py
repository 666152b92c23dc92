"""The language of a text: by its script, and by groups of letters where several languages share the script."""

from __future__ import annotations

import math
from collections import Counter

import msgspec

from tui.text.language.letter_groups import groups, is_program, words
from tui.text.language.neighbours import is_neighbour_of_german
from tui.text.language.passages import passages
from tui.text.language.profiles import UNIT, Costs, costs
from tui.text.language.scripts import LATIN, decided_by_script, letter_counts, main_script, script_of

UNDETERMINED = "und"
"""ISO 639-2 code for an undetermined language."""

LANGUAGES = frozenset(
    [
        "ar",
        "ca",
        "cs",
        "de",
        "el",
        "en",
        "es",
        "fr",
        "he",
        "hi",
        "it",
        "ja",
        "ko",
        "nl",
        "pl",
        "pt",
        "ro",
        "ru",
        "sv",
        "th",
        "tr",
        "uk",
        "zh",
    ]
)
"""ISO 639-1 codes. The profiles know more languages, so that a Danish text is not taken for a Swedish one."""

SURE = 0.9
"""Confidence from which on the text is believed more than what its file declares."""


class Identification(msgspec.Struct, frozen=True):
    """What the text itself says about its language."""

    language: str
    """One of LANGUAGES, or `und`."""
    confidence: float
    """Estimated probability, 0 to 1, that this is right. For `und`: that the text is in a language outside LANGUAGES
    whose profile is known; near 0 if the words say nothing."""


_OTHER, _UNKNOWN = "other", "unknown"
"""A language outside LANGUAGES whose profile is known, and anything else."""

_TEMPERATURE = 8.0
"""Letter groups overlap: their evidence, in nats, is divided by this. Fitted to sentences of the Web and news."""
_MARGIN, _SHORT_MARGIN = 1.1, 9.0
"""Quarters of a nat by which the mean cost of a group may exceed what is expected of the language, the second one
divided by the root of the number of letters; a text that is further off is in none of the known languages."""
_FOREIGN_LETTER = 160
"""Cost, in quarters of a nat, of a letter that no language of the script has."""
_SELDOM = 48
"""Cost, in quarters of a nat, of a language outside LANGUAGES."""
_MOST_REPEATED = 2
"""Times that a word counts in a passage, so that a list or code does not speak by its repetitions."""
_LEAST_PROBABILITY = 0.002
"""Of every language in every passage, since it may be a quotation or boilerplate."""


def detect(text: str) -> str:
    """The ISO 639-1 code of the language, one of LANGUAGES, or `und`."""
    return identify(text).language


def language_of(text: str, declared: str | None) -> str:
    """The language of a text whose file declares a language, or None.

    The text is believed where it is sure, the file where the text leaves doubt. Of a language outside LANGUAGES the
    text can only say that it is none of them, so a file that declares one is believed then.
    """
    identified = identify(text)
    if declared is None:
        return identified.language
    if identified.confidence >= SURE and (identified.language != UNDETERMINED or declared in LANGUAGES):
        return identified.language
    return declared


def identify(text: str) -> Identification:
    """The main language of a text and how sure that is.

    Reads at most 12,000 code points, from all over the text. Each passage counts by its letters.
    """
    judged = [(size, chances) for size, chances in map(_judge, passages(text)) if size]
    if not judged:
        return Identification(UNDETERMINED, 0.0)
    whole = sum(size for size, _ in judged)
    totals = dict.fromkeys((*sorted(LANGUAGES), UNDETERMINED), 0.0)
    other = 0.0
    for size, chances in judged:
        undetermined = chances.get(_OTHER, 0.0) + chances.get(_UNKNOWN, 0.0)
        other += size / whole * chances.get(_OTHER, 0.0) / max(undetermined, _LEAST_PROBABILITY)
        for language in totals:
            chance = undetermined if language == UNDETERMINED else chances.get(language, 0.0)
            totals[language] += size / whole * len(judged) * math.log(max(chance, _LEAST_PROBABILITY))
    best = max(totals, key=lambda language: totals[language])
    confidence = 1 / sum(math.exp(total - totals[best]) for total in totals.values())
    return Identification(best, confidence * other if best == UNDETERMINED else confidence)


def _judge(passage: str) -> tuple[int, dict[str, float]]:
    """How much the passage counts, and the probability of each language, of `_OTHER` and of `_UNKNOWN`."""
    counts = letter_counts(passage)
    script, size = main_script(counts)
    if is_program(passage):
        return size, {_UNKNOWN: 1.0}
    if script in costs():
        in_script = Counter(word for word in words(passage) if script_of(word[0]) == script)
        counted = [word for word, count in in_script.items() for _ in range(min(count, _MOST_REPEATED))]
        return size if counted else 0, _by_groups(counted, script)
    letters = counts.get(script, Counter[str]())
    language = decided_by_script(script, letters)
    chance = 1 - max(len(letters), 1) ** -1.5
    return size, {language or _OTHER: chance, _UNKNOWN: 1 - chance}


def _by_groups(in_script: list[str], script: str) -> dict[str, float]:
    """The probability of each language, `_OTHER` and `_UNKNOWN`, by the groups of letters in the words."""
    table = costs()[script]
    rows = [
        row
        for word in in_script
        for group in groups(word, table.longest)
        if (row := table.of_group.get(group))
    ]
    if not rows:
        return {_UNKNOWN: 1.0}
    total = {
        language: sum(column)
        for language, column in zip(table.languages, zip(*rows, strict=True), strict=True)
    }
    nearest = min(total, key=lambda language: total[language])
    letters = Counter("".join(in_script))
    foreign = sum(count for letter, count in letters.items() if _is_foreign(letter, script, table))
    margin = _MARGIN + _SHORT_MARGIN / math.sqrt(sum(map(len, in_script)))
    unknown = len(rows) * (table.expected[nearest] + margin) - foreign * _FOREIGN_LETTER
    least = min(total[nearest], unknown)
    probabilities: dict[str, float] = {_UNKNOWN: _likelihood(unknown - least)}
    for language, cost in total.items():
        answer = language if language in LANGUAGES else _OTHER
        seldom = 0 if language in LANGUAGES else _SELDOM
        probabilities[answer] = probabilities.get(answer, 0.0) + _likelihood(cost + seldom - least)
    if script == LATIN and is_neighbour_of_german(in_script, nearest):
        probabilities = {_OTHER: 1.0}
    sum_of_all = sum(probabilities.values())
    return {language: likelihood / sum_of_all for language, likelihood in probabilities.items()}


def _is_foreign(letter: str, script: str, table: Costs) -> bool:
    """True for a letter of the script that no language of the profiles uses."""
    return letter not in table.of_group and letter.isalpha() and script_of(letter) == script


def _likelihood(cost: float) -> float:
    return math.exp(-cost / UNIT / _TEMPERATURE)
