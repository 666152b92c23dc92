"""French infinitives and participles: which of them may follow a preposition, a modal verb or an auxiliary.

`détecté`, `détecter` and `détectez` sound the same, and translation engines and writers confuse them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.hints.detector import Finding
from tui.hints.french import kinds
from tui.hints.function_words import words
from tui.hints.lexicon import Lexicon
from tui.hints.passage import Token

FINITE_AUXILIARIES = words("a ai ont est sont était étaient avait avaient sera aura")
_TO = words("de d' pour sans à")
_HAVE = words("a ai as ont avons avez avait avaient avais aura auront aurait auraient avoir ayant eu")
_BE_SINGULAR = words("est était fut sera serait soit")
_BE_PLURAL = words("sont étaient furent seront seraient soient")
_MODALS = words(
    """peut peuvent doit doivent faut va vont veut veulent pourra pourront devra devront pourrait pourraient
    devrait devraient pouvait pouvaient devait devaient voulait voulaient dû pu voulu fallait faudra"""
)
"""Verbs that take an infinitive if a verb follows."""
_OBJECTS = words(
    "le la les l' un une du des ce cet cette ces son sa ses leur leurs mon ma mes notre nos votre vos"
)
"""Words that begin the object or the subject of a verb."""
_BEFORE_THE_VERB = words(
    "que qu' quel quels quelle quelles combien lesquels lesquelles les nous vous se s' m' t' l'"
)
"""Objects before the verb, with which a participle after `avoir` may agree."""
_FARTHEST = 300
"""Words before a verb that are examined."""
_NOT_BEFORE_HAVE = words("le la les l' un une cet ce son mon ton du au tout chaque d'un bien y en")


def find(lexicon: Lexicon, sentence: Sequence[Token], number: int) -> Iterator[Finding]:
    """Errors in the verb after the word at `number`."""
    token = sentence[number]
    if token.lower in _TO:
        yield from _participle_for_infinitive(lexicon, sentence, number)
    if token.text in _MODALS:
        yield from _after_modal(lexicon, sentence, number)
    if token.text in _HAVE:
        yield from _after_have(lexicon, sentence, number)
    if token.text == "été":
        yield from _after_been(lexicon, sentence, number)
    if token.text in _BE_SINGULAR or token.text in _BE_PLURAL:
        yield from _after_be(lexicon, sentence, number)


def next_word(sentence: Sequence[Token], number: int) -> Token | None:
    """The next word, if only a space or an apostrophe separates it; else None."""
    if number + 1 >= len(sentence):
        return None
    following = sentence[number + 1]
    is_next = following.is_word and (following.is_spaced or sentence[number].is_elided)
    return following if is_next else None


def _participle_for_infinitive(lexicon: Lexicon, sentence: Sequence[Token], number: int) -> Iterator[Finding]:
    """`de traversé la route`, `à négociez`: a form with an object of its own is not an adjective."""
    token, following = sentence[number], next_word(sentence, number)
    if following is None or not following.text.islower() or "-" in following.text:
        return
    readings = kinds(lexicon.readings(following.lower))
    if token.lower == "à":
        is_finite = readings == {"V"} and following.lower.endswith("ez")
        if is_finite or _is_participle_in_e(lexicon, following):
            yield _infinitive_expected(lexicon, token, following, 0.75)
            return
    after = next_word(sentence, number + 1)
    if after is None or after.lower not in _OBJECTS or not _is_participle_in_e(lexicon, following):
        return
    if token.lower in {"de", "d'"} and number and sentence[number - 1].lower in _OF_SUCH:
        return
    yield _infinitive_expected(lexicon, token, following, 0.75)


_OF_SUCH = words("rien chose quoi personne plus moins un une qui ce autre quelqu'un")
"""Words before a correct `de` with a participle: quelque chose de changé."""


def _is_participle_in_e(lexicon: Lexicon, token: Token) -> bool:
    """True for a participle such as `traversé`, which sounds like an infinitive."""
    readings = kinds(lexicon.readings(token.lower))
    is_participle = "P" in readings and readings <= {"P", "A"}
    return is_participle and token.lower.endswith("é") and _infinitive(lexicon, token.lower) is not None


def _infinitive(lexicon: Lexicon, word: str) -> str | None:
    """`traverser` for `traversé`, `traversés` or `traversez`; None if no such verb is known."""
    for ending in ("é", "és", "ée", "ées", "ez"):
        stem = word.removesuffix(ending)
        if stem != word and "I" in kinds(lexicon.readings(f"{stem}er")):
            return f"{stem}er"
    return None


def _infinitive_expected(lexicon: Lexicon, token: Token, following: Token, confidence: float) -> Finding:
    reason = f"“{token.text}” takes an infinitive, not “{following.text}”"
    infinitive = _infinitive(lexicon, following.lower)
    correction = None if infinitive is None else f"{token.text} {infinitive}"
    return Finding(token.start, following.end, reason, correction, confidence)


def _after_modal(lexicon: Lexicon, sentence: Sequence[Token], number: int) -> Iterator[Finding]:
    """`il faut marché`, `ont dû prennent`."""
    token, following = sentence[number], next_word(sentence, number)
    if following is None or not following.text.islower() or "-" in following.text:
        return
    if number and sentence[number - 1].lower in {"se", "s'", "y", "peut", "sauve", "le", "du"}:
        return  # se veut engagé
    readings = kinds(lexicon.readings(following.lower))
    is_finite = readings == {"V"} and lexicon.zipf(following.lower) >= 2.5 and len(following.text) > 3
    if is_finite or _is_participle_in_e(lexicon, following):
        yield _infinitive_expected(lexicon, token, following, 0.75)


def _after_have(lexicon: Lexicon, sentence: Sequence[Token], number: int) -> Iterator[Finding]:
    """`ont reçus une dose`: after `avoir` a participle does not agree with a following object; `avoir mentit`."""
    token, following = sentence[number], next_word(sentence, number)
    if following is None or not following.text.islower() or "-" in following.text:
        return
    before = sentence[number - 1].lower if number else ""
    if before in _NOT_BEFORE_HAVE:
        return
    readings = lexicon.readings(following.lower)
    if following.lower == "étés":
        yield Finding(token.start, following.end, "“été” never agrees", f"{token.text} été")
        return
    if kinds(readings) == {"V"} and following.lower not in FINITE_AUXILIARIES:
        if lexicon.zipf(following.lower) >= 2.0 and len(following.text) > 3 and token.lower != "eu":
            reason = f"“{token.text}” takes a participle, not “{following.text}”"
            yield Finding(token.start, following.end, reason, confidence=0.7)
        return
    forms = {reading[1:] for reading in readings if reading[0] == "P"}
    if not forms or forms & {"ms", "mi", "ei", "es"} or "A" in kinds(readings):
        return
    if any(other.lower in _BEFORE_THE_VERB for other in sentence[max(0, number - 1) : number]) or any(
        other.lower in _ASKING for other in _clause(sentence, number)
    ):
        return
    after = next_word(sentence, number + 1)
    if after is None or after.lower not in _OBJECTS | {"de", "d'", "que", "qu'", "par", "à"}:
        return
    reason = f"after “{token.text}” the participle “{following.text}” does not agree with what follows"
    yield Finding(token.start, following.end, reason, confidence=0.65)


_ASKING = words("que qu' quel quels quelle quelles combien lesquels lesquelles laquelle lequel")


def _clause(sentence: Sequence[Token], number: int) -> Sequence[Token]:
    """The words before the word at `number`, back to the last punctuation mark."""
    farthest = max(0, number - _FARTHEST)
    first = next((i + 1 for i in range(number - 1, farthest - 1, -1) if not sentence[i].is_word), farthest)
    return sentence[first:number]


def _after_been(lexicon: Lexicon, sentence: Sequence[Token], number: int) -> Iterator[Finding]:
    """`a été changer`, `n'a été blessés`: an infinitive, or a participle in the wrong number."""
    token, following = sentence[number], next_word(sentence, number)
    if following is None or not following.text.islower() or not number:
        return
    have = sentence[number - 1]
    readings = lexicon.readings(following.lower)
    if have.lower in _HAVE and kinds(readings) == {"I"}:
        reason = f"“été” followed by an infinitive, “{following.text}”"
        yield Finding(token.start, following.end, reason, confidence=0.7)
    if have.lower in {"a", "avait", "aura", "aurait"}:
        yield from _in_number(sentence, number - 1, following, readings, "p")
    elif have.lower in {"ont", "avaient", "auront", "auraient"}:
        yield from _in_number(sentence, number - 1, following, readings, "s")


def _after_be(lexicon: Lexicon, sentence: Sequence[Token], number: int) -> Iterator[Finding]:
    """`est arrivés`, `sont parti`."""
    following = next_word(sentence, number)
    if following is None or not following.text.islower():
        return
    readings = lexicon.readings(following.lower)
    wrong = "p" if sentence[number].text in _BE_SINGULAR else "s"
    if following.lower in {"dit", "fait", "mort", "pris", "mis", "été"}:
        return
    if kinds(readings) == {"I"} and sentence[number].text in {"est", "sont"} and number:
        around = [token.lower for token in sentence[max(0, number - 3) : number]]
        if not {"c'", "ce", "n'", "cela"} & set(around) and not any(
            "I" in kinds(lexicon.readings(token.lower))
            for token in sentence[max(0, number - _FARTHEST) : number]
        ):
            reason = f"“{sentence[number].text}” followed by an infinitive, “{following.text}”"
            yield Finding(sentence[number].start, following.end, reason, confidence=0.65)
    yield from _in_number(sentence, number, following, readings, wrong)


def _in_number(
    sentence: Sequence[Token], number: int, following: Token, readings: frozenset[str], wrong: str
) -> Iterator[Finding]:
    """A word that can only be a participle, and whose number differs from that of the auxiliary at `number`."""
    if kinds(readings) - {"P", "N"} or "P" not in kinds(readings):
        return
    if {reading[2] for reading in readings if reading[0] == "P"} != {wrong}:
        return
    before = [token.lower for token in sentence[max(0, number - 3) : number]]
    if (
        "on" in before
        or "soit" in before
        or "ce" in before
        or "c'" in before
        or sentence[number].text == "soit"
    ):
        return
    auxiliary = sentence[number]
    shown = f"{'singular' if wrong == 'p' else 'plural'}, “{following.text}” {'plural' if wrong == 'p' else 'singular'}"
    yield Finding(auxiliary.start, following.end, f"“{auxiliary.text}” is {shown}", confidence=0.7)
