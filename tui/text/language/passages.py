"""Passages from all over a text: enough to tell its language, and few enough for a text of any length."""

from __future__ import annotations

from collections.abc import Iterator

_WINDOWS = 24
_WINDOW = 500
"""Code points. A text of more than `_WINDOWS * _WINDOW` is sampled."""
_LEAST = 120
"""Code points below which a paragraph is joined to the next: headings, dialogue, lists."""


def passages(text: str) -> list[str]:
    """Paragraphs, evenly spaced over a long text; short ones are joined and long ones are cut."""
    if len(text) <= _WINDOWS * _WINDOW:
        windows = [text]
    else:
        step = (len(text) - _WINDOW) / (_WINDOWS - 1)
        windows = [_window(text, round(number * step)) for number in range(_WINDOWS)]
    return [passage for window in windows for passage in _paragraphs(window)]


def _window(text: str, start: int) -> str:
    """The window without the words that it cuts, unless it would be left without any."""
    window = text[start : start + _WINDOW]
    whole = window.partition(" ")[2].rpartition(" ")[0] if start else window.rpartition(" ")[0]
    return whole or window


def _paragraphs(window: str) -> list[str]:
    paragraphs: list[str] = []
    joined: list[str] = []
    length = 0
    for line in window.splitlines():
        for part in _parts(line):
            joined.append(part)
            length += len(part)
            if length >= _LEAST:
                paragraphs.append("\n".join(joined))
                joined, length = [], 0
    if joined:
        if paragraphs:
            joined.insert(0, paragraphs.pop())
        paragraphs.append("\n".join(joined))
    return paragraphs


def _parts(line: str) -> Iterator[str]:
    """The line in parts of at most `_WINDOW` code points, cut at a space where there is one."""
    start = 0
    while len(line) - start > _WINDOW:
        end = line.rfind(" ", start + _LEAST, start + _WINDOW)
        end = start + _WINDOW if end < 0 else end
        yield line[start:end]
        start = end
    yield line[start:]
