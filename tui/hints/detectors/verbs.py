"""French verbs in an impossible form: `avoir a trahi`, `de ayant`, `pour améliore`, `ils a`, `je les premières`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.hints import participles
from tui.hints.detector import Detector, Finding
from tui.hints.french import kinds, persons
from tui.hints.function_words import words
from tui.hints.lexicon import Lexicon
from tui.hints.participles import FINITE_AUXILIARIES, next_word
from tui.hints.passage import Passage, Token

_PREPOSITIONS = words("de d' pour sans")
_CLITICS = words("ne n' me m' te t' se s' le la les l' lui leur nous vous y en")
_PERSON = {
    "je": "1s",
    "j'": "1s",
    "tu": "2s",
    "il": "3s",
    "elle": "3s",
    "on": "3s",
    "ils": "3p",
    "elles": "3p",
}
_NOUNS_ALONE = frozenset({"pouvoir", "devoir", "savoir", "avoir"})
"""Infinitives that may be nouns after `a` without an article: avoir pouvoir de ..."""
_DETERMINERS = words("le la les l' un une cet ce son mon ton du au tout chaque d'un bien")
_STRONG_AFTER = words("et ou ni avec pour sans d' de à par chez sur entre comme que qu' sauf contre vers en")


def _find(passage: Passage) -> Iterator[Finding]:
    lexicon = passage.lexicon
    if lexicon is None:
        return
    for sentence in passage.tokens:
        for number, token in enumerate(sentence):
            rule = _RULES.get(token.lower)
            if rule is not None:
                yield from rule(lexicon, sentence, number)
            if token.lower in _PREPOSITIONS:
                yield from _after_preposition(lexicon, sentence, number)
            yield from participles.find(lexicon, sentence, number)


def _infinitive_auxiliary(lexicon: Lexicon, sentence: Sequence[Token], number: int) -> Iterator[Finding]:
    """`avoir a trahi`, `être est`."""
    token, following = sentence[number], next_word(sentence, number)
    if following is None or following.text not in FINITE_AUXILIARIES:
        return
    before = sentence[number - 1].lower if number else ""
    if (
        before in _DETERMINERS
        or before in {"peut", "soit", "plaît"}
        or lexicon.readings(before) & {"Ams", "Aes"}
    ):
        return
    yield Finding(
        token.start, following.end, f"“{token.text}” followed by another auxiliary, “{following.text}”"
    )


def _two_auxiliaries(lexicon: Lexicon, sentence: Sequence[Token], number: int) -> Iterator[Finding]:
    """`a est`, `ont sont`; but `ce qu'il a est` is correct."""
    token, following = sentence[number], next_word(sentence, number)
    if following is None or following.text not in FINITE_AUXILIARIES or following.lower == token.lower:
        return
    if token.text[0].isupper() or any(
        before.lower in {"que", "qu'", "qui", "dont", "où", "l'"}
        for before in sentence[max(0, number - 6) : number]
    ):
        return
    yield Finding(
        token.start,
        following.end,
        f"two auxiliaries in a row: “{token.text} {following.text}”",
        confidence=0.6,
    )


def _auxiliary(lexicon: Lexicon, sentence: Sequence[Token], number: int) -> Iterator[Finding]:
    yield from _two_auxiliaries(lexicon, sentence, number)
    token, following = sentence[number], next_word(sentence, number)
    if (
        token.lower not in {"a", "ont", "avait", "avaient", "avons", "avez"}
        or following is None
        or not following.text.islower()
    ):
        return
    readings = kinds(lexicon.readings(following.lower))
    is_infinitive = "I" in readings and readings <= {"I", "N"} and following.lower not in _NOUNS_ALONE
    if is_infinitive and token.text.islower():
        reason = f"“{token.text}” followed by an infinitive, “{following.text}”"
        yield Finding(token.start, following.end, reason, confidence=0.65)


def _after_preposition(lexicon: Lexicon, sentence: Sequence[Token], number: int) -> Iterator[Finding]:
    """`de ayant`, `pour améliore`: an infinitive is needed."""
    token, following = sentence[number], next_word(sentence, number)
    if following is None or not following.text.islower() or "-" in following.text:
        return
    readings = lexicon.readings(following.lower)
    if following.lower in {"ayant", "étant"} or kinds(readings) == {"G"}:
        if following.lower == "étant" and token.lower == "d'":
            return
        reason = f"“{token.text}” takes an infinitive, not “{following.text}”"
        yield Finding(token.start, following.end, reason)
    elif following.lower == "jure":
        return  # de jure
    elif kinds(readings) == {"V"} and lexicon.zipf(following.lower) >= 2.5 and len(following.text) > 3:
        reason = f"“{token.text}” takes an infinitive, not “{following.text}”"
        yield Finding(token.start, following.end, reason, confidence=0.7)


def _subject(lexicon: Lexicon, sentence: Sequence[Token], number: int) -> Iterator[Finding]:
    """`ils a`, `il ont`: wrong person; `je les premières`: no verb."""
    pronoun = sentence[number]
    before = sentence[number - 1].lower if number else ""
    if before in _DETERMINERS or (
        pronoun.lower in {"elle", "elles"} and before in _STRONG_AFTER - {"que", "qu'"}
    ):
        return
    if before in {"et", "ou", "ni"}:
        return
    last = number
    following = next_word(sentence, last)
    while following is not None and following.lower in _CLITICS:
        last += 1
        following = next_word(sentence, last)
    if following is None or not following.text.islower() or "-" in following.text:
        return
    readings = lexicon.readings(following.lower)
    person = _PERSON[pronoun.lower]
    if readings and kinds(readings) <= {"N", "A"} and pronoun.lower in {"je", "j'", "il", "ils", "tu"}:
        if following.lower in {"même", "mêmes", "seul", "seuls", "pas"}:
            return
        yield Finding(pronoun.start, following.end, f"“{pronoun.text}” has no verb here", confidence=0.7)
    elif (kinds(readings) == {"V"} or following.lower in FINITE_AUXILIARIES) and person not in persons(
        readings
    ):
        if pronoun.lower in {"elle", "elles"} and number and before not in {"que", "qu'", ","}:
            return
        yield Finding(
            pronoun.start,
            following.end,
            f"“{following.text}” does not agree with “{pronoun.text}”",
            confidence=0.75,
        )


def _doubled_subject(lexicon: Lexicon, sentence: Sequence[Token], number: int) -> Iterator[Finding]:
    """`qui sera-t-il le premier`: two subjects."""
    following = next_word(sentence, number)
    if following is None or not following.lower.endswith(("-t-il", "-t-elle", "-ils", "-elles")):
        return
    before = sentence[number - 1].lower if number else ""
    after = next_word(sentence, number + 1)
    if before in _STRONG_AFTER or after is None or after.lower not in {"le", "la", "les", "l'"}:
        return
    yield Finding(sentence[number].start, following.end, "“qui” is already the subject", confidence=0.65)


_RULES = {
    "avoir": _infinitive_auxiliary,
    "être": _infinitive_auxiliary,
    **dict.fromkeys((*FINITE_AUXILIARIES, "avons", "avez"), _auxiliary),
    **dict.fromkeys(_PERSON, _subject),
    "qui": _doubled_subject,
}

DETECTOR = Detector(
    name="verbs",
    what="a verb in an impossible form (French)",
    category="grammar",
    severity="minor",
    confidence=0.85,
    languages=frozenset({"fr"}),
    find=_find,
)
