"""The stack of open quotation marks, and which of them a closing mark closes."""

from __future__ import annotations

from typing import NamedTuple

CLOSING = {
    "«": "»",
    "“": "”",
    "„": "“”‟",
    "‟": "”",
    "‹": "›",
    "‚": "‘’",
    "「": "」",
    "『": "』",
    '"': '"',
    "»": "«»",
    "”": "”",
}
"""Opening mark to the marks that close it; `»` and `”` open in some languages, or by mistake."""
_CLOSED_BY = {
    mark: tuple(opening for opening, closing in CLOSING.items() if mark in closing)
    for mark in "".join(CLOSING.values())
}
"""Closing mark to the marks that it closes."""


class OpenMark(NamedTuple):
    offset: int
    mark: str


class OpenMarks:
    """Open marks, each nested in the one before. Finding the one that a mark closes takes constant time."""

    def __init__(self, outer: OpenMark | None = None) -> None:
        self._marks: list[OpenMark] = []
        self._levels: dict[str, list[int]] = {}
        if outer is not None:
            self.add(outer)

    def __len__(self) -> int:
        return len(self._marks)

    @property
    def outer(self) -> OpenMark:
        return self._marks[0]

    @property
    def inner(self) -> OpenMark:
        return self._marks[-1]

    def add(self, opened: OpenMark) -> None:
        self._levels.setdefault(opened.mark, []).append(len(self._marks))
        self._marks.append(opened)

    def level_closed_by(self, mark: str) -> int | None:
        """The level (0 is the outermost) of the innermost open mark that this mark closes, or None."""
        levels = (
            self._levels[opening][-1] for opening in _CLOSED_BY.get(mark, ()) if self._levels.get(opening)
        )
        return max(levels, default=None)

    def close(self, level: int) -> OpenMark:
        """Remove the mark at a level and all nested in it; returns the mark."""
        opened = self._marks[level]
        for inner in self._marks[level:]:
            self._levels[inner.mark].pop()
        del self._marks[level:]
        return opened
