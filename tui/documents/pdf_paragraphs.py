"""Joining the lines of a PDF into paragraphs, across hyphens, columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tui.documents.blocks import Block
from tui.documents.pdf_lines import SOFT_HYPHEN, Line

_GAP = 1.35
"""A distance between lines that parts paragraphs, of the usual one."""
_SIZE_DIFFERENCE = 0.08
_HEADING_SIZE = 1.12
"""Of the usual size of the font."""
_LONGEST_HEADING = 200
_INDENT = 0.8
"""Of the size of the font."""
_SHORT = 0.85
"""A last line ends before this part of the column's width."""
_BULLET = re.compile(r"[•▪◦‣·●○■–—*-]\s|\(?(?:\d{1,3}|[a-z])[.)]\s")
_ENDS = re.compile(r"[.!?…:;。！？؟।][\"'”’»«“)\]]*\Z")
_WORD_END = re.compile(r"[^\W\d_]+\Z")
_LONGEST_HALF = 60
_WORD_START = re.compile(r"[^\W\d_]+")
_DIVIDED = re.compile(r"\w[-\u2010]\Z")


def blocks_of(pages: Sequence[Sequence[Line]]) -> list[Block]:
    """The paragraphs and headings of the pages, in order."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    body = Counter({line.size: 0 for line in lines})
    for line in lines:
        body[line.size] += len(line.text)
    size = body.most_common(1)[0][0] or 1.0
    pitch = _usual_pitch(pages, size)
    is_bold = sum(len(line.text) for line in lines if line.is_bold) * 2 > sum(
        len(line.text) for line in lines
    )
    joiner = _Joiner(lines)
    return [_block(group, size, joiner, is_bold=is_bold) for group in _groups(pages, pitch)]


def _usual_pitch(pages: Sequence[Sequence[Line]], size: float) -> float:
    """The usual distance of two lines, in points."""
    distances = Counter(
        round((above.baseline - below.baseline) * 2) / 2
        for page in pages
        for above, below in pairwise(page)
        if 0.8 * above.size < above.baseline - below.baseline < 2.5 * above.size
        and above.size == below.size == size
    )
    return distances.most_common(1)[0][0] if distances else size * 1.2


def _groups(pages: Sequence[Sequence[Line]], pitch: float) -> Iterator[list[Line]]:
    """The lines of each paragraph."""
    group: list[Line] = []
    for page in pages:
        right = _right_margins(page)
        for line in page:
            if group and _is_new(group, line, pitch, right):
                yield group
                group = []
            group.append(line)
    if group:
        yield group


def _right_margins(page: Sequence[Line]) -> dict[int, float]:
    """The right end of the column that begins at a left end, by that in steps of 20 points."""
    margins: dict[int, float] = {}
    for line in page:
        column = round(line.left / 20)
        for near in (column - 1, column, column + 1):
            margins[near] = max(margins.get(near, 0.0), line.right)
    return margins


def _is_new(group: Sequence[Line], line: Line, pitch: float, margins: dict[int, float]) -> bool:
    """True if the line begins a paragraph."""
    last = group[-1]
    if last.is_hyphenated:
        return False
    distance = last.baseline - line.baseline
    if abs(distance) < 0.3 * max(last.size, 1.0) and line.left >= last.right - 1:
        return False  # the same line
    if (
        abs(last.size - line.size) > _SIZE_DIFFERENCE * max(last.size, line.size)
        or last.is_bold != line.is_bold
    ):
        return not _is_continued(last, line)
    if _BULLET.match(line.text):
        return True
    usual = pitch * max(1.0, line.size / max(last.size, 0.1)) if line.size <= 1.3 * pitch else line.size * 1.3
    if distance > _GAP * usual:
        return True
    if distance < 0:
        # The next column or page.
        return not _is_continued(last, line)
    first = group[0]
    usual_left = min(member.left for member in (group[1:] or group)[-3:])
    if len(group) > 1 and line.left > usual_left + _INDENT * line.size and not _BULLET.match(first.text):
        return True
    if len(group) == 1 and line.left > last.left + _INDENT * line.size and not _BULLET.match(first.text):
        return _ENDS.search(last.text[-20:]) is not None
    margin = margins.get(round(line.left / 20), line.right)
    width = margin - line.left
    return width > 0 and last.right < line.left + _SHORT * width and _ENDS.search(last.text[-20:]) is not None


def _is_continued(last: Line, line: Line) -> bool:
    """True if a line in another column, page or font goes on with the sentence."""
    if abs(last.size - line.size) > _SIZE_DIFFERENCE * max(last.size, line.size):
        return False
    return _ENDS.search(last.text[-20:]) is None and (
        line.text[:1].islower() or last.text.endswith((",", "-"))
    )


def _block(group: Sequence[Line], size: float, joiner: _Joiner, *, is_bold: bool) -> Block:
    text = joiner.joined(group)
    is_large = all(line.size > _HEADING_SIZE * size for line in group)
    is_marked = (
        not is_bold and all(line.is_bold for line in group) and len(group) < 3 and not text.endswith(".")
    )
    is_heading = (is_large or is_marked) and len(text) <= _LONGEST_HEADING and any(map(str.isalpha, text))
    return Block(text, is_heading)


class _Joiner:
    """Joins lines, and mends the words that a hyphen divides."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._hyphenated = {
            word.strip("-").casefold()
            for line in lines
            for word in re.findall(r"[\w-]+", line.text)
            if "-" in word
        }

    def joined(self, group: Sequence[Line]) -> str:
        pieces = [group[0].text]
        for above, below in pairwise(group):
            last = pieces[-1]
            if last.endswith(SOFT_HYPHEN):
                pieces[-1] = last[:-1]
            elif above.is_hyphenated or (_DIVIDED.search(last) and below.text[:1].isalnum()):
                stem = last if above.is_hyphenated else last[:-1]
                pieces[-1] = stem + self._hyphen(stem, below.text)
            elif not _is_unspaced(last, below.text):
                pieces.append(" ")
            pieces.append(below.text)
        return "".join(pieces).rstrip(SOFT_HYPHEN)

    def _hyphen(self, stem: str, following: str) -> str:
        """The hyphen between two halves of a word: none where it only divides the word."""
        before, after = _WORD_END.search(stem[-_LONGEST_HALF:]), _WORD_START.match(following)
        if before is None or after is None:
            return "-"
        whole = f"{before[0]}-{after[0]}".casefold()
        is_divided = before[0][-1:].islower() and after[0].islower() and whole not in self._hyphenated
        return "" if is_divided else "-"


def _is_unspaced(above: str, below: str) -> bool:
    """True between characters of a script that has no blanks: Chinese and Japanese."""
    return _is_ideographic(above[-1:]) and _is_ideographic(below[:1])


def _is_ideographic(character: str) -> bool:
    return (
        "\u3000" <= character <= "\u30ff"
        or "\u3400" <= character <= "\u9fff"
        or "\uff00" <= character <= "\uffef"
    )
