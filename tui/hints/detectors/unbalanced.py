"""Quotation marks and brackets that have no partner in their paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from tui.hints.detector import Detector, Finding
from tui.hints.passage import Passage

_BRACKETS = {"(": ")", "[": "]"}
_CLOSING = {"»": "«", "”": "“", ")": "(", "]": "["}
_CLOSED_BY = {"«": "»", "“": "”", "„": "“"}
_MARK = re.compile(r"[«»“”„()\[\]]")
_MOST_OPEN = 40
_SMILEY = re.compile(r"[:;=]-?\Z")
_SMILEY_AFTER = re.compile(r"\(-?[:;=](?!\w)")
_NUMBERED = re.compile(r"(?:^|[\s(])(?:[^\W_]{1,2}|[ivxIVX]{1,4})\Z")


class _Open(NamedTuple):
    mark: str
    offset: int


def _find(passage: Passage) -> Iterator[Finding]:
    bounds = passage.paragraphs
    findings = list[Finding]()
    count = cache(passage.text.count)
    for number, (start, end) in enumerate(bounds):
        following = _repeated(passage.text, bounds[number + 1][0]) if number + 1 < len(bounds) else ""
        halves = [*_paragraph(passage, start, end, following), *_straight(passage.text, start, end)]
        findings += _mixed(passage.text, count, halves)
    yield from _over_paragraphs(passage, findings)


def _repeated(text: str, offset: int) -> str:
    """The first character of a paragraph; empty if it is a closing mark: `», dit-il`."""
    return "" if text[offset] == "»" and not text[offset + 1 : offset + 2].isalpha() else text[offset]


def _mixed(text: str, count: Callable[[str], int], findings: list[Finding]) -> list[Finding]:
    """Findings in which an opening mark and the next closing mark of another kind are joined: they form a pair.

    `count` gives the number of occurrences of a mark in the text.
    """
    kept = list[Finding]()
    for finding in sorted(findings):
        before = kept[-1] if kept else None
        if before is not None and _may_open(text, before.start) and _may_close(text, finding.start):
            opening, closing = text[before.start], text[finding.start]
            usual = count(closing) > count(opening)
            odd = before if usual else finding
            reason = f"{opening} is closed by {closing}"
            kept[-1] = odd._replace(reason=reason, confidence=0.7, correction=None)
        else:
            kept.append(finding)
    return kept


def _may_open(text: str, offset: int) -> bool:
    return text[offset] in "«“„" or (text[offset] == '"' and _facing(text, offset, 0, len(text)) == _OPENS)


def _may_close(text: str, offset: int) -> bool:
    return text[offset] in "»”" or (text[offset] == '"' and _facing(text, offset, 0, len(text)) == _CLOSES)


_MOST_PARAGRAPHS = 4
_MOST_LINES = 12
"""Where each line is a sentence."""
_BLANK_LINE = re.compile(r"\n\s*\n")
_MOST_BETWEEN = 8
"""Maximum number of other findings between the two."""
_PAIRS_OVER_LINES = {"«": "«»", "“": "“”", "„": "„”“", '"': '""'}
"""Opening mark to the marks of its kind, with which the pair may be completed."""


def _over_paragraphs(passage: Passage, findings: list[Finding]) -> Iterator[Finding]:
    """The findings without the marks of a quotation that continues over paragraphs, or has each sentence in a line."""
    text, starts = passage.text, [start for start, _ in passage.paragraphs]
    skipped = set[int]()
    for number, finding in enumerate(findings):
        marks = _PAIRS_OVER_LINES.get(text[finding.start])
        if marks is None or finding.start in skipped:
            continue
        other = next(
            (
                other
                for other in findings[number + 1 : number + 1 + _MOST_BETWEEN]
                if text[other.start] in marks
            ),
            None,
        )
        if other is None or text[other.start] not in marks[1:]:
            continue
        apart = bisect_right(starts, other.start) - bisect_right(starts, finding.start)
        if passage.is_line_each:
            is_pair = 0 < apart < _MOST_LINES and not _BLANK_LINE.search(text, finding.end, other.start)
        else:
            between = any(text.find(mark, finding.end, other.start) >= 0 for mark in marks)
            is_pair = 0 < apart < _MOST_PARAGRAPHS and not between
        if is_pair:
            skipped |= {finding.start, other.start}
    yield from (finding for finding in findings if finding.start not in skipped)


def _paragraph(passage: Passage, start: int, end: int, following: str) -> Iterator[Finding]:
    """`following` is the first mark of the next paragraph, in which a quotation may continue with its mark repeated."""
    text, opened = passage.text, list[_Open]()
    german = _is_german(text, start, end)
    for match in _MARK.finditer(text, start, end):
        offset, mark = match.start(), _normalised(match.group(), opened, german)
        if mark == "»" and offset == start and not german and text[offset + 1 : offset + 2].isalpha():
            mark = "«"  # A quotation that continues in a new paragraph.
        if len(opened) > _MOST_OPEN:
            return  # Not prose.
        if mark in "«“„([":
            if mark in _CLOSED_BY and _is_closing(text, offset, end, opened, mark):
                reason = f"{mark} is an opening mark, but the quotation closes here"
                yield Finding(offset, offset + 1, reason, _CLOSED_BY[mark], 0.85)
                _close(opened, mark)
            elif mark != "(" or not _SMILEY_AFTER.match(text, offset):
                opened.append(_Open(mark, offset))
        elif _is_open(opened, _CLOSING[mark]):
            yield from _left_open(_close(opened, _CLOSING[mark]))
        elif not _may_stand_alone(text, offset, mark, start):
            yield Finding(offset, offset + 1, f"{mark} has no opening mark in this paragraph", confidence=0.6)
    goes_on = {following, "«"} if following == "»" else {following}
    yield from _left_open(
        [opening for opening in opened if opening.mark in _BRACKETS or opening.mark not in goes_on]
    )


def _is_german(text: str, start: int, end: int) -> bool:
    """True if the marks point inwards, »like this«."""
    first = min(
        (offset for offset in (text.find("«", start, end), text.find("»", start, end)) if offset >= 0),
        default=-1,
    )
    return (
        first >= 0
        and text[first] == "»"
        and text.count("»", start, end) >= 1
        and (text.find("«", start, end) >= 0 and text[first + 1 : first + 2].strip() != "")
    )


def _normalised(mark: str, opened: list[_Open], german: bool) -> str:
    """The mark as intended: `“` closes `„`, and »these« are read as «these»."""
    if german and mark in "«»":
        return "»" if mark == "«" else "«"
    if mark == "“" and _is_open(opened, "„"):
        return "”"
    return mark


def _is_open(opened: list[_Open], mark: str) -> bool:
    marks = {mark, "„"} if mark == "“" else {mark}
    return any(opening.mark in marks for opening in opened)


def _close(opened: list[_Open], mark: str) -> list[_Open]:
    """Remove the last such mark and all opened after it; returns the latter."""
    marks = {mark, "„"} if mark == "“" else {mark}
    skipped: list[_Open] = []
    while opened:
        opening = opened.pop()
        if opening.mark in marks:
            break
        skipped.append(opening)
    return skipped


def _left_open(opened: list[_Open]) -> Iterator[Finding]:
    for opening in opened:
        sure = 0.55 if opening.mark in _BRACKETS else 0.7
        yield Finding(
            opening.offset,
            opening.offset + 1,
            f"{opening.mark} is never closed in this paragraph",
            confidence=sure,
        )


def _is_closing(text: str, offset: int, end: int, opened: list[_Open], mark: str) -> bool:
    """True if `«` is in the position of a closing mark: in a quotation, after a word, or before a mark or the end."""
    if not _is_open(opened, mark) or offset == 0:
        return False
    before, after = text[offset - 1], text[offset + 1 : min(end, offset + 3)].strip()
    if before.isspace():
        return not after
    return not after or after[0] in ".,;:!?)" or before not in "(['’:—–-"


def _may_stand_alone(text: str, offset: int, mark: str, start: int) -> bool:
    """True for a list item such as `a)`, a smiley, or inches."""
    if mark not in ")]":
        return mark == "”" and text[offset - 1 : offset].isdigit()
    before = text[max(start, offset - 6) : offset]
    return bool(_NUMBERED.search(before) or _SMILEY.search(before))


def _straight(text: str, start: int, end: int) -> Iterator[Finding]:
    """A straight mark without a partner: it opens while one is open, or closes while none is."""
    marks = [
        offset
        for offset in _straight_marks(text, start, end)
        if not text[offset - 1 : offset].isdigit() or offset == start
    ]
    if len(marks) % 2 == 0:
        return
    odd, opened = marks[-1], None
    for offset in marks:
        facing = _facing(text, offset, start, end)
        if opened is None:
            if facing == _CLOSES:
                odd = offset
                break
            opened = offset
        elif facing == _OPENS:
            odd = opened
            break
        else:
            opened = None
    yield Finding(odd, odd + 1, 'an odd number of " in this paragraph', confidence=0.55)


_OPENS, _CLOSES = 1, -1


def _facing(text: str, offset: int, start: int, end: int) -> int:
    """_OPENS or _CLOSES if the characters around a straight mark show it, else 0."""
    before = offset == start or text[offset - 1].isspace() or text[offset - 1] in "(['’«“"
    after = offset + 1 >= end or text[offset + 1].isspace() or text[offset + 1] in ".,;:!?)]»”"
    return 0 if before == after else _OPENS if before else _CLOSES


def _straight_marks(text: str, start: int, end: int) -> Iterator[int]:
    offset = text.find('"', start, end)
    while offset >= 0:
        yield offset
        offset = text.find('"', offset + 1, end)


DETECTOR = Detector(
    name="unbalanced",
    what="quotation marks or brackets without a partner",
    category="punctuation",
    severity="minor",
    confidence=0.7,
    languages=None,
    find=_find,
)
