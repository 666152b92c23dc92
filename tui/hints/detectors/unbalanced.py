"""Quotation marks and brackets without their other half, in a whole paragraph."""

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
_SMILEY_BEHIND = re.compile(r"\(-?[:;=](?!\w)")
_NUMBERED = re.compile(r"(?:^|[\s(])(?:[^\W_]{1,2}|[ivxIVX]{1,4})\Z")


class _Open(NamedTuple):
    mark: str
    place: int


def _find(passage: Passage) -> Iterator[Finding]:
    bounds = passage.paragraphs
    found = list[Finding]()
    count = cache(passage.text.count)
    for number, (start, end) in enumerate(bounds):
        following = _repeated(passage.text, bounds[number + 1][0]) if number + 1 < len(bounds) else ""
        halves = [*_paragraph(passage, start, end, following), *_straight(passage.text, start, end)]
        found += _mixed(passage.text, count, halves)
    yield from _over_paragraphs(passage, found)


def _repeated(text: str, place: int) -> str:
    """The first mark of a paragraph; none for one that closes: `», dit-il`."""
    return "" if text[place] == "»" and not text[place + 1 : place + 2].isalpha() else text[place]


def _mixed(text: str, count: Callable[[str], int], found: list[Finding]) -> list[Finding]:
    """A mark that opens and the next that closes, of two kinds: they are a pair, and one hint is enough.

    `count` tells how often a mark stands in the text.
    """
    kept = list[Finding]()
    for finding in sorted(found):
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


def _may_open(text: str, place: int) -> bool:
    return text[place] in "«“„" or (text[place] == '"' and _facing(text, place, 0, len(text)) == _OPENS)


def _may_close(text: str, place: int) -> bool:
    return text[place] in "»”" or (text[place] == '"' and _facing(text, place, 0, len(text)) == _CLOSES)


_MOST_PARAGRAPHS = 4
_MOST_BETWEEN = 8
"""Other halves that may lie between the two."""
_PAIRS_OVER_LINES = {"«": "«»", "“": "“”", "„": "„”“", '"': '""'}
"""What opens, and what the next mark of its kind may be."""


def _over_paragraphs(passage: Passage, found: list[Finding]) -> Iterator[Finding]:
    """All but the halves of a quotation that goes on over paragraphs, or whose sentences stand a line each."""
    text, starts = passage.text, [start for start, _ in passage.paragraphs]
    skipped = set[int]()
    for number, one in enumerate(found):
        marks = _PAIRS_OVER_LINES.get(text[one.start])
        if marks is None or one.start in skipped:
            continue
        other = next(
            (other for other in found[number + 1 : number + 1 + _MOST_BETWEEN] if text[other.start] in marks),
            None,
        )
        if other is None or any(text.find(mark, one.end, other.start) >= 0 for mark in marks):
            continue
        apart = bisect_right(starts, other.start) - bisect_right(starts, one.start)
        if 0 < apart < _MOST_PARAGRAPHS and text[other.start] in marks[1:]:
            skipped |= {one.start, other.start}
    yield from (one for one in found if one.start not in skipped)


def _paragraph(passage: Passage, start: int, end: int, following: str) -> Iterator[Finding]:
    """`following` is what the next paragraph begins with: a quotation may go on there, with its mark repeated."""
    text, opened = passage.text, list[_Open]()
    german = _is_german(text, start, end)
    for found in _MARK.finditer(text, start, end):
        place, mark = found.start(), _turned(found.group(), opened, german)
        if mark == "»" and place == start and not german and text[place + 1 : place + 2].isalpha():
            mark = "«"  # As a quotation goes on in a new paragraph.
        if len(opened) > _MOST_OPEN:
            return  # No prose.
        if mark in "«“„([":
            if mark in _CLOSED_BY and _is_closing(text, place, end, opened, mark):
                reason = f"{mark} opens, and stands where the quotation closes"
                yield Finding(place, place + 1, reason, _CLOSED_BY[mark], 0.85)
                _close(opened, mark)
            elif mark != "(" or not _SMILEY_BEHIND.match(text, place):
                opened.append(_Open(mark, place))
        elif _is_open(opened, _CLOSING[mark]):
            yield from _left_open(_close(opened, _CLOSING[mark]))
        elif not _may_stand_alone(text, place, mark, start):
            yield Finding(
                place, place + 1, f"{mark} closes what nothing opens in this paragraph", confidence=0.6
            )
    goes_on = {following, "«"} if following == "»" else {following}
    yield from _left_open([one for one in opened if one.mark in _BRACKETS or one.mark not in goes_on])


def _is_german(text: str, start: int, end: int) -> bool:
    """Whether the marks point inwards, »so«."""
    first = min(
        (place for place in (text.find("«", start, end), text.find("»", start, end)) if place >= 0),
        default=-1,
    )
    return (
        first >= 0
        and text[first] == "»"
        and text.count("»", start, end) >= 1
        and (text.find("«", start, end) >= 0 and text[first + 1 : first + 2].strip() != "")
    )


def _turned(mark: str, opened: list[_Open], german: bool) -> str:
    """The mark as it is meant: `“` closes what `„` opened, and »so« is «so»."""
    if german and mark in "«»":
        return "»" if mark == "«" else "«"
    if mark == "“" and _is_open(opened, "„"):
        return "”"
    return mark


def _is_open(opened: list[_Open], mark: str) -> bool:
    wanted = {mark, "„"} if mark == "“" else {mark}
    return any(one.mark in wanted for one in opened)


def _close(opened: list[_Open], mark: str) -> list[_Open]:
    """Take the last such mark away, and give those that were opened after it."""
    wanted = {mark, "„"} if mark == "“" else {mark}
    skipped: list[_Open] = []
    while opened:
        one = opened.pop()
        if one.mark in wanted:
            break
        skipped.append(one)
    return skipped


def _left_open(opened: list[_Open]) -> Iterator[Finding]:
    for one in opened:
        sure = 0.55 if one.mark in _BRACKETS else 0.7
        yield Finding(
            one.place, one.place + 1, f"{one.mark} is never closed in this paragraph", confidence=sure
        )


def _is_closing(text: str, place: int, end: int, opened: list[_Open], mark: str) -> bool:
    """Whether `«` stands where one closes: within a quotation, right after a word or before a mark or the end."""
    if not _is_open(opened, mark) or place == 0:
        return False
    before, after = text[place - 1], text[place + 1 : min(end, place + 3)].strip()
    if before.isspace():
        return not after
    return not after or after[0] in ".,;:!?)" or before not in "(['’:—–-"


def _may_stand_alone(text: str, place: int, mark: str, start: int) -> bool:
    """A number or letter of a list `a)`, a smiley, or inches."""
    if mark not in ")]":
        return mark == "”" and text[place - 1 : place].isdigit()
    before = text[max(start, place - 6) : place]
    return bool(_NUMBERED.search(before) or _SMILEY.search(before))


def _straight(text: str, start: int, end: int) -> Iterator[Finding]:
    """The mark that is left over: one that opens where one is open, or closes where none is."""
    marks = [
        place
        for place in _places(text, start, end)
        if not text[place - 1 : place].isdigit() or place == start
    ]
    if len(marks) % 2 == 0:
        return
    odd, opened = marks[-1], None
    for place in marks:
        facing = _facing(text, place, start, end)
        if opened is None:
            if facing == _CLOSES:
                odd = place
                break
            opened = place
        elif facing == _OPENS:
            odd = opened
            break
        else:
            opened = None
    yield Finding(odd, odd + 1, 'an odd number of " in this paragraph', confidence=0.55)


_OPENS, _CLOSES = 1, -1


def _facing(text: str, place: int, start: int, end: int) -> int:
    """Whether a straight mark surely opens or closes, by the white space beside it; else 0."""
    before = place == start or text[place - 1].isspace() or text[place - 1] in "(['’«“"
    after = place + 1 >= end or text[place + 1].isspace() or text[place + 1] in ".,;:!?)]»”"
    return 0 if before == after else _OPENS if before else _CLOSES


def _places(text: str, start: int, end: int) -> Iterator[int]:
    place = text.find('"', start, end)
    while place >= 0:
        yield place
        place = text.find('"', place + 1, end)


DETECTOR = Detector(
    name="unbalanced",
    what="quotation marks or brackets without their other half",
    category="punctuation",
    severity="minor",
    confidence=0.7,
    languages=None,
    find=_find,
)
