"""The words of a text and the groups of letters in them: what the profiles of languages count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_MARKS = "\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963"
"""Signs of Devanagari that belong to a word, but are no letters to Python."""
_WORD = re.compile(rf"(?:[^\W\d_]|[{_MARKS}])+")

_FOLDED = str.maketrans({"ș": "ş", "ț": "ţ", "ي": "ی", "ك": "ک", "\u0307": None, "ـ": None, "\u200c": " "})
"""Different code points for one letter: Romanian with a cedilla, Arabic typed on a Persian keyboard, and the
reverse; `İ` in lower case leaves a dot. A zero-width non-joiner ends a part of a Persian word."""
_FOLDED.update(dict.fromkeys(range(0x064B, 0x0653)))
"""Arabic vowel signs are seldom written."""

_NOT_WORDS = ("://", "www.", "@", "_", "\\", "{", "}", "</", "/>", "()", "=")
"""Signs of addresses, names of accounts, markup and code."""

_CODE_SIGNS = re.compile(r"[{}=<>_|\\&]+|\(\)|\w\(|\)[;:,)]|;\s*$|#\w+ <", re.MULTILINE)
_CODE_SHARE = 0.04
"""Signs of program code for each letter, from which on a passage is code. Prose has less than one in a hundred."""

_FEWEST_SIGNS = 5

_DOTTED = re.compile(r"[a-z]\.[a-z]|[A-Za-z]\((?!s\))|[)\]][:;]")
_WITH_DIGIT = re.compile(r"[A-Za-z][0-9]|[0-9][A-Za-z]")

_LONGEST_WORD = 40
"""Letters. Anything longer is not a word, unless the script has no spaces."""

_PAD = " "
LONGEST = 5
"""Letters and word ends in a group."""


def words(text: str) -> list[str]:
    """The words in lower case, without addresses, code, and anything that contains a digit.

    Words that begin with a capital are left out if more than a quarter of the letters remain: many of them are names,
    which have the spelling of another language.
    """
    plain = " ".join(chunk for chunk in text.split() if not _is_code(chunk))
    whole = [
        word for word in _WORD.findall(unicodedata.normalize("NFC", plain)) if len(word) <= _LONGEST_WORD
    ]
    small = [word for word in whole if not word[0].isupper()]
    if sum(map(len, small)) * 4 > sum(map(len, whole)):
        whole = small
    return " ".join(whole).lower().translate(_FOLDED).split()


def groups(word: str, longest: int = LONGEST) -> Iterator[str]:
    """All groups of 1 to `longest` characters in the word; a space at either end marks where it begins and ends."""
    padded = f"{_PAD}{word}{_PAD}"
    length = len(padded)
    for size in range(1, longest + 1):
        for start in range(length - size + 1):
            group = padded[start : start + size]
            if group != _PAD:
                yield group


def is_program(text: str) -> bool:
    """True for program code, whose words would be taken for English."""
    if not text.isascii():
        return False
    plain = " ".join(chunk for chunk in text.split(" ") if "://" not in chunk)
    letters = sum(map(str.isalpha, plain))
    signs = len(_CODE_SIGNS.findall(plain))
    return signs >= _FEWEST_SIGNS and signs > _CODE_SHARE * letters


def _is_code(chunk: str) -> bool:
    """True for an address, an account, markup, a name in a program, `x86`; false for a number and a plain word."""
    if any(sign in chunk for sign in _NOT_WORDS):
        return True
    return chunk.isascii() and bool(_DOTTED.search(chunk) or _WITH_DIGIT.search(chunk))
