"""Marks that cannot stand so: `parvenir.,`, `Musk:« OpenAI`, `fin.Le`, `mot ,`, `l' avion`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.hints.detector import Detector, Finding
from tui.hints.function_words import ABBREVIATIONS
from tui.hints.passage import Passage

_PAIR = re.compile(r"(?<![.…,;:\d])([.,;:])[ \u00a0]?([,;]|(?<=[,;:])\.|(?<=,) ?,)(?![.\d])")
_WORD_BEFORE = re.compile(r"[\w.]+\Z")
_AT_QUOTE = re.compile(r"(?<=[^\W\d_])[:;,]?«(?=\s{0,3}\w)|»(?=[^\W\d_])")
_AFTER_COMMA = re.compile(r"(?<=[^\W\d_]{2})[,;](?=[^\W\d_]{2})")
_AFTER_STOP = re.compile(
    r"(?<=[^\W\d_A-ZÀ-ÖØ-Þ]{3})[.?!](?=[A-ZÀ-ÖØ-Þ](?:[^\W\d_A-ZÀ-ÖØ-Þ]{2}|['’]|[^\W\d_A-ZÀ-ÖØ-Þ] ))"
)
_BEFORE_MARK = re.compile(r"(?<=[^\W\d_]) +[,.](?=\s|\Z)(?!\s?[.,])")
_APOSTROPHE = re.compile(
    r"(?<![\w'’])(?:[ldjmtsnc]|qu|dell|nell|all|dall|sull|un)['’] +(?=[^\W\d_])", re.IGNORECASE
)


def _find(passage: Passage) -> Iterator[Finding]:
    text = passage.text
    for found in _PAIR.finditer(text):
        if not _is_abbreviation(text, found):
            marks = found.group()
            yield Finding(found.start(), found.end(), f"“{marks}” cannot stand so", confidence=0.85)
    for found in _AT_QUOTE.finditer(text):
        if text[found.start() - 1] in "'’" or _closes(passage, found.end() - 1):
            continue
        start, end = found.span()
        # The word before belongs to what has to be read again, and the mark alone is hard to see.
        yield Finding(start, end, "no space at the quotation mark", confidence=0.65)
    for found in _AFTER_COMMA.finditer(text):
        mark = found.group()
        yield Finding(
            found.start() - 1,
            found.end() + 1,
            f"no space after “{mark}”",
            _spaced(text, found),
            confidence=0.75,
        )
    for found in _AFTER_STOP.finditer(text):
        mark = found.group()
        yield Finding(
            found.start() - 1,
            found.end() + 1,
            f"no space after “{mark}”",
            _spaced(text, found),
            confidence=0.7,
        )
    for found in _BEFORE_MARK.finditer(text):
        mark = found.group().strip()
        yield Finding(found.start(), found.end(), f"a space before “{mark}”", mark, confidence=0.7)
    if passage.language in {"fr", "it"}:
        for found in _APOSTROPHE.finditer(text):
            yield Finding(
                found.start(),
                found.end(),
                "a space after the apostrophe",
                found.group().rstrip(),
                confidence=0.7,
            )


def _spaced(text: str, found: re.Match[str]) -> str:
    return f"{text[found.start() - 1]}{found.group()} {text[found.end()]}"


def _is_abbreviation(text: str, found: re.Match[str]) -> bool:
    """`etc.,` and `U.S.,` and `Inc.;` are right."""
    if found.group(1) != ".":
        return False
    if found.group()[1:2].isspace():
        return True  # A stop, a space and a mark are a matter of taste, or of a missing word.
    before = _WORD_BEFORE.search(text, max(0, found.start() - 30), found.start())
    if before is None:
        return False
    word = before.group()
    return word.lower() in ABBREVIATIONS or len(word) <= 3 or "." in word or word[0].isupper()


def _closes(passage: Passage, place: int) -> bool:
    """Whether the mark is an opening one at the end of a quotation: `unbalanced` tells that better."""
    text = passage.text
    if text[place] != "«":
        return False
    after = text[place + 1 : place + 3].strip()
    return not after or after[0] in ".,;:!?)"


DETECTOR = Detector(
    name="punctuation",
    what="marks, or missing spaces at them, that cannot be",
    category="punctuation",
    severity="minor",
    confidence=0.75,
    languages=None,
    find=_find,
)
