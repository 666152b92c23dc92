"""A capital inside a sentence where no name begins: `la structure juridique Le fonctionnement`, `avec Des alliés`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.hints.detector import Detector, Finding
from tui.hints.french import kinds
from tui.hints.function_words import OPENERS, TITLED
from tui.hints.lexicon import Lexicon
from tui.hints.passage import Passage, Token

_BEFORE_A_VERB = {
    **dict.fromkeys(("de", "à", "pour", "sans"), "I"),
    **dict.fromkeys(("a", "ont", "avait", "avaient"), "P"),
    **dict.fromkeys(("qui", "il", "elle", "ils", "elles", "on", "ne", "se"), "V"),
}
"""Word to what the verb after it is."""


def _find(passage: Passage) -> Iterator[Finding]:
    openers = OPENERS[passage.language]
    for sentence in passage.tokens:
        if _is_in_title_case(sentence):
            continue
        for number in range(1, len(sentence) - 1):
            token = sentence[number]
            if token.text[0].isupper() and _is_inside(sentence, number):
                yield from _opener(passage, openers, sentence, number)
                if passage.language == "fr" and passage.lexicon is not None:
                    yield from _verb(passage.lexicon, sentence, number)


def _is_in_title_case(sentence: Sequence[Token]) -> bool:
    """A heading in which most words have a capital."""
    words = [token for token in sentence if token.is_word and len(token.text) > 3]
    return sum(token.text[0].isupper() for token in words) * 4 > len(words) * 3


def _is_inside(sentence: Sequence[Token], number: int) -> bool:
    """Whether the word stands between two words without a mark between them, in the usual letters."""
    before, token, after = sentence[number - 1 : number + 2]
    if not before.is_word or not (token.is_spaced or (before.is_elided and not token.before)):
        return False
    letters = token.lower.rstrip("'")
    is_plain = token.text[1:].islower() or len(letters) == 1 or token.is_elided
    return is_plain and after.is_word and (after.is_spaced or token.is_elided) and not after.text[0].isupper()


def _opener(
    passage: Passage, openers: frozenset[str], sentence: Sequence[Token], number: int
) -> Iterator[Finding]:
    before, token = sentence[number - 1], sentence[number]
    if token.lower not in openers or before.lower in TITLED or passage.is_quoted(token.start):
        return
    if len(token.text) == 1 or (token.lower == "une" and before.lower in {"la", "l'"}):
        return
    after_name = before.text[0].isupper() and number > 1
    if after_name and number >= 2 and sentence[number - 2].lower in TITLED:
        return
    if after_name and not _opens_a_clause(sentence, number):
        return
    reason = f"a capital in “{token.text}”: is a heading or another sentence run in?"
    correction = None if after_name else passage.text[before.start : token.start] + token.text.lower()
    if not before.text.islower() or not _is_preposition(before.lower):
        correction = None
    yield Finding(
        before.start,
        token.end,
        reason,
        correction,
        confidence=0.65 if after_name else 0.75,
        category="punctuation" if after_name else None,
    )


def _opens_a_clause(sentence: Sequence[Token], number: int) -> bool:
    """After a name: whether enough follows for a sentence, as in `Trump La querelle entre ...`."""
    following = [token for token in sentence[number + 1 : number + 4] if token.is_word]
    return len(following) == 3 and not any(token.text[0].isupper() for token in following[:1])


def _is_preposition(word: str) -> bool:
    return word in {
        "avec",
        "de",
        "pour",
        "dans",
        "sur",
        "par",
        "à",
        "with",
        "for",
        "of",
        "in",
        "con",
        "di",
        "mit",
    }


def _verb(lexicon: Lexicon, sentence: Sequence[Token], number: int) -> Iterator[Finding]:
    """`de Développer une`: a form that is no name but a verb's."""
    before, token = sentence[number - 1], sentence[number]
    wanted = _BEFORE_A_VERB.get(before.text)
    if wanted is None or len(token.text) < 4:
        return
    if kinds(lexicon.readings(token.lower)) == {wanted} and not lexicon.readings(token.text):
        reason = f"a capital in the verb “{token.text}”"
        yield Finding(token.start, token.end, reason, token.text.lower(), confidence=0.65)


DETECTOR = Detector(
    name="capital",
    what="a capital inside a sentence",
    category="spelling",
    severity="minor",
    confidence=0.7,
    languages=frozenset(OPENERS),
    find=_find,
)
