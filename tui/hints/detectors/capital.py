"""Capitals inside a sentence without a name: `la structure juridique Le fonctionnement`, `avec Des alliés`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.hints.detector import Detector, Finding
from tui.hints.french import kinds
from tui.hints.function_words import NEVER_NAMES, OPENERS, TITLED, words
from tui.hints.lexicon import Lexicon
from tui.hints.passage import Passage, Token

_BEFORE_A_VERB = {
    **dict.fromkeys(("de", "à", "pour", "sans"), "I"),
    **dict.fromkeys(("a", "ont", "avait", "avaient"), "P"),
    **dict.fromkeys(("qui", "il", "elle", "ils", "elles", "on", "ne", "se"), "V"),
}
"""Word to the reading of a verb after it."""


def _find(passage: Passage) -> Iterator[Finding]:
    openers = OPENERS[passage.language]
    for sentence in passage.tokens:
        if _is_in_title_case(sentence):
            continue
        first_capital = 0
        for number in range(1, len(sentence) - 1):
            token = sentence[number]
            if not token.text[0].isupper():
                continue
            first_capital = first_capital or number
            if _is_inside(sentence, number):
                findings = list(_opener(passage, openers, sentence, number, first_capital))
                if not findings and passage.language == "fr" and passage.lexicon is not None:
                    findings = [
                        *_verb(passage.lexicon, sentence, number),
                        *_not_a_noun(passage, passage.lexicon, sentence, number),
                    ][:1]
                if not findings:
                    findings = list(_never_a_name(passage, sentence, number))
                yield from findings
            elif sentence[number - 1].text == ",":
                yield from _after_comma(passage, sentence, number)
            if passage.language in _LOWER_CASE_DATES:
                yield from _date(passage, sentence, number)


def _is_in_title_case(sentence: Sequence[Token]) -> bool:
    """True if most words have a capital, as in some headings."""
    long = [token for token in sentence if token.is_word and len(token.text) > 3]
    return sum(token.text[0].isupper() for token in long) * 4 > len(long) * 3


def _is_inside(sentence: Sequence[Token], number: int) -> bool:
    """True if the word is between two words without punctuation and has no unusual capitals."""
    before, token, after = sentence[number - 1 : number + 2]
    if not before.is_word or not (token.is_spaced or (before.is_elided and not token.before)):
        return False
    letters = token.lower.rstrip("'")
    is_plain = token.text[1:].islower() or len(letters) == 1 or token.is_elided
    return is_plain and after.is_word and (after.is_spaced or token.is_elided) and not after.text[0].isupper()


def _opener(
    passage: Passage, openers: frozenset[str], sentence: Sequence[Token], number: int, first_capital: int
) -> Iterator[Finding]:
    before, token = sentence[number - 1], sentence[number]
    if token.lower not in openers or before.lower in TITLED or passage.is_quoted(token.start):
        return
    if len(token.text) == 1 or (token.lower == "une" and before.lower in {"la", "l'"}):
        return
    if before.lower in _AND and first_capital < number:
        return  # Two titles or names: de El viejo y La barca
    if (before.lower, token.lower) in _WOULD_CONTRACT:
        return
    after_name = before.text[0].isupper() and number > 1
    if after_name and number >= 2 and sentence[number - 2].lower in TITLED:
        return
    if after_name and not _opens_a_clause(sentence, number):
        return
    reason = f"a capital in “{token.text}”: is a heading or another sentence joined to this one?"
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
    """True if enough words follow for a new sentence, as in `Trump La querelle entre ...`."""
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


_WOULD_CONTRACT = {
    *((preposition, "el") for preposition in ("de", "a")),
    *(
        (preposition, article)
        for preposition in ("di", "a", "da", "in", "su")
        for article in ("il", "lo", "la", "i", "gli", "le")
    ),
}
"""Pairs that are not contracted only before a title or a name: de El Salvador, di La Spezia."""
_AND = words("y e o u et ou and or und oder")


def _not_a_noun(
    passage: Passage, lexicon: Lexicon, sentence: Sequence[Token], number: int
) -> Iterator[Finding]:
    """`on vote Aussi avec`: a French word that is neither a noun nor a name."""
    before, token, after = sentence[number - 1 : number + 2]
    if not before.text.islower() or before.lower in TITLED or after.text[0].isupper() or before.is_elided:
        return
    word_kinds = kinds(lexicon.readings(token.lower))
    if not word_kinds or lexicon.readings(token.text):
        return
    if (
        word_kinds == {"N"}
        and before.lower in _COUNTED
        and token.lower not in _WITH_A_CAPITAL
        and lexicon.zipf(token.lower) >= 3.0
    ):
        if passage.counts[token.text] == 1 and not passage.is_quoted(token.start):
            reason = f"a capital in “{token.text}”"
            yield Finding(token.start, token.end, reason, token.text.lower(), confidence=0.6)
        return
    if not word_kinds <= {"V", "I", "G", "P", "R", "X", "A"}:
        return
    is_clear = word_kinds <= {"V", "I", "G", "R", "X"}
    least = 4.0 if is_clear else 3.0
    if len(token.text) < 3 or lexicon.zipf(token.lower) < least or passage.is_quoted(token.start):
        return
    if not is_clear and not _follows_its_noun(lexicon, before, token):
        return
    if passage.counts[token.text] > 1:
        return
    reason = f"a capital in “{token.text}”"
    yield Finding(token.start, token.end, reason, token.text.lower(), confidence=0.6)


_COUNTED = words(
    "ce cet cette ces leurs plusieurs quelques chaque deux trois quatre cinq six sept huit neuf dix"
)
"""Words that are followed by common nouns and hardly ever by names."""


_WITH_A_CAPITAL = words("état états église églises")
"""Common nouns that French capitalises if they denote an institution."""


def _follows_its_noun(lexicon: Lexicon, before: Token, token: Token) -> bool:
    """`une marge Opérationnelle`: noun and adjective agree, and the adjective is not masculine singular, as in names."""
    noun, adjective = lexicon.readings(before.lower), lexicon.readings(token.lower)
    of_noun = {reading[1:] for reading in noun if reading[0] == "N"}
    of_adjective = {reading[1:] for reading in adjective if reading[0] in "AP"}
    return bool(of_noun & of_adjective) and not of_adjective & {"ms", "es", "mi", "ei"}


def _never_a_name(passage: Passage, sentence: Sequence[Token], number: int) -> Iterator[Finding]:
    """`il processo Comincerà`, `the mayor Said`: a word of a closed class, or a frequent verb."""
    before, token, after = sentence[number - 1 : number + 2]
    if token.lower not in NEVER_NAMES.get(passage.language, ()) or len(token.text) < 2:
        return
    if not before.text.islower() or before.lower in TITLED or after.text[0].isupper():
        return
    if passage.is_quoted(token.start) or passage.counts[token.text] > 2:
        return
    reason = f"a capital in “{token.text}”"
    yield Finding(token.start, token.end, reason, token.text.lower(), confidence=0.65)


_ARTICLES = {
    "fr": words("le la les un une des il elle ils elles on nous"),
    "it": words("il lo la i gli le un uno una si"),
    "en": words("the a an it they we this these"),
    "es": words("el la los las un una se"),
    "de": words("der die das ein eine es wir"),
}


def _after_comma(passage: Passage, sentence: Sequence[Token], number: int) -> Iterator[Finding]:
    """`Cependant, Le virus`; but `Paris, Le Havre` and `son roman, La rue, ...` are correct."""
    token, after = sentence[number : number + 2]
    if token.lower not in _ARTICLES[passage.language] or not token.text.istitle() or not token.is_spaced:
        return
    if number < 2 or not after.is_word or not after.is_spaced or not after.text.islower():
        return
    before = sentence[max(0, number - 6) : number - 1]
    if any(word.text[0].isupper() and index for index, word in enumerate(before, max(0, number - 6))):
        return
    if any(word.lower in TITLED or not word.is_word for word in before) or passage.is_quoted(token.start):
        return
    following = sentence[number + 1 : number + 9]
    if any(word.text in {",", "(", "»", "”", '"'} for word in following[:4]) or len(following) < 3:
        return
    reason = f"a capital in “{token.text}” after a comma"
    yield Finding(token.start, token.end, reason, token.text.lower(), confidence=0.6)


_LOWER_CASE_DATES = {
    "fr": words(
        """lundi mardi mercredi jeudi vendredi samedi dimanche janvier février avril juillet septembre octobre
        novembre décembre"""
    ),
    "it": words(
        """lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio aprile giugno luglio settembre
        ottobre novembre dicembre"""
    ),
    "es": words(
        """lunes martes miércoles jueves viernes sábado domingo enero febrero abril junio julio septiembre octubre
        noviembre diciembre"""
    ),
}
"""Days and months, which are not capitalised, without those that are also names of people."""
_FEASTS = words("saint gras noir santo santa negro nero grasso rouge sanglant sangriento in")


def _date(passage: Passage, sentence: Sequence[Token], number: int) -> Iterator[Finding]:
    """`réunion Lundi à neuf heures`, `le 3 Octobre`; but `Vendredi saint` and `la révolution d'Octobre`."""
    token, before, after = sentence[number], sentence[number - 1], sentence[number + 1]
    if token.lower not in _LOWER_CASE_DATES[passage.language] or not token.text.istitle():
        return
    if not (token.is_spaced and (before.text.islower() or before.text.isdigit())) or after.text[0].isupper():
        return
    if before.lower in TITLED or after.lower in _FEASTS or passage.is_quoted(token.start):
        return
    name = next((word for word in sentence[number + 2 : number + 4] if word.text[0].isupper()), None)
    if after.lower in {"de", "del", "delle", "della", "di", "des"} and name is not None:
        return  # domenica delle Palme
    if before.text in {"du", "del", "di"} and not after.text.isdigit():
        return  # A newspaper: le journal du Dimanche
    reason = f"“{token.lower}” is not capitalised in this language"
    yield Finding(token.start, token.end, reason, token.text.lower(), confidence=0.7)


def _verb(lexicon: Lexicon, sentence: Sequence[Token], number: int) -> Iterator[Finding]:
    """`de Développer une`: a form that is only a verb's, not a name."""
    before, token = sentence[number - 1], sentence[number]
    expected = _BEFORE_A_VERB.get(before.text)
    if expected is None or len(token.text) < 4:
        return
    if kinds(lexicon.readings(token.lower)) == {expected} and not lexicon.readings(token.text):
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
