"""The blank that belongs between two stretches of text, by the rules of typography of the language.

Sources: the Lexique des règles typographiques of the Imprimerie nationale (French), and the line breaking classes of
Unicode (UAX #14) for which marks open and which close.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Blank = Literal["none", "space", "tight", "any"]
"""`none`, a space, a no-break space (before a French `;`), or whatever is there already."""

_UNSPACED = frozenset({"zh", "ja"})
_CHINESE_MARKS = frozenset("“”‘’—…·")
"""Marks that Chinese and Japanese share with other scripts, and write without blanks."""
_SYMBOLS = "%‰€£"
_CLOSING = frozenset(".,;:!?…،؛؟۔।॥)]}")
_HIGH = frozenset(";:!?")
_APOSTROPHES = "'’ʼ"
_WORD_END = re.compile(r"[^\W\d_]+\Z")
_CLITIC = re.compile(r"['’ʼ](?:s|re|ve|ll|d|m|t|em)(?!\w)|n['’ʼ]t(?!\w)", re.IGNORECASE)
_HYPHENS = "-‐\u2011"
_JOINED = "/"
_ELIDING = frozenset({"fr", "it", "ca", "oc", "pt", "gl", "lij", "vec", "scn", "wa", "br"})
_NOT_ELIDED = {
    "it": frozenset(["po", "mo", "be", "di", "fa", "va", "da", "sta", "to", "vo", "ca", "de", "ne", "pie"])
}
"""Words that end in an apostrophe and are followed by a space: `un po' di`."""
_PREFIXES = {"ar": frozenset(["و", "ف", "ب", "ل", "ك", "س", "ال"]), "he": frozenset("והבלכמש")}
"""Words that are written together with the next one."""
_TIGHT_SYMBOLS = frozenset({"fr", "de", "es", "ru", "sv", "fi", "cs", "sk", "nb", "no", "da", "uk", "pl"})
_INWARDS = frozenset({"de", "da", "hr", "sl", "sr", "cs", "sk", "hu", "pl"})
_SAME_MARKS = frozenset({"sv", "fi"})
"""Languages that open and close a quotation with the same mark, `”`."""
_FAR = 2000
"""Code points that are looked back to find out whether a quotation is open."""


def blank_between(left: str, right: str, language: str) -> Blank:
    """The blank between the end of `left` and the start of `right`, whatever blanks they have there.

    `left` should reach back to the start of its paragraph, so that straight quotation marks open and close in turn.
    An empty text is the end of a line.
    """
    left, right = left[-_FAR:].rstrip(), right[:_FAR].lstrip()
    if not left or not right:
        return "none"
    before, after = left[-1], right[0]
    if language in _UNSPACED and not _CHINESE_MARKS.isdisjoint((before, after)):
        return "none"
    if is_unspaced(before) or is_unspaced(after):
        return "none" if _is_han(before) and _is_han(after) else "any"
    if opens(left, language):
        return "tight" if language == "fr" and before in "«‹" and after not in ".,)]" else "none"
    if closes(left, right, language):
        if after in _HIGH and before in _HIGH | {"…"}:
            return "none"
        is_tight = language == "fr" and (after in _HIGH or after in "»›")
        return "tight" if is_tight else "none"
    return _between_words(left, right, language)


def _between_words(left: str, right: str, language: str) -> Blank:
    before, after = left[-1], right[0]
    if _is_elided(left, language) or _joins(left, right, language):
        return "none"
    if before.isdigit() and after in _SYMBOLS:
        return "tight" if language in _TIGHT_SYMBOLS else "none"
    if unicodedata.category(before) == "Sc" and after.isdigit():
        return "any"
    if language in _UNSPACED and before.isdigit() and after.isdigit():
        return "any"
    if before in "—–" or after in "—–" or before in _HYPHENS or after in _HYPHENS:
        return "any"
    return "space"


def _joins(left: str, right: str, language: str) -> bool:
    """True for `-il`, `anti-`, `et/ou`, `'s` and Arabic prefixes."""
    before, after = left[-1], right[0]
    if before in _JOINED or after in _JOINED:
        return True
    if after in _HYPHENS and before.isalnum() and right[1:2].isalpha():
        return True
    if before in _HYPHENS and after.isalpha() and left[-2:-1].isalnum():
        return True
    if after in _HYPHENS and before.isalpha() and len(right) > 1 and not right[1].isspace():
        return not right[1].isdigit()
    if language in {"en", "de"} and _CLITIC.match(right if before.isalpha() else before + right):
        return True
    word = _WORD_END.search(left[-40:])
    return word is not None and word.group() in _PREFIXES.get(language, ())


def _is_elided(left: str, language: str) -> bool:
    """True after `l'` and `dell'`, but not after `dogs'`, `un po'` or a closing quotation mark."""
    if left[-1] not in _APOSTROPHES or language not in _ELIDING:
        return False
    word = _WORD_END.search(left[-40:-1])
    if word is None or word.group().lower() in _NOT_ELIDED.get(language, ()):
        return False
    return left.rfind("‘") <= left.rfind("’", 0, -1)


def is_unspaced(char: str) -> bool:
    """True for a character of a script without blanks between words, or a full-width mark."""
    code = ord(char)
    return _is_han(char) or 0x0E00 <= code <= 0x0EFF or 0x1000 <= code <= 0x109F or 0x1780 <= code <= 0x17FF


def _is_han(char: str) -> bool:
    """True for Chinese characters, kana, and the full-width marks between them."""
    code = ord(char)
    return (
        0x2E80 <= code <= 0x312F
        or 0x31A0 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0xFE30 <= code <= 0xFE4F
        or 0xFF00 <= code <= 0xFF9F
        or 0x20000 <= code <= 0x3FFFF
    )


# -- quotation marks and brackets ------------------------------------------


def opens(left: str, language: str) -> bool:
    """True if `left` ends with an opening mark."""
    mark = left[-1]
    return not _is_closing(mark, left[:-1], language) and _is_bracket(mark, left)


def closes(left: str, right: str, language: str) -> bool:
    """True if `right` begins with a closing mark, or one that ends a clause."""
    mark = right[0]
    if mark == "." and right[1:2].isdigit():
        return False
    if mark in _APOSTROPHES and left[-1].isalpha() and not right[1:2].isalpha():
        return True
    return _is_closing(mark, left, language)


def _is_bracket(mark: str, left: str) -> bool:
    if mark == "'":
        return len(left) < 2 or not left[-2].isalnum()
    return mark in '"”»¿¡' or unicodedata.category(mark) in {"Ps", "Pi"}


def _is_closing(mark: str, left: str, language: str) -> bool:
    """True if the mark closes something after `left`."""
    if mark in _CLOSING:
        return True
    if mark == '"' or (mark == "”" and language in _SAME_MARKS):
        return left.count(mark) % 2 == 1
    if mark in "«»‹›":
        outwards = mark in "»›"
        return outwards != (language in _INWARDS and _points_inwards(left, mark))
    if mark in "“‘":
        opening = "„" if mark == "“" else "‚"
        return left.rfind(opening) > left.rfind(mark)
    if mark == "’":
        return left.rfind("‘") > left.rfind("’")
    return unicodedata.category(mark) in {"Pe", "Pf"}


def _points_inwards(left: str, mark: str) -> bool:
    """True if the quotation marks of this paragraph point inwards, »like this«; the first one decides."""
    line = left + mark
    return next((char in "»›" for char in line if char in "«»‹›"), False)


# -- the habits of a text --------------------------------------------------

_DEFAULTS = {"fr": "\u202f"}


@lru_cache(maxsize=8)
def tight_blank(text: str, mark: str, language: str) -> str:
    """The blank that a text has before a mark (after it if it opens): the most frequent, empty if it has none.

    `mark` is one of `;:!?` or a guillemet or a symbol such as `%`. In a text without the mark: the narrow no-break
    space in French (U+202F), else the no-break space (U+00A0).
    """
    group = _HIGH if mark in _HIGH else "«»‹›" if mark in "«»‹›" else mark
    counts = dict.fromkeys(("\u202f", "\u00a0", " ", ""), 0)
    for sign in group:
        total = text.count(sign)
        for blank in ("\u202f", "\u00a0", " "):
            times = text.count(f"{sign}{blank}" if sign in "«‹" else f"{blank}{sign}")
            counts[blank] += times
            total -= times
        counts[""] += total
    if not any(counts.values()):
        return _DEFAULTS.get(language, "\u00a0")
    # Colons in times and addresses have no blank in any text.
    if counts["\u202f"] + counts["\u00a0"] + counts[" "]:
        counts[""] //= 2
    return max(counts, key=lambda blank: counts[blank])
