"""Word forms that depend on the next sound: `a apple`, `il amico`, `nel anno`, `i studenti`, `y iglesia`, `de el`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from tui.hints.detector import Detector, Finding
from tui.hints.function_words import words
from tui.hints.lexicon import Lexicon
from tui.hints.passage import Passage, Token


def _find(passage: Passage) -> Iterator[Finding]:
    lexicon = passage.lexicon
    if lexicon is None:
        return
    required_form = _FORMS[passage.language]
    for sentence in passage.tokens:
        for number, (first, second) in enumerate(pairwise(sentence)):
            if not (first.is_word and second.is_word and second.is_spaced):
                continue
            if second.text == "el" and first.lower in _WITH_EL and passage.language == "es":
                joined = _WITH_EL[first.lower]
                yield Finding(first.start, second.end, f"“{first.text} el” becomes “{joined}”", joined)
                continue
            if number and len(first.text) == 1 and first.text.isupper():
                continue  # Serie A, Carlo I
            before = sentence[number - 1].lower if number else ""
            form = required_form(lexicon, before, first, second)
            if form is not None:
                if first.text[0].isupper():
                    form = form.capitalize()
                space = "" if form.endswith("'") else " "
                reason = f"“{first.text}” becomes “{form}” before “{second.text}”"
                yield Finding(first.start, second.end, reason, f"{form}{space}{second.text}")


# -- English -------------------------------------------------------------------

_SOUNDS_LIKE_YOU = re.compile(
    r"eu|ewe|one(?!r)|once|ubiq|uga|uk|uni(?!n|m|d)|unan|ura|ure|uri|us[aeiu]|ut[ei]|uto"
)
_SILENT_H = re.compile(r"hour|honest|honou?r|heir(?!l)")
_SOUNDED_H = re.compile(
    r"h(?!our|onest|onou?r|eir(?!l)|istor|otel|allu|erb|abitu|ero|ered|yst|ilar|ypo|yper|a(?!\w))"
)
"""Words with a sounded h, without those in which some speakers drop it."""
_NOT_AFTER_AN_ARTICLE = words("is are and or in of at as it on if a an the until under upon either")


def _english(lexicon: Lexicon, before: str, first: Token, second: Token) -> str | None:
    word = second.lower
    if first.lower not in {"a", "an"} or (first.text == "A" and second.text[0].isupper()):
        return None
    if len(word) < 3 or not second.text[1:].islower() or "-" in word or lexicon.zipf(word) < 2.6:
        return None
    if word in _NOT_AFTER_AN_ARTICLE:
        return None
    if first.lower == "a":
        is_vowel = word[0] in "aeiou" and not _SOUNDS_LIKE_YOU.match(word)
        return "an" if is_vowel or _SILENT_H.match(word) else None
    is_consonant = word[0] in "bcdfgjklmnpqrstvwyz" or _SOUNDED_H.match(word) or _SOUNDS_LIKE_YOU.match(word)
    return "a" if is_consonant else None


# -- Italian -------------------------------------------------------------------

_IMPURE = re.compile(r"s[bcdfglmnpqrtvz]|z|gn|ps|x")
_ITALIAN = {
    "il": ("l'", "lo"), "del": ("dell'", "dello"), "al": ("all'", "allo"), "nel": ("nell'", "nello"),
    "dal": ("dall'", "dallo"), "sul": ("sull'", "sullo"), "quel": ("quell'", "quello"), "bel": ("bell'", "bello"),
    "un": (None, "uno"), "i": ("gli", "gli"), "dei": ("degli", "degli"), "ai": ("agli", "agli"),
    "nei": ("negli", "negli"), "dai": ("dagli", "dagli"), "sui": ("sugli", "sugli"), "quei": ("quegli", "quegli"),
}  # fmt: skip
"""The article's form before a vowel, and before s with a consonant, z, gn or ps."""
_NOT_ITALIAN = words("uno una un ed anche altro oltre ieri oggi allora ancora")


def _italian(lexicon: Lexicon, before: str, first: Token, second: Token) -> str | None:
    forms = _ITALIAN.get(first.lower)
    word = second.lower
    if forms is None or len(word) < 3 or not second.text.islower() or lexicon.zipf(word) < 3.0:
        return None
    if word in _NOT_ITALIAN or word.startswith(("io", "ie", "ia", "iu", "uo", "sw", "whi")):
        return None
    if lexicon.other_languages(word).get("en", 0.0) > lexicon.zipf(word):
        return None  # A loan word keeps its original pronunciation.
    if first.lower == "dei" and before in {"gli", "degli", "agli", "dagli"}:
        return None
    if first.lower in {"un", "i"} and before.endswith(("-", "'")):
        return None
    if word[0] in "aeiouàèéìòù":
        return forms[0]
    return forms[1] if _IMPURE.match(word) else None


# -- Spanish -------------------------------------------------------------------

_WITH_EL = {"de": "del", "a": "al"}

_STRESSED_A = words("agua águila alma arma área aula hambre hacha habla ala ancla ave hada arpa asma ama")


def _spanish(lexicon: Lexicon, before: str, first: Token, second: Token) -> str | None:
    word = second.lower
    if len(word) < 3 or not second.text[1:].islower():
        return None
    if first.lower in {"la", "una"} and second.text in _STRESSED_A:
        return "el" if first.lower == "la" else "un"
    if first.text == "e" and second.text.islower() and lexicon.zipf(word) >= 3.5:
        return None if re.match(r"h?[ií]|y", word) else "y"
    if first.text == "u" and second.text.islower() and lexicon.zipf(word) >= 3.5:
        return None if re.match(r"h?[oóu]", word) else "o"
    if first.text == "y" and re.match(r"h?[ií](?![aeoáéó])", word):
        return "e"
    if first.text == "o" and re.match(r"h?[oó]", word):
        return "u"
    return None


_FORMS: dict[str, Callable[[Lexicon, str, Token, Token], str | None]] = {
    "en": _english,
    "it": _italian,
    "es": _spanish,
}

DETECTOR = Detector(
    name="article-form",
    what="an article or conjunction in a form that the next word does not allow",
    category="grammar",
    severity="minor",
    confidence=0.8,
    languages=frozenset(_FORMS),
    find=_find,
)
