"""The paragraphs of a text, by what its lines are."""

from __future__ import annotations

import re
from collections.abc import Iterator

PIECE_ENDS = {"paragraphs": "\n", "wrapped": "\n\n", "lines": "\n\n"}
"""What ends a paragraph for certain, by layout: a long text is split there."""

Block = list[tuple[int, str]]
"""The lines of a paragraph to be split one by one, each with its offset; of a wrapped one, its only line."""

_LINE = re.compile("[^\n\u2028\u2029]+")
_LINE_OR_END = re.compile("([^\n\u2028\u2029]*)([\n\u2028\u2029]|\\Z)")
_LINE_ENDS = str.maketrans(dict.fromkeys("\n\r\u2028\u2029\v\f", " "))
_BULLET = re.compile(r"\s*(?:[-*•‣◦▪·–—]|\d{1,3}[.)]|[a-zA-Z][.)]|\([\da-zA-Z]{1,3}\))\s+(?=\S)")
_SURE_BULLET = re.compile(r"\s*[•‣◦▪]\s*\S")
_ENDED = re.compile(r"[.!?…:;。！？؟।۔][\"'”’“»«›)\]]*\s*\Z")
_INDENTED = 2
"""Columns by which the first line of a paragraph is indented at least."""


def blocks(text: str, layout: str, start: int, end: int) -> Iterator[Block]:
    """The paragraphs between two offsets, which are ends of paragraphs. Raises ValueError for an unknown layout."""
    if layout == "paragraphs":
        yield from ([(match.start(), match.group())] for match in _LINE.finditer(text, start, end))
    elif layout == "wrapped":
        yield from _wrapped(text, start, end)
    elif layout == "lines":
        for lines in _parted_by_blank_lines(text, start, end):
            yield [(first, text[first:last]) for first, last in lines]
    else:
        raise ValueError(f"no layout {layout!r}: use paragraphs, wrapped or lines")


def _parted_by_blank_lines(text: str, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    """The runs of lines that are not blank, as offsets. A paragraph separator counts as a blank line."""
    lines: list[tuple[int, int]] = []
    for match in _LINE_OR_END.finditer(text, start, end):
        is_blank = not match.group(1).strip()
        if not is_blank:
            lines.append(match.span(1))
        if lines and (is_blank or match.group(2) == "\u2029"):
            yield lines
            lines = []
    if lines:
        yield lines


def _wrapped(text: str, start: int, end: int) -> Iterator[Block]:
    for lines in _parted_by_blank_lines(text, start, end):
        first = 0
        for index in range(1, len(lines) + 1):
            if index == len(lines) or _begins_block(text, lines, first, index):
                offset = lines[first][0]
                yield [(offset, text[offset : lines[index - 1][1]].translate(_LINE_ENDS))]
                first = index


def _begins_block(text: str, lines: list[tuple[int, int]], first: int, index: int) -> bool:
    """True if the line is a list item, or is indented as the first line of a paragraph."""
    line = text[slice(*lines[index])]
    before = text[slice(*lines[index - 1])]
    if _SURE_BULLET.match(line):
        return True
    in_list = _BULLET.match(text[slice(*lines[first])]) is not None
    if _BULLET.match(line):
        # A dash or `1986.` may also stand at the start of a line by chance.
        return in_list or _ENDED.search(before) is not None
    deeper = _indent(line) - _indent(before)
    if deeper >= _INDENTED:
        return not (in_list and index == first + 1)
    # After a heading or a quotation that is indented as a whole, the text goes back to the margin.
    return deeper <= -_INDENTED and (
        in_list or (index - first > 1) == (_indent(text[slice(*lines[first])]) == _indent(before))
    )


def _indent(line: str) -> int:
    return len(line.expandtabs()) - len(line.expandtabs().lstrip())
