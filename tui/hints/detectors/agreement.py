"""French gender and number: `un société`, `le gestion`, `plusieurs tour`, `une mesure important`, `3 million`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tui.hints.agreeing_forms import agreeing_form, corrected_group, corrected_pair
from tui.hints.detector import Detector, Finding
from tui.hints.french import genders, kinds, numbers
from tui.hints.function_words import words
from tui.hints.lexicon import Lexicon
from tui.hints.passage import Passage, Token

_GENDER = {
    **dict.fromkeys(("le", "un", "ce", "cet", "du", "au"), "m"),
    **dict.fromkeys(("la", "une", "cette", "ma", "ta", "sa"), "f"),
    **dict.fromkeys(("certains",), "m"),
    **dict.fromkeys(("certaines",), "f"),
}
_SINGULAR = words("le un ce cet du au la une cette ma ta sa mon ton son leur chaque")
_PLURAL = words(
    """les des ces mes tes ses nos vos leurs aux plusieurs quelques certains certaines deux trois quatre
    cinq six sept huit neuf dix onze douze quinze vingt trente quarante cinquante"""
)
_NUMERALS = words(
    """deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante cinquante"""
)
_MAY_BE_PRONOUN = words("le la les ce un une")
_NUMBERED = words("numéro article page chapitre tome acte scène à vers ligne chambre juin mai")

_ALSO_OF_WOMEN = words(
    """numéro professeur docteur médecin ministre chef maire juge auteur capitaine général colonel leader
    mannequin premier député sénateur préfet ingénieur écrivain successeur procureur entraîneur
    sauveteur défenseur gouverneur ambassadeur vainqueur reporter commandant lieutenant major"""
)
"""Masculine in the dictionary, but common after `la` or `une`."""

_ADJECTIVE = re.compile(r"(?:ain|ais|ois|ien|if|eux|el|ale?|ant|ent)(?:n?e)?s?$|ives?$|euses?$|elles?$|aux$")
"""Endings of words that may also be nouns but are adjectives when they follow a noun: une société américain."""

_MILLION = re.compile(
    r"(?<![\w.,])(\d{1,6}(?:[\u00a0\u202f ]\d{3}){0,3}(?:,\d{1,6})?) (million|milliard|billion)(?!\w)"
)


def _find(passage: Passage) -> Iterator[Finding]:
    lexicon = passage.lexicon
    if lexicon is None:
        return
    for sentence in passage.tokens:
        for number, (determiner, noun) in enumerate(pairwise(sentence)):
            if determiner.lower in _SINGULAR or determiner.lower in _PLURAL:
                yield from _pair(lexicon, sentence, number, determiner, noun)
    for match in _MILLION.finditer(passage.text):
        if float(re.sub(r"\D.*", "", match.group(1)) or 0) >= 2:
            correction = f"{match.group()}s"
            yield Finding(match.start(), match.end(), "plural needed: two or more", correction)


def _pair(
    lexicon: Lexicon, sentence: Sequence[Token], number: int, determiner: Token, noun: Token
) -> Iterator[Finding]:
    before = sentence[number - 1] if number else None
    over_adjective = list(_before_noun(lexicon, sentence, number, determiner, noun))
    if over_adjective:
        yield from over_adjective
        return
    if not _is_pair(lexicon, before, determiner, noun):
        return
    readings = lexicon.readings(noun.lower)
    wrong = _mismatch(determiner.lower, noun.text, readings)
    if wrong:
        correction = corrected_pair(determiner.text, determiner.lower, noun, readings, lexicon)
        yield Finding(determiner.start, noun.end, wrong, correction)
        return
    after = sentence[number + 2] if number + 2 < len(sentence) else None
    if after is None or noun.lower == "fois" or _is_complement(before, determiner):
        return  # cette fois battu
    if _is_noun(determiner, readings):
        wrong = _adjective(lexicon, readings, noun, after, sentence[number + 3 : number + 4])
        if wrong:
            adjective = agreeing_form(lexicon, after.lower, "A", readings)
            correction = f"{noun.text}{after.before}{adjective}" if adjective else None
            yield Finding(noun.start, after.end, wrong, correction, confidence=0.7)


_BEFORE_NOUN = words(
    """dernier dernière derniers dernières premier première premiers premières nouveau nouvelle nouveaux nouvelles
    grand grande grands grandes petit petite petits petites bon bonne bons bonnes mauvais mauvaise mauvaises
    gros grosse grosses long longue longs longues ancien ancienne anciens anciennes beau belle beaux belles
    vieux vieille vieilles prochain prochaine prochains prochaines certain certaine certains certaines
    véritable véritables seul seule seuls seules autre autres principal principale principaux principales
    important importante importants importantes récent récente récents récentes"""
)
"""Adjectives that come before their noun, in all forms."""


def _before_noun(
    lexicon: Lexicon, sentence: Sequence[Token], number: int, determiner: Token, adjective: Token
) -> Iterator[Finding]:
    """`le dernier enquête`, `les grands école`."""
    if adjective.lower not in _BEFORE_NOUN or not adjective.text.islower() or not adjective.is_spaced:
        return
    if number + 2 >= len(sentence) or determiner.lower in {"certains", "certaines"}:
        return
    noun = sentence[number + 2]
    if not noun.is_spaced or not noun.text.islower() or not noun.text.isalpha() or len(noun.text) < 3:
        return
    readings = lexicon.readings(noun.lower)
    if "N" not in kinds(readings) or not kinds(readings) <= {"N", "V"} or lexicon.zipf(noun.lower) < 2.5:
        return
    if "N" in kinds(lexicon.readings(adjective.lower)) and kinds(readings) != {"N"}:
        return  # le petit porte, l'autre marche
    adjective_readings = {reading for reading in lexicon.readings(adjective.lower) if reading[0] == "A"}
    adjective_genders, noun_genders = genders(adjective_readings), genders(readings)
    wrong, correction = "", None
    is_known = len(noun_genders) == 1 and noun.lower not in _ALSO_OF_WOMEN
    stated_genders = {
        gender
        for gender in ("m", "f")
        if adjective_genders == {gender} or _GENDER.get(determiner.lower) == gender
    }
    if is_known and stated_genders - noun_genders and "e" not in noun_genders:
        wrong = f"“{noun.text}” is {_GENDER_NAMES[next(iter(noun_genders))]}"
        correction = corrected_group(determiner, adjective, noun, readings, lexicon)
    elif numbers(adjective_readings) == {"s"} and numbers(readings) == {"p"}:
        wrong = f"“{adjective.text}” is singular, “{noun.text}” plural"
    elif numbers(adjective_readings) == {"p"} and numbers(readings) == {"s"}:
        wrong = f"“{adjective.text}” is plural, “{noun.text}” singular"
    if wrong:
        yield Finding(determiner.start, noun.end, wrong, correction, confidence=0.75)


def _is_pair(lexicon: Lexicon, before: Token | None, determiner: Token, noun: Token) -> bool:
    """True if they certainly belong together."""
    if not noun.is_spaced or not noun.text.islower() or not noun.text.isalpha() or len(noun.text) < 3:
        return False
    if before is not None and (not determiner.before or before.lower in {"l'", "d'"}):
        return False
    if determiner.text[0].isupper() and before is not None:
        return False  # The end of a title or a name.
    if determiner.lower in {"un", "une"} and before is not None and before.lower in {"et", "ou"}:
        return False  # vingt et un ans
    if determiner.lower in _NUMERALS and before is not None and before.lower in _NUMBERED:
        return False
    readings = lexicon.readings(noun.lower)
    if lexicon.zipf(noun.lower) < 2.0 or not readings or "N" not in kinds(readings) | {"N"} & kinds(readings):
        return bool(readings) and kinds(readings) <= {"A"} and lexicon.zipf(noun.lower) >= 2.0
    return kinds(readings) <= _allowed(before, determiner)


def _allowed(before: Token | None, determiner: Token) -> set[str]:
    """The kinds of readings a word may have and still be a noun after this determiner."""
    if determiner.lower in _MAY_BE_PRONOUN | {"les"}:
        is_article = before is not None and (
            before.lower in _BEFORE_ARTICLES or (determiner.lower in {"un", "une"} and before.text.islower())
        )
        return {"N", "A", "P", "V"} if is_article else {"N", "A"}
    return {"N", "A"} if determiner.lower in _NUMERALS else {"N", "A", "P", "V"}


_BEFORE_ARTICLES = words(
    """de à dans sur sous avec par pour sans chez vers contre entre depuis selon parmi pendant durant malgré après
    avant devant derrière dès hormis outre via"""
)
"""After these, `le`, `la` and `les` are articles, because a verb would be in the infinitive."""


def _is_noun(determiner: Token, readings: frozenset[str]) -> bool:
    """True if the word can only be a noun after this determiner."""
    if determiner.lower in _MAY_BE_PRONOUN | _NUMERALS:
        return kinds(readings) == {"N"}
    return "N" in kinds(readings) and kinds(readings) <= {"N", "V"}


def _is_complement(before: Token | None, determiner: Token) -> bool:
    """True if an adjective after the noun may belong to an earlier noun: une partie du territoire revendiquée."""
    if before is None:
        return False
    return determiner.lower in {"du", "des", "au", "aux"} or before.lower in {
        "de",
        "d'",
        "et",
        "ou",
        "à",
        "en",
    }


def _mismatch(determiner: str, noun: str, readings: frozenset[str]) -> str:
    gender = _GENDER.get(determiner)
    noun_genders = genders(readings)
    if gender == "m" and noun_genders == {"f"}:
        return f"“{noun}” is feminine"
    if gender == "f" and noun_genders == {"m"} and noun not in _ALSO_OF_WOMEN:
        return f"“{noun}” is masculine"
    count = numbers(readings)
    if determiner in _PLURAL and count == {"s"} and "N" in kinds(readings):
        return f"“{determiner}” is plural, “{noun}” singular"
    if determiner in _SINGULAR and count == {"p"}:
        return f"“{determiner}” is singular, “{noun}” plural"
    return ""


def _adjective(
    lexicon: Lexicon, readings: frozenset[str], noun: Token, adjective: Token, following: Sequence[Token]
) -> str:
    """The reason why an adjective right after the noun is wrong; empty if it is not."""
    if not adjective.is_spaced or not adjective.text.islower() or not adjective.text.isalpha():
        return ""
    adjective_readings = lexicon.readings(adjective.lower)
    allowed = {"A", "P", "N"} if _ADJECTIVE.search(adjective.lower) else {"A", "P"}
    if (
        not kinds(adjective_readings) & {"A", "P"}
        or not kinds(adjective_readings) <= allowed
        or lexicon.zipf(adjective.lower) < 2.5
    ):
        return ""
    if following and following[0].lower in {"et", "ou", "ni", ",", "-", "–"}:
        return ""  # les langues anglaise et française
    if following and following[0].text.islower() and _is_noun_phrase(lexicon, following[0].lower):
        return ""  # It may belong to the next noun.
    noun_genders, adjective_genders = genders(readings), genders(adjective_readings)
    if noun_genders | adjective_genders == {"m", "f"} and len(noun_genders) == len(adjective_genders) == 1:
        return f"“{adjective.text}” does not agree with “{noun.text}”, which is {_GENDER_NAMES[next(iter(noun_genders))]}"
    if numbers(adjective_readings) == {"p"} and numbers(readings) == {"s"}:
        return f"“{adjective.text}” is plural, “{noun.text}” singular"
    if numbers(adjective_readings) == {"s"} and numbers(readings) == {"p"}:
        return f"“{adjective.text}” is singular, “{noun.text}” plural"
    return ""


def _is_noun_phrase(lexicon: Lexicon, word: str) -> bool:
    word_kinds = kinds(lexicon.readings(word))
    return "N" in word_kinds and not word_kinds & {"V", "X", "R"}


_GENDER_NAMES = {"m": "masculine", "f": "feminine"}

DETECTOR = Detector(
    name="agreement",
    what="gender or number that does not agree (French)",
    category="grammar",
    severity="minor",
    confidence=0.8,
    languages=frozenset({"fr"}),
    find=_find,
)
