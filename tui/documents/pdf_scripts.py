"""Superscripts and subscripts of a PDF: powers, and the numbers of notes, which never become part of a word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui.documents.pdf_lines import Line
from tui.documents.raised import lowered, raised

SMALLER = 0.87
"""A raised character is smaller than this part of the line's size."""
_RAISED = 0.1
_LOWERED = -0.06
"""Heights above the baseline from which a small character is raised or lowered, in parts of the line's size."""
_HIGHEST = 0.95
_LONGEST = 6
NO_TEXT = "."
"""What comes before the first characters of a line: a raised number there is a note's."""
_NOTE = re.compile(r"\[\d{1,3}\]")
_UNITS = frozenset(("km", "cm", "mm", "dm", "kg", "ft", "mi", "hm", "км", "см", "мм"))
_WORD = re.compile(r"[^\W\d_]{2,20}\Z")
_CLOSING = frozenset(".,;:!?…»”’\"')]")


def script(text: str, before: str, height: float) -> str:
    """A small piece of text `height` above the baseline, in parts of the line's size, as plain text."""
    if height < _LOWERED:
        return lowered(text)
    if height < _RAISED or not text:
        return text
    word = _WORD.search(before[-21:])
    is_note = before[-1:] in _CLOSING or (word is not None and word[0].lower() not in _UNITS)
    return f"[{text}]" if is_note and text.isdecimal() and len(text) < 4 else raised(text, before)


def merged(lines: Iterable[Line]) -> list[Line]:
    """The lines of a page; a script that has a line of its own joins its line, and so does what follows it there."""
    result: list[Line] = []
    has_script = False
    for line in lines:
        last = result[-1] if result else None
        if last is not None and not last.is_hyphenated:
            height = (line.baseline - last.baseline) / max(last.size, 1.0)
            gap = line.left - last.right
            is_next = -0.3 * last.size <= gap <= 0.6 * last.size
            if is_next and len(line.text) <= _LONGEST and _is_script(line.size, last.size, height):
                last.text += script(line.text, last.text, height)
                last.right, has_script = line.right, True
                continue
            is_note = _NOTE.match(line.text) is not None
            if (has_script or is_note) and abs(height) < 0.05 and -0.3 * last.size <= gap <= 2 * last.size:
                is_apart = gap > 0.12 * last.size and line.text[:1] not in ".,;:!?)" and not is_note
                last.text += (" " if is_apart else "") + line.text
                last.right, last.is_hyphenated = line.right, line.is_hyphenated
                has_script = _ends_in_script(last.text)
                continue
        has_script = _ends_in_script(line.text)
        result.append(line)
    return result


def _is_script(size: float, usual: float, height: float) -> bool:
    return size < SMALLER * usual and (_RAISED <= height <= _HIGHEST or -_HIGHEST / 2 <= height <= _LOWERED)


def _ends_in_script(text: str) -> bool:
    return re.search(r"(?:[⁰¹²³⁴-⁹₀-₉]|\[\d{1,3}\])\Z", text[-6:]) is not None
