"""Invalid punctuation and spacing: `parvenir.,`, `Musk:« OpenAI`, `fin.Le`, `mot ,`, `l' avion`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.hints.detector import Detector, Finding
from tui.hints.function_words import ABBREVIATIONS
from tui.hints.passage import Passage
from tui.text.spacing import tight_blank

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
"""Languages that open a question with an inverted mark."""
_OPENED = re.compile("[¿¡]")
_QUESTION = re.compile(r"[?!](?=[\s»”\")]|\Z)")
_HIGH_MARK = re.compile(r"(?<=[^\W_])( ?| ?[\u00a0\u202f])([:;!?])(?=\s|\Z)")
_HABIT = 3
"""A text with more occurrences has it as a habit."""


def _find(passage: Passage) -> Iterator[Finding]:
    yield from _two_stops(passage)
    yield from _spanish(passage)
    if passage.language == "fr":
        yield from _unlike_the_others(passage)
    text = passage.text
    for match in _PAIR.finditer(text):
        if not _is_abbreviation(text, match):
            marks = match.group()
            yield Finding(match.start(), match.end(), f"“{marks}” is not valid punctuation", confidence=0.85)
    for match in _AT_QUOTE.finditer(text):
        if text[match.start() - 1] in "'’" or _is_at_the_end(passage, match.end() - 1):
            continue
        if _points_inwards(text, match.end() - 1):
            continue
        start, end = match.span()
        correction = _spaced_quote(passage, match)
        yield Finding(start, end, "missing space at the quotation mark", correction, confidence=0.65)
    for pattern, confidence in ((_AFTER_COMMA, 0.75), (_AFTER_STOP, 0.7)):
        for match in _unless_habit(pattern, text):
            reason = f"missing space after “{match.group()}”"
            yield Finding(
                match.start() - 1, match.end() + 1, reason, _spaced(text, match), confidence=confidence
            )
    for match in _unless_habit(_BEFORE_MARK, text):
        mark = match.group().strip()
        yield Finding(match.start(), match.end(), f"a space before “{mark}”", mark, confidence=0.7)
    if passage.language in {"fr", "it"}:
        for match in _unless_habit(_APOSTROPHE, text):
            apostrophe = match.group().rstrip()
            yield Finding(
                match.start(), match.end(), "a space after the apostrophe", apostrophe, confidence=0.7
            )


def _spaced_quote(passage: Passage, match: re.Match[str]) -> str:
    """The marks with the spaces that they need outside; in French also with the no-break space inside."""
    marks, following = match.group(), passage.text[match.end() : match.end() + 1]
    if marks == "»":
        return "» "
    is_bare = passage.language == "fr" and not following.isspace()
    inside = tight_blank(passage.text, "«", "fr") if is_bare else ""
    return f"{marks[:-1]} «{inside}"


def _unless_habit(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The matches; only the first one if the text is written this way throughout."""
    matches = list(pattern.finditer(text))
    if len(matches) > _HABIT and len(matches) * 3 > sum(
        text.count(mark) for mark in {match.group().strip() for match in matches}
    ):
        return matches[:1]
    return matches


def _two_stops(passage: Passage) -> Iterator[Finding]:
    matches = list(_TWO_STOPS.finditer(passage.text))
    if len(matches) < _HABIT:  # More of them are meant as an ellipsis.
        for match in matches:
            yield Finding(match.start(), match.end(), "two full stops", ".", 0.7)


def _spanish(passage: Passage) -> Iterator[Finding]:
    """`¿` and `¡` in another language, or missing in a Spanish text that uses them elsewhere."""
    text = passage.text
    if passage.language not in _USED_IN:
        for match in _OPENING_MARK.finditer(text):
            if not passage.is_quoted(match.start()):
                yield Finding(match.start(), match.end(), "a mark used only in Spanish", "", 0.75)
    elif passage.language == "es" and ("¿" in text or "¡" in text):
        for start, end in passage.sentences:
            opened = _OPENED.search(text, start, end)
            for match in _QUESTION.finditer(text, start, end):
                if opened is not None and opened.start() < match.start():
                    break
                opening = "¿" if match.group() == "?" else "¡"
                reason = f"“{match.group()}” without “{opening}”"
                yield Finding(match.start(), match.end(), reason, confidence=0.65)


def _unlike_the_others(passage: Passage) -> Iterator[Finding]:
    """A mark such as `;` or `?` without a space before it, in a French text that has the space everywhere else."""
    spaced, bare = 0, list[re.Match[str]]()
    for match in _HIGH_MARK.finditer(passage.text):
        if match.group(1):
            spaced += 1
        else:
            bare.append(match)
    if spaced < 4 * len(bare) or spaced < _HABIT:
        return
    for match in bare:
        mark = match.group(2)
        if not passage.is_quoted(match.start()):
            reason = f"missing space before “{mark}”, unlike elsewhere in this text"
            yield Finding(match.start(), match.end(), reason, f"\u202f{mark}", 0.6)


def _spaced(text: str, match: re.Match[str]) -> str:
    return f"{text[match.start() - 1]}{match.group()} {text[match.end()]}"


_LONGER_THAN_ABBREVIATIONS = 6
"""Letters; abbreviations such as Inc., Univ. and Calif. are shorter, unlike Paris.,"""


def _is_abbreviation(text: str, match: re.Match[str]) -> bool:
    """True for `etc.,`, `U.S.,` and `Inc.;`, which are correct."""
    if match.group(1) != ".":
        return False
    if match.group()[1:2].isspace():
        return True  # A full stop, a space and another mark may be intended, or a word is missing.
    before = _WORD_BEFORE.search(text, max(0, match.start() - 30), match.start())
    if before is None:
        return False
    word = before.group()
    if word.lower() in ABBREVIATIONS or len(word) <= 3 or "." in word:
        return True
    return word[0].isupper() and (len(word) < _LONGER_THAN_ABBREVIATIONS or not word[1:].islower())


def _points_inwards(text: str, offset: int) -> bool:
    """True if the quotation marks point inwards, »like this«."""
    if text[offset] == "»":
        return offset == 0 or text[offset - 1].isspace() or text[offset - 1] in "(['’,‚"
    before = max(text.rfind(mark, max(0, offset - _LONGEST), offset) for mark in "«»")
    return before >= 0 and text[before] == "»" and _points_inwards(text, before)


_LONGEST = 2000
"""Maximum length of a quotation in code points."""


def _is_at_the_end(passage: Passage, offset: int) -> bool:
    """True for an opening mark at the end of a quotation, which the detector `unbalanced` reports more precisely."""
    text = passage.text
    if text[offset] != "«":
        return False
    after = text[offset + 1 : offset + 3].strip()
    return not after or after[0] in ".,;:!?)"


DETECTOR = Detector(
    name="punctuation",
    what="invalid punctuation, or missing spaces around it",
    category="punctuation",
    severity="minor",
    confidence=0.75,
    languages=None,
    find=_find,
)
