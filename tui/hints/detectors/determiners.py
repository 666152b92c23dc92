"""Two determiners for one noun: `le la société`, `a the plan`, `nel il palazzo`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from tui.hints.detector import Detector, Finding
from tui.hints.function_words import words
from tui.hints.passage import Passage, Token

_FIRST = {
    "fr": words(
        "le la les l' un une des du au aux ce cet cette ces mon ma mes ton ta tes son sa ses nos vos leurs"
    ),
    "it": words(
        "il lo la i gli le un uno una del dello della dei degli delle nel nello nella nei negli nelle al allo alla ai agli alle "
        "dal dallo dalla dai dagli dalle sul sullo sulla sui sugli sulle"
    ),
    "en": words("the a an my your our their its his"),
    "es": words("el la los las un una unos unas del al"),
    "de": words("im am zum zur vom beim ins der die das den dem des ein eine einen einem einer"),
}
_SECOND = {
    "fr": words("le la les l' un une des ce cet cette ces ma mes ta tes sa ses nos vos notre votre"),
    "it": words("il lo la i gli le un uno una"),
    "en": words("the a an my your our their its his this these those"),
    "es": words("el la los las un una"),
    "de": words("der die das den dem ein eine einen einem einer eines"),
}


def _find(passage: Passage) -> Iterator[Finding]:
    first, second = _FIRST[passage.language], _SECOND[passage.language]
    is_right = _RIGHT[passage.language]
    for sentence in passage.tokens:
        for number, (determiner, other) in enumerate(pairwise(sentence)):
            if determiner.lower not in first or other.lower not in second or determiner.lower == other.lower:
                continue
            if not (other.is_spaced or (determiner.is_elided and not other.before)):
                continue
            after = sentence[number + 2] if number + 2 < len(sentence) else None
            if after is None or not after.is_word:
                continue
            if passage.language != "de" and _is_in_a_title(sentence, number, after):
                continue
            before = sentence[number - 1] if number else None
            if not is_right(before, determiner, other, after):
                words = passage.text[determiner.start : other.end]
                yield Finding(determiner.start, other.end, f"two determiners in a row: “{words}”")


def _is_in_a_title(sentence: Sequence[Token], number: int, after: Token) -> bool:
    """True for `du Le Monde`, `the A team`: the second one has a capital, and so has the next word, or it is a letter."""
    other = sentence[number + 1]
    if not other.text[0].isupper():
        return False
    return after.text[0].isupper() or (len(other.text) == 1) or (other.text.isupper() and len(other.text) > 1)


def _right_in_french(before: Token | None, determiner: Token, other: Token, after: Token) -> bool:
    if determiner.lower in {"un", "une"}:  # The pronoun: l'un des, un des, l'un la
        return other.lower == "des" or (before is not None and before.lower in {"l'", "et", "ou"})
    if other.lower in {"un", "une"}:
        return determiner.lower in {"le", "la", "les", "l'", "du"} and _may_be_a_number(
            determiner, other, after
        )
    if determiner.lower in {"le", "la", "les", "l'"}:
        if other.lower in {"notre", "votre", "l'"}:
            return True
        if determiner.lower == "le" and other.lower == "la":  # The note.
            return after.lower in {"de", "du", "d'", "des", "à", "au", "pour", "en", "et", "dans", "est"}
        return other.lower == "ce"
    if determiner.lower == "ce":  # The pronoun: et ce des deux côtés
        return before is None or before.lower in {"et", "pour", "sur"} or other.lower in {"l'", "ce"}
    return (
        determiner.lower in {"son", "ton"}
        and before is not None
        and before.lower in {"le", "un", "du", "au", "ce"}
    )


def _may_be_a_number(determiner: Token, other: Token, after: Token) -> bool:
    """The front page, `la une`; `l'un`; `les un million`, `le un pour cent`."""
    if determiner.lower in {"la", "l'"}:
        return True
    return other.lower == "un" and after.lower in _AFTER_A_NUMBER


_AFTER_A_NUMBER = words("million milliard pour contre sur peu et à euro pourcent")


def _right_in_italian(before: Token | None, determiner: Token, other: Token, after: Token) -> bool:
    if other.text[0].isupper():  # La Repubblica, Il Sole
        return True
    if determiner.text == "I" and before is not None:  # Niceforo I
        return True
    if determiner.lower in {"un", "uno", "una"}:
        return (before is not None and before.lower == "l'") or determiner.lower == "uno"
    if determiner.lower == "dei" and before is not None and before.lower in {"gli", "degli", "agli"}:
        return True
    return determiner.lower == "ai" and determiner.text != "ai"


def _right_in_english(before: Token | None, determiner: Token, other: Token, after: Token) -> bool:
    return other.text[0].isupper() or (
        other.lower in {"these", "those", "this"} and determiner.lower not in {"the", "a"}
    )


def _right_in_spanish(before: Token | None, determiner: Token, other: Token, after: Token) -> bool:
    if other.text[0].isupper():
        return True
    if determiner.lower in {"un", "una"} and before is not None and before.lower in {"el", "la"}:
        return True
    return other.lower in {"un", "una"} and (after.lower in {"por", "año"} or determiner.lower == "la")


def _right_in_german(before: Token | None, determiner: Token, other: Token, after: Token) -> bool:
    if other.lower.startswith("ein"):  # der eine, wenn einer eine Reise tut
        return determiner.lower not in {"ein", "eine"} or other.text[0].isupper()
    # The pronouns der, die, das may follow, but not with the capital of a new sentence.
    if determiner.lower in {"im", "am", "zum", "zur", "vom", "beim", "ins"}:
        return other.text[0].isupper()
    return not other.text[0].isupper() or after.text[0].islower() or other.text == "Den"


_RIGHT: dict[str, Callable[[Token | None, Token, Token, Token], bool]] = {
    "fr": _right_in_french,
    "it": _right_in_italian,
    "en": _right_in_english,
    "es": _right_in_spanish,
    "de": _right_in_german,
}

DETECTOR = Detector(
    name="determiners",
    what="two determiners for one noun",
    category="addition",
    severity="minor",
    confidence=0.8,
    languages=frozenset(_FIRST),
    find=_find,
)
