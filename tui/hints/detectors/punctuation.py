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


_TWO_STOPS = re.compile(r"(?<=[^\W_]{2})\.\.(?=[\s»”\"])")
_OPENING_MARK = re.compile(r"[¿¡](?=\s?[^\W\d_])")
_USED_IN = frozenset({"es", "gl", "ca", "eu"})
"""Languages that open a question with a mark of its own."""
_OPENED = re.compile("[¿¡]")
_QUESTION = re.compile(r"[?!](?=[\s»”\")]|\Z)")
_HIGH_MARK = re.compile(r"(?<=[^\W_])( ?| ?[\u00a0\u202f])([:;!?])(?=\s|\Z)")
_HABIT = 3
"""So often in a text that it is how its author writes."""


def _find(passage: Passage) -> Iterator[Finding]:
    yield from _two_stops(passage)
    yield from _spanish(passage)
    if passage.language == "fr":
        yield from _unlike_the_others(passage)
    text = passage.text
    for found in _PAIR.finditer(text):
        if not _is_abbreviation(text, found):
            marks = found.group()
            yield Finding(found.start(), found.end(), f"“{marks}” cannot stand so", confidence=0.85)
    for found in _AT_QUOTE.finditer(text):
        if text[found.start() - 1] in "'’" or _closes(passage, found.end() - 1):
            continue
        if _points_inwards(text, found.end() - 1):
            continue
        start, end = found.span()
        # The word before belongs to what has to be read again, and the mark alone is hard to see.
        yield Finding(start, end, "no space at the quotation mark", confidence=0.65)
    for pattern, confidence in ((_AFTER_COMMA, 0.75), (_AFTER_STOP, 0.7)):
        for found in _unless_habit(pattern, text):
            reason = f"no space after “{found.group()}”"
            yield Finding(
                found.start() - 1, found.end() + 1, reason, _spaced(text, found), confidence=confidence
            )
    for found in _unless_habit(_BEFORE_MARK, text):
        mark = found.group().strip()
        yield Finding(found.start(), found.end(), f"a space before “{mark}”", mark, confidence=0.7)
    if passage.language in {"fr", "it"}:
        for found in _unless_habit(_APOSTROPHE, text):
            apostrophe = found.group().rstrip()
            yield Finding(
                found.start(), found.end(), "a space after the apostrophe", apostrophe, confidence=0.7
            )


def _unless_habit(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Where it matches; only the first place in a text that is written so throughout."""
    found = list(pattern.finditer(text))
    if len(found) > _HABIT and len(found) * 3 > sum(
        text.count(mark) for mark in {one.group().strip() for one in found}
    ):
        return found[:1]
    return found


def _two_stops(passage: Passage) -> Iterator[Finding]:
    found = list(_TWO_STOPS.finditer(passage.text))
    if len(found) < _HABIT:  # Else they are meant as three.
        for one in found:
            yield Finding(one.start(), one.end(), "two full stops", ".", 0.7)


def _spanish(passage: Passage) -> Iterator[Finding]:
    """Of `¿` and `¡`: one in another language; one that is missing, where the text has others."""
    text = passage.text
    if passage.language not in _USED_IN:
        for found in _OPENING_MARK.finditer(text):
            if not passage.is_quoted(found.start()):
                yield Finding(found.start(), found.end(), "a mark that only Spanish has", "", 0.75)
    elif passage.language == "es" and ("¿" in text or "¡" in text):
        for start, end in passage.sentences:
            opened = _OPENED.search(text, start, end)
            for found in _QUESTION.finditer(text, start, end):
                if opened is not None and opened.start() < found.start():
                    break
                opening = "¿" if found.group() == "?" else "¡"
                reason = f"“{found.group()}” without “{opening}”"
                yield Finding(found.start(), found.end(), reason, confidence=0.65)


def _unlike_the_others(passage: Passage) -> Iterator[Finding]:
    """A high mark without its space in a French text that has the space at all others."""
    spaced, bare = 0, list[re.Match[str]]()
    for found in _HIGH_MARK.finditer(passage.text):
        if found.group(1):
            spaced += 1
        else:
            bare.append(found)
    if spaced < 4 * len(bare) or spaced < _HABIT:
        return
    for one in bare:
        mark = one.group(2)
        if not passage.is_quoted(one.start()):
            reason = f"no space before “{mark}”, unlike elsewhere in this text"
            yield Finding(one.start(), one.end(), reason, f"\u202f{mark}", 0.6)


def _spaced(text: str, found: re.Match[str]) -> str:
    return f"{text[found.start() - 1]}{found.group()} {text[found.end()]}"


_LONGER_THAN_ABBREVIATIONS = 6
"""Letters: Inc., Univ., Calif.; but Paris.,"""


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
    if word.lower() in ABBREVIATIONS or len(word) <= 3 or "." in word:
        return True
    return word[0].isupper() and (len(word) < _LONGER_THAN_ABBREVIATIONS or not word[1:].islower())


def _points_inwards(text: str, place: int) -> bool:
    """Whether the mark is one of »such« quotations."""
    if text[place] == "»":
        return place == 0 or text[place - 1].isspace() or text[place - 1] in "(['’,‚"
    before = max(text.rfind(mark, max(0, place - _LONGEST), place) for mark in "«»")
    return before >= 0 and text[before] == "»" and _points_inwards(text, before)


_LONGEST = 2000
"""Code points of a quotation."""


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
