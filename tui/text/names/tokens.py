"""Words and marks of a line, as the recogniser of names sees them. Offsets are code points."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_ELIDED = (
    r"(?:[dlnsmtcjDLNSMTCJ]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu|[Dd]ell|[Nn]ell|[Aa]ll|[Ss]ull|[Dd]all|[Cc]oll"
    r"|[Uu]n|[Qq]uell|[Ss]ant)'(?=\w)"
)
COMBINING = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u0670\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
"""Combining marks, which belong to the letter before them."""
_TOKEN = re.compile(
    rf"""{_ELIDED}
    |(?:[^\W\d_]\.){{2,12}}(?:[^\W\d_](?!\w))?           # U.S.
    |[^\W\d_]\.(?=\s*[^\W\d_a-z])                        # J. before a capital
    |(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Mme|Mlle|Prof|Inc|Ltd|Corp|Co|dott|sig|Sig|Sra|dr|bzw|Nr|No|nr|im|ul|św|prof|ing)\.(?!\w)
    |'s\b
    |[\w{COMBINING}]+(?:[-‐‑·.&/][\w{COMBINING}]+)*(?:'(?!s\b)[^\W\d_]+)?
    |[^\w\s]""",
    re.VERBOSE,
)

_LOOKALIKES = str.maketrans(
    {**dict.fromkeys("’‘ʼ`´", "'"), **dict.fromkeys("\u00a0\u202f\u2009\u2007\t", " ")}
)
_LONGEST = 80
"""Code points of a token that are looked at: no word is longer."""


class Token(NamedTuple):
    start: int
    end: int
    text: str
    """Composed (NFC), with plain apostrophes."""


def simplified(text: str) -> str:
    """The text with look-alikes of apostrophes and spaces replaced by plain ones; offsets do not change."""
    return text.translate(_LOOKALIKES)


def tokens(line: str) -> list[Token]:
    """The tokens of a simplified line, in order."""
    cut = [Token(match.start(), match.end(), match[0][:_LONGEST]) for match in _TOKEN.finditer(line)]
    if line.isascii() or unicodedata.is_normalized("NFC", line):
        return cut
    return [token._replace(text=unicodedata.normalize("NFC", token.text)) for token in cut]


def shape(word: str) -> str:
    """The kind of letters: `x` lower case, `Xx` with a capital, `XX` capitals, `d2` two digits, and so on."""
    if word.isdigit():
        return f"d{min(len(word), 4)}"
    if word.isalpha():
        if word.islower():
            return "x"
        if word.isupper():
            return "X1" if len(word) == 1 else "XX" if len(word) < 6 else "XXX"
        if word[0].isupper():
            return "Xx" if word[1:].islower() else "XxX"
        return "xX" if word != word.lower() else "c"
    if not any(map(str.isalnum, word)):
        return word if len(word) == 1 else "p"
    kinds: list[str] = []
    for char in word:
        kind = "X" if char.isupper() else "x" if char.isalpha() else "d" if char.isdigit() else char
        if not kinds or kinds[-1] != kind:
            kinds.append(kind)
    return "".join(kinds[:6])
