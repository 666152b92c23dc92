"""Repeated words, or a repeated preposition with its article: `a a répondu`, `in the in the`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tui.hints.detector import Detector, Finding
from tui.hints.function_words import FUNCTION_WORDS, OPENERS, words
from tui.hints.passage import Passage, Token

_VALID_REPETITIONS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "fr": """nous vous très bla ha hé ho oh non oui si bien tout toute petit jamais longtemps plus bonjour la
            faire fait en vite là trop beaucoup loin chut toc tam cui presque""",
        "it": """via piano pian poco così quasi passo mano molto bla no sì ben man appena dopo giorno vera sempre
            mai subito terra tutto zitto lì là giù su adagio lento""",
        "en": """had that very bla blah so many no yes really her is do on you long bye far ha out up much
            old big there now please again never well hear more over knock ever deep as who""",
        "es": "muy no sí si casi así luego ya sobre para como poco tan bla más nada ja",
        "de": """die der das den dem sie es ihr uns euch was wer wir zu mit an ein auf aus vor nach um sehr ganz
            bla nein ja viel immer so lange nie""",
        "pt": "muito não sim nos quase bla logo",
        "nl": "die dat heel zeer was er het nee ja bla u ze",
        "ca": "no sí molt quasi bla",
        "ro": "foarte nu da tot mult bla",
    }.items()
}
"""Words that may be repeated, for emphasis or as two different words."""

_LETTERS_ALONE = frozenset("aàyéeèoiuáó")
_TWICE_IN_CAPITALS = words(
    "à dans pour avec sur selon in con per nel della for with the im mit für auf en por"
)
"""Words with which no name begins, so that they are errors when repeated with a capital: `À À Rome`."""
_NOT_NOUNS = words(
    """de d' du à a in on of to at by for from with pour par sur dans di da su con en por per"""
)


def _find(passage: Passage) -> Iterator[Finding]:
    right = _VALID_REPETITIONS.get(passage.language, frozenset[str]())
    function = FUNCTION_WORDS.get(passage.language, frozenset[str]())
    for sentence in passage.tokens:
        for number, (first, second) in enumerate(pairwise(sentence)):
            if first.lower == second.lower:
                is_mistake = second.lower not in right and _is_mistake(sentence, number)
                if is_mistake or _restarts(passage, sentence, number):
                    reason = f"“{second.text}” is repeated"
                    yield Finding(first.start, second.end, reason, first.text)
            elif first.lower in _NOT_NOUNS and second.lower in function and _recurs(sentence, number):
                last = sentence[number + 3]
                words = passage.text[first.start : second.end]
                yield Finding(first.start, last.end, f"“{words}” is repeated", words)


def _is_mistake(sentence: Sequence[Token], number: int) -> bool:
    first, second = sentence[number], sentence[number + 1]
    if not (first.is_word and second.is_spaced) or first.is_elided:
        return False
    if second.text[0].isupper() and first.text == second.text and number == 0:
        return second.lower in _TWICE_IN_CAPITALS
    if second.text[0].isupper() or (first.text[0].isupper() and number > 0):
        return False  # A name, such as Duran Duran, or `l'Est est`.
    if len(first.text) == 1 and first.lower not in _LETTERS_ALONE:
        return False
    around = (*sentence[max(0, number - 1) : number], *sentence[number + 2 : number + 3])
    return all(token.lower != first.lower for token in around)


def _restarts(passage: Passage, sentence: Sequence[Token], number: int) -> bool:
    """`the The tensions`, `Le Le chef`: the second has a capital, as at the start of a heading or a sentence."""
    second, *following = sentence[number + 1 : number + 3]
    if number and sentence[number - 1].lower == second.lower:
        return False
    if (
        second.lower not in OPENERS.get(passage.language, ())
        or not second.text.istitle()
        or not second.is_spaced
    ):
        return False
    if not following or not following[0].is_spaced or not following[0].is_word:
        return False
    return passage.language == "de" or following[0].text.islower()


def _recurs(sentence: Sequence[Token], number: int) -> bool:
    """True if the two words directly follow once more."""
    four = sentence[number : number + 4]
    if len(four) < 4 or not all(
        token.is_spaced or four[i - 1].is_elided for i, token in enumerate(four) if i
    ):
        return False
    return [token.lower for token in four[:2]] == [token.lower for token in four[2:]] and four[
        2
    ].text.islower()


DETECTOR = Detector(
    name="doubled",
    what="a word repeated by mistake",
    category="addition",
    severity="minor",
    confidence=0.85,
    languages=frozenset(_VALID_REPETITIONS),
    find=_find,
)
