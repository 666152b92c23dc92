"""The French form that agrees: `la` for `le` before a feminine noun, `américaine` for `américain`, `tours` for `tour`.

A form is offered only if the dictionary has it and no other one fits.
"""

from __future__ import annotations

from collections.abc import Iterator

from tui.hints.french import elides_before, genders, numbers
from tui.hints.lexicon import Lexicon
from tui.hints.passage import Token

_FEMININE = {
    "le": "la",
    "un": "une",
    "ce": "cette",
    "cet": "cette",
    "du": "de la",
    "au": "à la",
    "certains": "certaines",
}
_MASCULINE = {
    "la": "le",
    "une": "un",
    "cette": "ce",
    "ma": "mon",
    "ta": "ton",
    "sa": "son",
    "certaines": "certains",
}
_ELIDED = {"la": "l'", "le": "l'", "de la": "de l'", "à la": "à l'", "ce": "cet"}
"""Before a vowel."""
_SAYS_PLURAL = frozenset(
    [
        "plusieurs",
        "quelques",
        "deux",
        "trois",
        "quatre",
        "cinq",
        "six",
        "sept",
        "huit",
        "neuf",
        "dix",
        "onze",
        "douze",
        "quinze",
        "vingt",
        "trente",
        "quarante",
        "cinquante",
    ]
)
"""After these a singular noun is the error, not the determiner."""
_TO_FEMININE = (
    ("eur", "euse"),
    ("teur", "trice"),
    ("eux", "euse"),
    ("if", "ive"),
    ("er", "ère"),
    ("ieux", "ieille"),
    ("ef", "ève"),
    ("g", "gue"),
    ("c", "que"),
    ("c", "che"),
    ("el", "elle"),
    ("en", "enne"),
    ("on", "onne"),
    ("et", "ette"),
    ("et", "ète"),
    ("s", "sse"),
    ("x", "sse"),
    ("eau", "elle"),
    ("", "e"),
)
_BEFORE_CONSONANT = frozenset({"beau", "nouveau", "vieux"})
"""Masculine adjectives with another form before a vowel: `nouvel`."""
_TO_PLURAL = (("al", "aux"), ("au", "aux"), ("eu", "eux"), ("ou", "oux"), ("", "s"))


def corrected_pair(
    shown: str, determiner: str, noun: Token, readings: frozenset[str], lexicon: Lexicon
) -> str | None:
    """A determiner and a noun that agree; None if it is not certain which of the two is wrong.

    `shown` is the determiner as it is written, `determiner` the same in lower case; `readings` are the noun's.
    """
    gender = genders(readings)
    table = _FEMININE if gender == {"f"} else _MASCULINE if gender == {"m"} else {}
    article = table.get(determiner)
    if article is not None and not _differs_in_number(determiner, readings):
        is_elided = elides_before(noun.lower)
        article = _ELIDED.get(article, article) if is_elided else article
        between = "" if article.endswith("'") else noun.before
        return f"{_with_case_of(shown, article)}{between}{noun.text}"
    if determiner in _SAYS_PLURAL:
        other = agreeing_form(lexicon, noun.lower, "N", readings, plural=True)
    elif determiner == "chaque":
        other = agreeing_form(lexicon, noun.lower, "N", readings, plural=False)
    else:
        return None
    return f"{shown}{noun.before}{other}" if other else None


def corrected_group(
    determiner: Token, adjective: Token, noun: Token, readings: frozenset[str], lexicon: Lexicon
) -> str | None:
    """A determiner and an adjective that have the gender of the noun after them: `la nouvelle maison`."""
    form = agreeing_form(lexicon, adjective.lower, "A", readings)
    gender = genders(readings)
    if form is None or (form in _BEFORE_CONSONANT and elides_before(noun.lower)):
        return None
    table = _FEMININE if gender == {"f"} else _MASCULINE
    article = table.get(determiner.lower, determiner.lower)
    article = _ELIDED.get(article, article) if elides_before(form) else article
    between = "" if article.endswith("'") else adjective.before
    return f"{_with_case_of(determiner.text, article)}{between}{form}{noun.before}{noun.text}"


def agreeing_form(
    lexicon: Lexicon, word: str, kind: str, like: frozenset[str], *, plural: bool | None = None
) -> str | None:
    """The form of an adjective (`A`, also a participle) or a noun (`N`) that has the gender and number of `like`.

    With `plural` its number counts instead of that of `like`. None if there is none, or more than one.
    """
    like = frozenset(reading for reading in like if reading[0] == "N") or like
    if plural is None:
        if len(numbers(like)) != 1 or "i" in numbers(like):
            return None
        plural = numbers(like) == {"p"}
    number, like_genders = "p" if plural else "s", genders(like)
    if len(like_genders) != 1:
        return None
    fitting = {
        form
        for form in _forms(word)
        if any(
            (reading[0] == kind or (kind == "A" and reading[0] == "P"))
            and (reading[1] in like_genders or reading[1] == "e" or "e" in like_genders)
            and reading[2] in {number, "i"}
            for reading in lexicon.readings(form)
            if len(reading) > 2
        )
    }
    return fitting.pop() if len(fitting) == 1 else None


def _forms(word: str) -> Iterator[str]:
    """What may be the other forms of a noun or adjective, and itself."""
    singulars = {word, *_undone(word, _TO_PLURAL)}
    for singular in singulars:
        for base in {singular, *_undone(singular, _TO_FEMININE)}:
            for form in {base, *_done(base, _TO_FEMININE)}:
                yield form
                yield from _done(form, _TO_PLURAL)


def _done(word: str, endings: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for before, after in endings:
        if word.endswith(before):
            yield word[: len(word) - len(before)] + after


def _undone(word: str, endings: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for before, after in endings:
        if word.endswith(after) and len(word) > len(after) + 1:
            yield word[: len(word) - len(after)] + before


def _differs_in_number(determiner: str, readings: frozenset[str]) -> bool:
    is_plural = determiner in {"certains", "certaines"}
    return numbers(readings) == ({"s"} if is_plural else {"p"})


def _with_case_of(shown: str, article: str) -> str:
    return article[0].upper() + article[1:] if shown[0].isupper() else article
