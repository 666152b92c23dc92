"""What a finger can point at in a sentence: words, elisions, numbers and punctuation marks, each by itself.

Not the tokens of a parser: `l'` and `acquisition` are two, `a-t-il` is one, `2015Musk` two, and a
mark of several code points that is seen as one character is never cut.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

Target = tuple[int, int]
"""Start and end, in code points of the text, end-exclusive."""

_ELIDING = frozenset({"fr", "it", "ca", "oc", "und"})
"""Languages whose articles and pronouns lose a vowel before an apostrophe."""

_WHOLE = re.compile(r"(?:aujourd|prud|presqu|quelqu)['’]", re.IGNORECASE)
"""French words with an apostrophe that is no elision."""

_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*(?:[a-zà-ÿ]{1,3}(?![a-zà-ÿ])|[A-ZÀ-Þ]+(?![a-zà-ÿ]))?")
_APOSTROPHES = "'’ʼ"
_INSIDE = "'’ʼ-‐‑·."
"""Between two letters these belong to the word; a full stop only in abbreviations such as U.S.A."""

_SHORTLY = 4000
"""Code points."""

_JOINER = "\u200d"
_INVISIBLE = frozenset("\u200b\u200c\u2060\ufeff\u00ad")


def targets(text: str, start: int, end: int, language: str) -> list[Target]:
    """The targets of `text[start:end]`, in order; white space belongs to none."""
    return list(_targets(text, start, end, language))


def targets_around(text: str, start: int, end: int, language: str, near: int, most: int) -> list[Target]:
    """The same; of a sentence without end at most `most` from the offset `near` on, and those shortly before it."""
    found: list[Target] = []
    after = 0
    for target in _targets(text, _space_before(text, max(start, near - _SHORTLY), start), end, language):
        found.append(target)
        after += target[0] >= near
        if after == most:
            break
    return found


def _targets(text: str, start: int, end: int, language: str) -> Iterator[Target]:
    place = start
    while place < end:
        if text[place].isspace() or text[place] in _INVISIBLE:
            place += 1
            continue
        stop = min(end, _target_end(text, place, end, language))
        yield place, stop
        place = stop


def grapheme_bounds(text: str, start: int, end: int) -> list[int]:
    """Every place between two characters as they are seen, from `start` to `end`."""
    bounds = [start]
    while bounds[-1] < end:
        bounds.append(min(end, grapheme_end(text, bounds[-1], end)))
    return bounds


def grapheme_end(text: str, place: int, end: int) -> int:
    """Where the character that begins at `place` ends: with its marks, and what a joiner ties to it."""
    regional = _is_regional(text[place])
    place += 1
    if regional and place < end and _is_regional(text[place]):
        place += 1
    while place < end:
        char = text[place]
        if char == _JOINER and place + 1 < end and not text[place + 1].isspace():
            place += 2
        elif char == _JOINER or _extends(char):
            place += 1
        else:
            break
    return place


def grapheme_start(text: str, place: int, start: int) -> int:
    """Where the character begins that ends at `place`; `start` lies before it, where a character begins."""
    return grapheme_bounds(text, _space_before(text, place - 1, start), place)[-2]


def _space_before(text: str, place: int, start: int) -> int:
    """White space at `place` or before it, where a character surely begins; else `start`."""
    while place > start and not text[place].isspace():
        place -= 1
    return max(start, place)


def _target_end(text: str, place: int, end: int, language: str) -> int:
    number = _NUMBER.match(text, place, end)
    if number is not None:
        return number.end()
    if not _is_letter(text[place]):
        return _mark_end(text, place, end)
    if _stands_alone(text[place]):
        return grapheme_end(text, place, end)
    stop = _word_end(text, place, end)
    return _elision_end(text, place, stop, language)


def _word_end(text: str, place: int, end: int) -> int:
    while place < end:
        char = text[place]
        if _is_letter(char) and not _stands_alone(char):
            place = grapheme_end(text, place, end)
        elif char in _INSIDE and place + 1 < end and _continues(text, place):
            place += 1
        else:
            break
    return place


def _continues(text: str, place: int) -> bool:
    """Whether the word goes on behind the sign at `place`."""
    after = text[place + 1]
    if text[place] == ".":
        return after.isupper() and text[place - 1].isupper() and (place < 2 or not text[place - 2].isalpha())
    return _is_letter(after) and not _stands_alone(after)


def _elision_end(text: str, start: int, stop: int, language: str) -> int:
    """The end of the elided word that the word begins with, else of the word."""
    if language not in _ELIDING or _WHOLE.match(text, start, stop):
        return stop
    for place in range(start + 1, stop - 1):
        if text[place] in _APOSTROPHES:
            return place + 1
    return stop


def _mark_end(text: str, place: int, end: int) -> int:
    """One punctuation mark or symbol; the same one repeated, as in `...`, is one."""
    stop = grapheme_end(text, place, end)
    if stop == place + 1:
        while stop < end and text[stop] == text[place]:
            stop += 1
    return stop


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"


def _stands_alone(char: str) -> bool:
    """Whether a character of a script without spaces between words is a target by itself."""
    return (
        "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\U00020000" <= char <= "\U0003ffff"
    )


def _extends(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" or "\U0001f3fb" <= char <= "\U0001f3ff"


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
