"""Mentions of names in a text, and finding a set of names in one pass over it.

Offsets are code points, end-exclusive. No mention crosses a line end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Mention(NamedTuple):
    start: int
    end: int
    label: str


_LOOKALIKES = (*((c, "'") for c in "’‘ʼ`´"), *((c, " ") for c in "\u00a0\u202f\u2009\u2007\t"))

_WORD = re.compile(r"[^\W_]+")
_COMPOUND_AFTER = re.compile(r"[-‐‑]\w")
_COMPOUND_BEFORE = re.compile(r"(?<!\w)[^\W\d_a-zà-öø-ÿ]\w{0,30}[-‐‑]\Z")
_LONGEST_NAME = 24
"""Maximum number of words of a name."""


def plain(text: str) -> str:
    """The text with look-alikes of apostrophes and spaces replaced by plain ones; offsets do not change."""
    for lookalike, simple in _LOOKALIKES:
        text = text.replace(lookalike, simple)
    return text


class Names:
    """A set of names, found in time linear in the text regardless of the number of names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_core: dict[str, list[tuple[str, str]]] = {}
        self._words_after: dict[str, int] = {}
        for name in names:
            words = list(_WORD.finditer(plain(name)))
            if not words or "\n" in name:
                continue
            first, last = words[0], words[-1]
            core = plain(name)[first.start() : last.end()]
            edges = (plain(name)[: first.start()], plain(name)[last.end() :])
            self._by_core.setdefault(core, []).append(edges)
            self._words_after[first[0]] = max(self._words_after.get(first[0], 0), len(words) - 1)
        for edges_of_core in self._by_core.values():
            edges_of_core.sort(key=lambda edges: -len(edges[0]) - len(edges[1]))

    @property
    def most_alike(self) -> int:
        """The size of the largest group of names that differ only in the marks around their words."""
        return max(map(len, self._by_core.values()), default=0)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Spans of the names in `text`, in order and without overlaps; at each position the longest name counts.

        A name may directly follow digits, as in `2015Musk`, but not a letter. It must not be part of a compound name
        such as `Jean-Marie`; the name in `pro-Trump` is found.
        """
        if not self._by_core:
            return
        offset = 0
        for line in plain(text).split("\n"):
            for start, end in self._in_line(line):
                yield offset + start, offset + end
            offset += len(line) + 1

    def _in_line(self, line: str) -> Iterator[tuple[int, int]]:
        starts: list[int] = []
        ends: list[int] = []
        for word in _WORD.finditer(line):
            starts.append(word.start())
            ends.append(word.end())
        done = 0
        for i, start in enumerate(starts):
            if start < done:
                continue
            span = self._at(line, start, ends, i) or self._after_digits(line, start, ends, i)
            if span and span[0] >= done:
                yield span
                done = span[1]

    def _at(self, line: str, start: int, ends: list[int], i: int) -> tuple[int, int] | None:
        words_after = self._words_after.get(line[start : ends[i]])
        if words_after is None:
            return None
        for last in range(min(i + words_after, i + _LONGEST_NAME, len(ends) - 1), i - 1, -1):
            for before, after in self._by_core.get(line[start : ends[last]], ()):
                first, end = start - len(before), ends[last]
                if (
                    first >= 0
                    and line.startswith(before, first)
                    and line.startswith(after, end)
                    and not _in_compound(line, first, end + len(after))
                ):
                    return first, end + len(after)
        return None

    def _after_digits(self, line: str, start: int, ends: list[int], i: int) -> tuple[int, int] | None:
        if not line[start].isdigit():
            return None
        letter = next((p for p in range(start, ends[i]) if not line[p].isdigit()), None)
        return None if letter is None else self._at(line, letter, ends, i)


def _in_compound(line: str, start: int, end: int) -> bool:
    return bool(_COMPOUND_AFTER.match(line, end) or _COMPOUND_BEFORE.search(line, max(0, start - 40), start))


def without_overlaps(preferred: Iterable[Mention], others: Iterable[Mention]) -> list[Mention]:
    """All of `preferred`, which must not overlap, and those of `others` that fit between them; sorted."""
    kept = sorted(preferred)
    starts = [m.start for m in kept]
    added: list[Mention] = []
    done = 0
    for mention in sorted(others):
        i = bisect_right(starts, mention.start)
        free = (i == 0 or kept[i - 1].end <= mention.start) and (i == len(kept) or mention.end <= starts[i])
        if free and mention.start >= done:
            added.append(mention)
            done = mention.end
    return sorted(kept + added)
