"""The targets you can select in a sentence: single words, elisions, numbers and punctuation marks.

They are not a parser's tokens: `l'` and `acquisition` are two targets, `a-t-il` is one, `2015Musk` is two, and a
character made of several code points is never cut.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

Target = tuple[int, int]
"""Start and end, in code points of the text, end-exclusive."""

_ELIDING = frozenset({"fr", "it", "ca", "oc", "und"})
"""Languages whose articles and pronouns elide a vowel before an apostrophe."""

_WHOLE = re.compile(r"(?:aujourd|prud|presqu|quelqu)['’]", re.IGNORECASE)
"""French words with an apostrophe that is not an elision."""

_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*(?:[a-zà-ÿ]{1,3}(?![a-zà-ÿ])|[A-ZÀ-Þ]+(?![a-zà-ÿ]))?")
_APOSTROPHES = "'’ʼ"
_INSIDE = "'’ʼ-‐‑·."
"""Between two letters these are part of the word; a full stop only in abbreviations such as U.S.A."""

_CONTEXT = 4000
"""Code points before `near` in which targets are also returned."""

_JOINER = "\u200d"
_INVISIBLE = frozenset("\u200b\u200c\u2060\ufeff\u00ad")


def targets(text: str, start: int, end: int, language: str) -> list[Target]:
    """The targets of `text[start:end]`, in order; white space is not part of any target."""
    return list(_targets(text, start, end, language))


def targets_around(text: str, start: int, end: int, language: str, near: int, most: int) -> list[Target]:
    """Like `targets`, but of a very long sentence only those shortly before `near` and at most `most` from there on."""
    nearby: list[Target] = []
    after = 0
    for target in _targets(text, _space_before(text, max(start, near - _CONTEXT), start), end, language):
        nearby.append(target)
        after += target[0] >= near
        if after == most:
            break
    return nearby


def _targets(text: str, start: int, end: int, language: str) -> Iterator[Target]:
    offset = start
    while offset < end:
        if text[offset].isspace() or text[offset] in _INVISIBLE:
            offset += 1
            continue
        stop = min(end, _target_end(text, offset, end, language))
        yield offset, stop
        offset = stop


def grapheme_bounds(text: str, start: int, end: int) -> list[int]:
    """All boundaries between visible characters (graphemes) from `start` to `end`."""
    bounds = [start]
    while bounds[-1] < end:
        bounds.append(min(end, grapheme_end(text, bounds[-1], end)))
    return bounds


def grapheme_end(text: str, offset: int, end: int) -> int:
    """End of the character that begins at `offset`, including its combining marks and what a joiner attaches to it."""
    regional = _is_regional(text[offset])
    offset += 1
    if regional and offset < end and _is_regional(text[offset]):
        offset += 1
    while offset < end:
        char = text[offset]
        if char == _JOINER and offset + 1 < end and not text[offset + 1].isspace():
            offset += 2
        elif char == _JOINER or _extends(char):
            offset += 1
        else:
            break
    return offset


def grapheme_start(text: str, offset: int, start: int) -> int:
    """Start of the character that ends at `offset`; `start` must be an earlier start of a character."""
    return grapheme_bounds(text, _space_before(text, offset - 1, start), offset)[-2]


def _space_before(text: str, offset: int, start: int) -> int:
    """The last white space at or before `offset`, which is always the start of a character; else `start`."""
    while offset > start and not text[offset].isspace():
        offset -= 1
    return max(start, offset)


def _target_end(text: str, offset: int, end: int, language: str) -> int:
    number = _NUMBER.match(text, offset, end)
    if number is not None:
        return grapheme_end(text, number.end() - 1, end)
    if not _is_letter(text[offset]):
        return _mark_end(text, offset, end)
    if _stands_alone(text[offset]):
        return grapheme_end(text, offset, end)
    stop = _word_end(text, offset, end)
    return _elision_end(text, offset, stop, language)


def _word_end(text: str, offset: int, end: int) -> int:
    while offset < end:
        char = text[offset]
        if _is_letter(char) and not _stands_alone(char):
            offset = grapheme_end(text, offset, end)
        elif char in _INSIDE and offset + 1 < end and _continues(text, offset):
            offset += 1
        else:
            break
    return offset


def _continues(text: str, offset: int) -> bool:
    """True if the word continues after the sign at `offset`."""
    after = text[offset + 1]
    if text[offset] == ".":
        return (
            after.isupper() and text[offset - 1].isupper() and (offset < 2 or not text[offset - 2].isalpha())
        )
    return _is_letter(after) and not _stands_alone(after)


def _elision_end(text: str, start: int, stop: int, language: str) -> int:
    """The end of the elided article or pronoun at the start of the word, else the end of the word."""
    if language not in _ELIDING or _WHOLE.match(text, start, stop):
        return stop
    for offset in range(start + 1, stop - 1):
        if text[offset] in _APOSTROPHES:
            return offset + 1
    return stop


def _mark_end(text: str, offset: int, end: int) -> int:
    """The end of a punctuation mark or symbol; a repeated mark such as `...` is one target."""
    stop = grapheme_end(text, offset, end)
    if stop > offset + 1:
        return stop
    while stop < end and text[stop] == text[offset]:
        stop += 1
    return grapheme_end(text, stop - 1, end)


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"


def _stands_alone(char: str) -> bool:
    """True if a character of a script without spaces between words is a target by itself."""
    return (
        "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\U00020000" <= char <= "\U0003ffff"
    )


def _extends(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" or "\U0001f3fb" <= char <= "\U0001f3ff"


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
