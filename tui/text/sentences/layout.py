"""The paragraphs of a text, by what its lines are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.text.mail_header import FIELD

PIECE_ENDS = {"paragraphs": "\n", "wrapped": "\n\n", "lines": "\n\n"}
"""What ends a paragraph for certain, by layout: a long text is split there."""

Block = list[tuple[int, str]]
"""The lines of a paragraph to be split one by one, each with its offset; of a wrapped one, its only line."""

_LINE = re.compile("[^\n\u2028\u2029]+")
_LINE_OR_END = re.compile("([^\n\u2028\u2029]*)([\n\u2028\u2029]|\\Z)")
_LINE_ENDS = str.maketrans(dict.fromkeys("\n\r\u2028\u2029\v\f", " "))
_ITEM = re.compile(r"\s*(?:[-*•‣◦▪·–—]|\d{1,3}[.)]|[a-zA-Z][.)]|\([\da-zA-Z]{1,3}\))\s")
_SURE_ITEM = re.compile(r"\s*[•‣◦▪]")
_ENDED = re.compile(r"[.!?…:;。！？؟।۔][\"'”’“»«›)\]]*\s*\Z")
_GOES_ON = re.compile(r"[,;–—-]\s*\Z")
_IDEOGRAPHIC = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f]")
_SHORT = 0.75
"""A line is short if it could be no longer than this share of the longest one with the next line's first word."""
_WIDE = 50
"""Columns of the longest line from which on short lines mean something."""
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


class _Line:
    """A line of a wrapped text."""

    def __init__(self, text: str) -> None:
        text = text.expandtabs().rstrip()
        self.length = len(text)
        self.indentation = len(text) - len(text.lstrip())
        words = text.split(maxsplit=2)
        self.first_word = words[0]
        self.is_one_word = len(words) == 1
        self.is_field = FIELD.match(text) is not None
        self.is_in_mail = words[0].startswith(">")
        self.begins_small = words[0][0].islower()
        self.goes_on = _GOES_ON.search(text) is not None
        self.is_sure_item = _SURE_ITEM.match(text) is not None
        self.is_item = self.is_sure_item or _ITEM.match(text) is not None
        self.is_ended = _ENDED.search(text) is not None


def _wrapped(text: str, start: int, end: int) -> Iterator[Block]:
    for spans in _parted_by_blank_lines(text, start, end):
        lines = [_Line(text[slice(*span)]) for span in spans]
        # A web address may be longer than the lines around it.
        width = max((line.length for line in lines if not line.is_one_word), default=0)
        first = 0
        for index in range(1, len(lines) + 1):
            if index == len(lines) or _begins_block(lines, first, index, width):
                offset = spans[first][0]
                yield [(offset, text[offset : spans[index - 1][1]].translate(_LINE_ENDS))]
                first = index


def _is_short(line: _Line, following: _Line, width: int) -> bool:
    """True if the writer ended the line there: the next word had ample room, and may begin a sentence."""
    is_open = line.goes_on or following.begins_small or _IDEOGRAPHIC.match(following.first_word)
    return not is_open and width >= _WIDE and line.length + 1 + len(following.first_word) <= _SHORT * width


def _begins_block(lines: list[_Line], first: int, index: int, width: int) -> bool:
    """True if the line is a list item, or its indentation shows the start of a paragraph.

    `first` is the index of the first line of the paragraph before, `width` the length of the longest line.
    """
    line, before = lines[index], lines[index - 1]
    in_list = lines[first].is_item
    if line.is_in_mail != before.is_in_mail or (line.is_field and before.is_field):
        return True
    if line.is_item:
        # A dash or `1986.` may also be at the start of a line by chance.
        return line.is_sure_item or in_list or before.is_ended
    deeper = line.indentation - before.indentation
    if deeper >= _INDENTED:
        return not (in_list and index == first + 1)
    if deeper > -_INDENTED:
        return not in_list and _is_short(before, line, width) and (before.is_ended or index == first + 1)
    if in_list:
        return True
    if index == first + 1:
        # An indented first line goes on, unless the next word had room in it: a heading.
        return before.length + 1 + len(line.first_word) <= width
    # After a quotation that is indented as a whole, the text goes back to the margin.
    return lines[first].indentation == before.indentation
