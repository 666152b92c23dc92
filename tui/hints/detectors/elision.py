"""French words before a vowel, and contractions: `que Il`, `ce homme`, `sa entreprise`, `à le président`, `l'hausse`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tui.hints.detector import Detector, Finding
from tui.hints.french import ASPIRATED_H, elides_before, genders, kinds, numbers
from tui.hints.function_words import TITLED, words
from tui.hints.lexicon import Lexicon
from tui.hints.passage import Passage, Token

_ELIDING = words("le la de que je ne se me te jusque lorsque puisque quoique")
_BEFORE_VOWEL = {
    "ma": "mon", "ta": "ton", "sa": "son", "ce": "cet", "beau": "bel", "nouveau": "nouvel", "vieux": "vieil",
}  # fmt: skip
_CONTRACTED = {("à", "le"): "au", ("à", "les"): "aux", ("de", "le"): "du", ("de", "les"): "des"}
_PRONOUNS = frozenset({"il", "ils", "elle", "elles", "on"})
_OPENING = frozenset('«“"')
_LEAST_ZIPF = 2.2


def _find(passage: Passage) -> Iterator[Finding]:
    lexicon = passage.lexicon
    if lexicon is None:
        return
    for sentence in passage.tokens:
        for number, (first, second) in enumerate(pairwise(sentence)):
            if not first.is_word:
                continue
            if second.lower in {"un", "une"} and second.is_spaced:
                yield from _before_one(lexicon, sentence, number)
            if second.is_spaced and second.is_word:
                yield from _unelided(passage, lexicon, sentence, number, number + 1)
                yield from _article(passage, lexicon, first, second)
                yield from _contraction(passage, lexicon, sentence, number)
            elif second.text in _OPENING and first.lower in {"de", "que"} and number + 2 < len(sentence):
                yield from _unelided(passage, lexicon, sentence, number, number + 2)
            elif first.lower in {"l'", "d'", "qu'"} and not second.before and second.text in ASPIRATED_H:
                full = {"l'": "le/la", "d'": "de", "qu'": "que"}[first.lower]
                yield Finding(
                    first.start, second.end, f"“{full}” does not elide before “{second.text}”", confidence=0.7
                )


def _unelided(
    passage: Passage, lexicon: Lexicon, sentence: Sequence[Token], number: int, following: int
) -> Iterator[Finding]:
    """The word at `number`, if it must elide before the one at `following`."""
    first, second = sentence[number], sentence[following]
    word = second.lower
    if not second.is_word or not _must_elide(lexicon, first.lower, word):
        return
    if len(word) == 1 and word != "y":
        return
    if second.text[0].isupper():
        # A name may be part of a title; a function word is the start of a sentence joined to this one.
        if second.text.isupper() and len(word) > 1:
            return
        if sentence[following + 1 : following + 2] and sentence[following + 1].text[0].isupper():
            return
        if lexicon.zipf(word) < 5.5 and not (kinds(lexicon.readings(word)) & {"X"}):
            yield from _before_a_name(lexicon, sentence, number, second)
            return
    if first.lower == "la" and number and sentence[number - 1].lower in {"le", "en"}:
        return  # The note.
    between = passage.text[first.end : second.start]
    is_quoted = any(char in _OPENING for char in between)
    elided = f"{first.text[0]}'" if first.lower == "si" else f"{first.text[:-1]}'"
    after = second.text.lower() if word in _PRONOUNS else second.text
    correction = f"{elided}{between.lstrip() if is_quoted else ''}{after}"
    reason = f"“{first.text}” elides before “{second.text}”"
    yield Finding(first.start, second.end, reason, correction, confidence=0.6 if is_quoted else None)


def _before_a_name(
    lexicon: Lexicon, sentence: Sequence[Token], number: int, name: Token
) -> Iterator[Finding]:
    """`le Espagne`, `de Istanbul`; but not in a foreign name or a title."""
    first = sentence[number]
    before = sentence[number - 1] if number else None
    if before is None or not before.is_word or not before.text.islower() or before.lower in TITLED:
        return
    if first.text not in {"le", "la", "de"} or not name.text.istitle() or len(name.text) < 4:
        return
    if first.text != "de" and not lexicon.readings(name.text) | lexicon.readings(name.lower):
        return
    if name.lower[0] in _DOUBTFUL:
        return
    reason = f"“{first.text}” elides before “{name.text}”"
    yield Finding(first.start, name.end, reason, f"{first.text[0]}'{name.text}", confidence=0.65)


_DOUBTFUL = frozenset("hyuw")
"""First letters of foreign names that may be pronounced as a consonant: Hanoï, York, Ukraine, Washington."""


def _must_elide(lexicon: Lexicon, first: str, word: str) -> bool:
    if first == "si":
        return word in {"il", "ils"}
    if first == "ce":
        return word in {"est", "était", "eût"}
    if first not in _ELIDING or not elides_before(word):
        return False
    if word in {"à", "a", "et", "ou", "où"} and first in {"le", "la", "de", "que"} and word != "a":
        # `celui que à Paris` is rare; `dis le à` has lost its hyphen.
        return first == "que" and word in {"à", "où"}
    return lexicon.zipf(word) >= _LEAST_ZIPF


def _before_one(lexicon: Lexicon, sentence: Sequence[Token], number: int) -> Iterator[Finding]:
    """`de une séance`; but `de un à dix` is correct."""
    first, second = sentence[number : number + 2]
    following = sentence[number + 2] if number + 2 < len(sentence) else None
    if first.lower not in {"de", "que", "jusque", "lorsque", "puisque"} or second.text[0].isupper():
        return
    if following is None or not following.is_spaced or not following.text.islower():
        return
    if not kinds(lexicon.readings(following.lower)) & {"N", "A"} or following.lower in _AFTER_A_NUMBER:
        return
    elided = f"{first.text[:-1]}'{second.text}"
    reason = f"“{first.text}” elides before “{second.text}”"
    yield Finding(first.start, second.end, reason, elided, confidence=0.8)


_AFTER_A_NUMBER = words("à a ou et pour sur contre mètre euro kilo degré point est")


def _article(passage: Passage, lexicon: Lexicon, first: Token, second: Token) -> Iterator[Finding]:
    """`sa entreprise`, `ce homme`, `nouveau avion`."""
    form = _BEFORE_VOWEL.get(first.lower)
    if form is None or not second.text.islower() or len(second.text) < 3 or not elides_before(second.lower):
        return
    readings = lexicon.readings(second.lower)
    allowed = {"N", "A", "P", "V"} if first.lower in {"ma", "ta", "sa"} else {"N", "A"}
    if not kinds(readings) & {"N", "A"} or not kinds(readings) <= allowed or "p" in numbers(readings):
        return
    if (genders(readings) == {"f"}) != (first.lower in {"ma", "ta", "sa"}) or "e" in genders(readings):
        return
    if first.lower in {"beau", "nouveau", "vieux"} and "N" not in kinds(readings):
        return
    if first.text[0].isupper():
        form = form.capitalize()
    reason = f"“{first.text}” becomes “{form}” before “{second.text}”"
    yield Finding(first.start, second.end, reason, f"{form} {second.text}", confidence=0.8)


def _contraction(
    passage: Passage, lexicon: Lexicon, sentence: Sequence[Token], number: int
) -> Iterator[Finding]:
    """`de le gouvernement`; but `de le voir` is correct."""
    first, second = sentence[number], sentence[number + 1]
    contraction = _CONTRACTED.get((first.lower, second.text))
    if contraction is None or number + 2 >= len(sentence):
        return
    noun = sentence[number + 2]
    readings = lexicon.readings(noun.lower)
    if not noun.is_spaced or not noun.text.islower() or not readings or not kinds(readings) <= {"N", "A"}:
        return
    if second.lower == "le" and elides_before(noun.lower):
        return
    reason = f"“{first.text} {second.text}” becomes “{contraction}”"
    yield Finding(first.start, second.end, reason, contraction, confidence=0.8)


DETECTOR = Detector(
    name="elision",
    what="a word that should have another form before a vowel, or a contraction (French)",
    category="grammar",
    severity="minor",
    confidence=0.85,
    languages=frozenset({"fr"}),
    find=_find,
)
