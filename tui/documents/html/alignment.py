"""Finding the text that an extractor chose in the text of the page it comes from.

An extractor joins words, cuts words in two and drops signs. What it chose is found again by its letters and digits
alone. Takes time linear in both texts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

_SIGNS = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+")
_SEED = 12
"""Letters and digits by which a position in the page is found."""
_MOST_CANDIDATES = 4
_LOOK_AHEAD = 64
"""Letters and digits that are compared to choose among candidates."""


class Letters:
    """The letters and digits of a sequence of texts, as one string."""

    def __init__(self, texts: Sequence[str]) -> None:
        pieces: list[str] = []
        self.bounds: list[tuple[int, int]] = []
        """Of each text, in `all`."""
        self.words: list[int] = []
        """Offsets in `all` at which a word begins, ascending."""
        length = 0
        for text in texts:
            start = length
            for word in _WORD.findall(text):
                self.words.append(length)
                pieces.append(word)
                length += len(word)
            self.bounds.append((start, length))
        self.all = "".join(pieces)


class Alignment:
    """Where the letters of an extract are on the page."""

    def __init__(self, page: Sequence[str], extract: Sequence[str], page_lines: Sequence[str]) -> None:
        """`page_lines` are the same text as `page`, in longer stretches: short ones are found whole."""
        self._page = Letters(page)
        self._extract = Letters(extract)
        self._seeds: dict[str, list[int]] = {}
        for start in self._page.words:
            self._seeds.setdefault(self._page.all[start : start + _SEED], []).append(start)
        self._whole: dict[str, list[int]] = {}
        for texts in (self._page, Letters(page_lines)):
            for start, end in texts.bounds:
                if 0 < end - start < _SEED:
                    self._whole.setdefault(texts.all[start:end], []).append(start)
        for starts in self._whole.values():
            starts.sort()
        self._chosen = bytearray(len(self._page.all))
        self.missing = bytearray(len(self._extract.all))
        """1 for each letter of the extract that is not on the page."""
        self._run()

    def share(self, index: int) -> float | None:
        """Share of the letters of the page's text `index` that the extract has, or None if it has no letters."""
        start, end = self._page.bounds[index]
        return self._chosen.count(1, start, end) / (end - start) if end > start else None

    def missing_share(self, index: int) -> float:
        """Share of the letters of the extract's text `index` that are not on the page."""
        start, end = self._extract.bounds[index]
        return self.missing.count(1, start, end) / (end - start) if end > start else 0.0

    def _run(self) -> None:
        page, extract = self._page.all, self._extract.all
        ends = dict(self._extract.bounds)
        words = self._extract.words
        offset = cursor = 0
        while offset < len(extract):
            start = self._start_on_page(offset, cursor, ends.get(offset))
            if start is None:
                index = bisect_left(words, offset + 1)
                following = words[index] if index < len(words) else len(extract)
                self.missing[offset:following] = b"\1" * (following - offset)
                offset = following
                continue
            length = _common(page, start, extract, offset, len(extract))
            self._chosen[start : start + length] = b"\1" * length
            offset += length
            cursor = start + length

    def _start_on_page(self, offset: int, cursor: int, end: int | None) -> int | None:
        extract = self._extract.all
        starts = self._seeds.get(extract[offset : offset + _SEED])
        if starts is None and end is not None and end - offset < _SEED:
            starts = self._whole.get(extract[offset:end])
        if starts is None:
            return None
        first = bisect_left(starts, cursor)
        candidates = starts[first : first + _MOST_CANDIDATES] or starts[:_MOST_CANDIDATES]
        limit = offset + _LOOK_AHEAD
        return max(candidates, key=lambda start: _common(self._page.all, start, extract, offset, limit))


def _common(page: str, start: int, extract: str, offset: int, limit: int) -> int:
    """Number of equal characters from `start` on the page and `offset` in the extract, up to its `limit`."""
    length = 0
    most = min(len(page) - start, limit - offset, len(extract) - offset)
    step = _LOOK_AHEAD
    while length < most:
        step = min(step, most - length)
        if page[start + length : start + length + step] == extract[offset + length : offset + length + step]:
            length += step
            step *= 2
        elif step == 1:
            break
        else:
            step //= 2
    return length


def letters(text: str) -> str:
    """The letters and digits of a text."""
    return _SIGNS.sub("", text)
