"""The places of a line at which a sentence could end: a terminator, with the closing and reference marks after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from tui.text.sentences.vocabulary import vocabulary

_SPACES = " \t\u00a0\u2009\u202f"
_RUN = rf"(?:\.(?:[{_SPACES}]\.)+|[.!?…‥؟۔।॥։።။។。｡．！？⁇⁈⁉‼])[.!?…‥؟۔।॥։።။។。｡！？]*"
_MARK = re.compile(_RUN)
_GREEK_MARK = re.compile(rf"{_RUN}|[;\u037e]")

WITHOUT_SPACE = frozenset("。｡！？।॥۔؟։።။។")
"""Terminators that need no space after them."""
_IDEOGRAPHIC = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]")
"""Letters of scripts without spaces, in which `!` and `?` need no space either."""

_REFERENCE = re.compile(
    rf"[{_SPACES}]?(?:\[(?:\^[\w-]{{1,30}}|\d{{1,4}}(?:[,;–-] ?\d{{1,4}}){{0,9}}|[a-z]{{1,2}}|[^\W\d_]{{1,8}}\.? ?\d{{1,4}}|"
    r"citation needed|réf\. nécessaire|\?)\](?::\d{1,4}(?:[–-]\d{1,4})?)?|[⁰¹²³⁴-⁹]{1,4})"
)
"""The call of a note: `[12]`, `[^note]`, `[a]`, `[note 3]`, `¹²`."""
_BRACKETED_NUMBER = re.compile(r"\(\d{1,3}\)(?=\s)")
_PLAIN_NUMBER = re.compile(r"(\d{1,3}(?:[,–-] ?\d{1,3}){0,5})\s{1,3}[\"'«“„‘(¿¡]{0,2}([^\W\d_])")
"""The call of a note that lost its superscript: `fast.12 It then`. It follows a word in small letters."""
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f]){4,24}\Z")
_SIGN = re.compile(r"[*†‡_~`]{1,3}(?=\s|$)")
"""Signs of footnotes and the ends of Markdown emphasis."""

_CLOSING_RUN = re.compile("[\"'”’“‘»«›‹)\\]}」』】〉》）〕｝＂＇]+")
_CLOSING_QUOTE = re.compile("[\"'”’“‘»«›‹」』]")
_NO_CLOSING = re.compile("[\\[*†‡_~`⁰¹²³⁴-⁹0-9]")
_ALWAYS_CLOSING = frozenset(")]}」』】〉》）〕｝”’")
"""These close also if a letter follows at once."""
_NEVER_CLOSING = {"fr": "«‹"}
_SAME_ON_BOTH_SIDES = {"sv": "”’»", "fi": "”’»", "da": "»", "de": "»›"}
"""Marks that open as well: they close before a letter only in other languages."""
_CURLY_CLOSERS = {
    **dict.fromkeys(("de", "cs", "sk", "sl", "hr", "bg", "et", "lt", "ru", "uk", "he"), "“"),
    **dict.fromkeys(("sv", "fi"), "”"),
}
"""Marks that close before a letter if the quotation marks before them are odd in number."""
_CLOSING_IF_GLUED = frozenset("“‘«‹")
"""These close (in German, for example) only if they directly follow the sentence that they close."""
_AFTER_CLOSING = frozenset(",;:.!?…)]}/%–—-―،؛、，；：。！？・」』[⁰¹²³⁴⁵⁶⁷⁸⁹*†‡")

_OPENING_ELLIPSIS = re.compile(r"(?:^|\s)[\"'«“„‹‘»](?:…|\.\.)")
_OPENING_BRACKETS = frozenset("([（［")


class Mark(msgspec.Struct, frozen=True):
    """A possible end of a sentence."""

    start: int
    """Offset of the terminator."""
    text: str
    """The terminator, such as `?!`."""
    end: int
    """Offset after the terminator and all closing and reference marks."""
    next: int
    """Offset of the first code point after the white space that follows."""
    closed: bool
    """True if a quotation mark or bracket closes after it."""
    quoted: bool
    """True if a quotation mark does."""
    has_reference: bool
    """True if the call of a note or a sign such as `*` follows it."""


def marks(line: str, language: str) -> Iterator[Mark]:
    """The possible ends of sentences of a line, in order; none at the end of the line."""
    counted = quotes = close = 0
    closers = '"' + _CURLY_CLOSERS.get(language, "")
    for match in (_GREEK_MARK if language == "el" else _MARK).finditer(line):
        start, end = match.span()
        if start < close or _OPENING_ELLIPSIS.match(line, max(0, start - 2)):
            continue  # In the call of a note, or `„… and so on`.
        following = line[end : end + 1]
        if not following:
            return
        if (
            following.isalnum()
            and not _needs_no_space(line, start, end)
            and not _REFERENCE.match(line, end)
            and not _number_end(line, start, end, language)
        ):
            continue
        quotes += sum(line.count(char, counted, start) for char in '"“”„‟')
        counted = start
        close = _after_closing(line, end, language, closers if quotes % 2 else "")
        close = _number_end(line, start, close, language) or close
        next_start = after_spaces(line, close)
        if next_start == len(line):
            return
        if line[start - 1 : start] in _OPENING_BRACKETS and close > end and line[end] in ")]）］":
            continue  # `(!)` and `[...]` belong to the sentence around them.
        if close == next_start and not _needs_no_space(line, start, end) and line[close] == ".":
            continue
        closing = line[end:close]
        yield Mark(
            start=start,
            text=match.group(),
            end=close,
            next=next_start,
            closed=_CLOSING_RUN.search(closing) is not None,
            quoted=_CLOSING_QUOTE.search(closing) is not None,
            has_reference=_NO_CLOSING.search(closing) is not None,
        )


def _number_end(line: str, start: int, position: int, language: str) -> int | None:
    """The end of a note's number at `position`, in plain digits or brackets, after the terminator at `start`."""
    bracketed = _BRACKETED_NUMBER.match(line, position)
    if bracketed:
        return bracketed.end()
    number = _PLAIN_NUMBER.match(line, position)
    word = _WORD_BEFORE.search(line, max(0, start - 25), start) if number else None
    if number is None or word is None or not number.group(2).isupper() or not word.group()[1:].islower():
        return None
    known = vocabulary(language)
    abbreviations = (known.numbers, known.inside, known.months, known.anywhere, known.names)
    is_abbreviation = any(word.group().lower() in words for words in abbreviations)
    return None if is_abbreviation else number.end(1)


def _needs_no_space(line: str, start: int, end: int) -> bool:
    last = line[end - 1]
    if last in WITHOUT_SPACE:
        return True
    if last == ".":
        return bool(_IDEOGRAPHIC.match(line, end) and _IDEOGRAPHIC.match(line, start - 1))
    return last in "!?" and bool(_IDEOGRAPHIC.match(line, end) or _IDEOGRAPHIC.match(line, start - 1))


def _after_closing(line: str, position: int, language: str, open_marks: str) -> int:
    """The end of the closing and reference marks from `position` on."""
    while True:
        match = _REFERENCE.match(line, position) or _SIGN.match(line, position)
        if match is None:
            glued = after_spaces(line, position) == position
            end = _closing_end(line, after_spaces(line, position), language, glued, open_marks)
            if end is None:
                return position
            open_marks = ""
        else:
            end = match.end()
        position = end


def _closing_end(line: str, position: int, language: str, glued: bool, open_marks: str) -> int | None:
    """The end of the run of closing marks at `position`; None if what is there opens, or is no such mark."""
    run = _CLOSING_RUN.match(line, position)
    if run is None:
        return None
    never = _NEVER_CLOSING.get(language, "")
    if not glued and run.group()[0] in _CLOSING_IF_GLUED:
        return None
    stop = next((at for at, char in enumerate(run.group()) if char in never), len(run.group()))
    after = line[run.end() : run.end() + 1]
    both = _SAME_ON_BOTH_SIDES.get(language, "")
    is_numbered = run.group()[-1] not in both and _PLAIN_NUMBER.match(line, run.end()) is not None
    if not after or after.isspace() or after in _AFTER_CLOSING or is_numbered:
        if (
            not glued
            and run.group() == '"'
            and '"' not in open_marks
            and line[run.end() + 1 : run.end() + 2] != '"'
        ):
            return None
        return position + stop if stop else None
    # A letter or an opening mark follows at once.
    closing = 0
    for char in run.group()[:stop] if glued else "":
        if char in open_marks or (char in _ALWAYS_CLOSING and char not in both):
            closing += 1
        else:
            break
    return position + closing if closing else None


def after_spaces(line: str, position: int) -> int:
    """The offset of the first code point from `position` on that is no white space; the length if there is none."""
    match = _NOT_SPACE.search(line, position)
    return match.start() if match else len(line)


def before_spaces(line: str, position: int) -> int:
    """The offset after the last code point before `position` that is no white space."""
    while position and line[position - 1].isspace():
        position -= 1
    return position


_NOT_SPACE = re.compile(r"\S")
